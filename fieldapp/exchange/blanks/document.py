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
        if len(filled) > 1:
            _refuse_merged_words(row, vocabulary)
        counted = _take_spare_rows(table, row, len(filled) - 1)
        place = list(table).index(row)
        pristine = etree.tostring(row)
        for number, values in enumerate(filled or [{}]):
            made = row if number == 0 else _copy_of(pristine)
            if number:
                _go_on(made, counted, number)
            for paragraph in made.iter(_q("p")):
                _put(paragraph, values, vocabulary, default)
            if number:
                table.insert(place + number, made)


def _refuse_merged_words(row: etree._Element, vocabulary: Vocabulary) -> None:
    """Raise BLANK-005 for a placeholder in a cell that is merged with rows below; a label merged beside the rows grows."""
    for merge in row.iter(_q("vMerge")):
        cell = next(merge.iterancestors(_q("tc")))
        if levels_in("".join(_text(p) for p in cell.iter(_q("p"))), vocabulary):
            raise SPOILED(
                where="表格",
                reason="占位符在跨行合并里",
                reason_en="a placeholder is in a merge over several rows",
            )


def _take_spare_rows(table: etree._Element, pattern: etree._Element, most: int) -> frozenset[int]:
    """Take away at most so many drawn, empty rows right below the pattern row: rows are made in their place. Return the cells, by
    place, that count the rows (1, 2, 3 … printed beforehand).
    """
    first = _cell_texts(pattern)
    counted: frozenset[int] | None = None
    for number in range(1, max(0, most) + 1):
        row = pattern.getnext()
        if (
            row is None
            or row.tag != _q("tr")
            or _begins_merge(row)
            or next(row.iter(_q("drawing")), None) is not None
        ):
            break
        texts = _cell_texts(row)
        held = frozenset(at for at, text in enumerate(texts) if text)
        counts = all(
            first[at].isdigit() and texts[at] == str(int(first[at]) + number)
            for at in held
            if at < len(first)
        )
        if len(texts) != len(first) or not counts or (counted is not None and held != counted):
            break
        counted = held
        table.remove(row)
    return counted or frozenset()


def _cell_texts(row: etree._Element) -> list[str]:
    return ["".join(_text(p) for p in cell.iter(_q("p"))).strip() for cell in row.findall(_q("tc"))]


def _begins_merge(row: etree._Element) -> bool:
    return any(merge.get(_q("val")) == "restart" for merge in row.iter(_q("vMerge")))


def _go_on(row: etree._Element, counted: frozenset[int], number: int) -> None:
    """Let a copied row go on where the pattern row began: a merge that begins there, and a number that counts."""
    for merge in row.iter(_q("vMerge")):
        if merge.attrib.pop(_q("val"), "") == "restart":
            cell = next(merge.iterancestors(_q("tc")))
            for piece in cell.iter(_q("t")):
                piece.text = ""
    for at, cell in enumerate(row.findall(_q("tc"))):
        pieces = [piece for piece in cell.iter(_q("t")) if (piece.text or "").strip().isdigit()]
        if at in counted and pieces:
            pieces[0].text = str(int(pieces[0].text or 0) + number)


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
