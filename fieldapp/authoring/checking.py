"""``form check``: everything that is wrong with a form, or will be, before anyone fills it in."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from fieldapp.authoring.cells import check_cells
from fieldapp.authoring.compiler_findings import compiled_or_findings
from fieldapp.authoring.compiling import read_source
from fieldapp.authoring.engine_findings import opened_or_findings
from fieldapp.authoring.engines_differ import differences
from fieldapp.authoring.findings import Finding, finding_of
from fieldapp.authoring.leftovers import unsupported, untranslated, unused_lists
from fieldapp.authoring.places import Places, places_in_workbook, places_in_xml
from fieldapp.authoring.reach import unreachable
from fieldapp.authoring.workbook import Workbook, read_workbook
from fieldapp.common.errors import KnownError

__all__ = ["check_form"]


def check_form(path: Path) -> list[Finding]:
    """Return what is wrong with the form in ``path`` (.md, .xlsx, .xls, .xml): errors first, then by place."""
    try:
        if path.suffix.lower() == ".xml":
            found = _check_xml(read_source(path))
        else:
            found = _check_workbook(path, read_workbook(path))
    except KnownError as error:
        return [finding_of(error)]
    return sorted(_unique(found), key=Finding.sort_key)


def _unique(findings: list[Finding]) -> list[Finding]:
    """Drop repetitions, and what compiler and engine say of a row whose cells were already found wrong."""
    cells = {
        (f.sheet, f.row) for f in findings if f.code in ("CHECK-010", "CHECK-011", "CHECK-012", "FORM-010")
    }
    refused = {(f.sheet, f.row) for f in findings if f.code == "CHECK-020"}
    kept: dict[object, Finding] = {}
    for finding in findings:
        if finding.code == "FORM-013" and (finding.sheet, finding.row) in refused:
            continue  # the engine refuses what the cell has told already
        if finding.code != "CHECK-013" or finding.row is None or (finding.sheet, finding.row) not in cells:
            kept.setdefault((finding.code, finding.sheet, finding.row, finding.column, finding.en), finding)
    return list(kept.values())


def _check_workbook(path: Path, book: Workbook) -> list[Finding]:
    found = check_cells(book) + unsupported(book) + unused_lists(book) + untranslated(book)
    xml, told = compiled_or_findings(path)
    found += told
    if xml is None:
        return found
    broken = any(finding.level == "error" for finding in found)
    return found + _check_compiled(xml, places_in_workbook(book, _root_name(xml)), broken)


def _root_name(xml: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    primary = next(etree.fromstring(xml, parser).iter("{*}instance"), None)
    return str(etree.QName(primary[0]).localname) if primary is not None and len(primary) else "data"


def _check_xml(xml: bytes) -> list[Finding]:
    try:
        places = places_in_xml(xml)
    except etree.XMLSyntaxError:
        places = Places("xml", {})
    return _check_compiled(xml, places, broken=False)


def _check_compiled(xml: bytes, places: Places, broken: bool) -> list[Finding]:
    """Open the compiled form. Where cells are known to be ``broken``, the engine's first stumble says nothing new."""
    definition, found = opened_or_findings(xml, places)
    if definition is None:
        told = {"FORM-010", "FORM-005", "FORM-014"} if broken else set()
        return [finding for finding in found if finding.code not in told or finding.row is None]
    return found + differences(definition, places) + unreachable(definition, places)
