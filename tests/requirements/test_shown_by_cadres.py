"""Rows of the table about who works here: teams, pairings of every kind, gaps, frequent changes, who only looks."""

from __future__ import annotations

import pytest

from fieldapp.common.ids import derived_id
from fieldapp.county.facts import Pen, insert_entity, load_entity, write_fields
from fieldapp.county.feed import Touch, publish
from fieldapp.county.setup import County
from fieldapp.county.tables import LineRow, table_of
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import HouseholdRow, PairingRow, StaffRow
from tests.county.world import rows_of
from tests.services.asking import finished, first, homes
from tests.services.world import World, cadres

_TODAY = "2026-11-22"


def village_of(county: County, home: str) -> str:
    (row,) = rows_of(county, HouseholdRow, id=home)
    return str(row.area_code)


def pair(
    county: County, home: str, key: str, kind: str, *, started: str = _TODAY, name: str = "周领导"
) -> None:
    """Pair a household with somebody, as the county's office does."""
    values = {"staff_id": key, "staff_name": name, "unit_name": "县委办", "started": started, "kind": kind}
    identifier = derived_id("pairing", home, key, kind)
    pen = Pen(identifier, "county", "county", "县专班", _TODAY)
    with county.database.write() as connection:
        insert_entity(county.database, connection, county.code, "pairings", identifier, home, values, pen)
        touch = Touch("pairings", identifier, home, village_of(county, home))
        publish(county.database, connection, county.code, [touch])


def end_helpers(county: County, home: str) -> None:
    """End a household's pairings yesterday."""
    with county.database.write() as connection:
        for row in rows_of(county, PairingRow, household_id=home):
            entity = load_entity(connection, county.code, "pairings", row.id)
            assert entity is not None
            pen = Pen(derived_id("end", row.id), "county", "county", "县专班", _TODAY)
            write_fields(county.database, connection, county.code, entity, home, {"ended": "2026-11-20"}, pen)
            publish(
                county.database,
                connection,
                county.code,
                [Touch("pairings", row.id, home, village_of(county, home))],
            )


@pytest.mark.requirement("A003", "A005")
def test_units_cadres_and_the_team_of_the_village_are_counted_and_named(
    world: World, clerk: Workspace
) -> None:
    sheet = clerk.cadres.sheet()
    here = set(homes(clerk))
    paired = [
        row
        for row in rows_of(world.county, PairingRow, status="active")
        if row.household_id in here and not (row.ended and row.ended < _TODAY)
    ]
    assert sheet.helpers == len({(row.staff_id, row.unit_name) for row in paired})
    assert {unit.unit_name for unit in sheet.units} == {row.unit_name for row in paired}
    assert sum(unit.households for unit in sheet.units) == len({(r.staff_id, r.household_id) for r in paired})
    posts = {row.id: row.post for row in rows_of(world.county, StaffRow)}
    assert posts[clerk.person.id]
    assert (clerk.person.name, posts[clerk.person.id]) in {(one.name, one.post) for one in sheet.team}


@pytest.mark.requirement("A023", "A020")
def test_a_household_whose_helper_left_is_listed_until_somebody_takes_over(
    world: World, clerk: Workspace
) -> None:
    home = first(clerk)
    before = {line.household_id for line in clerk.cadres.sheet().unpaired}
    end_helpers(world.county, home)
    clerk.sync.run()
    assert {line.household_id for line in clerk.cadres.sheet().unpaired} == before | {home}
    pair(world.county, home, "10000000-0000-5000-8000-000000000001", "helper", name="新来的")
    clerk.sync.run()
    assert {line.household_id for line in clerk.cadres.sheet().unpaired} == before
    names = [pairing.staff_name for pairing in clerk.households.file(home).pairings]
    assert "新来的" in names
    assert len(names) >= 2  # the former ones stay


@pytest.mark.requirement("A021")
def test_a_household_that_has_had_three_helpers_within_a_year_is_listed(
    world: World, clerk: Workspace
) -> None:
    home = first(clerk)
    for number in (2, 3):
        pair(world.county, home, f"10000000-0000-5000-8000-00000000000{number}", "helper")
    clerk.sync.run()
    lines = {line.household_id: line.count for line in clerk.cadres.sheet().turnover}
    assert lines[home] == 3


@pytest.mark.requirement("A014", "A015", "A016")
def test_a_household_of_special_focus_has_a_person_in_charge_besides_its_helper(
    world: World, clerk: Workspace
) -> None:
    sheet = clerk.cadres.sheet()
    home = sheet.unguarded[0].household_id
    pair(world.county, home, "10000000-0000-5000-8000-000000000004", "leader")
    clerk.sync.run()
    after = clerk.cadres.sheet()
    assert home not in {line.household_id for line in after.unguarded}
    assert ("包联领导", "周领导", 1) in {(c.kind_name, c.staff_name, c.households) for c in after.charges}
    assert after.units == sheet.units  # a leader is no helper of the household


@pytest.mark.requirement("A007")
def test_a_grid_worker_sees_the_households_of_the_grid(world: World, clerk: Workspace) -> None:
    worker = cadres(world.county)["helper"]
    mine = homes(clerk)[:3]
    for home in mine:
        pair(world.county, home, worker.id, "grid", name=worker.name)
    clerk.sync.run()
    grid = [c for c in clerk.cadres.sheet().charges if c.kind == "grid"]
    assert [(c.kind_name, c.households) for c in grid] == [("网格员", 3)]
    helper = world.unlocked("helper")
    helper.sync.run()
    assert set(mine) <= set(homes(helper))


@pytest.mark.requirement("A010")
def test_an_inspector_sees_the_village_and_the_county_takes_no_visit_of_his(
    world: World, clerk: Workspace
) -> None:
    table = table_of(StaffRow)
    with world.county.database.write() as connection:
        connection.execute(table.update().where(table.c.id == clerk.person.id).values(role="inspector"))
        publish(world.county.database, connection, world.county.code, [Touch("staff", clerk.person.id)])
    seen = homes(clerk)
    finished(clerk, seen[0])
    clerk.sync.run()
    assert set(homes(clerk)) == set(seen)
    held = [row for row in rows_of(world.county, LineRow) if row.status == "held"]
    assert held
    assert {row.detail for row in held} == {"read-only"}
