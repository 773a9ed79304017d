"""What falls on the days of a span: visits that were made or tried, households due, tasks and problems with a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldapp.store.base import raw
from fieldapp.store.rolling import Rolling
from fieldapp.store.summaries import STATE_SQL, state_arguments

__all__ = ["CalendarQueries", "CalendarRow"]

#: One row for each thing of a day: what, which day, whose, and the words that tell it (codes for visits and tasks).
_SPAN = (
    "SELECT CASE v.outcome WHEN 'met' THEN 'visited' ELSE 'missed' END AS what, v.visit_date AS day, v.household_id, v.mode AS kind,"  # noqa: S608 - constants
    " v.outcome AS told FROM visits AS v INDEXED BY visits_date"
    " WHERE v.county_code = :county AND v.status = 'active' AND v.visit_date BETWEEN :first AND :last"
    " UNION ALL SELECT 'due', s.due_on, s.household_id, '', '' FROM summaries AS s"
    f" WHERE s.due_on BETWEEN :first AND :last AND ({STATE_SQL}) IN ('overdue', 'due', 'resting')"
    " UNION ALL SELECT 'task', t.due_on, t.household_id, ifnull(t.kind, 'other'), t.title FROM tasks AS t"
    " WHERE t.county_code = :county AND t.status = 'active' AND t.state = 'open' AND t.due_on BETWEEN :first AND :last"
    " UNION ALL SELECT 'issue', i.deadline, i.household_id, 'issue', i.description FROM issues AS i"
    " WHERE i.county_code = :county AND i.status = 'active' AND i.state NOT IN ('closed', 'listed')"
    " AND i.deadline BETWEEN :first AND :last"
)
_COUNTS = f"SELECT day, what, kind = 'promise' AND what = 'task', count(*) FROM ({_SPAN}) GROUP BY 1, 2, 3"  # noqa: S608 - constants
_LINES = (
    "SELECT d.what, d.household_id, h.head_name, ifnull(a.name, ''), h.group_name, d.kind, d.told"  # noqa: S608 - constants
    f" FROM ({_SPAN}) AS d CROSS JOIN households AS h ON h.county_code = :county AND h.id = d.household_id"
    " AND h.status = 'active' LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
    " ORDER BY instr('task issue due missed visited', d.what), a.code, h.group_name, h.house_no LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A thing of a day. ``what``: task, issue, due, missed, visited; ``kind`` a task's kind or a visit's mode; ``told`` a
    title, or a visit's outcome.
    """

    what: str
    household_id: str
    head_name: str
    village_name: str
    group_name: str
    kind: str
    told: str


class CalendarQueries(Rolling):
    """Reading the calendar."""

    def calendar_counts(self, first: date, last: date) -> list[tuple[str, str, bool, int]]:
        """Return (day, what, whether promised, how many) of a span."""
        self._be_current()
        with self._read() as connection:
            rows = raw(connection).execute(_COUNTS, self._span(first, last)).fetchall()
        return [(day, what, bool(promised), number) for day, what, promised, number in rows]

    def calendar_lines(self, day: date, most: int) -> list[CalendarRow]:
        """Return what falls on a day, what is to be done first."""
        self._be_current()
        with self._read() as connection:
            rows = raw(connection).execute(_LINES, {**self._span(day, day), "most": most}).fetchall()
        return [CalendarRow(*row) for row in rows]

    def _span(self, first: date, last: date) -> dict[str, object]:
        told = {"county": self.site.county_code, "first": first.isoformat(), "last": last.isoformat()}
        return {**state_arguments(self._clock.today()), **told}
