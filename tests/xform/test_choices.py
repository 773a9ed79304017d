"""Choices: cascades over long lists, from repeats, in languages; what is no longer offered is taken back."""

from __future__ import annotations

from fieldapp.xform import QuestionView
from tests.xform.scenario import form, open_form, question, value

VILLAGES = "".join(f"v{n},Village {n},r{n % 3}\n" for n in range(9))
LISTS = {
    "jr://file-csv/villages.csv": f"name,label,region\n{VILLAGES}".encode(),
    "jr://file-csv/regions.csv": b"name,label,code\nr0,North,01\nr1,South,1\nr2,West,2\n",
}
ITEMS = '<value ref="name"/><label ref="label"/>'
CASCADE = form(
    "<region/><village/><several/><code/><n/>",
    "<bind nodeset=\"/data/code\" calculate=\"pulldata('regions', 'code', 'name', /data/region)\"/>"
    '<bind nodeset="/data/n" type="int"/>',
    f'<select1 ref="/data/region"><itemset nodeset="instance(\'regions\')/root/item">{ITEMS}</itemset></select1>'
    f'<select1 ref="/data/village"><itemset nodeset="instance(\'villages\')/root/item[region = /data/region]">{ITEMS}'
    f'</itemset></select1><select ref="/data/several"><itemset nodeset="instance(\'villages\')/root/item'
    f"[region = /data/region and name != 'v4']\">{ITEMS}</itemset></select>",
    '<instance id="villages" src="jr://file-csv/villages.csv"/><instance id="regions" src="jr://file-csv/regions.csv"/>',
)
ROSTER = form(
    '<r jr:template=""><name/><age/></r><pick/>',
    '<bind nodeset="/data/r/age" type="int"/>',
    '<repeat nodeset="/data/r"><input ref="/data/r/name"/><input ref="/data/r/age"/></repeat>'
    '<select1 ref="/data/pick"><itemset nodeset="/data/r[./age &gt; 17]"><value ref="name"/><label ref="name"/>'
    "</itemset></select1>",
)


def offered(view: QuestionView) -> list[str]:
    return [choice.value for choice in view.choices]


def test_a_cascade_follows_the_first_answer() -> None:
    session = open_form(CASCADE, LISTS)
    assert offered(question(session, "/data/village")) == []
    session.set("/data/region", "r1")
    assert offered(question(session, "/data/village")) == ["v1", "v4", "v7"]
    assert offered(question(session, "/data/several")) == ["v1", "v7"]
    assert [choice.label for choice in question(session, "/data/region").choices] == [
        "North",
        "South",
        "West",
    ]
    assert value(session, "/data/code") == "1"


def test_an_answer_that_is_no_longer_offered_is_taken_back() -> None:
    session = open_form(CASCADE, LISTS)
    session.set("/data/region", "r1")
    session.set("/data/village", "v4")
    session.set("/data/several", "v1 v7")
    session.set("/data/region", "r2")
    assert (value(session, "/data/village"), value(session, "/data/several")) == ("", "")


def test_choices_come_from_a_repeat_and_follow_it() -> None:
    session = open_form(ROSTER, prefill={"/data/r[1]/name": "A", "/data/r[2]/name": "B"})
    session.set("/data/r[1]/age", "40")
    session.set("/data/r[2]/age", "20")
    assert offered(question(session, "/data/pick")) == ["A", "B"]
    session.set("/data/pick", "B")
    session.set("/data/r[2]/age", "10")
    assert (offered(question(session, "/data/pick")), value(session, "/data/pick")) == (["A"], "")


def test_text_keys_and_number_keys_find_their_rows() -> None:
    lists = {"jr://file-csv/l.csv": b"name,label\n01,one\n1,uno\n2,two\n"}
    look_up = form(
        "<t/><n/><byt/><byn/>",
        '<bind nodeset="/data/t" type="string"/><bind nodeset="/data/n" type="int"/>'
        '<bind nodeset="/data/byt" calculate="count(instance(\'l\')/root/item[name = /data/t])"/>'
        '<bind nodeset="/data/byn" calculate="count(instance(\'l\')/root/item[/data/n = name])"/>',
        '<input ref="/data/t"/><input ref="/data/n"/>',
        '<instance id="l" src="jr://file-csv/l.csv"/>',
    )
    session = open_form(look_up, lists)
    session.set("/data/t", "1")
    session.set("/data/n", "1")
    assert (value(session, "/data/byt"), value(session, "/data/byn")) == ("1", "2")


def test_geojson_and_xml_lists_are_lists_too() -> None:
    lists = {
        "jr://file/p.geojson": b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"w1",'
        b'"geometry":{"type":"Point","coordinates":[113.5,33.8]},"properties":{"title":"Well"}}]}',
        "jr://file/x.xml": b"<root><item><name>a</name><label>A</label></item></root>",
    }
    both = form(
        "<g/><x/><where/>",
        '<bind nodeset="/data/where" calculate="instance(\'p\')/root/item[id = /data/g]/geometry"/>',
        '<select1 ref="/data/g"><itemset nodeset="instance(\'p\')/root/item"><value ref="id"/><label ref="title"/></itemset>'
        f'</select1><select1 ref="/data/x"><itemset nodeset="instance(\'x\')/root/item">{ITEMS}</itemset></select1>',
        '<instance id="p" src="jr://file/p.geojson"/><instance id="x" src="jr://file/x.xml"/>',
    )
    session = open_form(both, lists)
    assert [(c.value, c.label) for c in question(session, "/data/g").choices] == [("w1", "Well")]
    assert offered(question(session, "/data/x")) == ["a"]
    session.set("/data/g", "w1")
    assert value(session, "/data/where") == "33.8 113.5 0 0"


def test_a_seeded_order_is_that_of_every_engine() -> None:
    shuffled = form(
        "<q/><s/>",
        '<bind nodeset="/data/s" type="int"/>',
        f'<input ref="/data/s"/><select1 ref="/data/q"><itemset nodeset="randomize(instance(\'l\')/root/item, /data/s)">'
        f"{ITEMS}</itemset></select1>",
        '<instance id="l"><root>'
        + "".join(f"<item><name>{c}</name><label>{c}</label></item>" for c in "ABCDEFGH")
        + "</root></instance>",
    )
    session = open_form(shuffled)
    session.set("/data/s", "1234")
    assert "".join(offered(question(session, "/data/q"))) == "GFEDAHBC"


def test_the_last_saved_answers_are_a_list_too() -> None:
    last = form(
        "<n/><before/>",
        '<bind nodeset="/data/before" calculate="instance(\'__last-saved\')/data/n"/>',
        '<input ref="/data/n"/>',
        '<instance id="__last-saved" src="jr://instance/last-saved"/>',
    )
    assert value(open_form(last), "/data/before") == ""
    saved = {"jr://instance/last-saved": b'<data id="t"><n>42</n><before/></data>'}
    assert value(open_form(last, saved), "/data/before") == "42"
