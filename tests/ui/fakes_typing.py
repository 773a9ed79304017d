"""A to-type list in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fieldapp.register.typing_line import TypingLine, TypingState

__all__ = ["FakeTyping", "typing_line"]


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
