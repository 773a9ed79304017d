"""Looking for the same elsewhere 举一反三 in SQL: problems to be followed, who has the same kind open, the tasks made, how far."""

from __future__ import annotations

from dataclasses import dataclass, fields

from fieldapp.store.base import raw
from fieldapp.store.rolling import Rolling

__all__ = ["ElsewhereQueries", "SourceRow"]

_TASKS = (
    " FROM tasks AS t WHERE t.county_code = :county AND t.status = 'active' AND t.kind = 'elsewhere'"
    " AND t.state != 'dropped' AND json_extract(t.properties, '$.issue_id') = i.id"
)
#: Found: a household with a task at which a problem of the kind was found since the task was made.
_FOUND = (
    "SELECT 1 FROM issues AS f WHERE f.county_code = :county AND f.household_id = t.household_id AND f.status = 'active'"
    " AND f.kind = i.kind AND f.id != i.id AND f.found_on >= json_extract(t.properties, '$.made_on')"
)
_SOURCES = (
    "SELECT * FROM (SELECT i.id AS issue_id, i.household_id, h.head_name, ifnull(a.name, '') AS village_name,"  # noqa: S608 - constants
    " h.group_name, h.area_code, ifnull(i.kind, '') AS kind, i.description, i.state,"
    " ifnull(json_extract(i.properties, '$.look_elsewhere'), 0) AS asked,"
    f" (SELECT count(*){_TASKS}) AS total, (SELECT count(*){_TASKS} AND t.state = 'done') AS done,"
    f" (SELECT count(*){_TASKS} AND EXISTS ({_FOUND})) AS found"
    " FROM issues AS i CROSS JOIN households AS h ON h.county_code = :county AND h.id = i.household_id"
    "  AND h.status = 'active'"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
    " WHERE i.county_code = :county AND i.status = 'active' AND (:issue = '' OR i.id = :issue)"
    ") WHERE :issue != '' OR (asked AND total = 0) OR done < total ORDER BY total > 0, village_name, head_name"
)
_OPEN_OF_KIND = (
    "SELECT household_id, min(description) FROM issues WHERE county_code = :county AND status = 'active' AND kind = :kind"
    " AND state != 'closed' AND id != :issue GROUP BY household_id"
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A problem and the look for the same elsewhere: ``asked`` on its form, households to look at, looked at, found."""

    issue_id: str
    household_id: str
    head_name: str
    village_name: str
    group_name: str
    area_code: str
    kind: str
    description: str
    state: str
    asked: bool
    total: int
    done: int
    found: int


class ElsewhereQueries(Rolling):
    """Reading what is looked for elsewhere."""

    def elsewhere_sources(self, issue_id: str = "") -> list[SourceRow]:
        """Return problems for which the same is to be looked for or being looked for; or one problem, in any case."""
        with self._read() as connection:
            told = {"county": self.site.county_code, "issue": issue_id}
            rows = raw(connection).execute(_SOURCES, told).fetchall()
        named = (dict(zip(_COLUMNS, row, strict=True)) for row in rows)
        return [SourceRow(**{**row, "asked": bool(row["asked"])}) for row in named]

    def open_of_kind(self, kind: str, but: str) -> dict[str, str]:
        """Return the households with an open problem of a kind, with its words; one problem is left out."""
        with self._read() as connection:
            told = {"county": self.site.county_code, "kind": kind, "issue": but}
            return dict(raw(connection).execute(_OPEN_OF_KIND, told).fetchall())


_COLUMNS = tuple(column.name for column in fields(SourceRow))
