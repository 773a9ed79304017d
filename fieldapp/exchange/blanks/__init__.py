"""A county's own blank (.xlsx or .docx) with placeholders, filled for one household, or for many as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldapp.exchange.blanks.document import fill_document, words_of_document
from fieldapp.exchange.blanks.package import Package, open_package
from fieldapp.exchange.blanks.words import FillSet, Found, Level, Value, Vocabulary, check_words
from fieldapp.exchange.blanks.workbook import fill_workbook, words_of_workbook
from fieldapp.register.id_formats import IdFormat

__all__ = ["Blank", "FillSet", "Found", "Level", "Value", "Vocabulary", "fill", "read_blank"]


@dataclass(frozen=True)
class Blank:
    """A blank that can be filled. ``found`` are its placeholders in order; all are known."""

    name: str
    kind: str
    found: tuple[Found, ...]
    package: Package


def read_blank(path: Path, vocabulary: Vocabulary) -> Blank:
    """Read a blank and look at its placeholders.

    Raises BLANK-001 and BLANK-002 for a file that is none, BLANK-003 for words nobody knows, BLANK-004 for none at all.
    """
    package = open_package(path)
    look = words_of_workbook if package.kind == "xlsx" else words_of_document
    found = look(package, vocabulary)
    check_words(found, vocabulary, path.name)
    return Blank(path.name, package.kind, tuple(found), package)


def fill(
    blank: Blank,
    sets: Sequence[FillSet],
    common: Mapping[str, Value],
    vocabulary: Vocabulary,
    id_format: IdFormat,
    *,
    as_list: bool,
) -> bytes:
    """Return the filled file. Raises BLANK-005, BLANK-006."""
    work = fill_workbook if blank.kind == "xlsx" else fill_document
    return work(blank.package, sets, common, vocabulary, id_format, as_list=as_list)
