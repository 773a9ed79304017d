"""The press: Typst kept alive, one document after the other, each a PDF/A-2b of its own.

Everything a document needs is handed over in memory (templates, data, photos as numbers); nothing decrypted is ever
written to a file. On disk a template reaches the folder of templates only (for a picture of the county's own). Typst keeps the results of about ten compiles for reuse; :meth:`Press.rest` pushes them out, which
halves the memory of a long run.
"""

from __future__ import annotations

import functools
import importlib
import json
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from fieldapp.common.resources import resources_dir
from fieldapp.sheets.diagnostics import template_error
from fieldapp.sheets.fonts import SHIPPED, FontChoice, load_fonts
from fieldapp.sheets.glyphs import GlyphBook
from fieldapp.sheets.templates import TemplateFolder

__all__ = ["Press", "press"]

_KEPT_COMPILES = 12


class Press:
    """Turns a template and its data into a PDF. One document at a time; threads queue up."""

    def __init__(self, fonts: FontChoice = SHIPPED, templates: TemplateFolder | None = None) -> None:
        self.fonts = fonts
        self.templates = templates or TemplateFolder()
        self.glyphs = GlyphBook(fonts)
        self._typst = importlib.import_module("typst")
        self._sources = self.templates.sources()
        self._compiler: Any = self._typst.Compiler(
            root=self.templates.county or resources_dir() / "sheets",
            font_paths=load_fonts(fonts),
            package_path=_nowhere(),
            package_cache_path=_nowhere(),
        )
        self._options = _export_options(self._typst)
        self._lock = threading.Lock()

    def print(self, template: str, content: Mapping[str, object], at: datetime) -> bytes:
        """Return the PDF/A-2b of one document, stamped ``at``. Raises SHEET-001 when the template is wrong."""
        main = f'#include "{template}"'.encode()
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        files = {"main.typ": main, "data.json": data, **self._sources}
        with self._lock:
            try:
                pdf: bytes = self._compiler.compile(files, timestamp=int(at.timestamp()), **self._options)
            except self._typst.TypstError as error:
                raise template_error(error.message, error.diagnostic) from error
        return pdf

    def rest(self) -> None:
        """Push what the last documents left in the compiler's cache out of memory."""
        with self._lock:
            for number in range(_KEPT_COMPILES):
                self._compiler.compile({"main.typ": f"#metadata({number})".encode()}, format="pdf")


def _nowhere() -> Path:
    """Return a folder that does not exist: the compiler finds no packages and has no place to fetch them to."""
    return Path(__file__).with_name("no-packages")


def _export_options(typst: Any) -> dict[str, object]:
    options: dict[str, object] = {"format": "pdf", "pdf_standards": ["a-2b"]}
    signature = str(getattr(typst.Compiler.compile, "__text_signature__", ""))
    if "pdf_tags" in signature:  # from typst 0.15.1 on; PDF/A-2b asks for none and the files get smaller
        options["pdf_tags"] = False
    return options


def press(fonts: FontChoice = SHIPPED, county_templates: Path | None = None) -> Press:
    """Return the press for a choice of fonts and templates; it is kept until a template changes."""
    return _kept_press(fonts, TemplateFolder.of(county_templates))


@functools.lru_cache(maxsize=4)
def _kept_press(fonts: FontChoice, templates: TemplateFolder) -> Press:
    return Press(fonts, templates)
