"""Both sides of the paper on a one-sided printer."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.sheets.making import make_file
from fieldapp.sheets.paper import Sheet
from fieldapp.sheets.pdf import merge
from fieldapp.sheets.stacking import for_manual_duplex
from tests.sheets.extremes import empty
from tests.sheets.reading import STAMP, only, page_texts


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return only(make_file([empty()], "full", **STAMP))


def test_fronts_go_first_and_the_backs_follow_in_order(sheet: Sheet) -> None:
    whole = merge([sheet.pdf, sheet.pdf], fronts=True)
    pages = page_texts(whole)
    jobs = for_manual_duplex(whole)
    assert page_texts(jobs.fronts) == pages[0::2]
    assert page_texts(jobs.backs) == [*pages[1::2], ""]
    assert jobs.papers == 4


def test_a_pile_that_comes_out_face_up_takes_its_backs_from_the_last(sheet: Sheet) -> None:
    pages = page_texts(sheet.pdf)
    jobs = for_manual_duplex(sheet.pdf, comes_out_face_up=True)
    assert page_texts(jobs.fronts) == [pages[0], pages[2]]
    assert page_texts(jobs.backs) == ["", pages[1]]


def test_what_is_no_pdf_is_said_so() -> None:
    with pytest.raises(KnownError) as caught:
        for_manual_duplex(b"no")
    assert caught.value.code == "SHEET-005"
