"""A county's own survey at short notice: made in Excel's terms, sent to the laptops, and its answers are facts at the county."""

from __future__ import annotations

import pytest

from fieldapp.county.facts import load_entity
from fieldapp.county.publishing import publish_form, publish_policy
from fieldapp.register.entities import Entity
from fieldapp.services.workspace import Workspace
from fieldapp.xform import RepeatView, load_form
from tests.services.asking import homes
from tests.services.forms import compiled, fill_required
from tests.services.world import World

#: Household and member level; `households#…` and `persons#…` are the mapped fields, the rest stays in the entry.
SURVEY = """
| settings | | | |
| | form_title | form_id | version |
| | 冬季用水专项调查 | winter_water | 1 |

| entities | | | | | |
| | list_name | label | entity_id | create_if | update_if |
| | households | | ${household} | | ${household} != '' |
| | persons | ${name} | if(${known_id} = '', ${fresh_id}, ${known_id}) | ${known_id} = '' and ${name} != '' | ${known_id} != '' |

| survey | | | | | | |
| | type | name | label | save_to | calculation | relevant |
| | select_one_from_file households.csv | household | 农户 | | | |
| | select_one water_source | source | 水源 | households#water_source | | |
| | integer | minutes | 取水往返几分钟 | households#water_minutes | | |
| | text | pipe | 水管情况（不写回底册） | | | |
| | begin repeat | members | 成员 | | | |
| | hidden | known_id | | | | |
| | calculate | fresh_id | | | once(uuid()) | |
| | text | name | 姓名 | | | |
| | select_one yes_no | fetches | 去挑水 | | | |
| | text | phone | 电话 | persons#phone | | |
| | end repeat | | | | | |

| choices | | | |
| | list_name | name | label |
| | water_source | tap | 自来水 |
| | water_source | well | 水井 |
| | yes_no | yes | 是 |
| | yes_no | no | 否 |
"""
#: For each member who carries water a task; in a household of one it must come as well, and once.
RULE = """
[[rule]]
id = "own-fetches"
form = "winter_water"
when = "fetches"
equals = "yes"
list = "tasks"
set = { kind = "other", title = "$name", made_on = "$visit_date", visit_id = "$visit_id" }
"""


def at_the_county(world: World, list_name: str, id: str) -> Entity | None:
    with world.county.database.read() as connection:
        return load_entity(connection, world.county.code, list_name, id)


def answered(clerk: Workspace, home: str) -> str:
    draft = clerk.visits.start_form(home, "winter_water")
    draft.session.set("/data/minutes", "25")
    draft.session.set("/data/pipe", "冻裂")
    roster = draft.session.view("/data/members")
    assert isinstance(roster, RepeatView)
    for row in roster.instances:
        draft.session.set(f"{row.ref}/fetches", "yes")
    draft.session.set(f"{roster.instances[0].ref}/phone", "13900000077")
    fill_required(draft.session, {})
    return clerk.visits.finish(draft)


@pytest.mark.parametrize("alone", [True, False])
def test_what_a_survey_maps_is_in_the_register_of_the_county_and_of_every_laptop(
    alone: bool, world: World, clerk: Workspace, helper: Workspace
) -> None:
    xml = compiled(SURVEY)
    publish_form(world.county, form_id="winter_water", version="1", title=load_form(xml).title, xml=xml)
    publish_policy(world.county, [("effects/own.toml", RULE)])
    clerk.sync.run()
    mine = set(homes(helper))
    home = next(
        h
        for h in homes(clerk)
        if (len(clerk.households.file(h).members) == 1) is alone and (alone or h in mine)
    )
    offered = {choice.form_id: choice for choice in clerk.forms.forms_for(home)}
    assert (offered["winter_water"].title, offered["winter_water"].group[0]) == (
        "冬季用水专项调查",
        "专项调查",
    )
    entry_id = answered(clerk, home)
    clerk.sync.run()
    members = clerk.households.file(home).members
    household = at_the_county(world, "households", home)
    assert household is not None
    assert household.get("water_minutes") == 25
    first = at_the_county(world, "persons", members[0].id)
    assert first is not None
    assert first.get("phone") == "13900000077"
    entry = at_the_county(world, "entries", entry_id)
    assert entry is not None
    assert (entry.get("form_id"), entry.get("title")) == ("winter_water", "冬季用水专项调查")
    tasks = [task for task in clerk.households.file(home).others["tasks"] if task.get("visit_id") == entry_id]
    assert sorted(str(task.get("title")) for task in tasks) == sorted(member.name for member in members)
    assert all(at_the_county(world, "tasks", task.id) for task in tasks)
    clerk.sync.run()
    after = [task for task in clerk.households.file(home).others["tasks"] if task.get("visit_id") == entry_id]
    assert len(after) == len(members), "the county followed the same rule and made nothing twice"
    if home in mine:
        helper.sync.run()
        assert helper.households.file(home).household.get("water_minutes") == 25
