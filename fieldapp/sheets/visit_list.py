"""The content of the 走访名单: the households of a round under their village and group, with room to tick and write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from fieldapp.sheets.layout import ListLayout
from fieldapp.sheets.members import column_heads
from fieldapp.sheets.paper import VisitListRow
from fieldapp.sheets.wording import Wording, date_zh

__all__ = ["list_content"]

_STATES = {
    "not_entered": "未补录",
    "fulfilled": "已完成",
    "unscheduled": "—",
    "resting": "",
    "due": "到期",
    "overdue": "已超期",
}


def list_content(
    rows: Sequence[VisitListRow], layout: ListLayout, words: Wording, helper: str
) -> dict[str, object]:
    """Return heads, groups of rows in the given order, and the figures under the title."""
    numbered = list(enumerate(rows, 1))
    groups = [
        {
            "place": f"{town}{village}{group}",
            "rows": [_cells(number, row, layout, words) for number, row in members],
        }
        for (town, village, group), members in groupby(
            numbered, key=lambda item: (item[1].town_name, item[1].village_name, item[1].group_name)
        )
    ]
    return {
        "title": layout.title,
        "helper": helper,
        "date": date_zh(words.today.isoformat()),
        "count": len(rows),
        "people": sum(row.member_count for row in rows),
        "columns": column_heads(layout.columns),
        "name_columns": [
            number
            for number, column in enumerate(layout.columns)
            if column.show in (("head_name",), ("helper_name",))
        ],
        "groups": groups,
    }


def _cells(number: int, row: VisitListRow, layout: ListLayout, words: Wording) -> list[str]:
    due = _short(row.due_on, words.today)
    state = _STATES[row.due_state]
    known = {
        "number": str(number),
        "head_name": row.head_name,
        "house_no": row.house_no,
        "member_count": str(row.member_count),
        "phone": words.phone(row.phone),
        "helper_name": row.helper_name,
        "door_no": row.door_no,
        "last_visit": _short(row.last_visit, words.today),
        "done": f"{row.done}/{row.required}",
        "due": f"{due}\n{state}".strip() if due else state,
        "state": state,
        "blank": "",
    }
    return ["\n".join(known[name] for name in column.show if known[name]) for column in layout.columns]


def _short(day: date | None, today: date) -> str:
    """Return month and day; the year above it when it is another one."""
    if day is None:
        return ""
    year = "" if day.year == today.year else f"{day.year}年\n"
    return f"{year}{day.month}月{day.day}日"
