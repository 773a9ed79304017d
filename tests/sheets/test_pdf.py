"""Finished sheets as files."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from fieldapp.common.errors import KnownError
from fieldapp.sheets.making import make_carry, make_file
from fieldapp.sheets.paper import Sheet
from fieldapp.sheets.pdf import merge, page_count, page_png
from tests.sheets.extremes import empty, longest
from tests.sheets.reading import STAMP, only, page_sizes_mm, page_texts


@pytest.fixture(scope="module")
def three() -> Sheet:
    sheet = only(make_file([empty()], "full", **STAMP))
    assert sheet.pages == 3
    return sheet


def test_pages_are_counted_and_drawn_in_the_asked_resolution(three: Sheet) -> None:
    assert page_count(three.pdf) == 3
    picture = Image.open(io.BytesIO(page_png(three.pdf, 0, 144)))
    assert picture.format == "PNG"
    assert abs(picture.width - 1191) <= 1
    assert abs(picture.height - 1684) <= 1


@pytest.mark.parametrize("page", [-1, 3])
def test_a_page_that_is_not_there_is_said_so(three: Sheet, page: int) -> None:
    with pytest.raises(KnownError) as caught:
        page_png(three.pdf, page, 72)
    assert caught.value.code == "SHEET-006"
    assert "3 页" in caught.value.zh


def test_what_is_no_pdf_is_said_so(three: Sheet) -> None:
    for broken in (b"", b"<html>", three.pdf[:400]):
        for call in (page_count, lambda pdf: page_png(pdf, 0, 72), lambda pdf: merge([pdf])):
            with pytest.raises(KnownError) as caught:
                call(broken)
            assert caught.value.code == "SHEET-005"


def test_merging_keeps_all_pages_in_order(three: Sheet) -> None:
    other = only(make_carry([empty()], "full", **STAMP))
    whole = merge([three.pdf, other.pdf])
    assert page_texts(whole) == page_texts(three.pdf) + page_texts(other.pdf)


def test_merged_for_both_sides_every_sheet_begins_on_a_front(three: Sheet) -> None:
    whole = merge([three.pdf, three.pdf, three.pdf], fronts=True)
    texts = page_texts(whole)
    assert page_count(whole) == 11
    assert [number for number, text in enumerate(texts) if "卷内目录" in text] == [0, 4, 8]
    assert (texts[3], texts[7]) == ("", "")


def test_the_blank_back_of_a_landscape_page_is_landscape(three: Sheet) -> None:
    carried = only(make_carry([longest(9)], "full", **STAMP))
    first_sheet = 3
    import pikepdf

    with pikepdf.open(io.BytesIO(carried.pdf)) as document:
        del document.pages[first_sheet:]
        stream = io.BytesIO()
        document.save(stream)
    sizes = page_sizes_mm(merge([stream.getvalue(), three.pdf], fronts=True))
    assert sizes[2:4] == [(297, 210), (297, 210)]


def test_merging_the_same_twice_gives_the_same_bytes(three: Sheet) -> None:
    assert merge([three.pdf]) == merge([three.pdf])


def test_previews_may_be_asked_for_from_several_threads(three: Sheet) -> None:
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda page: page_png(three.pdf, page % 3, 40), range(12)))
    assert len(set(pictures)) == 3
