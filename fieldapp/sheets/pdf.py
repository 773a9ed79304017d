"""Finished sheets as files: how many pages, a page as a picture, several sheets as one.

PDFium is not safe for threads, so its calls take turns.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from fieldapp.sheets.errors import NO_SUCH_PAGE, NOT_A_PDF

__all__ = ["merge", "page_count", "page_png"]

_POINTS_PER_INCH = 72
_turn = threading.Lock()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with _turn:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise NOT_A_PDF() from error
        try:
            yield document
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """Return the number of pages. Raises SHEET-005 when it is no PDF."""
    with _opened(pdf) as document:
        return len(document)


def page_png(pdf: bytes, page: int, dpi: float) -> bytes:
    """Return a page, counted from 0, as PNG. Raises SHEET-005 when it is no PDF, SHEET-006 when there is no such page."""
    with _opened(pdf) as document:
        pages = len(document)
        if not 0 <= page < pages:
            raise NO_SUCH_PAGE(page=page + 1, pages=pages)
        picture = document[page].render(scale=dpi / _POINTS_PER_INCH).to_pil()
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def merge(pdfs: Iterable[bytes], *, fronts: bool = False) -> bytes:
    """Return several sheets as one file, for printing; the archive keeps the single PDF/A files, which merging is not.

    With ``fronts`` every sheet begins on a front side: one with an odd number of pages gets a blank back.
    """
    import pikepdf

    with pikepdf.new() as whole:
        for content in pdfs:
            try:
                part = pikepdf.open(io.BytesIO(content))
            except pikepdf.PdfError as error:
                raise NOT_A_PDF() from error
            with part:
                if fronts and len(whole.pages) % 2:
                    whole.add_blank_page(page_size=_size_of(whole))
                whole.pages.extend(part.pages)
        stream = io.BytesIO()
        whole.save(stream, deterministic_id=True)
    return stream.getvalue()


def _size_of(whole: Any) -> tuple[float, float]:
    """Return the size in points of the last page, so that its back has the same."""
    box = whole.pages[-1].mediabox
    return float(box[2]) - float(box[0]), float(box[3]) - float(box[1])
