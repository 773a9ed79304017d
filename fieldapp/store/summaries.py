"""The work list's derived rows, kept in step by every write, and rolled on when the day, year or policy changed.

The rules are those of :mod:`fieldapp.register.plan` said in SQL (a property test compares the two): a row holds what
does not depend on the day beyond its year; whether a visit is due or overdue is decided when the list is read.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from fieldapp.register.plan import NOTICE_DAYS
from fieldapp.register.policy import VisitRule
from fieldapp.store.base import raw
from fieldapp.store.places import place_of

__all__ = ["STATE_SQL", "place_households", "refresh", "stale_households", "state_arguments"]

#: The due state of a summary row, as in ``plan.due_of``. Arguments: :func:`state_arguments`.
STATE_SQL = (
    "CASE WHEN required = 0 THEN 'unscheduled' WHEN NOT entered THEN 'not_entered' WHEN done >= required THEN 'fulfilled'"
    " WHEN due_on < :today THEN 'overdue' WHEN due_on <= :notice THEN 'due' ELSE 'resting' END"
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
_COUNTS = "(outcome = 'met' AND (:remote OR mode NOT IN ('phone', 'wechat', 'sms')))"
_VISITS = (
    "UPDATE summaries SET entered = v.entered, done = v.done, last_visit = v.last,"  # noqa: S608 - constants
    " required = CASE WHEN :everyone OR monitored OR household_type = 'out_of_poverty' THEN :required ELSE 0 END,"
    " due_on = CASE WHEN v.last IS NULL THEN :year || '-01-01' ELSE date(v.last, :interval, 'floor') END"
    " FROM (SELECT wanted.value AS household_id,"
    "  ifnull(max(substr(visit_date, 1, 4) = :year), 0) AS entered,"
    f"  ifnull(sum({_COUNTS} AND substr(visit_date, 1, 4) = :year), 0) AS done,"
    f"  max(CASE WHEN {_COUNTS} THEN visit_date END) AS last"
    "  FROM json_each(:ids) AS wanted LEFT JOIN visits AS seen"
    "  ON seen.county_code = :county AND seen.household_id = wanted.value AND seen.status = 'active'"
    "  AND seen.visit_date <= :today GROUP BY wanted.value) AS v"
    " WHERE summaries.household_id = v.household_id"
)
_REST = (
    "UPDATE summaries SET"
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


def refresh(
    connection: Connection, county_code: str, household_ids: Collection[str], rule: VisitRule, today: date
) -> None:
    """Count visits, issues, unsent records and find the helper anew for households that have a row."""
    arguments: dict[str, Any] = {
        "ids": json.dumps(sorted(household_ids)),
        "county": county_code,
        "today": today.isoformat(),
        "year": f"{today.year:04d}",
        "required": rule.per_year,
        "interval": f"+{rule.interval_months} months",
        "remote": rule.remote_counts,
        "everyone": rule.everyone,
    }
    raw(connection).execute(_VISITS, arguments)
    raw(connection).execute(_REST, arguments)


def stale_households(connection: Connection, county_code: str, was: date, today: date) -> list[str]:
    """Return the households whose counts change from ``was`` to the later ``today`` of the same year by time alone:
    a visit dated ahead has come, or a pairing has ended.
    """
    arguments = {"county": county_code, "was": was.isoformat(), "today": today.isoformat()}
    return [str(row[0]) for row in raw(connection).execute(_STALE, arguments).fetchall()]
