"""The groups of households in SQL: who is of a group, and how many households and persons each has.

The text of a query is made of the file's facts and codes, which :mod:`fieldapp.register.groups` has read as names and
codes of letters, digits and underscores; nothing else of the file reaches the database. A test holds SQL and Python together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldapp.register.groups import Condition, Group, GroupBook
from fieldapp.store.base import raw
from fieldapp.store.policy import group_book
from fieldapp.store.rolling import Rolling
from fieldapp.store.work_values import GroupNumbers

__all__ = ["GroupQueries", "group_sql", "groups_sql"]

_ROWS: Mapping[str, str] = {"household": "h", "person": "p"}
_MEMBERS = (
    "FROM persons AS p WHERE p.county_code = h.county_code AND p.household_id = h.id AND p.status = 'active'"
)


class GroupQueries(Rolling):
    """Counting groups."""

    def group_book(self) -> GroupBook:
        """Return the county's groups of households."""
        with self._read() as connection:
            return group_book(connection)

    def group_numbers(self, groups: Sequence[Group], area_code: str = "") -> dict[str, GroupNumbers]:
        """Return how many households and persons of a place are in each group. A group counts for itself alone."""
        if not groups:
            return {}
        fits = ", ".join(f"{group_sql(group)} AS g{number}" for number, group in enumerate(groups))
        those = "".join(
            f", (SELECT count(*) {_MEMBERS} AND {_any(group)}) AS t{number}"
            for number, group in enumerate(groups)
            if group.those
        )
        sums = ", ".join(
            f"ifnull(sum(g{n}), 0), ifnull(sum({f't{n}' if group.those else f'g{n} * m'}), 0)"
            for n, group in enumerate(groups)
        )
        query = (
            f"SELECT {sums} FROM (SELECT (SELECT count(*) {_MEMBERS}) AS m, {fits}{those} FROM households AS h"  # noqa: S608 - as above
            " WHERE h.county_code = :county AND h.status = 'active'"
            " AND h.area_code >= :area AND h.area_code < :area || char(0x10FFFF))"
        )
        with self._read() as connection:
            row = (
                raw(connection)
                .execute(query, {"county": self.site.county_code, "area": area_code})
                .fetchone()
            )
        return {
            group.name: GroupNumbers(int(row[2 * number]), int(row[2 * number + 1]))
            for number, group in enumerate(groups)
        }


def groups_sql(book: GroupBook, names: frozenset[str]) -> str:
    """Return the condition on a household id: of any chosen group of an axis, and so on every axis that has one chosen."""
    chosen = [group for group in book.groups if group.name in names]
    axes = dict.fromkeys(group.axis for group in chosen)
    parts = [" OR ".join(group_sql(each) for each in chosen if each.axis == axis) for axis in axes]
    fits = " AND ".join(f"({part})" for part in parts) or "FALSE"
    return (
        "household_id IN (SELECT h.id FROM households AS h WHERE h.county_code = :county"  # noqa: S608 - names and codes
        f" AND h.status = 'active' AND {fits})"
    )


def group_sql(group: Group) -> str:
    """Return the condition on a household called h."""
    return f"({' OR '.join(_alternative(each) for each in group.any)})"


def _any(group: Group) -> str:
    """The condition on a member p of household h, for a group that counts those who fit."""
    return f"({' OR '.join(' AND '.join(map(_condition, each)) for each in group.any)})"


def _alternative(conditions: tuple[Condition, ...]) -> str:
    homes = [_condition(one) for one in conditions if one.of == "household"]
    people = [_condition(one) for one in conditions if one.of == "person"]
    if people:
        homes.append(f"EXISTS (SELECT 1 {_MEMBERS} AND {' AND '.join(people)})")
    return f"({' AND '.join(homes)})"


def _condition(one: Condition) -> str:
    fact = _fact(one)
    codes = ", ".join(f"'{code}'" for code in one.values)
    match one.test:
        case "true":
            sql = f"ifnull({fact}, 0)"
        case "known":
            sql = f"ifnull({fact}, '') NOT IN ('', '[]')"
        case "is":
            sql = f"ifnull({fact}, '') IN ({codes})"
        case "has":
            row, name = _ROWS[one.of], one.prop.name
            sql = f"EXISTS (SELECT 1 FROM json_each({row}.properties, '$.{name}') AS v WHERE v.value IN ({codes}))"  # noqa: S608
        case "from":
            sql = f"ifnull({fact}, 0) >= {int(one.values[0])}"
    return f"NOT ({sql})" if one.negated else f"({sql})"


def _fact(one: Condition) -> str:
    row, name = _ROWS[one.of], one.prop.name
    return f'{row}."{name}"' if one.prop.column else f"json_extract({row}.properties, '$.{name}')"
