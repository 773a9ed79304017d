"""From an author's XLSForm to a compiled XForm, through pyxform."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from fieldapp.authoring.errors import NOT_A_FORM_FILE, NOT_COMPILED, TOO_BIG, UNREADABLE
from fieldapp.common.archives import DAMAGED

__all__ = ["SOURCE_SUFFIXES", "CompiledForm", "compile_form", "read_source"]

SOURCE_SUFFIXES = frozenset({".md", ".xlsx", ".xls"})
_LIMIT_BYTES = 20 * 1024 * 1024
_MB = 1024 * 1024
_UNPACKED_BYTES = 200 * _MB


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A compiled form. ``itemsets`` is the CSV of old-style external choices, where the author used them."""

    xml: bytes
    warnings: tuple[str, ...]
    itemsets: bytes | None


def read_source(path: Path) -> bytes:
    """Return the bytes of a form file. Raises CHECK-001, CHECK-002, CHECK-003."""
    if path.suffix.lower() not in SOURCE_SUFFIXES | {".xml"}:
        raise NOT_A_FORM_FILE(name=path.name)
    try:
        size = path.stat().st_size
        if size > _LIMIT_BYTES:
            raise TOO_BIG(name=path.name, size_mb=round(size / _MB, 1), limit_mb=_LIMIT_BYTES // _MB)
        content = path.read_bytes()
    except OSError as error:
        raise UNREADABLE(name=path.name, reason=error.strerror or type(error).__name__) from None
    if content.startswith(b"PK"):
        _refuse_bomb(path, content)
    return content


def _refuse_bomb(path: Path, content: bytes) -> None:
    """A workbook is a zip archive: a small file may unpack to gigabytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except DAMAGED:
        raise UNREADABLE(name=path.name, reason="not a workbook") from None
    if size > _UNPACKED_BYTES:
        raise TOO_BIG(name=path.name, size_mb=round(size / _MB, 1), limit_mb=_UNPACKED_BYTES // _MB)


def compile_form(path: Path) -> CompiledForm:
    """Compile an XLSForm (.md, .xlsx, .xls); an .xml file is taken as it is.

    Raises CHECK-001 … CHECK-003 for the file and CHECK-004 with pyxform's own words.
    """
    content = read_source(path)
    if path.suffix.lower() == ".xml":
        return CompiledForm(content, (), None)
    from pyxform.errors import PyXFormError, PyXFormReadError
    from pyxform.xls2xform import convert

    warnings: list[str] = []
    try:
        result = convert(
            content, warnings=warnings, validate=False, form_name="data", file_type=path.suffix.lower()
        )
    except PyXFormReadError as error:
        raise UNREADABLE(name=path.name, reason=str(error)) from error
    except PyXFormError as error:
        if isinstance(error.__context__, PyXFormReadError) or "supported type" in str(error):
            raise UNREADABLE(name=path.name, reason="not a workbook") from error
        raise NOT_COMPILED(name=path.name, reason=str(error)) from error
    except Exception as error:  # pyxform raises anything on a damaged workbook; the author needs a sentence
        raise UNREADABLE(name=path.name, reason=type(error).__name__) from error
    itemsets = result.itemsets.encode() if result.itemsets else None
    return CompiledForm(result.xform.encode(), tuple(warnings), itemsets)
