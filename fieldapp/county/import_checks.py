"""The data checks over what an import has touched, for the sheet 疑点 of its report."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from fieldapp.county.publishing import schema_in_force, values_in_force, years_in_force
from fieldapp.county.setup import County
from fieldapp.county.shared_rows import known_areas
from fieldapp.register.checks import LEVEL_ZH, run_checks, shipped_rules
from fieldapp.tables.check_contexts import check_contexts, check_selects

__all__ = ["checked_lines"]

_CHUNK = 300


def checked_lines(county: County, household_ids: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Yield a line of the sheet 疑点 for each finding of the households, a few hundred of them in memory at a time."""
    book = shipped_rules()
    with county.database.read() as connection:
        schema = schema_in_force(connection, county.code)
        policies = years_in_force(connection, county.code)
        values = values_in_force(connection, county.code)
        villages = {area.code: area.name for area in known_areas(connection, county.code)}
    waiting = iter(sorted(household_ids))
    while chunk := list(islice(waiting, _CHUNK)):
        with county.database.read() as connection:
            asked = check_selects(county.code, chunk).items()
            rows = {name: connection.execute(query).mappings().all() for name, query in asked}
        for context in check_contexts(rows, county.clock.today(), policies, values):
            home = context.household
            place = (villages.get(home.area_code, ""), home.group_name, home.house_no, home.head_name)
            for found in run_checks(book, context):
                prop = schema.property(found.list, found.property)
                yield (LEVEL_ZH[found.level], *place, found.zh, prop.zh if prop else "", "")
