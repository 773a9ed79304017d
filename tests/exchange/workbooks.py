"""Small national workbooks as people send them, written cell by cell with openpyxl: not by the code under test."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from fieldapp.exchange import (
    BookReading,
    Finding,
    LedgerReading,
    UnitReading,
    read_register_book,
    read_visit_ledger,
    shipped_layouts,
)
from fieldapp.register.identity import check_digit

TODAY = date(2026, 11, 22)
PERSONS = "（自定义）监测对象信息"
VILLAGES = "（自定义）行政村信息"
HOUSEHOLDS = "（乡村建设）户信息_20261120"
INCOMES = "（自定义）家庭收入信息"
MEASURES = "（自定义）帮扶措施信息"
PAIRINGS = "（自定义）帮扶责任人信息"
STAFF = "（自定义）干部信息"
_MORE = {"incomes": INCOMES, "measures": MEASURES, "staff": STAFF}

Row = Mapping[str, Any]
Sheets = Mapping[str, Sequence[Row]]
VILLAGE = {"县": "襄城县", "乡": "城关镇", "村": "王庄村", "行政村代码": "411025100201"}


def number(first17: str) -> str:
    """Return an identity number with its check digit."""
    return first17 + check_digit(first17)


HEAD_ID = number("41999919700101101")
WIFE_ID = number("41999919720202102")


def person(**facts: Any) -> dict[str, Any]:
    """Return the row of a householder, with the columns given in Chinese changed."""
    return {
        "乡": "城关镇",
        "村": "王庄村",
        "户编号": "4110250000001",
        "人口编号": "411025000000001",
        "姓名": "张三",
        "性别": "男",
        "出生日期": "19700101",
        "证件类型": "居民身份证",
        "证件号码": HEAD_ID,
        "与户主关系": "户主",
        "户类型": "脱贫户",
        **facts,
    }


def wife(**facts: Any) -> dict[str, Any]:
    """Return the row of the householder's wife."""
    told = {"人口编号": "411025000000002", "姓名": "李四", "性别": "女", "出生日期": "1972-02-02"}
    return person(**{**told, "证件号码": WIFE_ID, "与户主关系": "配偶", **facts})


def another_household(**facts: Any) -> dict[str, Any]:
    """Return the householder of a second household that has nothing wrong."""
    told = {"户编号": "4110250000002", "人口编号": "411025000000009", "姓名": "王五", "出生日期": ""}
    return person(**{**told, "证件号码": number("41999919650303103"), **facts})


def save_book(path: Path, sheets: Sheets, *, header_row: int = 3, headings: Sequence[str] = ()) -> Path:
    """Write rows under a header in row ``header_row``; a title stands above."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        names = list(headings or dict.fromkeys(heading for row in rows for heading in row))
        if header_row > 1:
            sheet["A1"] = name
        for column, heading in enumerate(names, 1):
            sheet.cell(header_row, column, heading)
        for line, row in enumerate(rows, header_row + 1):
            for column, heading in enumerate(names, 1):
                value = row.get(heading, "")
                if value != "":
                    sheet.cell(line, column, value)
    book.save(path)
    return path


def change_book(path: Path, change: Any) -> Path:
    """Open the workbook at ``path``, let ``change`` work on it, and save it again."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def book_bytes(sheets: Sheets) -> bytes:
    """Return a workbook as bytes."""
    target = io.BytesIO()
    save_book(target, sheets)  # type: ignore[arg-type]  # openpyxl writes to files and streams alike
    return target.getvalue()


def read(path: Path, **options: Any) -> BookReading:
    """Read a register workbook with the shipped layouts on the tests' day."""
    return read_register_book(path, shipped_layouts(), today=TODAY, **options)


def read_rows(folder: Path, *rows: Row, **more: Sequence[Row]) -> BookReading:
    """Read a book of one village and these persons; ``more`` gives other sheets: incomes, measures, staff."""
    named = {_MORE[name]: rows for name, rows in more.items()}
    return read(save_book(folder / "book.xlsx", {VILLAGES: [VILLAGE], PERSONS: rows, **named}))


def read_visits(path: Path, **options: Any) -> LedgerReading:
    """Read a visit ledger with the shipped layouts on the tests' day."""
    return read_visit_ledger(path, shipped_layouts(), today=TODAY, **options)


def codes(reading: BookReading | LedgerReading | UnitReading, level: str = "") -> list[str]:
    """Return the codes of the findings, of one level when given."""
    return [finding.code for finding in reading.findings if level in ("", finding.level)]


def only(reading: BookReading | LedgerReading, level: str = "error") -> Finding:
    """Return the one finding of a level."""
    (finding,) = [finding for finding in reading.findings if finding.level == level]
    return finding
