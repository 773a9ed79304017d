"""Damaged and hostile author files: findings in bounded time, never a traceback."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from fieldapp.authoring import check_form
from fieldapp.authoring.compiling import compile_form
from fieldapp.common.errors import KnownError
from tests.authoring.forms import checked
from tests.common.damage import damaged_archives


def codes(path: Path) -> set[str]:
    begun = time.monotonic()
    found = {finding.code for finding in check_form(path) if finding.level == "error"}
    assert time.monotonic() - begun < 20
    return found


def zip_of(size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.md", b"", "CHECK-002"),
        ("a.md", "| survey |\n| | type | 名 |".encode("gbk"), "CHECK-002"),
        ("a.xlsx", b"PK\x03\x04rubbish", "CHECK-002"),
        ("a.xlsx", zip_of(400_000_000), "CHECK-003"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "CHECK-002"),
        ("a.xls", b"<html><table/></html>", "CHECK-002"),
        ("a.md", b"x" * 30_000_000, "CHECK-003"),
        ("a.xml", b"<h:html", "FORM-001"),
        ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "FORM-003"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert codes(path) == {code}


@pytest.mark.parametrize(
    "text", ["(" * 10_000 + "1" + ")" * 10_000, "not(" * 10_000, "1" * 200_000, "'" * 9_999]
)
def test_monstrous_expressions_are_told(tmp_path: Path, text: str) -> None:
    begun = time.monotonic()
    found = checked(tmp_path, [{"type": "calculate", "name": "c", "calculation": text}])
    assert time.monotonic() - begun < 20
    assert any(finding.level == "error" and finding.row == 2 for finding in found)


def test_a_form_of_many_rows_is_checked_in_time(tmp_path: Path) -> None:
    rows = [{"type": "integer", "name": "q0", "label": "Q"}]
    rows += [
        {"type": "integer", "name": f"q{n}", "label": "Q", "relevant": f"${{q{n - 1}}} > 1"}
        for n in range(1, 1500)
    ]
    begun = time.monotonic()
    assert checked(tmp_path, rows) == []
    assert time.monotonic() - begun < 30


def test_a_workbook_that_is_damaged_anywhere_is_compiled_or_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (("type", "name", "label"), ("text", "a", "A")):
        sheet.append(row)
    path = tmp_path / "form.xlsx"
    book.save(path)
    whole, told = path.read_bytes(), set()
    for damaged in damaged_archives(whole, number=120):
        path.write_bytes(damaged)
        try:
            compile_form(path)
        except KnownError as error:
            told.add(error.code)
    assert "CHECK-002" in told
    assert {code[:6] for code in told} == {"CHECK-"}
