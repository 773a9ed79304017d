"""Reading the answers of a submission."""

from __future__ import annotations

import pytest

from fieldapp.wire.problems import WireError
from fieldapp.wire.submission import flat_answers


def test_answers_come_by_question_name_without_the_repeats() -> None:
    xml = """<data xmlns="http://x.example/form" id="visit"><how><mode>door</mode><empty/></how>
      <members><name>甲</name></members><members><name>乙</name></members><note>墙 &amp; 顶</note></data>"""
    assert flat_answers(xml) == {"mode": "door", "note": "墙 & 顶"}
    assert flat_answers(xml.encode()) == flat_answers(xml)


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
