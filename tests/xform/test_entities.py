"""Entities: a declaration for the form, a group or each repeat instance; create and update; back from the submission."""

from __future__ import annotations

from pathlib import Path

from fieldapp.authoring import compile_form
from fieldapp.common.resources import forms_dir
from fieldapp.xform import EntityAction, FormSession, load_form, read_entities
from tests.authoring.forms import write_form
from tests.xform.scenario import environment, open_form

HOUSEHOLDS = b"name,label,__version,__trunkVersion,__branchId\nh1,Zhang,7,5,branch-1\n"
PERSONS = b"name,label,__version,__trunkVersion,__branchId\np1,Zhang San,3,,\n"
LISTS = {"jr://file-csv/households.csv": HOUSEHOLDS, "jr://file-csv/persons.csv": PERSONS}
GUARANTEES = ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok")


def visit() -> FormSession:
    definition = load_form(compile_form(forms_dir() / "visit.md").xml, LISTS)
    prefill = {
        "/data/household": "h1",
        "/data/members[1]/known_id": "p1",
        "/data/members[1]/name": "张三",
        "/data/members[2]/name": "张小三",
    }
    session = FormSession.start(definition, environment(), prefill=prefill)
    session.set("/data/how/visit_date", "2026-11-21")
    for name in GUARANTEES:
        session.set(f"/data/state/{name}", "yes")
    for number, relationship in ((1, "head"), (2, "son")):
        session.set(f"/data/members[{number}]/relationship", relationship)
        session.set(f"/data/members[{number}]/sex", "male")
    return session


def by_node(actions: tuple[EntityAction, ...]) -> dict[str, EntityAction]:
    return {action.node: action for action in actions}


def test_a_visit_updates_the_household_and_its_members_and_creates_new_ones() -> None:
    submission = visit().finalise()
    actions = by_node(submission.entities)
    household, known, fresh = (actions[node] for node in ("/data", "/data/members[1]", "/data/members[2]"))
    assert (household.list, household.action, household.id) == ("households", "update", "h1")
    assert (household.base_version, household.trunk_version, household.branch_id) == (7, 5, "branch-1")
    assert household.properties["food_ok"] == "yes"
    assert (known.list, known.action, known.id, known.base_version) == ("persons", "update", "p1", 3)
    assert (known.label, known.properties["relationship"]) == ("张三", "head")
    assert (fresh.action, fresh.label, fresh.properties["relationship"]) == ("create", "张小三", "son")
    assert fresh.id
    assert fresh.base_version is None


def test_the_submission_gives_the_same_actions_back() -> None:
    session = visit()
    submission = session.finalise()
    assert read_entities(session.definition, submission.xml) == submission.entities


def test_ids_stay_when_a_draft_is_opened_again() -> None:
    session = visit()
    again = FormSession.resume(
        session.definition, environment("2026-11-23T00:00:00+00:00"), session.serialise()
    )
    assert [action.id for action in again.finalise().entities] == [a.id for a in session.finalise().entities]


def test_what_is_not_relevant_is_neither_sent_nor_saved_to_an_entity() -> None:
    session = visit()
    session.set("/data/how/moved_to", "郑州")
    submission = session.finalise()
    assert b"moved_to" not in submission.xml
    assert "moved_to" not in by_node(submission.entities)["/data"].properties
    assert "郑州".encode() in session.serialise()


def test_each_container_has_its_own_entity(tmp_path: Path) -> None:
    survey = [
        {"type": "text", "name": "who", "label": "Who", "save_to": "people#called"},
        {"type": "begin group", "name": "problem", "label": "Problem"},
        {"type": "text", "name": "what", "label": "What", "save_to": "issues#what"},
        {"type": "end group", "name": "", "label": ""},
    ]
    entities = [
        {"list_name": "people", "label": "${who}", "create_if": ""},
        {"list_name": "issues", "label": "${what}", "create_if": "${what} != ''"},
    ]
    session = open_form(compile_form(write_form(tmp_path, survey, entities=entities)).xml)
    session.set("/data/who", "张三")
    assert [action.list for action in session.finalise().entities] == ["people"]
    session.set("/data/problem/what", "屋顶漏水")
    actions = by_node(session.finalise().entities)
    assert {node: action.properties for node, action in actions.items()} == {
        "/data": {"called": "张三"},
        "/data/problem": {"what": "屋顶漏水"},
    }
    assert len({action.id for action in actions.values()}) == 2
