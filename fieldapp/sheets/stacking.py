"""Both sides of the paper on a printer that prints one side only: first all fronts, then, the pile turned, all backs.

Printers differ in how the printed pile comes out, so the caller says it (and can keep it for the printer): face down,
as nearly all village lasers do, the pile is put back as it lies and the backs run in order; face up, the last sheet lies
on top and the backs run in reverse.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from fieldapp.sheets.errors import NOT_A_PDF

__all__ = ["ManualDuplex", "for_manual_duplex"]


@dataclass(frozen=True, slots=True)
class ManualDuplex:
    """Two jobs for the printer, one after the other, and how many sheets of paper they take."""

    fronts: bytes
    backs: bytes
    papers: int


def for_manual_duplex(pdf: bytes, *, comes_out_face_up: bool = False) -> ManualDuplex:
    """Return fronts and backs of a file; a missing last back is blank, so that both jobs have as many pages.

    Pass what :func:`fieldapp.sheets.pdf.merge` gives with ``fronts=True``. Raises SHEET-005 when it is no PDF.
    """
    import pikepdf

    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise NOT_A_PDF() from error
    with document, pikepdf.new() as fronts, pikepdf.new() as backs:
        for number, page in enumerate(document.pages):
            (backs if number % 2 else fronts).pages.append(page)
        if len(backs.pages) < len(fronts.pages):
            box = document.pages[-1].mediabox
            backs.add_blank_page(page_size=(float(box[2] - box[0]), float(box[3] - box[1])))
        if comes_out_face_up:
            backs.pages.reverse()
        return ManualDuplex(_saved(fronts), _saved(backs), len(fronts.pages))


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream, deterministic_id=True)
    return stream.getvalue()
