"""Rows of the table that a cadre sees on the page of one household, and on its file."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.services.printing import PrintOrder
from fieldapp.services.workspace import Workspace
from fieldapp.ui.viewmodels.household_timeline import timeline
from fieldapp.ui.viewmodels.record_tables import record_tables
from tests.requirements.test_shown_by_checks import put, said
from tests.services.asking import homes
from tests.sheets.reading import all_text


@pytest.mark.requirement("A176")
def test_help_that_ended_stays_in_sight_with_the_day_it_ended(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    put(
        clerk,
        home,
        "measures",
        "former",
        household_id=home,
        group="employment",
        item="保洁员公益岗",
        started="2023-01",
        ended="2024-12",
        state="stopped",
    )
    file = clerk.households.file(home)
    lines = timeline(file, [], clerk.schema, clerk.today(), {}, door=False)
    ended = [line for line in lines if line.visit_id == "former" and "结束" in line.title]
    assert [line.day for line in ended] == ["2024-12"]
    (sheet,) = clerk.printing.make(PrintOrder("file", (home,)))
    assert "保洁员公益岗" in all_text(sheet.pdf)


@pytest.mark.requirement("A102", "A104")
def test_an_unsafe_house_and_the_old_one_beside_a_new_one_show_how_far_they_are(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    put(
        clerk,
        home,
        "dwellings",
        "old",
        household_id=home,
        name="老屋",
        grade="D",
        usage="idle",
        renewal_stage="begun",
        renewal_deadline="2026-10-31",
        old_house="sealed",
    )
    file = clerk.households.file(home)
    (table,) = [t for t in record_tables(file, clerk.schema, door=False) if t.list_name == "dwellings"]
    texts = {cell.text for cell in table.rows[0]}
    assert {"老屋", "D级", "已开工", "已封存"} <= texts
    put(clerk, home, "dwellings", "old", renewal_stage="accepted")
    file = clerk.households.file(home)
    (table,) = [t for t in record_tables(file, clerk.schema, door=False) if t.list_name == "dwellings"]
    assert "已验收" in {cell.text for cell in table.rows[0]}
    assert date.fromisoformat("2026-10-31") < clerk.today()
    assert not [rule for rule in said(clerk, home) if rule.startswith("unsafe-house-after")]


def test_a_correction_keeps_the_old_value_and_can_be_taken_back(clerk: Workspace) -> None:
    some = homes(clerk)[:3]
    before = {row.household_id: row.text for row in clerk.corrections.rows("arable_mu", some)}
    done = clerk.corrections.batch("arable_mu", dict.fromkeys(some, "77.5"), "村里实测后统一更正")
    line = clerk.households.history("households", some[0], "arable_mu")[0]
    assert (line.value, line.reason, line.author_name) == ("77.5", "村里实测后统一更正", clerk.person.name)
    clerk.corrections.undo(done.change_id)
    assert {row.household_id: row.text for row in clerk.corrections.rows("arable_mu", some)} == before
    history = clerk.households.history("households", some[0], "arable_mu")
    assert [each.reason for each in history[:2]] == ["撤销更正：村里实测后统一更正", "村里实测后统一更正"]
