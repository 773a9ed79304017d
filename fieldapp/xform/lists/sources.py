"""Lists as files: CSV, XML and GeoJSON, attached to a form or written inside it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from lxml import etree

from fieldapp.xform.errors import LIST_ENCODING, LIST_MALFORMED, LIST_RAGGED, TOO_BIG
from fieldapp.xform.expr.document import TreeNode, document_of
from fieldapp.xform.limits import LIST_BYTES
from fieldapp.xform.lists.table import Table
from fieldapp.xform.xmlsafe import local_name, parse_xml

__all__ = ["EMPTY", "ListSource", "read_list", "table_of_elements"]

ListSource = Table | TreeNode

EMPTY = Table({}, 0)
_MB = 1024 * 1024
_CELL_CHARS = 1_000_000


def read_list(source: str, content: bytes) -> ListSource:
    """Return the list in ``content``; what it is follows from the name and the first characters.

    Raises FORM-004 (too big), FORM-031 (a row of another width), FORM-032 (not UTF-8), FORM-033 (malformed).
    """
    if len(content) > LIST_BYTES:
        raise TOO_BIG(name=source, size_mb=round(len(content) / _MB, 1), limit_mb=LIST_BYTES // _MB)
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if source.endswith(".geojson") or head.startswith(b"{"):
        return _read_geojson(source, content)
    if head.startswith(b"<") and not source.endswith(".csv"):
        root = parse_xml(content, source, LIST_BYTES)
        return table_of_elements(root) or document_of(root)
    return _read_csv(source, content)


def _text(source: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        raise LIST_ENCODING(source=source, guess_zh="", guess_en="") from None
    raise LIST_ENCODING(source=source, guess_zh="（看起来是 GBK）", guess_en=" (it looks like GBK)")


def _read_csv(source: str, content: bytes) -> Table:
    text = _text(source, content)
    if "\x00" in text:
        raise LIST_MALFORMED(source=source, reason="NUL")
    csv.field_size_limit(_CELL_CHARS)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = ";" if ";" in head and "," not in head else "\t" if "\t" in head and "," not in head else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        rows = [row for row in reader if row]
    except csv.Error as error:
        raise LIST_MALFORMED(source=source, reason=f"{reader.line_num}: {error}") from None
    if not rows:
        return EMPTY
    header = [name.strip() for name in rows[0]]
    width = len(header)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != width:
            raise LIST_RAGGED(source=source, row=number, found=len(row), expected=width)
    cells = list(zip(*rows[1:], strict=True)) or [()] * width
    return Table({name: list(column) for name, column in zip(header, cells, strict=True)}, len(rows) - 1)


def _read_geojson(source: str, content: bytes) -> Table:
    try:
        found = json.loads(_text(source, content))
        features = found["features"]
        if found.get("type") != "FeatureCollection" or not isinstance(features, list):
            raise LIST_MALFORMED(source=source, reason="FeatureCollection")
        rows = [_feature(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LIST_MALFORMED(source=source, reason=type(error).__name__) from None
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Table({name: [row.get(name, "") for row in rows] for name in names}, len(rows))


def _feature(feature: dict[str, Any]) -> dict[str, str]:
    row = {"geometry": _geometry(feature["geometry"])}
    if "id" in feature:
        row["id"] = str(feature["id"])
    for name, value in (feature.get("properties") or {}).items():
        row[name] = value if isinstance(value, str) else "" if value is None else json.dumps(value)
    return row


def _geometry(geometry: dict[str, Any]) -> str:
    """Return a GeoJSON geometry (lon, lat) as ODK writes it (lat lon alt accuracy)."""
    points = geometry["coordinates"]
    if geometry["type"] == "Point":
        points = [points]
    elif geometry["type"] == "Polygon":
        points = points[0]
    elif geometry["type"] != "LineString":
        raise ValueError(geometry["type"])
    return "; ".join(f"{point[1]} {point[0]} 0 0" for point in points)


def table_of_elements(root: etree._Element) -> Table | None:
    """Return ``root``'s children as a table when they are one: same name, flat cells, no attributes; else None."""
    rows: list[dict[str, str]] = []
    item = ""
    for child in root:
        name = local_name(child)
        if not name:
            continue
        item = item or name
        row = _flat(child)
        if name != item or row is None:
            return None
        rows.append(row)
    if root.attrib or (root.text or "").strip():
        return None
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name, "") for row in rows] for name in names}
    return Table(columns, len(rows), local_name(root), item or "item")


def _flat(item: etree._Element) -> dict[str, str] | None:
    """Return an item's cells by name, or None when it is more than cells."""
    row: dict[str, str] = {}
    if item.attrib or (item.text or "").strip():
        return None
    for cell in item:
        name = local_name(cell)
        if not name or name in row or len(cell) or cell.attrib:
            return None
        row[name] = cell.text or ""
    return row
