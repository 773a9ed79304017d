"""Texts in the form's languages, with fallback and live answers."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from tests.xform.scenario import form, open_form, question, value

TEXTS = (
    '<itext><translation lang="中文 (zh)" default="true()">'
    '<text id="q:label"><value>你好 <output value="/data/name"/></value></text>'
    '<text id="q:hint"><value>提示</value><value form="guidance">细则</value></text>'
    '<text id="c:msg"><value>不能超过 <output value="/data/most"/></value></text>'
    '<text id="yes"><value>是</value><value form="image">jr://images/yes.png</value></text></translation>'
    '<translation lang="English (en)"><text id="q:label"><value>Hello <output value="/data/name"/></value></text>'
    '<text id="yes"><value>Yes</value></text></translation></itext>'
)
FORM = form(
    "<name/><q/><most>5</most><n/><s>yes</s><shown/>",
    '<bind nodeset="/data/n" type="int" constraint=". &lt;= /data/most" jr:constraintMsg="jr:itext(\'c:msg\')"/>'
    '<bind nodeset="/data/shown" calculate="jr:choice-name(/data/s, \'/data/s\')"/>',
    '<input ref="/data/name"/><input ref="/data/n"/><input ref="/data/q"><label ref="jr:itext(\'q:label\')"/>'
    "<hint ref=\"jr:itext('q:hint')\"/></input>"
    '<select1 ref="/data/s"><item><label ref="jr:itext(\'yes\')"/><value>yes</value></item></select1>',
    TEXTS,
)


def test_labels_carry_live_answers_in_the_chosen_language() -> None:
    session = open_form(FORM)
    session.set("/data/name", "张三")
    assert question(session, "/data/q").label == "你好 张三"
    session.set_language("English (en)")
    assert question(session, "/data/q").label == "Hello 张三"


def test_what_is_not_translated_falls_back_to_the_default_language() -> None:
    session = open_form(FORM)
    session.set_language("English (en)")
    view = question(session, "/data/q")
    assert (view.hint, view.guidance) == ("提示", "细则")


def test_messages_are_live_too() -> None:
    session = open_form(FORM)
    session.set("/data/most", "3")
    violation = session.set("/data/n", "4")
    assert violation is not None
    assert violation.message == "不能超过 3"


def test_choice_names_and_pictures_follow_the_language() -> None:
    session = open_form(FORM)
    assert value(session, "/data/shown") == "是"
    assert question(session, "/data/s").choices[0].image == "yes.png"
    session.set_language("English (en)")
    assert value(session, "/data/shown") == "Yes"
    assert question(session, "/data/s").choices[0].label == "Yes"


def test_listeners_hear_of_labels_that_change() -> None:
    session = open_form(FORM)
    heard: list[frozenset[str]] = []
    session.subscribe(heard.append)
    session.set("/data/name", "李四")
    assert heard == [frozenset({"/data/name", "/data/q"})]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KnownError, match="FORM-024"):
        open_form(FORM).set_language("Klingon")


def test_a_choice_may_carry_a_live_answer() -> None:
    texts = (
        '<itext><translation lang="zh" default="true()"><text id="l-0"><value>像 <output value="/data/name"/></value>'
        '</text><text id="l-1"><value>别人</value></text></translation></itext><instance id="l"><root>'
        "<item><itextId>l-0</itextId><name>a</name></item><item><itextId>l-1</itextId><name>b</name></item>"
        "</root></instance>"
    )
    body = (
        '<input ref="/data/name"/><select1 ref="/data/s"><itemset nodeset="instance(\'l\')/root/item">'
        '<value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>'
    )
    session = open_form(form("<name/><s/>", "", body, texts))
    session.set("/data/name", "张三")
    assert [choice.label for choice in question(session, "/data/s").choices] == ["像 张三", "别人"]
