"""The work list's questions in SQL. The parts are constants; what is asked for goes in as arguments.

``CROSS JOIN`` fixes the order of a join: without statistics SQLite takes ``county_code``, which is the same in every
row, for a good way into a table.
"""

from __future__ import annotations

import json
from typing import Any

from fieldapp.store.summaries import STATE_SQL
from fieldapp.store.work_values import WorkFilter

__all__ = ["AREAS", "COUNTS", "GROUPS", "ROWS", "VILLAGES", "ordered_query"]

_KINDS = {
    "out_of_poverty": "household_type = 'out_of_poverty'",
    "monitored": "monitored",
    "ordinary": "household_type != 'out_of_poverty' AND NOT monitored",
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
    " EXISTS (SELECT 1 FROM drafts AS d WHERE d.household_id = h.id AND d.discarded_at IS NULL)"
    " FROM json_each(:keys) AS wanted CROSS JOIN summaries AS s ON s.key = wanted.value"
    " CROSS JOIN households AS h ON h.county_code = :county AND h.id = s.household_id"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
)
#: State, households, those on the county's lists.
COUNTS = (
    f"SELECT {STATE_SQL} AS state, count(*), sum(household_type = 'out_of_poverty' OR monitored)"  # noqa: S608 - constants
    " FROM summaries GROUP BY 1"
)
AREAS = "SELECT code, parent, name, level FROM areas WHERE county_code = ? ORDER BY code"
#: Households by village.
VILLAGES = "SELECT area_code, count(*) FROM summaries GROUP BY area_code"
GROUPS = (
    "SELECT group_name FROM summaries WHERE area_code = ? AND group_name != ''"
    " GROUP BY group_name ORDER BY min(place)"
)


def ordered_query(filter: WorkFilter, county_code: str) -> tuple[str, dict[str, Any]]:
    """Return the query for (state, key) by place; the parts are constants, what was asked are arguments."""
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
    arguments = {
        "area": filter.area_code,
        "group": filter.group,
        "staff": filter.staff_id,
        "county": county_code,
        "states": json.dumps(sorted(filter.states)),
    }
    return f"SELECT {STATE_SQL}, key FROM summaries WHERE {' AND '.join(parts)} ORDER BY place", arguments  # noqa: S608 - constants only
