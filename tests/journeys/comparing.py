"""The closing check: do county and laptop hold the same, village by village?"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.county.setup import County
from fieldapp.county.tables import table_of
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import TABLES, HouseholdRow
from fieldapp.tables.rows import entity_of

__all__ = ["Holding", "difference", "holdings_of_county", "holdings_of_laptop"]


@dataclass(frozen=True)
class Holding:
    """What one side has of one list in one village: how many records, and a digest over all they say."""

    count: int
    digest: str


Holdings = Mapping[tuple[str, str], Holding]  # (village, list)


def holdings_of_laptop(workspace: Workspace) -> Holdings:
    """Return what a laptop holds."""
    with workspace._store.vault.reader() as connection:
        return _holdings(connection, None)


def holdings_of_county(county: County, household_ids: Iterable[str]) -> Holdings:
    """Return what the county holds of some households."""
    with county.database.read() as connection:
        return _holdings(connection, frozenset(household_ids))


def difference(county: County, workspace: Workspace) -> list[str]:
    """Return in words what differs between a laptop and the county in the laptop's scope; nothing when all is the same."""
    theirs = holdings_of_county(county, _scope(county, workspace))
    mine = holdings_of_laptop(workspace)
    return [
        f"{village} {list_name}: county {theirs.get((village, list_name))}, laptop {mine.get((village, list_name))}"
        for village, list_name in sorted({*theirs, *mine})
        if theirs.get((village, list_name)) != mine.get((village, list_name))
    ]


def _scope(county: County, workspace: Workspace) -> frozenset[str]:
    """A clerk's households are those of the village in the county; a helper's those on the laptop."""
    person = workspace.person
    if person.role == "helper":
        with workspace._store.vault.reader() as connection:
            return _ids(connection, "")
    with county.database.read() as connection:
        return _ids(connection, person.area_code)


def _ids(connection: Connection, area_prefix: str) -> frozenset[str]:
    table = table_of(HouseholdRow)
    return frozenset(
        connection.execute(select(table.c.id).where(table.c.area_code.startswith(area_prefix))).scalars()
    )


def _holdings(connection: Connection, household_ids: frozenset[str] | None) -> Holdings:
    homes = table_of(HouseholdRow)
    village = {row.id: row.area_code for row in connection.execute(select(homes.c.id, homes.c.area_code))}
    lines: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    for list_name, model in TABLES.items():
        for row in connection.execute(select(table_of(model))).mappings():
            home = row["id"] if list_name == "households" else row["household_id"]
            if household_ids is None or home in household_ids:
                lines[village[home], list_name].append(_line(list_name, row))
    return {
        key: Holding(len(some), hashlib.sha256(b"\n".join(sorted(some))).hexdigest())
        for key, some in lines.items()
    }


def _line(list_name: str, row: Mapping[Any, Any]) -> bytes:
    entity = entity_of(list_name, dict(row))
    told = {name: value for name, value in entity.values().items() if value is not None}
    content = [entity.id, entity.status, entity.version, told]
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
