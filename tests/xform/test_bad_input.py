"""Damaged, hostile and oversized input: a sentence with a code, in bounded time and memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.xform import FormSession, load_form
from fieldapp.xform.limits import FORM_BYTES
from fieldapp.xform.values.pattern import matches
from tests.xform.scenario import environment, form, open_form, question, value

GOOD = form("<a/>", '<bind nodeset="/data/a" type="int"/>', '<input ref="/data/a"/>')
LAUGHS = (
    b'<!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 10))
    + b"]><lolz>&j;</lolz>"
)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LIST = form(
    "<a/>",
    '<bind nodeset="/data/a" type="string"/>',
    '<select1 ref="/data/a"><itemset nodeset="instance(\'l\')/root/item"><value ref="name"/><label ref="label"/>'
    "</itemset></select1>",
    '<instance id="l" src="jr://file-csv/l.csv"/>',
)


def refused(work: Callable[[], object], seconds: float = 5.0) -> KnownError:
    """Return the known error that ``work`` raises, within its time."""
    begun = time.monotonic()
    with pytest.raises(KnownError) as caught:
        work()
    assert time.monotonic() - begun < seconds
    assert caught.value.zh
    assert caught.value.en
    assert caught.value.remedy_zh
    assert caught.value.remedy_en
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (GOOD[: len(GOOD) // 2], "FORM-001"),
        (b"", "FORM-001"),
        (b"\x00\x01\x02", "FORM-001"),
        (LAUGHS, "FORM-003"),
        (LAUGHS.decode().encode("utf-16"), "FORM-003"),
        (EXTERNAL, "FORM-003"),
        (b"<html/>", "FORM-002"),
        (b"<data/>", "FORM-002"),
        (b"<a>" * 5000, "FORM-001"),
        (b'<h:html xmlns:h="x"><h:head/><h:body/></h:html>', "FORM-002"),
    ],
)
def test_what_is_no_form_is_refused(content: bytes, code: str) -> None:
    assert refused(lambda: load_form(content)).code == code


def test_a_form_of_50_mb_is_refused_before_it_is_read() -> None:
    big = b"<a>" + b"x" * (50 * 1024 * 1024) + b"</a>"
    tracemalloc.start()
    assert refused(lambda: load_form(big)).code == "FORM-004"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < FORM_BYTES


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "if(1, 1, " * 10_000 + "1" + ")" * 10_000,
        "not(" * 10_000 + "1" + ")" * 10_000,
        "1[" * 10_000 + "1" + "]" * 10_000,
        "1=" * 10_000 + "1",
    ],
)
def test_an_expression_nested_10000_deep_is_refused(expression: str) -> None:
    nested = form("<a/>", f'<bind nodeset="/data/a" calculate="{expression}"/>')
    assert refused(lambda: load_form(nested)).code in ("FORM-005", "FORM-010")


def test_long_chains_and_real_nesting_are_fine() -> None:
    chain = " + ".join(["1"] * 5_000)
    minus = "-" * 999 + "1"
    nested = "if(1 = 2, 0, " * 60 + "7" + ")" * 60
    session = open_form(
        form(
            "<a/><b/><c/>",
            f'<bind nodeset="/data/a" calculate="{chain}"/><bind nodeset="/data/b" calculate="{nested}"/>'
            f'<bind nodeset="/data/c" calculate="{minus}"/>',
        )
    )
    assert [value(session, f"/data/{name}") for name in "abc"] == ["5000", "7", "-1"]


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "(a*)*b", "([a-z]+)*[0-9]", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_a_pattern_that_explodes_answers_at_once(pattern: str) -> None:
    begun = time.monotonic()
    assert matches("a" * 5_000 + "!", pattern) is False
    assert matches("a" * 5_000 + "!", pattern, search=True) in (True, False)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "pattern", ["(?=(a+)+$)b", "(", "[a", "a{3,1}", "*a", "(a{1000}){1000}", r"(a)\1", r"\p{L"]
)
def test_a_pattern_that_cannot_be_run_is_refused_when_the_form_is_opened(pattern: str) -> None:
    wrong = form("<a/>", f'<bind nodeset="/data/a" constraint="regex(., \'{pattern}\')"/>')
    assert refused(lambda: load_form(wrong)).code == "FORM-014"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"name,label\na,A,extra\n", "FORM-031"),
        (b"name,label\na\n", "FORM-031"),
        ("name,label\na,襄城县\n".encode("gbk"), "FORM-032"),
        (b"name,label\n\xff\xff\xff,a\n", "FORM-032"),
        (b"name,label\n\x00,a\n", "FORM-033"),
        (b"name,label\n" + b"x" * 2_000_000 + b",a\n", "FORM-033"),
    ],
)
def test_a_bad_list_is_refused_with_its_row(content: bytes, code: str) -> None:
    error = refused(lambda: load_form(LIST, {"jr://file-csv/l.csv": content}))
    assert error.code == code
    assert "l.csv" in error.zh


def test_a_list_with_a_byte_order_mark_is_fine() -> None:
    lists = {"jr://file-csv/l.csv": "name,label\n1,襄城\n".encode("utf-8-sig")}
    choices = question(open_form(LIST, lists), "/data/a").choices
    assert [(choice.value, choice.label) for choice in choices] == [("1", "襄城")]


def test_a_list_that_is_not_there_reads_as_empty_and_is_told() -> None:
    definition = load_form(LIST)
    assert definition.missing_lists == ("jr://file-csv/l.csv",)
    assert question(open_form(definition), "/data/a").choices == []


def test_a_repeat_count_beyond_reason_is_refused() -> None:
    session = open_form(
        form(
            '<n/><r jr:template=""><q/></r>',
            '<bind nodeset="/data/n" type="int"/>',
            '<input ref="/data/n"/><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/q"/></repeat>',
        )
    )
    assert refused(lambda: session.set("/data/n", "999999999")).code == "FORM-016"


@pytest.mark.parametrize(
    ("saved", "code"),
    [
        (b"<data", "FORM-001"),
        (b"<other/>", "FORM-023"),
        (b'<data id="other"/>', "FORM-023"),
        (EXTERNAL, "FORM-003"),
    ],
)
def test_a_bad_draft_is_refused(saved: bytes, code: str) -> None:
    definition = load_form(GOOD)
    assert refused(lambda: FormSession.resume(definition, environment(), saved)).code == code


def test_what_xml_cannot_hold_is_left_out() -> None:
    session = open_form(GOOD)
    session.set("/data/a", "a\x00b\x1b\ud800c\uffff張\U00020000")
    assert value(session, "/data/a") == "abc張\U00020000"
    assert (
        value(FormSession.resume(session.definition, environment(), session.serialise()), "/data/a")
        == "abc張\U00020000"
    )


def test_a_calculation_that_xml_cannot_hold_still_saves() -> None:
    session = open_form(form("<a/>", '<bind nodeset="/data/a" calculate="base64-decode(\'AGEAYg==\')"/>'))
    again = FormSession.resume(session.definition, environment(), session.serialise())
    assert value(again, "/data/a") == value(session, "/data/a") == "\x00a\x00b"


def test_hostile_answers_are_only_text() -> None:
    session = open_form(GOOD)
    for text in ("<x/>", "&amp;", "]]>", "1e999", "٣", "9" * 400, "nan", "inf", "\r\n\t"):
        session.set("/data/a", text)
        again = FormSession.resume(session.definition, environment(), session.serialise())
        assert value(again, "/data/a") == text
