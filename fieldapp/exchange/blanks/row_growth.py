"""What else of a workbook knows of rows, when some are added below a pattern row: merges, drop-downs, print areas, pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from fieldapp.exchange.blanks.errors import SPOILED
from fieldapp.exchange.blanks.package import Package, Sheet, parse_part
from fieldapp.exchange.blanks.references import moved_formula, moved_range, moved_ranges, row_of

if TYPE_CHECKING:
    from collections.abc import MutableMapping

__all__ = ["grow_elsewhere", "grow_sheet", "refuse_what_breaks"]

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def _q(tag: str) -> str:
    return f"{{{_NS}}}{tag}"


def refuse_what_breaks(root: etree._Element, pattern: int, spoken: Collection[str], sheet: str) -> None:
    """Raise BLANK-005 for what cannot be repeated without spoiling it: a placeholder in a merge that begins in the pattern row and
    reaches below it. A merge that only passes by (a label beside the rows) grows. ``spoken``: the cells with placeholders.
    """
    for merge in root.iter(_q("mergeCell")):
        area = str(merge.get("ref"))
        first, _, last = area.partition(":")
        if first in spoken and row_of(first) == pattern < row_of(last or first):
            raise SPOILED(
                where=f"{sheet}!{area}",
                reason="占位符在跨行合并里",
                reason_en="a placeholder is in a merge over several rows",
            )


def grow_sheet(root: etree._Element, pattern: int, more: int, sheet: str) -> None:
    """Move everything of the sheet itself; the rows have their numbers already."""
    _grow_merges(root, pattern, more)
    for tag in ("dataValidation", "conditionalFormatting", "protectedRange", "ignoredError"):
        for element in root.iter(_q(tag)):
            element.set("sqref", moved_ranges(str(element.get("sqref")), pattern, more))
    for tag in ("dimension", "autoFilter", "hyperlink"):
        for element in root.iter(_q(tag)):
            element.set("ref", moved_range(str(element.get("ref")), pattern, more))
    for breaks in root.iter(_q("rowBreaks")):
        for each in breaks.iter(_q("brk")):
            if (at := int(str(each.get("id")))) >= pattern:
                each.set("id", str(max(pattern, at + more)))
    new = range(pattern, pattern + more + 1)
    for row in root.iter(_q("row")):
        if int(str(row.get("r"))) not in new:
            for formula in row.iter(_q("f")):
                _move_formula(formula, pattern, more, sheet, own=True)
    for tag in ("formula1", "formula2", "formula"):
        for formula in root.iter(_q(tag)):
            _move_formula(formula, pattern, more, sheet, own=True)


def grow_elsewhere(
    package: Package,
    changed: MutableMapping[str, bytes],
    book: etree._Element,
    sheet: Sheet,
    number: int,
    pattern: int,
    more: int,
) -> None:
    """Move print areas and names of the workbook, formulas of other sheets, and pictures and table objects of this one."""
    for name in book.iter(_q("definedName")):
        own = name.get("localSheetId") == str(number)
        _move_formula(name, pattern, more, sheet.name, own=own)
    for part, content in package.parts.items():
        if part.startswith("xl/worksheets/") and part.endswith(".xml") and part != sheet.part:
            if b"<f" not in changed.get(part, content):
                continue
            root = etree.fromstring(changed[part]) if part in changed else parse_part(package, part)
            for formula in root.iter(_q("f")):
                _move_formula(formula, pattern, more, sheet.name, own=False)
            changed[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for part in _related(package, sheet.part, "/table"):
        root = etree.fromstring(changed[part]) if part in changed else parse_part(package, part)
        _grow_table(root, pattern, more, sheet.name)
        changed[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for part in _related(package, sheet.part, "/drawing"):
        root = etree.fromstring(changed[part]) if part in changed else parse_part(package, part)
        for row in root.iter(f"{{{_DRAW}}}row"):
            if int(row.text or 0) >= pattern:  # counted from 0: the row below the pattern
                row.text = str(max(pattern, int(row.text or 0) + more))
        changed[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _grow_merges(root: etree._Element, pattern: int, more: int) -> None:
    merges = root.find(_q("mergeCells"))
    if merges is None:
        return
    for merge in list(merges):
        area = str(merge.get("ref"))
        first, _, last = area.partition(":")
        if row_of(first) == row_of(last or first) == pattern:
            columns = first.rstrip("0123456789"), last.rstrip("0123456789")
            for row in range(pattern + 1, pattern + more + 1):
                etree.SubElement(merges, _q("mergeCell")).set("ref", f"{columns[0]}{row}:{columns[1]}{row}")
        elif pattern < row_of(first) and row_of(last or first) <= pattern - more:
            merges.remove(merge)  # it was in rows that are taken away
        elif row_of(last or first) >= pattern:
            merge.set("ref", moved_range(area, pattern, more))
    merges.set("count", str(len(merges)))


def _grow_table(root: etree._Element, pattern: int, more: int, sheet: str) -> None:
    """Move a table object; the pattern may be one of its rows, not its heading."""
    area = str(root.get("ref"))
    first, _, last = area.partition(":")
    if row_of(first) == pattern and root.get("headerRowCount") != "0":
        raise SPOILED(
            where=f"{sheet}!{area}",
            reason="占位符在表格对象的表头里",
            reason_en="a placeholder is in the heading of a table object",
        )
    for element in (root, *root.iter(_q("autoFilter"), _q("sortState"), _q("sortCondition"))):
        if element.get("ref"):
            element.set("ref", moved_range(str(element.get("ref")), pattern, more))


def _move_formula(formula: etree._Element, pattern: int, more: int, sheet: str, *, own: bool) -> None:
    if formula.text:
        formula.text = moved_formula(formula.text, pattern, more, sheet, own=own)
    if own and formula.get("ref"):
        formula.set("ref", moved_range(str(formula.get("ref")), pattern, more))


def _related(package: Package, sheet_part: str, kind: str) -> Iterator[str]:
    """Yield the parts of a kind (the end of a relationship's type) that belong to a sheet."""
    folder, _, name = sheet_part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in package.parts:
        return
    for rel in parse_part(package, rels).iter(f"{{{_PACKAGE_REL}}}Relationship"):
        target = str(rel.get("Target"))
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if str(rel.get("Type")).endswith(kind) and part in package.parts:
            yield part
