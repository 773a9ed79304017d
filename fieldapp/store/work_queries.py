"""The work list's questions in SQL. The parts are constants; what is asked for goes in as arguments.

``CROSS JOIN`` fixes the order of a join: without statistics SQLite takes ``county_code``, which is the same in every
row, for a good way into a table.
"""

from __future__ import annotations

import json
from typing import Any

from fieldapp.store.summaries import STATE_SQL, URGENCY_SQL
from fieldapp.store.work_values import WorkFilter

__all__ = ["AREA_STATES", "AREAS", "COUNTS", "GROUPS", "MARKED", "ROWS", "VILLAGES", "ordered_query"]

_KINDS = {
    "out_of_poverty": "household_type = 'out_of_poverty'",
    "monitored": "monitored",
    "ordinary": "household_type != 'out_of_poverty' AND NOT monitored",
}
_MARKS = {
    "going": f"(({STATE_SQL}) IN ('overdue', 'due') OR task_on <= :notice)",
    "tasks": "(task_on IS NOT NULL OR open_tasks > 0)",
    "absent": "absent",
    "attempts": "attempts > 0",
}
_HELPED = (
    "household_id IN (SELECT household_id FROM pairings WHERE county_code = :county AND staff_id = :staff"
    " AND status = 'active' AND (ifnull(ended, '') = '' OR ended >= :today))"
)
#: The columns of a :class:`WorkRow` for some keys.
ROWS = (
    "SELECT s.key, h.id, h.house_no, h.head_name, ifnull(a.name, ''), h.group_name,"  # noqa: S608 - constants
    " (SELECT count(*) FROM persons AS m WHERE m.county_code = :county AND m.household_id = h.id"
    "  AND m.status = 'active'), h.household_type, h.monitor_kind, h.risk_cleared, h.phone, s.helper_name,"
    " s.last_visit, s.done, s.required,"
    f" s.due_on, {STATE_SQL}, s.open_issues, s.unsent,"
    " EXISTS (SELECT 1 FROM drafts AS d WHERE d.household_id = h.id AND d.discarded_at IS NULL),"
    " s.absent, s.attempts, s.attempt_weeks, s.open_tasks, s.task_on"
    " FROM json_each(:keys) AS wanted CROSS JOIN summaries AS s ON s.key = wanted.value"
    " CROSS JOIN households AS h ON h.county_code = :county AND h.id = s.household_id"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
)
#: State, households, those on the county's lists.
COUNTS = (
    f"SELECT {STATE_SQL} AS state, count(*), sum(household_type = 'out_of_poverty' OR monitored)"  # noqa: S608 - constants
    " FROM summaries GROUP BY 1"
)
#: Households with open tasks or deadlines, away for long, tried without meeting anybody.
MARKED = "SELECT ifnull(sum(task_on IS NOT NULL OR open_tasks > 0), 0), ifnull(sum(absent), 0), ifnull(sum(attempts > 0), 0) FROM summaries"
AREAS = "SELECT code, parent, name, level FROM areas WHERE county_code = ? ORDER BY code"
#: Households by village and state.
AREA_STATES = f"SELECT area_code, {STATE_SQL} AS state, count(*) FROM summaries GROUP BY 1, 2"  # noqa: S608 - constants
#: Households by village.
VILLAGES = "SELECT area_code, count(*) FROM summaries GROUP BY area_code"
GROUPS = (
    "SELECT group_name FROM summaries WHERE area_code = ? AND group_name != ''"
    " GROUP BY group_name ORDER BY min(place)"
)


def ordered_query(filter: WorkFilter, county_code: str, in_groups: str = "") -> tuple[str, dict[str, Any]]:
    """Return the query for (state, key) by place; the parts are constants, what was asked are arguments.

    ``in_groups`` is the condition of the groups asked for, made by the store of the county's file.
    """
    parts = ["TRUE"]
    if filter.area_code:
        parts.append("place >= :area AND place < :area || char(0x10FFFF)")
    if filter.group:
        parts.append("group_name = :group")
    if filter.kinds:
        parts.append(f"({' OR '.join(_KINDS[kind] for kind in sorted(filter.kinds))})")
    if filter.staff_id:
        parts.append(_HELPED)
    if filter.states:
        parts.append(f"({STATE_SQL}) IN (SELECT value FROM json_each(:states))")  # noqa: S608 - constants
    if filter.marks:
        parts.append(f"({' OR '.join(_MARKS[mark] for mark in sorted(filter.marks))})")
    if in_groups:
        parts.append(in_groups)
    if filter.within is not None:
        parts.append("household_id IN (SELECT value FROM json_each(:within))")
    arguments = {
        "area": filter.area_code,
        "group": filter.group,
        "staff": filter.staff_id,
        "county": county_code,
        "within": json.dumps(filter.within or ()),
        "states": json.dumps(sorted(filter.states)),
    }
    return f"SELECT {URGENCY_SQL}, key FROM summaries WHERE {' AND '.join(parts)} ORDER BY place", arguments  # noqa: S608 - constants only
