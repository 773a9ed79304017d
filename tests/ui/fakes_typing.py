"""A to-type list in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fieldapp.exchange.differences import Difference
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.register.typing_line import TypingLine, TypingState
from fieldapp.services.national_check import CheckedExport, DifferenceLine

__all__ = ["FakeNational", "FakeTyping", "checked_export", "typing_line"]


def typing_line(number: int, *, home: str = "h0001", value: str = "13812345678") -> TypingLine:
    """Return a waiting line."""
    return TypingLine(
        id=f"line{number}",
        list="households",
        entity_id=home,
        name="phone",
        household_id=home,
        house_no="4110250001",
        head_name="买买提·吐尔逊·阿卜杜热合曼",
        place="双庙村三组",
        sort_key=home,
        subject="",
        tab=0,
        tab_name="基本情况",
        field=number,
        label="户联系电话",
        kind="change",
        before="",
        value=value,
        since="2026-11-20",
        source="走访",
        author_name="李晓梅",
    )


class FakeTyping:
    """Marks are kept; the lines are those given."""

    def __init__(self, lines: Sequence[TypingLine] = ()) -> None:
        self.all = list(lines)

    def lines(self) -> list[TypingLine]:
        return list(self.all)

    def mark(self, ids: Sequence[str], state: TypingState, note: str = "") -> None:
        self.all = [
            replace(line, state=state, note=note, by_name="李晓梅") if line.id in ids else line
            for line in self.all
        ]

    def save_file(self, path: Path, passphrase: str) -> int:
        path.write_text(passphrase, "utf-8")
        return len(self.all)

    def bring_back(self, path: Path, passphrase: str) -> int:
        self.mark([line.id for line in self.all], "typed")
        return len(self.all)


class FakeNational:
    """One export, looked at once; what was decided is kept."""

    def __init__(self, checked: CheckedExport) -> None:
        self.checked = checked
        self.accepted: list[DifferenceLine] = []
        self.kept: list[DifferenceLine] = []
        self.saved: list[tuple[Path, IdFormat]] = []

    def look(self, path: Path, password: str | None = None) -> CheckedExport:
        return self.checked

    def accept(self, lines: Sequence[DifferenceLine]) -> int:
        self.accepted += [line for line in lines if line.acceptable]
        return sum(line.acceptable for line in lines)

    def keep(self, lines: Sequence[DifferenceLine]) -> int:
        self.kept += lines
        return len(lines)

    def save(self, checked: CheckedExport, path: Path, *, id_format: IdFormat = DEFAULT_FORMAT) -> None:
        self.saved.append((path, id_format))


def checked_export() -> CheckedExport:
    """Return an export with two differences, one of them the county's, and a typed line that did not arrive."""
    one = Difference(
        *("households", "h1", "phone", "h1", "4110250001", "王秀英", "", "13812345678", "13912345678"),
        "differs",
    )
    other = replace(one, name="household_type", local="ordinary", national="out_of_poverty")
    lines = (
        DifferenceLine(one, "联系电话", "13812345678", "13912345678", "两边不同", "2026-11-20", "李晓梅"),
        DifferenceLine(other, "户类型", "一般农户", "脱贫户", "两边不同", acceptable=False),
    )
    return CheckedExport("导出.xlsx", 12, lines, 3, (typing_line(1),), (), ())
