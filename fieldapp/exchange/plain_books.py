"""Workbooks that are really text: web pages and CSV files, whatever their name says, in the encodings of Chinese PCs."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser

from fieldapp.exchange.grids import Cell, Grid

__all__ = ["decode", "grids_of_html", "grid_of_text", "looks_like_html"]

_CHARSET = re.compile(rb"charset=[\"']?\s*([A-Za-z0-9_-]+)")
_MARKUP = re.compile(r"^\s*(<!doctype html|<html|<head|<meta|<table|<body|<style)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_MOST_SPAN = 1000


def decode(data: bytes) -> str | None:
    """Return the text of a file by its mark, its declared charset, UTF-8, else GB 18030 (GBK, “ANSI”); None if none fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _try(data, "utf-8-sig")
    if b"\x00" in data[:4096]:
        return None
    told = _CHARSET.search(data[:2048])
    names = [told[1].decode("ascii").lower()] if told else []
    names = ["gb18030" if name in ("gb2312", "gbk", "cp936") else name for name in names]
    for name in (*names, "utf-8", "gb18030"):
        text = _try(data, name)
        if text is not None:
            return text
    return None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def looks_like_html(text: str) -> bool:
    """Tell whether the text is a web page or a bare table."""
    return bool(_MARKUP.match(text)) or "<table" in text[:4096].lower()


def grid_of_text(text: str, name: str) -> Grid:
    """Return a CSV file (comma, tab or semicolon) as a grid; every cell is text."""
    head = "\n".join(text.splitlines()[:5])
    delimiter = max("\t,;", key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    return Grid(name, [list[Cell](row) for row in reader])


def grids_of_html(text: str, name: str) -> list[Grid]:
    """Return each table of a web page as a grid; a cell spanning several is repeated in all of them."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    grids = [table for table in parser.tables if table.rows]
    return [
        Grid(name if len(grids) == 1 else f"{name}#{number}", table.rows, frozenset(table.hidden))
        for number, table in enumerate(grids, 1)
    ]


class _Table:
    """One table being read: rows so far, and the cells that reach down from above."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.hidden: set[int] = set()
        self._from_above: dict[int, tuple[int, str]] = {}

    def start_row(self, *, hidden: bool) -> None:
        self.rows.append([])
        if hidden:
            self.hidden.add(len(self.rows))
        self._take_from_above()

    def put(self, text: str, columns: int, rows: int) -> None:
        if not self.rows:
            self.start_row(hidden=False)
        row = self.rows[-1]
        for _ in range(columns):
            if rows > 1:
                self._from_above[len(row)] = (rows - 1, text)
            row.append(text)
        self._take_from_above()

    def _take_from_above(self) -> None:
        row = self.rows[-1]
        while len(row) in self._from_above:
            left, text = self._from_above.pop(len(row))
            if left > 1:
                self._from_above[len(row)] = (left - 1, text)
            row.append(text)


class _Tables(HTMLParser):
    """Collects tables; a table inside a cell is read as text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            self.tables[-1].start_row(hidden=bool(_NOT_SHOWN.search(told.get("style") or "")))
        elif tag in ("td", "th"):
            self._end_cell()
            self._cell = []
            self._span = (_span(told.get("colspan")), _span(told.get("rowspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.tables[-1].put("".join(self._cell).strip(), *self._span)
            self._cell = None


def _span(text: str | None) -> int:
    return min(int(text), _MOST_SPAN) if text and text.isdigit() and int(text) else 1
