"""Reads finished sheets back: their text, where a text stands, what the PDF declares."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from fieldapp.sheets.paper import Sheet
from fieldapp.sheets.pdf import page_png
from tests.sheets.samples import CLOCK

MM_PER_POINT = 25.4 / 72
STAMP: dict[str, Any] = {"printed_by": "胡建志", "purpose": "入户走访", "clock": CLOCK}


@dataclass(frozen=True)
class Spot:
    """Where a text stands on a page: page from 0, mm from the left and from the bottom."""

    page: int
    left_mm: float
    bottom_mm: float


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page without white space, which the layout alone decides."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def all_text(pdf: bytes) -> str:
    return "".join(page_texts(pdf))


def page_sizes_mm(pdf: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            (round(page.get_width() * MM_PER_POINT), round(page.get_height() * MM_PER_POINT))
            for page in document
        ]
    finally:
        document.close()


def find(pdf: bytes, text: str) -> list[Spot]:
    """Return every place of a text, each on one line."""
    document = pypdfium2.PdfDocument(pdf)
    spots = []
    try:
        for number, page in enumerate(document):
            content = page.get_textpage()
            search = content.search(text)
            while found := search.get_next():
                left, bottom, _, _ = content.get_charbox(found[0])
                spots.append(Spot(number, left * MM_PER_POINT, bottom * MM_PER_POINT))
    finally:
        document.close()
    return spots


def fills(pdf: bytes) -> Iterator[tuple[float, ...]]:
    """Yield the operands of every operator that sets the colour of a filling."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for instruction in pikepdf.parse_content_stream(page):
                if str(instruction.operator) in ("g", "rg", "sc", "scn"):
                    yield tuple(float(operand) for operand in instruction.operands)


def ink_box_mm(pdf: bytes, page: int) -> tuple[float, float, float, float]:
    """Return how far the ink of a page stays from its left, upper, right and lower edge, in mm."""
    dpi = 72
    picture = Image.open(io.BytesIO(page_png(pdf, page, dpi))).convert("L").point(lambda v: 255 * (v < 230))
    box = picture.getbbox()
    assert box is not None
    width, height = picture.size
    per_mm = dpi / 25.4
    return (
        box[0] / per_mm,
        box[1] / per_mm,
        (width - box[2]) / per_mm,
        (height - box[3]) / per_mm,
    )


def only(sheets: Iterator[Sheet]) -> Sheet:
    """Return the one sheet."""
    (sheet,) = sheets
    return sheet
