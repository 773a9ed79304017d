"""Filling an .xlsx blank in place: cells with placeholders get values, the pattern row is repeated, everything else stays.

What is written is a value and never a formula, whatever a name begins with; the blank's own formulas stay and are worked
out anew when the file is opened.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from lxml import etree

from fieldapp.exchange.blanks.errors import MANY_ROWS
from fieldapp.exchange.blanks.package import Package, Sheet, parse_part
from fieldapp.exchange.blanks.row_growth import grow_elsewhere, grow_sheet, refuse_what_breaks
from fieldapp.exchange.blanks.spare_rows import spare_rows
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

__all__ = ["fill_workbook", "words_of_workbook"]

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WORKBOOK, _STRINGS, _CHAIN = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/calcChain.xml"


def _q(tag: str) -> str:
    return f"{{{NS}}}{tag}"


def sheets_of(package: Package) -> list[Sheet]:
    """Return the worksheets in order."""
    rels = parse_part(package, "xl/_rels/workbook.xml.rels")
    targets = {rel.get("Id"): str(rel.get("Target")) for rel in rels.iter(f"{{{_PACKAGE_REL}}}Relationship")}
    found = []
    for sheet in parse_part(package, _WORKBOOK).iter(_q("sheet")):
        target = targets.get(sheet.get(f"{{{_REL}}}id"), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in package.parts and "worksheets" in part:
            found.append(Sheet(str(sheet.get("name")), part))
    return found


def words_of_workbook(package: Package, vocabulary: Vocabulary) -> list[Found]:
    """Return the placeholders of every sheet, in order."""
    strings = _Strings(package)
    found: list[Found] = []
    for sheet in sheets_of(package):
        for cell in parse_part(package, sheet.part).iter(_q("c")):
            found += words_in(strings.text(cell), f"{sheet.name}!{cell.get('r')}", vocabulary)
    return found


def fill_workbook(
    package: Package,
    sets: Sequence[FillSet],
    common: Mapping[str, Value],
    vocabulary: Vocabulary,
    default: IdFormat,
    *,
    as_list: bool,
) -> bytes:
    """Return the filled workbook: of one household with a row a member, or (``as_list``) a row a household or member.

    Raises BLANK-005 where added rows would spoil the sheet, BLANK-006 when a list has several pattern rows.
    """
    filler = _Filler(package, vocabulary, default)
    changed: dict[str, bytes] = {}
    book = parse_part(package, _WORKBOOK)
    for number, sheet in enumerate(sheets_of(package)):
        root = parse_part(package, sheet.part)
        plan = filler.plan(root, sheet, sets, common, as_list=as_list)
        if not plan:
            continue
        for pattern, rows in sorted(plan.items(), reverse=True):
            more = max(0, len(rows) - 1)
            counted: frozenset[str] = frozenset()
            if more:
                spoken = filler.spoken(root, pattern)
                refuse_what_breaks(root, pattern, spoken, sheet.name)
                spare = spare_rows(root, pattern, spoken, more)
                counted = spare.counted
                filler.take_away(root, pattern, spare.number)
                if spare.number:  # what lay below moves up, and down again with the new rows
                    grow_sheet(root, pattern, -spare.number, sheet.name)
                    grow_elsewhere(package, changed, book, sheet, number, pattern, -spare.number)
            filler.repeat(root, pattern, rows, counted)
            if more:
                grow_sheet(root, pattern, more, sheet.name)
                grow_elsewhere(package, changed, book, sheet, number, pattern, more)
        filler.drop_results(root)
        changed[sheet.part] = _bytes(root)
    calc = book.find(_q("calcPr"))
    if calc is None:
        calc = etree.SubElement(book, _q("calcPr"))
        _put_in_order(book, calc)
    calc.set("fullCalcOnLoad", "1")
    changed[_WORKBOOK] = _bytes(book)
    return package.with_parts(changed | _without_chain(package), without=frozenset({_CHAIN}))


class _Strings:
    """The shared strings: text, and the look of the first run of a rich one."""

    def __init__(self, package: Package) -> None:
        root = parse_part(package, _STRINGS) if _STRINGS in package.parts else None
        self._items = list(root) if root is not None else []

    def item(self, cell: etree._Element) -> etree._Element | None:
        if cell.get("t") == "s":
            value = cell.findtext(_q("v"), "")
            if value.isdigit() and int(value) < len(self._items):
                return self._items[int(value)]
        if cell.get("t") == "inlineStr":
            return cell.find(_q("is"))
        return None

    def text(self, cell: etree._Element) -> str:
        item = self.item(cell)
        return "" if item is None else "".join(_texts(item))

    def look(self, cell: etree._Element) -> etree._Element | None:
        """Return the properties of the first run of a rich text."""
        item = self.item(cell)
        return None if item is None else item.find(f"{_q('r')}/{_q('rPr')}")


def _texts(item: etree._Element) -> Iterator[str]:
    for child in item:
        if child.tag == _q("t"):
            yield child.text or ""
        elif child.tag == _q("r"):
            yield child.findtext(_q("t"), "")


class _Filler:
    def __init__(self, package: Package, vocabulary: Vocabulary, default: IdFormat) -> None:
        self._strings = _Strings(package)
        self._vocabulary = vocabulary
        self._default = default

    def plan(
        self,
        root: etree._Element,
        sheet: Sheet,
        sets: Sequence[FillSet],
        common: Mapping[str, Value],
        *,
        as_list: bool,
    ) -> dict[int, list[Mapping[str, Value]]]:
        """Return the rows with placeholders, and the values each is written with: one mapping a row of the result."""
        found: dict[int, set[Level]] = {}
        for row in root.iter(_q("row")):
            levels: set[Level] = set()
            for cell in row.iter(_q("c")):
                levels |= levels_in(self._strings.text(cell), self._vocabulary)
            if levels:
                found[int(str(row.get("r")))] = levels
        patterns = [
            row for row, levels in found.items() if "member" in levels or (as_list and "household" in levels)
        ]
        if as_list and len(patterns) > 1:
            raise MANY_ROWS(where=sheet.name, count=len(patterns))
        first = dict(sets[0].values) if sets and not as_list else {}
        plan: dict[int, list[Mapping[str, Value]]] = {}
        for place, spoken in found.items():
            if place in patterns:
                plan[place] = rows_of(sets, common, members="member" in spoken)
            else:
                plan[place] = [{**common, **first}]
        return plan

    def spoken(self, root: etree._Element, pattern: int) -> frozenset[str]:
        """Return the cells of the pattern row that have a placeholder."""
        row = next(row for row in root.iter(_q("row")) if row.get("r") == str(pattern))
        return frozenset(
            str(cell.get("r"))
            for cell in row.iter(_q("c"))
            if levels_in(self._strings.text(cell), self._vocabulary)
        )

    def take_away(self, root: etree._Element, pattern: int, number: int) -> None:
        """Take the rows right below the pattern row away; what lies below moves up."""
        data = root.find(_q("sheetData"))
        assert data is not None
        for row in list(data):
            place = int(str(row.get("r")))
            if pattern < place <= pattern + number:
                data.remove(row)
            elif place > pattern + number:
                _renumber(row, place - number)

    def repeat(
        self,
        root: etree._Element,
        pattern: int,
        rows: Sequence[Mapping[str, Value]],
        counted: Collection[str] = (),
    ) -> None:
        """Write the pattern row once for each mapping; the rows below move down. No mapping leaves an empty row. ``counted`` are
        columns whose number goes on from row to row.
        """
        data = root.find(_q("sheetData"))
        assert data is not None
        template = next(row for row in data if row.get("r") == str(pattern))
        below = [row for row in data if int(str(row.get("r"))) > pattern]
        more = max(0, len(rows) - 1)
        for row in below:
            _renumber(row, int(str(row.get("r"))) + more)
        texts = {str(cell.get("r")): self._strings.text(cell) for cell in template.iter(_q("c"))}
        looks = {str(cell.get("r")): self._strings.look(cell) for cell in template.iter(_q("c"))}
        place = list(data).index(template)
        for number, values in enumerate(rows or [{}]):
            row = template if number == 0 else _copy(template)
            for cell in row.iter(_q("c")):
                told = texts.get(str(cell.get("r")), "")
                if levels_in(told, self._vocabulary):
                    value = put_words(told, values, self._default, self._vocabulary.numbers)
                    _write(cell, value, looks[str(cell.get("r"))])
                elif number and str(cell.get("r")).rstrip("0123456789") in counted:
                    _count_on(cell, number)
            if number:
                _translate(row, pattern, pattern + number)
                data.insert(place + number, row)

    def drop_results(self, root: etree._Element) -> None:
        """What a formula gave before is not true any more."""
        for cell in root.iter(_q("c")):
            if cell.find(_q("f")) is not None:
                for value in cell.findall(_q("v")):
                    cell.remove(value)
                if cell.get("t") in ("str", "e", "b"):
                    del cell.attrib["t"]


def _count_on(cell: etree._Element, number: int) -> None:
    value = cell.find(_q("v"))
    if value is not None and (value.text or "").isdigit():
        value.text = str(int(value.text or 0) + number)


def _copy(template: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(template))


def _renumber(row: etree._Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row.iter(_q("c")):
        column = str(cell.get("r")).rstrip("0123456789")
        cell.set("r", f"{column}{number}")


def _translate(row: etree._Element, pattern: int, number: int) -> None:
    """Give a copied row its number; its formulas speak of its own cells."""
    from openpyxl.formula.translate import Translator

    for cell in row.iter(_q("c")):
        column = str(cell.get("r")).rstrip("0123456789")
        formula = cell.find(_q("f"))
        if formula is not None and formula.text:
            moved = Translator(f"={formula.text}", f"{column}{pattern}").translate_formula(
                f"{column}{number}"
            )
            formula.text = moved.removeprefix("=")
    _renumber(row, number)


def _write(cell: etree._Element, value: Value, look: etree._Element | None) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    if isinstance(value, int | Decimal):
        etree.SubElement(cell, _q("v")).text = str(value)
        return
    if value == "":
        return
    cell.set("t", "inlineStr")
    inside = etree.SubElement(cell, _q("is"))
    if look is not None:
        run = etree.SubElement(inside, _q("r"))
        run.append(_copy(look))
        text = etree.SubElement(run, _q("t"))
    else:
        text = etree.SubElement(inside, _q("t"))
    text.text = printable(value)
    text.set(_XML_SPACE, "preserve")


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _put_in_order(book: etree._Element, calc: etree._Element) -> None:
    """``calcPr`` stands behind the defined names, or behind the sheets."""
    before = book.find(_q("definedNames"))
    before = before if before is not None else book.find(_q("sheets"))
    if before is not None:
        before.addnext(calc)


def _without_chain(package: Package) -> dict[str, bytes]:
    """The order of calculation is made anew by whoever opens the file; its part goes, and what points to it."""
    if _CHAIN not in package.parts:
        return {}
    changed = {}
    for part, tag, attribute in (
        ("[Content_Types].xml", "Override", "PartName"),
        ("xl/_rels/workbook.xml.rels", "Relationship", "Target"),
    ):
        root = parse_part(package, part)
        for element in list(root):
            if etree.QName(element).localname == tag and str(element.get(attribute)).endswith(
                "calcChain.xml"
            ):
                root.remove(element)
        changed[part] = _bytes(root)
    return changed
