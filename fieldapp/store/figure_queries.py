"""The figures of a place in SQL: households and persons by category, pairings, visits of the year, incomes, problems."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldapp.store.base import raw
from fieldapp.store.rolling import Rolling
from fieldapp.store.summaries import STATE_SQL, state_arguments

__all__ = ["CategoryCount", "FigureQueries", "IncomeFigures", "WorkFigures"]

_IN_PLACE = "h.county_code = :county AND h.status = 'active' AND h.area_code >= :area AND h.area_code < :area || char(0x10FFFF)"
_MEMBERS = "(SELECT count(*) FROM persons AS m WHERE m.county_code = :county AND m.household_id = h.id AND m.status = 'active')"
_CATEGORIES = (
    f"SELECT h.household_type, ifnull(h.monitor_kind, ''), ifnull(h.risk_cleared, 0), count(*), sum({_MEMBERS})"  # noqa: S608 - constants
    f" FROM households AS h WHERE {_IN_PLACE} GROUP BY 1, 2, 3"
)
_AREAS_OF = (
    "SELECT DISTINCT h.area_code FROM json_each(:ids) AS w CROSS JOIN households AS h ON h.county_code = :county"
    " AND h.id = w.value"
)
_PAIRED = (
    "SELECT count(DISTINCT p.household_id), count(DISTINCT p.staff_id) FROM pairings AS p"  # noqa: S608 - constants
    f" CROSS JOIN households AS h ON h.id = p.household_id AND {_IN_PLACE}"
    " WHERE p.county_code = :county AND p.status = 'active' AND (ifnull(p.ended, '') = '' OR p.ended >= :today)"
    " AND ifnull(json_extract(p.properties, '$.kind'), 'helper') = 'helper'"
)
_VISITS = (
    "SELECT count(*), count(DISTINCT v.household_id) FROM visits AS v"  # noqa: S608 - constants
    f" CROSS JOIN households AS h ON h.id = v.household_id AND {_IN_PLACE}"
    " WHERE v.county_code = :county AND v.status = 'active' AND v.outcome = 'met'"
    " AND v.visit_date >= :first AND v.visit_date <= :today"
)
_STATES = (
    f"SELECT {STATE_SQL} AS state, count(*) FROM summaries AS s"  # noqa: S608 - constants
    " WHERE s.area_code >= :area AND s.area_code < :area || char(0x10FFFF) GROUP BY 1"
)
_INCOMES = (
    f"SELECT count(*), ifnull(sum(i.net), 0), ifnull(sum(CASE WHEN i.net IS NOT NULL THEN {_MEMBERS} END), 0),"  # noqa: S608 - constants
    " ifnull(sum(h.household_type = 'out_of_poverty' AND i.per_capita < :line_listed), 0),"
    " ifnull(sum(h.household_type != 'out_of_poverty' AND i.per_capita < :line_other), 0)"
    f" FROM incomes AS i CROSS JOIN households AS h ON h.id = i.household_id AND {_IN_PLACE}"
    " WHERE i.county_code = :county AND i.status = 'active' AND i.year = :year AND i.per_capita IS NOT NULL"
)
_ISSUES = (
    "SELECT ifnull(sum(i.state != 'closed'), 0), ifnull(sum(i.state = 'closed'), 0) FROM issues AS i"  # noqa: S608 - constants
    f" CROSS JOIN households AS h ON h.id = i.household_id AND {_IN_PLACE}"
    " WHERE i.county_code = :county AND i.status = 'active'"
)


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """Households and persons of a type, a monitored kind ("" for none) and a state of its risk."""

    household_type: str
    monitor_kind: str
    risk_cleared: bool
    households: int
    persons: int


@dataclass(frozen=True, slots=True)
class WorkFigures:
    """Pairings, this year's visits and where they stand, problems."""

    paired: int
    helpers: int
    visits: int
    visited: int
    states: dict[str, int]
    issues_open: int
    issues_closed: int


@dataclass(frozen=True, slots=True)
class IncomeFigures:
    """Incomes of a year: how many households have one, their net and persons, and who is below the lines (fen)."""

    households: int
    net: int
    persons: int
    listed_below: int
    others_below: int


class FigureQueries(Rolling):
    """Counting a place."""

    def area_codes_of(self, household_ids: Sequence[str]) -> list[str]:
        """Return the villages of some households."""
        return [str(row[0]) for row in self._figures(_AREAS_OF, ids=json.dumps(list(household_ids)))]

    def categories(self, area_code: str) -> list[CategoryCount]:
        """Return households and persons of a place by category."""
        rows = self._figures(_CATEGORIES, area=area_code)
        return [CategoryCount(kind, monitor, bool(cleared), n, m) for kind, monitor, cleared, n, m in rows]

    def work_figures(self, area_code: str, today: date) -> WorkFigures:
        """Return what was done in a place this year."""
        asked = {"area": area_code, **state_arguments(today), "first": f"{today.year:04d}-01-01"}
        ((paired, helpers),) = self._figures(_PAIRED, **asked)
        ((visits, visited),) = self._figures(_VISITS, **asked)
        ((open_, closed),) = self._figures(_ISSUES, **asked)
        states = dict(self._figures(_STATES, **asked))
        return WorkFigures(paired, helpers, visits, visited, states, open_, closed)

    def income_figures(
        self, area_code: str, year: int, line_listed: int | None, line_other: int | None
    ) -> IncomeFigures:
        """Return the incomes of a year in a place; without a line nobody is below it."""
        lines = {"line_listed": line_listed, "line_other": line_other}
        ((households, net, persons, listed, others),) = self._figures(
            _INCOMES, area=area_code, year=year, **lines
        )
        return IncomeFigures(households, net, persons, listed, others)

    def _figures(self, query: str, **arguments: object) -> list[Any]:
        self._be_current()
        with self._read() as connection:
            told = {"county": self.site.county_code, **arguments}
            return list(raw(connection).execute(query, told).fetchall())
