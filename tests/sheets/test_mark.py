"""The mark tells one state of a household's facts from another."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.sheets.making import make_carry, make_file
from fieldapp.sheets.mark import PaperMark, qr_svg, read_mark, version_of
from tests.sheets.extremes import empty
from tests.sheets.reading import STAMP, all_text, only
from tests.sheets.samples import ordinary

VERSIONS = st.from_regex(r"\A[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\Z")


@given(st.from_regex(r"\A[0-9A-Z]{0,24}\Z"), VERSIONS)
def test_a_scanned_mark_says_household_and_version(house_no: str, version: str) -> None:
    mark = PaperMark(house_no, version)
    assert read_mark(mark.text) == mark
    assert read_mark(f"  {mark.text.lower()}\n") == mark


@pytest.mark.parametrize("text", ["", "https://example.com", "FIELDAPP:2:1:AAAA-BBBB", "FIELDAPP:1:1:AAA"])
def test_other_codes_are_none_of_ours(text: str) -> None:
    assert read_mark(text) is None


def test_the_version_is_typed_easily() -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", version_of(ordinary()))


def test_the_same_facts_give_the_same_version_in_any_order() -> None:
    paper = ordinary()
    turned = replace(
        paper,
        visits=paper.visits[::-1],
        measures=paper.measures[::-1],
        due=None,
        household=replace(paper.household, version=9),
    )
    assert version_of(turned) == version_of(paper)


def test_any_changed_fact_gives_another_version() -> None:
    paper = ordinary()
    changed = [
        replace(paper, household=replace(paper.household, phone="13800000000")),
        replace(paper, members=paper.members[:-1]),
        replace(paper, visits=paper.visits[1:]),
        replace(paper, issues=(replace(paper.issues[0], state="closed"), paper.issues[1])),
        replace(paper, incomes=(replace(paper.incomes[0], properties={"pension": "1"}), *paper.incomes[1:])),
        empty(),
    ]
    versions = {version_of(each) for each in (paper, *changed)}
    assert len(versions) == len(changed) + 1


def test_both_sheets_of_a_household_say_the_same_version() -> None:
    version = version_of(ordinary())
    assert version in all_text(only(make_file([ordinary()], "full", **STAMP)).pdf)
    assert version in all_text(only(make_carry([ordinary()], "masked", **STAMP)).pdf)


def test_the_code_is_an_image_of_its_own() -> None:
    root = ET.fromstring(qr_svg(PaperMark("419999103200017", "7K3M-9QXA").text))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root) > 0
