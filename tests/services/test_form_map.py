"""What of a form belongs to the register, read from its own declarations."""

from __future__ import annotations

from fieldapp.register.schema import register_schema
from fieldapp.services.form_map import FormMap, map_form
from tests.services.forms import COUNTY_FORM, compiled
from tests.services.world import compiled_visit_form


def visit_map() -> FormMap:
    return map_form(compiled_visit_form())


def test_the_visit_form_speaks_of_the_household_and_of_its_members() -> None:
    form = visit_map()
    household = form.single("households")
    assert household is not None
    assert (household.ref, household.id_ref) == ("/data", "/data/household")
    assert household.properties["/data/state/housing_ok"] == "housing_ok"
    assert household.properties["/data/how/phone"] == "phone"
    (roster,) = form.rosters("persons")
    assert (roster.ref, roster.label_ref) == ("/data/members", "/data/members/name")
    assert roster.known_id_ref == "/data/members/known_id"
    assert roster.properties["/data/members/left_reason"] == "left_reason"


def test_a_question_in_the_roster_is_not_the_households() -> None:
    household = visit_map().single("households")
    assert household is not None
    assert not [ref for ref in household.properties if ref.startswith("/data/members")]


def test_every_question_that_is_saved_goes_to_a_property_a_form_may_write() -> None:
    schema = register_schema()
    for container in visit_map().containers:
        for name in container.properties.values():
            prop = schema.property(container.list, name)
            assert prop is not None, name
            assert prop.write == "form", name


def test_a_countys_own_form_is_read_the_same_way() -> None:
    form = map_form(compiled(COUNTY_FORM))
    assert {c.list: c.ref for c in form.containers} == {
        "households": "/data",
        "persons": "/data/people",
        "issues": "/data/trouble",
    }
    (people,) = form.rosters("persons")
    assert people.known_id_ref is None
    issues = form.single("issues")
    assert issues is not None
    assert issues.properties == {"/data/trouble/kind": "kind"}
    assert form.rosters("issues") == ()


def test_a_form_without_declarations_maps_to_nothing() -> None:
    plain = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>'
        '<model><instance><data id="x"><q/></data></instance><bind nodeset="/data/q"/></model>'
        "</h:head><h:body/></h:html>"
    )
    assert map_form(plain.encode()) == FormMap((), frozenset())
