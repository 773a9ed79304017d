"""Filling a .docx blank in place: placeholders across runs, in tables, headers, footers and text boxes; rows of members repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from fieldapp.exchange.blanks.errors import MANY_ROWS, SPOILED
from fieldapp.exchange.blanks.package import Package, parse_part
from fieldapp.exchange.blanks.words import (
    FillSet,
    Found,
    Level,
    Value,
    Vocabulary,
    levels_in,
    printable,
    put_words,
    rows_of,
    words_in,
)
from fieldapp.register.id_formats import IdFormat

__all__ = ["fill_document", "words_of_document"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_WORD = re.compile(r"【[^【】\r\n]{1,60}】")
_BODY = "word/document.xml"


def _q(tag: str) -> str:
    return f"{{{_W}}}{tag}"


def words_of_document(package: Package, vocabulary: Vocabulary) -> list[Found]:
    """Return the placeholders of the text, its headers and footers."""
    found: list[Found] = []
    for part in _parts(package):
        name = "" if part == _BODY else f"{part.rpartition('/')[2]} "
        for number, paragraph in enumerate(parse_part(package, part).iter(_q("p")), 1):
            found += words_in(_text(paragraph), f"{name}第{number}段", vocabulary)
    return found


def fill_document(
    package: Package,
    sets: Sequence[FillSet],
    common: Mapping[str, Value],
    vocabulary: Vocabulary,
    default: IdFormat,
    *,
    as_list: bool,
) -> bytes:
    """Return the filled document: of one household with a table row a member, or (``as_list``) a row a household.

    Raises BLANK-005 for a pattern row in a merge over rows, BLANK-006 for a list with several pattern rows in a table or
    with words of a household outside of it.
    """
    changed = {}
    first = dict(sets[0].values) if sets and not as_list else {}
    for part in _parts(package):
        root = parse_part(package, part)
        if not levels_in("".join(_text(p) for p in root.iter(_q("p"))), vocabulary):
            continue
        for table in list(root.iter(_q("tbl"))):
            _fill_table(table, sets, common, vocabulary, default, as_list=as_list)
        for paragraph in root.iter(_q("p")):
            _put(paragraph, {**common, **first}, vocabulary, default)
        changed[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.with_parts(changed)


def _parts(package: Package) -> Iterator[str]:
    return (part for part in package.parts if _FILLED.fullmatch(part))


def _fill_table(
    table: etree._Element,
    sets: Sequence[FillSet],
    common: Mapping[str, Value],
    vocabulary: Vocabulary,
    default: IdFormat,
    *,
    as_list: bool,
) -> None:
    patterns: list[tuple[etree._Element, set[Level]]] = []
    for row in table.findall(_q("tr")):
        own = [p for p in row.iter(_q("p")) if _table_of(p) is table]
        levels = levels_in("".join(_text(p) for p in own), vocabulary)
        if "member" in levels or (as_list and "household" in levels):
            patterns.append((row, levels))
    if as_list and len(patterns) > 1:
        raise MANY_ROWS(where="表格", count=len(patterns))
    for row, levels in patterns:
        filled = rows_of(sets, common, members="member" in levels)
        if len(filled) != 1 and next(row.iter(_q("vMerge")), None) is not None:
            raise SPOILED(
                where="表格",
                reason="样子行在跨行合并里",
                reason_en="the pattern row is in a merge over several rows",
            )
        place = list(table).index(row)
        pristine = etree.tostring(row)
        for number, values in enumerate(filled or [{}]):
            made = row if number == 0 else _copy_of(pristine)
            for paragraph in made.iter(_q("p")):
                _put(paragraph, values, vocabulary, default)
            if number:
                table.insert(place + number, made)


def _copy_of(row: bytes) -> etree._Element:
    """Return a copy that does not repeat what may be there only once."""
    made = etree.fromstring(row)
    for element in list(made.iter(_q("bookmarkStart"), _q("bookmarkEnd"))):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in made.iter():
        for name in ("paraId", "textId"):
            element.attrib.pop(f"{{{_W14}}}{name}", "")
    return made


def _table_of(paragraph: etree._Element) -> etree._Element | None:
    return next(paragraph.iterancestors(_q("tbl")), None)


def _pieces(paragraph: etree._Element) -> list[etree._Element]:
    """Return the text pieces of a paragraph itself, not those of a text box inside it."""
    return [t for t in paragraph.iter(_q("t")) if next(t.iterancestors(_q("p")), None) is paragraph]


def _text(paragraph: etree._Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def _put(
    paragraph: etree._Element, values: Mapping[str, Value], vocabulary: Vocabulary, default: IdFormat
) -> None:
    """Replace the placeholders of a paragraph; each value takes the look of the run its bracket opens in."""
    pieces = _pieces(paragraph)
    text = "".join(piece.text or "" for piece in pieces)
    matches = [match for match in _WORD.finditer(text) if levels_in(match[0], vocabulary)]
    for match in reversed(matches):
        value = put_words(match[0], values, default, vocabulary.numbers)
        _replace(pieces, match.start(), match.end(), printable(str(value)).replace("\n", " "))


def _replace(pieces: Sequence[etree._Element], start: int, end: int, value: str) -> None:
    at = 0
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            opens = at <= start < at + len(text)
            piece.text = text[:first] + (value if opens else "") + text[last:]
            piece.set(_SPACE, "preserve")
        at += len(text)
