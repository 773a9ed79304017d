"""Data checks over what is on this laptop: run in the background, listed by rule and household, passed with a reason."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fieldapp.common.files import atomic_write
from fieldapp.common.resources import resources_dir
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.register.change import Change
from fieldapp.register.checks import (
    LEVEL_ZH,
    Finding,
    Level,
    open_findings,
    pass_id,
    pass_patch,
    passed_reasons,
    run_checks,
    shipped_rules,
    unpass_patch,
)
from fieldapp.services.errors import NO_REASON, NOT_PASSABLE
from fieldapp.services.print_log import PrintLog
from fieldapp.store import FindingLine

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.change import EntityPatch
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import FindingFilter as StoreFilter
    from fieldapp.store import HouseholdRecords, Store

__all__ = [
    "FindingCounts",
    "FindingFilter",
    "FindingGroup",
    "FindingLine",
    "Findings",
    "Grouping",
    "findings_now",
]

Grouping = Literal["rule", "household"]
_CHUNK = 200
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings: all parts must hold; an empty part asks for nothing. ``group`` is a rule or a household."""

    levels: frozenset[Level] = field(default_factory=frozenset)
    area_code: str = ""
    mine: bool = False
    text: str = ""
    passed: bool = False
    rule_id: str = ""
    household_id: str = ""


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings are open at each level, how many are passed, and how many households wait to be checked."""

    errors: int
    doubts: int
    hints: int
    passed: int
    waiting: int

    @property
    def open(self) -> int:
        return self.errors + self.doubts + self.hints


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """A rule or a household with how much was found; ``level`` is empty for a household."""

    id: str
    zh: str
    en: str
    level: Level | Literal[""]
    findings: int


def findings_now(store: Store, records: HouseholdRecords) -> tuple[Finding, ...]:
    """Return what is open in a household at this moment, whatever was kept."""
    contexts = store.check_contexts([records.household.id])
    found = [finding for context in contexts for finding in run_checks(shipped_rules(), context)]
    return open_findings(found, passed_reasons(records.others.get("passes", ())))


class Findings:
    """The findings of the person who unlocked the vault."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema
        self._log = PrintLog(store, person, clock)

    @property
    def generation(self) -> int:
        """Grows whenever findings were written."""
        return self._store.findings_generation

    def refresh(self, progress: ProgressSink = silent, cancel: CancelToken | None = None) -> int:
        """Check every household that was touched, or all when rules, lines or day have changed; return how many.

        Raises TASK-001 when cancelled; what was checked before stays checked. Raises DISK-001.
        """
        book = shipped_rules()
        total = self._store.begin_checks(self._basis())
        done = 0
        while marks := self._store.unchecked(_CHUNK):
            if cancel is not None:
                cancel.check()
            progress(Progress(min(done, total), total, "正在核查", "checking"))
            found: list[Finding] = []
            for context in self._store.check_contexts(list(marks)):
                found += run_checks(book, context)
            self._store.keep_findings(marks, found)
            done += len(marks)
        return done

    def now(self, household_id: str) -> tuple[Finding, ...]:
        """Return what is open in a household at this moment, whatever was kept. Raises STORE-003."""
        return findings_now(self._store, self._store.household_file(household_id))

    def counts(self, wanted: FindingFilter | None = None) -> FindingCounts:
        """Return the counts for the tabs, whatever levels the filter asks for."""
        asked = replace(self._asked(wanted or FindingFilter()), levels=frozenset())
        open_now = self._store.finding_levels(replace(asked, passed=False))
        passed = self._store.finding_levels(replace(asked, passed=True))
        return FindingCounts(
            errors=open_now.get("error", 0),
            doubts=open_now.get("doubt", 0),
            hints=open_now.get("hint", 0),
            passed=sum(passed.values()),
            waiting=self._store.begin_checks(self._basis()),
        )

    def groups(self, wanted: FindingFilter, by: Grouping) -> list[FindingGroup]:
        """Return the rules (errors first, then by how much they found) or the households (in the order of the way)."""
        asked = replace(self._asked(wanted), rule_id="", household_id="")
        if by == "household":
            return [
                FindingGroup(id, f"{head}　{village}", f"{head}, {village}", "", number)
                for id, head, village, number in self._store.finding_households(asked)
            ]
        titles = {rule.id: rule.title() for rule in shipped_rules().rules}
        return [
            FindingGroup(
                rule.rule_id, *titles.get(rule.rule_id, (rule.rule_id,) * 2), rule.level, rule.findings
            )
            for rule in self._store.finding_rules(asked)
        ]

    def ids(self, wanted: FindingFilter, by: Grouping = "rule") -> list[int]:
        """Return the findings asked for, in display order."""
        return self._store.finding_ids(self._asked(wanted), by)

    def lines(self, ids: Sequence[int]) -> list[FindingLine]:
        """Return the lines of a page."""
        return self._store.finding_lines(ids)

    def pass_all(self, ids: Sequence[int], reason: str) -> tuple[str, ...]:
        """Pass findings with one reason, as one change; return the passes. Errors among them are left open.

        Raises FIND-001 when nothing can be passed, CHECK-002 for a blank or too long reason.
        """
        if not 0 < len(reason.strip()) <= _LONGEST_REASON:
            raise NO_REASON(most=_LONGEST_REASON)
        some = {line.finding.key: line.finding for line in self.lines(ids) if line.finding.level != "error"}
        if not some:
            raise NOT_PASSABLE()
        known = self._store.passes([pass_id(one.household_id, one.key) for one in some.values()])
        today = self._clock.today()
        self._apply(
            [
                pass_patch(one, reason, self._person, today, known.get(pass_id(one.household_id, one.key)))
                for one in some.values()
            ],
            reason.strip(),
        )
        return tuple(pass_id(one.household_id, one.key) for one in some.values())

    def take_back(self, passes: Sequence[str]) -> int:
        """Take passes back; the findings are open again. Return how many."""
        found = self._store.passes(passes).values()
        patches = [unpass_patch(passed) for passed in found if passed.status == "active"]
        if patches:
            self._apply(patches, "")
        return len(patches)

    def export(self, ids: Sequence[int], path: Path) -> int:
        """Write findings as a workbook to be worked through in the village; return how many. Logged like a print.

        Raises DISK-001, DISK-002.
        """
        from fieldapp.exchange.finding_list import finding_workbook

        lines = self.lines(ids)
        homes = tuple(dict.fromkeys(line.finding.household_id for line in lines))
        title = f"疑点清单　{self._clock.today().isoformat()}　{len(homes)} 户 {len(lines)} 条"
        content = finding_workbook(title, (self._cells(line) for line in lines))
        self._log.exported("finding_list", homes, path.name)
        atomic_write(path, content)
        return len(lines)

    def mends(self, finding: Finding) -> tuple[str, str]:
        """Return the name of the field that mends a finding, in Chinese and English."""
        prop = self._schema.property(finding.list, finding.property)
        return (prop.zh, prop.en) if prop else ("", "")

    def _cells(self, line: FindingLine) -> tuple[str, ...]:
        found = line.finding
        return (
            *(LEVEL_ZH[found.level], line.village_name, line.group_name, line.house_no, line.head_name),
            *(found.zh, self.mends(found)[0], line.reason),
        )

    def _apply(self, patches: Sequence[EntityPatch], reason: str) -> None:
        at = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        change = Change(
            id=self._ids.new(),
            at=at,
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=tuple(patches),
            reason=reason,
        )
        self._store.apply(change)

    def _asked(self, wanted: FindingFilter) -> StoreFilter:
        from fieldapp.store import FindingFilter as StoreFilter

        return StoreFilter(
            levels=wanted.levels,
            area_code=wanted.area_code,
            staff_id=self._person.id if wanted.mine else "",
            household_id=wanted.household_id,
            rule_id=wanted.rule_id,
            text=wanted.text,
            passed=wanted.passed,
        )

    def _basis(self) -> str:
        """Return what the findings rest on beside the register: rules, the county's lines and values, the day."""
        lines = repr((self._store.policies(), self._store.rule_book())).encode()
        return f"{self._clock.today()}/{_rules_digest()}/{hashlib.sha256(lines).hexdigest()[:16]}"


@functools.lru_cache(maxsize=1)
def _rules_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted((resources_dir() / "checks").glob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
