"""A form is answered, and what follows from the answers is right at once."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.xform import FormSession, GroupView, RepeatView, load_form
from tests.xform.scenario import environment, form, open_form, question, value

ROSTER = form(
    '<n/><member jr:template=""><name/><age/><adult/><pos/></member><total/><count/>',
    '<bind nodeset="/data/n" type="int" constraint=". &lt; 10" jr:constraintMsg="too many"/>'
    '<bind nodeset="/data/member/age" type="int"/>'
    '<bind nodeset="/data/member/adult" calculate="if(../age &gt;= 18, 1, 0)"/>'
    '<bind nodeset="/data/member/pos" calculate="position(..)"/>'
    '<bind nodeset="/data/total" calculate="sum(/data/member/adult)"/>'
    '<bind nodeset="/data/count" calculate="count(/data/member)"/>',
    '<input ref="/data/n"/><group ref="/data/member"><label>Members</label><repeat nodeset="/data/member">'
    '<input ref="/data/member/name"><label>Name of <output value="position(..)"/></label></input>'
    '<input ref="/data/member/age"/></repeat></group>',
)


def test_sums_over_a_repeat_follow_every_answer() -> None:
    session = open_form(ROSTER)
    for age in ("30", "7", "65"):
        session.set(f"{session.add_repeat('/data/member')}/age", age)
    assert (value(session, "/data/total"), value(session, "/data/count")) == ("2", "3")
    session.remove_repeat("/data/member[1]")
    assert (value(session, "/data/total"), value(session, "/data/count")) == ("1", "2")
    assert [value(session, f"/data/member[{n}]/pos") for n in (1, 2)] == ["1", "2"]


def test_a_refused_answer_is_kept_with_its_violation() -> None:
    session = open_form(ROSTER)
    violation = session.set("/data/n", "12")
    assert violation is not None
    assert (violation.kind, violation.message) == ("constraint", "too many")
    assert value(session, "/data/n") == "12"
    assert session.set("/data/n", "zwölf") is not None
    assert session.set("/data/n", "9") is None


def test_a_draft_opens_as_it_was_left() -> None:
    session = open_form(ROSTER)
    session.set(f"{session.add_repeat('/data/member')}/name", "张三 <&>")
    saved = session.serialise()
    again = FormSession.resume(session.definition, environment(), saved)
    assert again.serialise() == saved
    assert value(again, "/data/member/name") == "张三 <&>"


def test_the_views_show_the_body() -> None:
    session = open_form(ROSTER, prefill={"/data/member[2]/name": "李四"})
    repeat = session.root.children[1]
    assert isinstance(repeat, RepeatView)
    assert (repeat.label, len(repeat.instances), repeat.can_add) == ("Members", 2, True)
    second = repeat.instances[1]
    assert isinstance(second, GroupView)
    assert [child.label for child in second.children] == ["Name of 2", ""]
    assert question(session, "/data/member[2]/name").kind == "text"


def test_listeners_hear_what_changed() -> None:
    session = open_form(ROSTER)
    first = session.add_repeat("/data/member")
    heard: list[frozenset[str]] = []
    stop = session.subscribe(heard.append)
    session.set(f"{first}/age", "20")
    assert heard[-1] == {f"{first}/age", f"{first}/adult", "/data/total"}
    stop()
    session.set(f"{first}/age", "21")
    assert len(heard) == 1


def test_an_unknown_ref_is_refused() -> None:
    session = open_form(ROSTER)
    with pytest.raises(KnownError, match="FORM-020"):
        session.set("/data/nobody", "1")
    with pytest.raises(KnownError, match="FORM-020"):
        session.view("/data/member[1]/age")


def test_a_cycle_is_refused_with_its_nodes() -> None:
    cycle = form(
        "<a/><b/>",
        '<bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" calculate="/data/a"/>',
    )
    with pytest.raises(KnownError, match="/data/a → /data/b|/data/b → /data/a"):
        load_form(cycle)


def test_relevances_that_wait_for_each_other_open_and_are_told() -> None:
    definition = load_form(
        form(
            "<a/><b/>",
            '<bind nodeset="/data/a" relevant="/data/b = \'\'"/><bind nodeset="/data/b" relevant="/data/a = \'\'"/>',
            '<input ref="/data/a"/><input ref="/data/b"/>',
        )
    )
    assert [problem.code for problem in definition.problems] == ["FORM-012"]
    session = open_form(definition)
    session.set("/data/a", "1")
    assert (question(session, "/data/a").relevant, question(session, "/data/b").relevant) == (True, False)


def test_a_running_total_reads_the_instance_before() -> None:
    session = open_form(
        form(
            '<r jr:template=""><n/><sum/></r>',
            '<bind nodeset="/data/r/n" type="int"/><bind nodeset="/data/r/sum" type="int" calculate="../n + '
            'coalesce(indexed-repeat(/data/r/sum, /data/r, position(..) - 1), 0)"/>',
            '<repeat nodeset="/data/r"><input ref="/data/r/n"/></repeat>',
        )
    )
    for number in ("1", "10", "100", "1000"):
        session.set(f"{session.add_repeat('/data/r')}/n", number)
    assert [value(session, f"/data/r[{n}]/sum") for n in (1, 2, 3, 4)] == ["1", "11", "111", "1111"]
    session.set("/data/r[1]/n", "2")
    assert value(session, "/data/r[4]/sum") == "1112"
    session.remove_repeat("/data/r[2]")
    assert [value(session, f"/data/r[{n}]/sum") for n in (1, 2, 3)] == ["2", "102", "1102"]
