"""The work list's derived rows, kept in step by every write, and rolled on when the day, year or policy changed.

The rules are those of :mod:`fieldapp.register.plan` said in SQL (a property test compares the two): a row holds what
does not depend on the day beyond its year; whether a visit is due or overdue is decided when the list is read.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from fieldapp.register.axes import AXES
from fieldapp.register.plan import NOTICE_DAYS
from fieldapp.register.policy import VisitPlan, VisitRule
from fieldapp.store.base import raw
from fieldapp.store.places import place_of

__all__ = [
    "STATE_SQL",
    "URGENCY_SQL",
    "place_households",
    "plan_signature",
    "refresh",
    "stale_households",
    "state_arguments",
]

#: The due state of a summary row, as in ``plan.due_of``. Arguments: :func:`state_arguments`.
STATE_SQL = (
    "CASE WHEN required = 0 THEN 'unscheduled' WHEN NOT entered THEN 'not_entered' WHEN done >= required THEN 'fulfilled'"
    " WHEN due_on < :today THEN 'overdue' WHEN due_on <= :notice THEN 'due' ELSE 'resting' END"
)
#: Where a household stands in the order of the list: as its state says, or as a task with a date makes it more urgent.
URGENCY_SQL = (
    f"CASE WHEN task_on < :today THEN 'overdue' WHEN task_on <= :notice AND ({STATE_SQL}) != 'overdue' THEN 'due'"
    f" ELSE {STATE_SQL} END"
)

_HOUSEHOLDS = (
    "SELECT h.id, h.area_code, h.group_name, h.house_no, h.household_type, h.monitor_kind IS NOT NULL"
    " FROM json_each(:ids) AS wanted CROSS JOIN households AS h"
    " ON h.county_code = :county AND h.id = wanted.value WHERE h.status = 'active'"
)
_PLACE = (
    "INSERT INTO summaries (household_id, place, area_code, group_name, household_type, monitored)"
    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (household_id) DO UPDATE SET place = excluded.place,"
    " area_code = excluded.area_code, group_name = excluded.group_name,"
    " household_type = excluded.household_type, monitored = excluded.monitored"
)
_GONE = (
    "DELETE FROM summaries WHERE household_id IN (SELECT wanted.value FROM json_each(:ids) AS wanted"
    " LEFT JOIN households AS h ON h.county_code = :county AND h.id = wanted.value"
    " WHERE h.status IS NOT 'active') RETURNING key"
)
_REMOTE = "mode IN ('phone', 'wechat', 'sms')"
_GONE_AWAY = "outcome IN ('away', 'moved')"
#: What the rules ask of a household's visits, whichever rule it falls under: both ways of counting side by side.
_SEEN = (
    "SELECT wanted.value AS household_id, {axis} AS axis,"  # noqa: S608 - constants
    " ifnull(max(substr(visit_date, 1, 4) = :year), 0) AS entered,"
    " ifnull(sum(outcome = 'met' AND substr(visit_date, 1, 4) = :year), 0) AS done_any,"
    " max(CASE WHEN outcome = 'met' THEN visit_date END) AS last_any,"
    f" ifnull(sum(outcome = 'met' AND NOT {_REMOTE} AND substr(visit_date, 1, 4) = :year), 0) AS done_door,"
    f" max(CASE WHEN outcome = 'met' AND NOT {_REMOTE} THEN visit_date END) AS last_door,"
    f" max(CASE WHEN {_GONE_AWAY} THEN visit_date END) AS gone_on"
    " FROM json_each(:ids) AS wanted CROSS JOIN households AS h ON h.county_code = :county AND h.id = wanted.value"
    " LEFT JOIN visits AS seen ON seen.county_code = :county AND seen.household_id = wanted.value"
    " AND seen.status = 'active' AND seen.visit_date <= :today GROUP BY wanted.value"
)
#: The rule in force: absentees have their own, where there is one and any is asked for.
_RULED = (
    "SELECT seen.*, gone_on IS NOT NULL AND gone_on > ifnull(last_door, '') AS absent,"
    " json_extract(:rules, '$[' || CASE WHEN :absent_rule >= 0 AND gone_on > ifnull(last_door, '')"
    " AND json_extract(:rules, '$[' || axis || '].asks') THEN :absent_rule ELSE axis END || ']') AS rule FROM ({seen}) AS seen"
)
_COUNTED = (
    "SELECT household_id, entered, absent, rule ->> '$.required' AS required, rule ->> '$.interval' AS interval,"
    " CASE WHEN rule ->> '$.remote' THEN done_any ELSE done_door END AS done,"
    " CASE WHEN rule ->> '$.remote' THEN last_any ELSE last_door END AS last FROM ({ruled})"
)
_VISITS = (
    "UPDATE summaries SET entered = v.entered, done = v.done, last_visit = v.last, required = v.required,"
    " absent = v.absent,"
    " due_on = CASE WHEN v.last IS NULL THEN :year || '-01-01' ELSE date(v.last, v.interval, 'floor') END"
    " FROM ({counted}) AS v WHERE summaries.household_id = v.household_id"
)
_TRIED = (
    "FROM visits AS v WHERE v.county_code = :county AND v.household_id = summaries.household_id"
    " AND v.status = 'active' AND v.outcome != 'met' AND v.visit_date <= :today"
    " AND v.visit_date > ifnull((SELECT max(m.visit_date) FROM visits AS m WHERE m.county_code = :county"
    "  AND m.household_id = summaries.household_id AND m.status = 'active' AND m.outcome = 'met'"
    "  AND m.visit_date <= :today), '')"
)
_OPEN_TASKS = (
    "FROM tasks AS t WHERE t.county_code = :county AND t.household_id = summaries.household_id"
    " AND t.status = 'active' AND t.state = 'open'"
)
_OPEN_ISSUES = (
    "FROM issues AS i WHERE i.county_code = :county AND i.household_id = summaries.household_id"
    " AND i.status = 'active' AND i.state NOT IN ('closed', 'listed')"
)
_REST = (
    "UPDATE summaries SET"  # noqa: S608 - constants
    f" attempts = (SELECT count(*) {_TRIED}),"
    # The day before a Julian day 0.5 was a Sunday: whole weeks from Monday on, as plan.attempts_of counts them.
    f" attempt_weeks = (SELECT count(DISTINCT CAST(julianday(v.visit_date) + 0.5 AS INTEGER) / 7) {_TRIED}),"
    f" open_tasks = (SELECT count(*) {_OPEN_TASKS}),"
    f" task_on = (SELECT min(day) FROM (SELECT t.due_on AS day {_OPEN_TASKS}"
    f"  UNION ALL SELECT i.deadline {_OPEN_ISSUES})),"
    " open_issues = (SELECT count(*) FROM issues AS i WHERE i.county_code = :county"
    "  AND i.household_id = summaries.household_id AND i.status = 'active' AND i.state != 'closed'),"
    " unsent = (SELECT count(*) FROM outbox AS o"
    "  WHERE o.household_id = summaries.household_id AND o.outcome IS NULL),"
    " helper_name = ifnull((SELECT p.staff_name FROM pairings AS p WHERE p.county_code = :county"
    "  AND p.household_id = summaries.household_id AND p.status = 'active'"
    "  AND ifnull(json_extract(p.properties, '$.kind'), 'helper') = 'helper'"
    "  AND (ifnull(p.ended, '') = '' OR p.ended >= :today) ORDER BY p.started DESC, p.id LIMIT 1), '')"
    " WHERE household_id IN (SELECT value FROM json_each(:ids))"
)
_STALE = (
    "SELECT household_id FROM visits INDEXED BY visits_date WHERE county_code = :county AND visit_date > :was AND visit_date <= :today"
    " UNION SELECT household_id FROM pairings WHERE county_code = :county AND ended >= :was AND ended < :today"
)


def state_arguments(today: date) -> dict[str, str]:
    """Return the arguments of :data:`STATE_SQL` on a day."""
    return {"today": today.isoformat(), "notice": (today + timedelta(days=NOTICE_DAYS)).isoformat()}


def place_households(connection: Connection, county_code: str, household_ids: Collection[str]) -> list[int]:
    """Make or move the rows of households that are active; drop those of others and return their keys."""
    wanted = {"ids": json.dumps(sorted(household_ids)), "county": county_code}
    cursor = raw(connection)
    gone = [int(row[0]) for row in cursor.execute(_GONE, wanted).fetchall()]
    rows = [
        (id, place_of(area, group, house_no), area, group, kind, monitored)
        for id, area, group, house_no, kind, monitored in cursor.execute(_HOUSEHOLDS, wanted).fetchall()
    ]
    cursor.executemany(_PLACE, rows)
    return gone


def plan_signature(plan: VisitPlan) -> Any:
    """Return what of the rules the summaries rest on, as JSON keeps it."""
    return json.loads(json.dumps([_rules_of(plan), [axis for axis, _ in plan.by]]))


def refresh(
    connection: Connection, county_code: str, household_ids: Collection[str], plan: VisitPlan, today: date
) -> None:
    """Count visits, issues, tasks, attempts, unsent records and find the helper anew for households that have a row."""
    arguments: dict[str, Any] = {
        "ids": json.dumps(sorted(household_ids)),
        "county": county_code,
        "today": today.isoformat(),
        "year": f"{today.year:04d}",
        "rules": json.dumps(_rules_of(plan)),
        "absent_rule": -1 if plan.absent is None else len(plan.by) + 2,
    }
    raw(connection).execute(_visits_query(tuple(axis for axis, _ in plan.by)), arguments)
    raw(connection).execute(_REST, arguments)


def _rules_of(plan: VisitPlan) -> list[dict[str, Any]]:
    """Return the rules in the order of their numbers: by axis, the usual one, none at all, absentees."""

    def told(rule: VisitRule, *, asks: bool = True) -> dict[str, Any]:
        return {
            "required": rule.per_year if asks else 0,
            "interval": f"+{rule.interval_months} months",
            "remote": int(rule.remote_counts),
            "asks": int(asks),
        }

    rules = [*(rule for _, rule in plan.by), plan.usual]
    none = told(plan.usual, asks=plan.usual.everyone)
    absent = [told(plan.absent)] if plan.absent is not None else []
    return [*map(told, rules), none, *absent]


@functools.lru_cache(maxsize=8)
def _visits_query(axes: tuple[str, ...]) -> str:
    """Return the update for the axes of a policy; every part is a constant of the program."""
    usual = len(axes)
    cases = [f"WHEN {AXES[axis].sql} THEN {number}" for number, axis in enumerate(axes)]
    listed = f"WHEN {AXES['ordinary'].sql} THEN {usual + 1} ELSE {usual}"
    seen = _SEEN.format(axis=f"CASE {' '.join(cases)} {listed} END")
    return _VISITS.format(counted=_COUNTED.format(ruled=_RULED.format(seen=seen)))


def stale_households(connection: Connection, county_code: str, was: date, today: date) -> list[str]:
    """Return the households whose counts change from ``was`` to the later ``today`` of the same year by time alone:
    a visit dated ahead has come, or a pairing has ended.
    """
    arguments = {"county": county_code, "was": was.isoformat(), "today": today.isoformat()}
    return [str(row[0]) for row in raw(connection).execute(_STALE, arguments).fetchall()]
