"""Reading the answers of a submission."""

from __future__ import annotations

import pytest

from fieldapp.authoring import compile_form
from fieldapp.common.resources import forms_dir
from fieldapp.services.form_map import map_form
from fieldapp.wire.problems import WireError
from fieldapp.wire.submission import flat_answers, read_answers, repeats_of


def test_answers_come_by_question_name_without_the_repeats() -> None:
    xml = """<data xmlns="http://x.example/form" id="visit"><how><mode>door</mode><empty/></how>
      <members><name>甲</name></members><members><name>乙</name></members><note>墙 &amp; 顶</note></data>"""
    assert flat_answers(xml) == {"mode": "door", "note": "墙 & 顶"}
    assert flat_answers(xml.encode()) == flat_answers(xml)


def test_a_roster_with_one_row_is_a_roster_when_the_form_says_so() -> None:
    xml = "<data><members><name>甲</name><ill>yes</ill></members><how><mode>door</mode></how></data>"
    told = read_answers(xml, {"/data/members"})
    assert told.flat == {"mode": "door"}
    assert [(row.place, row.answers) for row in told.rows] == [("members[1]", {"name": "甲", "ill": "yes"})]
    assert flat_answers(xml)["ill"] == "yes", "without the form it cannot be told from a group"


def test_rows_within_rows_have_a_place_of_their_own() -> None:
    xml = "<d><a><n>1</n><g><b><q>x</q></b><b><q>y</q></b></g></a><a><g><b><q>z</q></b></g></a></d>"
    told = read_answers(xml, {"/d/a", "/d/a/g/b"})
    assert {row.place: dict(row.answers) for row in told.rows} == {
        "a[1]": {"n": "1"},
        "a[2]": {},
        "a[1]/b[1]": {"q": "x"},
        "a[1]/b[2]": {"q": "y"},
        "a[2]/b[1]": {"q": "z"},
    }


def test_the_repeats_of_a_shipped_form_are_read_from_its_xform() -> None:
    form = compile_form(forms_dir() / "visit.md").xml
    assert {"/data/members", "/data/expenses"} <= repeats_of(form)
    assert repeats_of(form) == map_form(form).repeats
    assert repeats_of(b"<broken") == frozenset()


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<data>",
        "<a/><b/>",
        '<!DOCTYPE d [<!ENTITY a "x">]><d>&a;</d>',
        '<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>',
        "<d>&undefined;</d>",
        "<d>" * 10,
        "plain",
    ],
)
def test_anything_but_plain_xml_is_a_bad_record(xml: str) -> None:
    with pytest.raises(WireError) as caught:
        flat_answers(xml)
    assert caught.value.slug == "bad-record"


def test_deep_nesting_is_read_without_recursion() -> None:
    deep = "<a>" * 30_000 + "<q>1</q>" + "</a>" * 30_000
    assert flat_answers(deep) == {"q": "1"}
