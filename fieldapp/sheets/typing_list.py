"""The content of the 待录入清单: what is to be typed, household by household as the national pages go, with boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from fieldapp.register.typing_line import TypingLine
from fieldapp.sheets.layout import ListLayout
from fieldapp.sheets.members import column_heads
from fieldapp.sheets.wording import Wording, date_zh

__all__ = ["typing_content"]

_ACCOUNTS = frozenset({"bank_account"})
_EMPTIED = "（清空）"
_NOTHING = "（空）"


def typing_content(
    lines: Sequence[TypingLine], layout: ListLayout, words: Wording, typed_by: str
) -> dict[str, object]:
    """Return heads, a group for each household in the given order, and the figures under the title."""
    numbered = list(enumerate(lines, 1))
    groups = [
        {
            "place": place,
            "head": head,
            "number": house_no,
            "rows": [_cells(number, line, layout, words) for number, line in members],
        }
        for (_, place, head, house_no), members in groupby(numbered, key=lambda item: _home(item[1]))
    ]
    return {
        "title": layout.title,
        "typed_by": typed_by,
        "date": date_zh(words.today.isoformat()),
        "count": len(lines),
        "homes": len(groups),
        "columns": column_heads(layout.columns),
        "box_columns": [number for number, one in enumerate(layout.columns) if one.show == ("boxes",)],
        "name_columns": [number for number, one in enumerate(layout.columns) if one.show == ("subject",)],
        "groups": groups,
    }


def _home(line: TypingLine) -> tuple[str, str, str, str]:
    return line.household_id, line.place, line.head_name, line.house_no


def _cells(number: int, line: TypingLine, layout: ListLayout, words: Wording) -> list[str]:
    sent_back = f"系统退回：{line.note}" if line.state == "rejected" else ""
    known = {
        "number": str(number),
        "tab": line.tab_name,
        "subject": line.subject,
        "label": line.label,
        "before": _shown(line, line.before, words) or _NOTHING,
        "value": _shown(line, line.value, words) or _EMPTIED,
        "since": date_zh(line.since),
        "source": line.source,
        "sent_back": sent_back,
        "boxes": "",
        "blank": "",
    }
    return ["\n".join(known[name] for name in column.show if known[name]) for column in layout.columns]


def _shown(line: TypingLine, text: str, words: Wording) -> str:
    prop = words.schema.property(line.list, line.name)
    if prop is None or not text:
        return text
    if prop.type == "id_number":
        return words.id_number(text)
    if prop.type == "phone":
        return words.phone(text)
    return words.account(text) if line.name in _ACCOUNTS else text
