"""Reading and keeping findings: counts by level and rule, pages of lines, one household's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fieldapp.register.checks import CheckContext, Finding, Level
from fieldapp.register.entities import Entity
from fieldapp.store.base import raw
from fieldapp.store.checking import (
    keep_findings,
    mark_all,
    unchecked_count,
    unchecked_some,
)
from fieldapp.store.facts import load_entities
from fieldapp.store.finding_values import FindingFilter, FindingLine, RuleCount
from fieldapp.store.rolling import Rolling
from fieldapp.store.settings import read_setting, write_setting
from fieldapp.tables.check_contexts import check_contexts, check_selects

__all__ = ["FindingQueries"]

#: The rules, lines and day that the findings were made with.
_BASIS_KEY = "findings.basis"
_IS_PASSED = "(f.level != 'error' AND p.id IS NOT NULL)"
_FROM = (
    " FROM findings AS f CROSS JOIN summaries AS s ON s.household_id = f.household_id"
    " LEFT JOIN passes AS p ON p.county_code = :county AND p.household_id = f.household_id AND p.key = f.key"
    " AND p.status = 'active' AND trim(p.reason) != ''"
)
_NAMED = (
    " CROSS JOIN households AS h ON h.county_code = :county AND h.id = f.household_id"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
)
_HELPED = (
    "f.household_id IN (SELECT household_id FROM pairings WHERE county_code = :county AND staff_id = :staff"
    " AND status = 'active' AND (ifnull(ended, '') = '' OR ended >= :today))"
)
_RANK = "CASE f.level WHEN 'error' THEN 0 WHEN 'doubt' THEN 1 ELSE 2 END"
_ORDERS = {
    "rule": f"{_RANK}, f.rule_id, s.place, f.household_id, f.subject, f.id",
    "household": f"s.place, f.household_id, {_RANK}, f.rule_id, f.subject, f.id",
}
_LINE = (
    "SELECT f.id, f.rule_id, f.level, f.household_id, f.list, f.entity_id, f.property, f.zh, f.en, f.subject, f.key,"
    " h.head_name, h.house_no, ifnull(a.name, ''), h.group_name, s.helper_name, ifnull(p.id, ''),"
    " ifnull(p.reason, ''), ifnull(p.passed_on, ''), ifnull(json_extract(p.properties, '$.author_name'), '')"
)


class FindingQueries(Rolling):
    """The findings of this laptop."""

    #: Counts the writes that changed findings.
    findings_generation = 0

    def begin_checks(self, basis: str) -> int:
        """Mark everything when rules, lines or day are others than before; return how many households wait."""
        self._be_current()
        with self._read() as connection:
            known = read_setting(connection, _BASIS_KEY)
            waiting = unchecked_count(connection)
        if known == basis:
            return waiting
        with self._write() as connection:
            mark_all(connection)
            write_setting(connection, _BASIS_KEY, basis)
            return unchecked_count(connection)

    def unchecked(self, most: int) -> dict[str, int]:
        """Return some households that wait for the checks, with their marks."""
        with self._read() as connection:
            return unchecked_some(connection, most)

    def check_contexts(self, household_ids: Sequence[str]) -> list[CheckContext]:
        """Return what the rules look at; households that are not active any more are left out."""
        policies, values = self.policies(), self.rule_book()
        with self._read() as connection:
            asked = check_selects(self.site.county_code, household_ids).items()
            rows = {name: connection.execute(query).mappings().all() for name, query in asked}
        return check_contexts(rows, self._clock.today(), policies, values)

    def keep_findings(self, marks: Mapping[str, int], found: Sequence[Finding]) -> None:
        """Keep what was found for the households in ``marks``. Raises DISK-001."""
        with self._write() as connection:
            keep_findings(connection, marks, found)
        self.findings_generation += 1

    def finding_ids(self, wanted: FindingFilter, order: Literal["rule", "household"] = "rule") -> list[int]:
        """Return the findings asked for, by rule or by household (in the order in which people go)."""
        where, arguments = self._where(wanted)
        query = f"SELECT f.id{_FROM}{_NAMED} WHERE {where} ORDER BY {_ORDERS[order]}"
        with self._read() as connection:
            return [int(row[0]) for row in raw(connection).execute(query, arguments).fetchall()]

    def finding_lines(self, ids: Sequence[int]) -> list[FindingLine]:
        """Return lines by id, in the order asked for; those that are gone in the meantime are left out."""
        query = f"{_LINE}{_FROM}{_NAMED} WHERE f.id IN (SELECT value FROM json_each(:ids))"  # noqa: S608 - constants
        arguments = {"county": self.site.county_code, "ids": json.dumps(list(ids))}
        with self._read() as connection:
            found = {row[0]: _line(row) for row in raw(connection).execute(query, arguments).fetchall()}
        return [found[id] for id in ids if id in found]

    def finding_levels(self, wanted: FindingFilter) -> dict[Level, int]:
        """Return how many findings there are at each level."""
        where, arguments = self._where(wanted)
        query = f"SELECT f.level, count(*){_FROM}{_NAMED} WHERE {where} GROUP BY f.level"
        with self._read() as connection:
            return dict(raw(connection).execute(query, arguments).fetchall())

    def finding_rules(self, wanted: FindingFilter) -> list[RuleCount]:
        """Return the rules that found something: errors first, then by how much they found."""
        where, arguments = self._where(wanted)
        query = (
            "SELECT f.rule_id, f.level, count(*), count(DISTINCT f.household_id)"
            f"{_FROM}{_NAMED} WHERE {where} GROUP BY f.rule_id, f.level ORDER BY {_RANK}, count(*) DESC, f.rule_id"
        )
        with self._read() as connection:
            return [RuleCount(*row) for row in raw(connection).execute(query, arguments).fetchall()]

    def finding_households(self, wanted: FindingFilter) -> list[tuple[str, str, str, int]]:
        """Return the households that have findings, in the order in which people go: id, head, village, how many."""
        where, arguments = self._where(wanted)
        query = (
            "SELECT f.household_id, h.head_name, ifnull(a.name, ''), count(*)"
            f"{_FROM}{_NAMED} WHERE {where} GROUP BY f.household_id ORDER BY s.place, f.household_id"
        )
        with self._read() as connection:
            return [tuple(row) for row in raw(connection).execute(query, arguments).fetchall()]

    def passes(self, ids: Sequence[str]) -> dict[str, Entity]:
        """Return passes by id, those taken back too."""
        with self._read() as connection:
            found = load_entities(connection, self.site.county_code, [("passes", id) for id in ids])
        return {id: entity for (_, id), entity in found.items()}

    def _where(self, wanted: FindingFilter) -> tuple[str, dict[str, Any]]:
        parts = [_IS_PASSED if wanted.passed else f"NOT {_IS_PASSED}"]
        asked: dict[str, Any] = {"county": self.site.county_code}
        if wanted.levels:
            parts.append("f.level IN (SELECT value FROM json_each(:levels))")
            asked["levels"] = json.dumps(sorted(wanted.levels))
        if wanted.area_code:
            parts.append("s.area_code >= :area AND s.area_code < :area || '~'")
            asked["area"] = wanted.area_code
        if wanted.staff_id:
            parts.append(_HELPED)
            asked |= {"staff": wanted.staff_id, "today": self._clock.today().isoformat()}
        for name in ("household_id", "rule_id"):
            if value := getattr(wanted, name):
                parts.append(f"f.{name} = :{name}")
                asked[name] = value
        if text := wanted.text.strip():
            parts.append("(instr(f.zh, :text) OR instr(h.head_name, :text) OR instr(h.house_no, :text))")
            asked["text"] = text
        return " AND ".join(parts), asked


def _line(row: Sequence[Any]) -> FindingLine:
    found = Finding(
        rule_id=row[1],
        level=row[2],
        household_id=row[3],
        list=row[4],
        entity_id=row[5],
        property=row[6],
        zh=row[7],
        en=row[8],
        subject=row[9],
        key=row[10],
    )
    open_ = found.level == "error" or not row[16]
    passed = ("", "", "", "") if open_ else tuple(row[16:20])
    return FindingLine(row[0], found, *row[11:16], *passed)
