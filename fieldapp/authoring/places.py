"""Where a node of the compiled form stands in the author's workbook."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from fieldapp.authoring.workbook import Row, Sheet, Workbook

__all__ = ["Place", "Places", "places_in_workbook", "places_in_xml"]

_COLUMNS = {
    "calculate": "calculation",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "choices": "choice_filter",
    "setvalue": "default",
    "display": "label",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: sheet, row, header of the column."""

    sheet: str
    row: int | None
    column: str


class Places:
    """Rows by the ref of the node they define (``/data/group/question``)."""

    def __init__(self, sheet: str, rows: dict[str, int], survey: Sheet | None = None) -> None:
        self._sheet = sheet
        self._rows = rows
        self._survey = survey
        self.row_by_number: dict[int, Row] = {row.number: row for row in survey.rows} if survey else {}

    def find(self, ref: str, attribute: str) -> Place:
        """Return the cell of an attribute of the node at ``ref``; of entity and meta nodes, the sheet they come from."""
        if self._survey is not None and "/meta/entity" in ref:
            return Place("entities", None, ref.rpartition("/")[2].lstrip("@"))
        if self._survey is not None and ref.endswith("/meta/instanceName"):
            return Place("settings", 2, "instance_name")
        if self._survey is not None and ref.endswith("/meta/audit"):
            rows = [row.number for row in self._survey.rows if row.get("type") == "audit"]
            return Place(
                self._sheet, rows[0] if rows else None, self._survey.shown.get("parameters", "parameters")
            )
        column = attribute
        if self._survey is not None:
            column = _COLUMNS.get(attribute, attribute)
            base = column.partition("::")[0]
            given = [c for c in self._survey.shown if c == base or c.startswith(base + "::")]
            column = self._survey.shown[given[0]] if given else column
        row = self._rows.get(ref)
        if row is None and ref.endswith("_count"):
            row, column = self._rows.get(ref.removesuffix("_count")), "repeat_count"
        return Place(self._sheet, row, column)


def places_in_workbook(book: Workbook, root: str) -> Places:
    """Return the places of an XLSForm whose compiled root element is ``root``."""
    rows: dict[str, int] = {}
    path = [f"/{root}"]
    survey = book.sheet("survey")
    for row in survey.rows:
        kind = row.get("type").lower().replace("_", " ")
        if kind.startswith("end "):
            if len(path) > 1:
                path.pop()
            continue
        ref = f"{path[-1]}/{row.get('name')}"
        rows.setdefault(ref, row.number)
        if kind.startswith("begin "):
            path.append(ref)
    return Places("survey", rows, survey)


def places_in_xml(xml: bytes) -> Places:
    """Return the places of an XForm: lines of its binds."""
    rows: dict[str, int] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(xml, parser)
    for bind in root.iter("{*}bind") if root is not None else ():
        ref = str(bind.get("nodeset") or "")
        line = bind.sourceline
        if isinstance(line, int):
            rows.setdefault(ref, line)
    return Places("xml", rows)
