"""The ledgers' questions in SQL: who is below a line, who is aided at school, who is out of school, what was given, what cases
came in. A line is the household and what is told of it; amounts are in fen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.store.base import raw
from fieldapp.store.rolling import Rolling

__all__ = ["LedgerHome", "LedgerLine", "LedgerQueries"]

_HOME = "h.id, h.house_no, h.head_name, ifnull(a.name, ''), h.group_name, s.helper_name"
_PLACED = (
    " FROM summaries AS s CROSS JOIN households AS h ON h.county_code = :county AND h.id = s.household_id"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
)
_MEMBERS = "(SELECT count(*) FROM persons AS m WHERE m.county_code = :county AND m.household_id = h.id AND m.status = 'active')"
_PERSON = (
    " CROSS JOIN persons AS p ON p.county_code = :county AND p.household_id = h.id AND p.status = 'active'"
)
_BELOW = (
    f"SELECT {_HOME}, h.household_type, h.monitor_kind, {_MEMBERS}, i.per_capita, i.net{_PLACED}"
    " CROSS JOIN incomes AS i ON i.county_code = :county AND i.household_id = h.id AND i.status = 'active'"
    " AND i.year = :year WHERE (h.household_type = 'out_of_poverty') = :listed AND i.per_capita < :line"
    " AND s.place >= :area AND s.place < :area || char(0x10FFFF) ORDER BY s.place"
)
_YEARS = (
    "SELECT DISTINCT year FROM incomes WHERE county_code = :county AND status = 'active' ORDER BY year DESC"
)
#: What a pupil receives stands with the person (from the form) or is a measure of the education groups.
_STUDENTS = (
    f"SELECT {_HOME}, p.name, p.id_number, json_extract(p.properties, '$.school_state'),"
    " json_extract(p.properties, '$.school'), json_extract(p.properties, '$.student_aid'), NULL, NULL"
    f"{_PLACED}{_PERSON} WHERE ifnull(json_extract(p.properties, '$.student_aid'), '') != ''"
    f" UNION ALL SELECT {_HOME}, ifnull(p.name, ''), ifnull(p.id_number, ''), json_extract(p.properties, '$.school_state'),"
    " json_extract(p.properties, '$.school'), m.item, m.started, json_extract(m.properties, '$.amount')"
    f"{_PLACED} CROSS JOIN measures AS m ON m.county_code = :county AND m.household_id = h.id AND m.status = 'active'"
    " AND m.\"group\" IN ('compulsory_education', 'education')"
    " LEFT JOIN persons AS p ON p.county_code = :county AND p.id = json_extract(m.properties, '$.person_id')"
)
_BORN = (
    "ifnull(nullif(p.birth_date, ''), CASE WHEN length(p.id_number) >= 18 THEN substr(p.id_number, 7, 4) || '-'"
    " || substr(p.id_number, 11, 2) || '-' || substr(p.id_number, 13, 2) END)"
)
_OUT_OF_SCHOOL = (
    f"SELECT {_HOME}, p.name, p.id_number, {_BORN} AS born, json_extract(p.properties, '$.school_state') AS state,"
    " json_extract(p.properties, '$.dropout_reason') AS why, json_extract(p.properties, '$.dropout_measure') AS measure,"
    f" json_extract(p.properties, '$.school'){_PLACED}{_PERSON}"
    " WHERE born > :after AND born <= :until AND (ifnull(state, '') IN ('', 'preschool_age', 'kindergarten')"
    "  OR ifnull(why, '') != '' OR measure IN ('persuaded', 'home', 'special')) ORDER BY s.place, born"
)
_GIVEN = (
    f"SELECT {_HOME}, g.kind, g.item, g.received_on, g.amount, json_extract(g.properties, '$.quantity'),"  # noqa: S608 - constants
    " json_extract(g.properties, '$.giver'), ifnull(p.name, '')"
    f"{_PLACED} CROSS JOIN aids AS g ON g.county_code = :county AND g.household_id = h.id AND g.status = 'active'"
    " AND g.kind IN (SELECT value FROM json_each(:kinds))"
    " LEFT JOIN persons AS p ON p.county_code = :county AND p.id = json_extract(g.properties, '$.person_id')"
    " ORDER BY ifnull(g.received_on, '') DESC, s.place"
)
_CASES = (
    f"SELECT {_HOME}, l.found_on, l.source, json_extract(l.properties, '$.channel') AS channel, l.situation, l.state,"
    " json_extract(l.properties, '$.decide_by'), json_extract(l.properties, '$.checked_on'),"
    " json_extract(l.properties, '$.conclusion'), json_extract(l.properties, '$.told_on'),"
    " json_extract(l.properties, '$.action'), json_extract(l.properties, '$.owner_unit'),"
    " json_extract(l.properties, '$.owner_name'), json_extract(l.properties, '$.closed_on'),"
    " json_extract(l.properties, '$.solution')"
    f"{_PLACED} CROSS JOIN leads AS l ON l.county_code = :county AND l.household_id = h.id AND l.status = 'active'"
    " WHERE l.source = 'petition' OR channel = 'hotline' ORDER BY ifnull(l.found_on, '') DESC, s.place"
)
_SINCE = (
    "(SELECT min(nullif(f.since, '')) FROM facts AS f WHERE f.county_code = :county AND f.list = 'dwellings'"
    " AND f.entity_id = d.id AND {which})"
)
_RENEWED_ON = _SINCE.format(
    which="f.name = 'renewal_stage' AND json_extract(f.value, '$') IN ('finished', 'accepted', 'paid')"
)
_GRADED_ON = _SINCE.format(
    which="f.name IN ('grade', 'seen_grade') AND json_extract(f.value, '$') IN ('C', 'D')"
)
_PRIORITY = (
    "(h.household_type = 'out_of_poverty' OR h.monitor_kind IS NOT NULL"
    " OR ifnull(json_extract(h.properties, '$.low_income_allowance'), 0)"
    " OR ifnull(json_extract(h.properties, '$.extreme_hardship'), 0)"
    " OR EXISTS (SELECT 1 FROM persons AS m WHERE m.county_code = :county AND m.household_id = h.id"
    "  AND m.status = 'active' AND json_extract(m.properties, '$.disability_level') IS NOT NULL))"
)
_HOUSING = (
    " FROM issues AS q WHERE q.county_code = :county AND q.household_id = h.id AND q.status = 'active'"
    " AND q.kind = 'housing'"
)
_UNSAFE = (
    f"SELECT {_HOME}, d.name, ifnull(d.grade, json_extract(d.properties, '$.seen_grade')) AS told,"
    f" coalesce(nullif(json_extract(d.properties, '$.assessed_on'), ''), (SELECT min(nullif(q.found_on, '')){_HOUSING}),"
    f"  {_GRADED_ON}), json_extract(d.properties, '$.renewal_stage') AS stage,"
    " coalesce(nullif(json_extract(d.properties, '$.renewal_deadline'), ''), json_extract(d.properties, '$.mend_by')),"
    f" CASE WHEN json_extract(d.properties, '$.renewal_stage') IN ('finished', 'accepted', 'paid') THEN {_RENEWED_ON} END, {_PRIORITY},"
    f" (SELECT count(*){_HOUSING} AND q.state != 'closed')"
    f"{_PLACED} CROSS JOIN dwellings AS d ON d.county_code = :county AND d.household_id = h.id AND d.status = 'active'"
    " WHERE (told IN ('C', 'D') AND ifnull(d.usage, 'lived_in') = 'lived_in')"
    "  OR stage IN ('listed', 'begun', 'finished', 'accepted', 'paid') ORDER BY s.place"
)

_SUBMITTED = (
    f"SELECT {_HOME}, i.campaign, i.round, json_extract(i.properties, '$.level') AS level, i.inspected_on,"
    " json_extract(i.properties, '$.inspectors'), i.conclusion, json_extract(i.properties, '$.findings')"
    f"{_PLACED} CROSS JOIN inspections AS i ON i.county_code = :county AND i.household_id = h.id AND i.status = 'active'"
    " ORDER BY ifnull(i.inspected_on, '') DESC, i.campaign, i.round DESC, s.place"
)
_LAST_ROUND = (
    "SELECT ifnull(max(round), 0) FROM inspections WHERE county_code = :county AND status = 'active'"
    " AND campaign = :name AND json_extract(properties, '$.level') = :level"
)


@dataclass(frozen=True, slots=True)
class LedgerHome:
    """The household of a line, and where it is."""

    household_id: str
    house_no: str
    head_name: str
    village_name: str
    group_name: str
    helper_name: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A household and what is told of it, in the order of the query."""

    home: LedgerHome
    facts: tuple[str | int | None, ...]


class LedgerQueries(Rolling):
    """Reading ledgers."""

    def income_years(self) -> list[int]:
        """Return the years of which this laptop has incomes, newest first."""
        with self._read() as connection:
            rows = raw(connection).execute(_YEARS, {"county": self.site.county_code}).fetchall()
        return [int(row[0]) for row in rows]

    def homes_in(self, area_code: str) -> frozenset[str]:
        """Return the households of a place and all places inside it."""
        query = (
            "SELECT id FROM households WHERE county_code = :county"
            " AND area_code >= :area AND area_code < :area || char(0x10FFFF)"
        )
        with self._read() as connection:
            rows = raw(connection).execute(query, {"county": self.site.county_code, "area": area_code})
            return frozenset(str(row[0]) for row in rows.fetchall())

    def below_line(self, year: int, line: int, *, listed: bool, area_code: str = "") -> list[LedgerLine]:
        """Return households with an income a head under ``line`` fen: type, monitored kind, members, a head, net."""
        return self._lines(_BELOW, year=year, line=line, listed=listed, area=area_code)

    def student_aids(self) -> list[LedgerLine]:
        """Return who is aided at school: name, number, class, school, aid, since when, yuan."""
        return self._lines(_STUDENTS)

    def out_of_school(self, after: date, until: date) -> list[LedgerLine]:
        """Return children born after a day and until another who are not at school, or for whom something is done about it:
        name, number, born, class, reason, measure, school."""
        return self._lines(_OUT_OF_SCHOOL, after=after.isoformat(), until=until.isoformat())

    def given(self, kinds: Iterable[str]) -> list[LedgerLine]:
        """Return what households were given, of some kinds: kind, item, day, fen, quantity, giver, for whom."""
        return self._lines(_GIVEN, kinds=json.dumps(sorted(kinds)))

    def cases(self) -> list[LedgerLine]:
        """Return leads by petition or hotline: day, source, channel, situation, state, decide by, checked, conclusion, told;
        plan, unit, who, closed on, how.
        """
        return self._lines(_CASES)

    def unsafe_houses(self) -> list[LedgerLine]:
        """Return dwellings of grade C or D lived in, and those in renewal: name, grade, found, stage, own deadline, renewed
        on, of a priority group, open housing problems.
        """
        return self._lines(_UNSAFE)

    def submitted(self) -> list[LedgerLine]:
        """Return what was checked and handed up: list, round, level, day, by whom, conclusion, findings."""
        return self._lines(_SUBMITTED)

    def last_round(self, name: str, level: str) -> int:
        """Return the newest round of a list at a level; 0 when it was never handed up."""
        with self._read() as connection:
            told = {"county": self.site.county_code, "name": name, "level": level}
            return int(raw(connection).execute(_LAST_ROUND, told).fetchone()[0])

    def _lines(self, query: str, **arguments: object) -> list[LedgerLine]:
        self._be_current()
        with self._read() as connection:
            told = {"county": self.site.county_code, **arguments}
            rows = raw(connection).execute(query, told).fetchall()
        return [LedgerLine(LedgerHome(*row[:6]), tuple(row[6:])) for row in rows]
