"""An in-memory double of the findings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from fieldapp.common.tasks import CancelToken, Progress, ProgressSink
from fieldapp.register.checks import Finding, Level, pass_id
from fieldapp.services.duplicates import CompareLine, DuplicatePair, MergeLine
from fieldapp.services.errors import NO_REASON, NOT_PASSABLE
from fieldapp.services.findings import FindingCounts, FindingFilter, FindingGroup, FindingLine, Grouping
from fieldapp.services.worklist import WorkRow

__all__ = ["FakeDuplicates", "FakeFindings"]

_KINDS: tuple[tuple[str, Level, str, str, str], ...] = (
    ("id-check", "error", "证件号码最后一位对不上，请对照户口簿核对。", "households", "house_no"),
    (
        "arable-range",
        "doubt",
        "耕地面积 320 亩，比全村多数户大很多，请核对单位是不是亩。",
        "households",
        "arable_mu",
    ),
    ("no-phone", "hint", "没有登记联系电话，到期前无法提醒。", "households", "phone"),
)


class FakeFindings:
    """Two findings of each household, kept in memory."""

    def __init__(self, rows: Sequence[WorkRow]) -> None:
        self.kept = [
            _line(number * 2 + turn, row, _KINDS[(number + turn) % len(_KINDS)])
            for number, row in enumerate(rows[:20])
            for turn in (0, 1)
        ]
        self.checked = 0
        self.exported: list[tuple[int, Path]] = []

    def refresh(self, progress: ProgressSink, cancel: CancelToken) -> int:
        progress(Progress(0, 20, "正在核查", "checking"))
        self.checked += 1
        return 0

    def counts(self, wanted: FindingFilter | None = None) -> FindingCounts:
        asked = replace(wanted or FindingFilter(), levels=frozenset())
        lines = [line for line in self.kept if _fits(line, replace(asked, passed=False))]
        levels = [line.finding.level for line in lines]
        passed = sum(_fits(line, replace(asked, passed=True)) for line in self.kept)
        return FindingCounts(levels.count("error"), levels.count("doubt"), levels.count("hint"), passed, 0)

    def groups(self, wanted: FindingFilter, by: Grouping) -> list[FindingGroup]:
        lines = [line for line in self.kept if _fits(line, replace(wanted, rule_id="", household_id=""))]
        if by == "household":
            heads = dict.fromkeys((line.finding.household_id, line.head_name) for line in lines)
            return [
                FindingGroup(id, name, name, "", sum(one.finding.household_id == id for one in lines))
                for id, name in heads
            ]
        rules = dict.fromkeys((line.finding.rule_id, line.finding.level, line.finding.zh) for line in lines)
        return [
            FindingGroup(id, zh, zh, level, sum(one.finding.rule_id == id for one in lines))
            for id, level, zh in rules
        ]

    def ids(self, wanted: FindingFilter, by: Grouping) -> list[int]:
        return [line.id for line in self.kept if _fits(line, wanted)]

    def lines(self, ids: Sequence[int]) -> list[FindingLine]:
        return [line for id in ids for line in self.kept if line.id == id]

    def mends(self, finding: Finding) -> tuple[str, str]:
        return "耕地面积", "Arable land"

    def pass_all(self, ids: Sequence[int], reason: str) -> tuple[str, ...]:
        if not reason.strip():
            raise NO_REASON(most=500)
        some = [line for line in self.lines(ids) if line.finding.level != "error"]
        if not some:
            raise NOT_PASSABLE()
        chosen = {line.id for line in some}
        self.kept = [
            replace(line, pass_id=f"p{line.id}", reason=reason, passed_by="李晓梅", passed_on="2026-11-22")
            if line.id in chosen
            else line
            for line in self.kept
        ]
        return tuple(f"p{line.id}" for line in some)

    def take_back(self, passes: Sequence[str]) -> int:
        self.kept = [
            replace(line, pass_id="", reason="") if line.pass_id in passes else line for line in self.kept
        ]
        return len(passes)

    def export(self, ids: Sequence[int], path: Path) -> int:
        self.exported.append((len(ids), path))
        return len(ids)


def _line(id: int, row: WorkRow, kind: tuple[str, Level, str, str, str]) -> FindingLine:
    rule, level, zh, list_name, name = kind
    home = row.household_id
    found = Finding(rule, level, home, list_name, home, name, zh, zh, home, pass_id(home, rule))
    return FindingLine(
        id, found, row.head_name, row.house_no, row.village_name, row.group_name, row.helper_name
    )


def _fits(line: FindingLine, wanted: FindingFilter) -> bool:
    found = line.finding
    return (
        bool(line.reason) == wanted.passed
        and (not wanted.levels or found.level in wanted.levels)
        and wanted.rule_id in ("", found.rule_id)
        and wanted.household_id in ("", found.household_id)
        and (not wanted.text or wanted.text in found.zh or wanted.text in line.head_name)
    )


class FakeDuplicates:
    """One pair of records; merging it can be undone."""

    def __init__(self, rows: Sequence[WorkRow]) -> None:
        self.found = [
            DuplicatePair(
                "a", "b", "黄海涛（石桥村 黄海涛户）", "黄海滔（青杨村 黄海滔户）", "姓名同音", "alike"
            )
        ][: len(rows)]
        self.merged: list[tuple[str, str, frozenset[str], str]] = []
        self.apart: list[str] = []

    def pairs(self, progress: ProgressSink, cancel: CancelToken) -> list[DuplicatePair]:
        return [] if self.merged or self.apart else list(self.found)

    def compare(self, kept_id: str, gone_id: str) -> list[CompareLine]:
        names = {"a": "黄海涛", "b": "黄海滔"}
        phones = {"a": "", "b": "13800000001"}
        return [
            CompareLine("name", "姓名", "Name", names[kept_id], names[gone_id], True, True),
            CompareLine("phone", "联系电话", "Phone", phones[kept_id], phones[gone_id], True, True),
            CompareLine("person_no", "人口编号", "Number", "1", "2", True, False),
            CompareLine("sex", "性别", "Sex", "男", "男", False, True),
        ]

    def merge(self, kept_id: str, gone_id: str, taken: Collection[str], reason: str) -> None:
        self.merged.append((kept_id, gone_id, frozenset(taken), reason))

    def merges(self) -> list[MergeLine]:
        return [MergeLine(gone, "黄海滔（青杨村）", "黄海涛（石桥村）") for _, gone, *_ in self.merged]

    def undo(self, gone_id: str) -> None:
        self.merged = [one for one in self.merged if one[1] != gone_id]

    def tell_apart(self, first_id: str, second_id: str, reason: str) -> None:
        self.apart.append(reason)
