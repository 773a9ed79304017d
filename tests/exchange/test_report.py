"""The error report stands beside its workbook and says for each row where, what and how to mend it."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import openpyxl
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.exchange import write_import_report
from fieldapp.exchange.report import _harmless
from tests.exchange.workbooks import (
    HEAD_ID,
    PERSONS,
    TODAY,
    VILLAGE,
    VILLAGES,
    another_household,
    person,
    read,
    save_book,
    wife,
)


def bad_book(folder: Path) -> Path:
    rows = [person(), wife(证件号码=HEAD_ID[:17] + "0"), another_household(民族="@火星")]
    return save_book(folder / "城关镇.xlsx", {VILLAGES: [VILLAGE], PERSONS: rows})


def test_the_workbook_report_lists_every_finding(tmp_path: Path) -> None:
    path = bad_book(tmp_path)
    report = write_import_report(path, read(path), today=TODAY)
    assert report == tmp_path / "城关镇_导入核对_20261122.xlsx"
    rows = list(openpyxl.load_workbook(report).active.values)  # type: ignore[union-attr]  # it has one sheet
    assert "读到 4 行，导入 3 行，未导入 1 行" in str(rows[1][0])
    assert rows[2][:8] == ("序号", "级别", "工作表", "行号", "列", "户编号", "原内容（已遮挡）", "问题")
    first = rows[3]
    assert first[1:6] == ("错误（未导入）", PERSONS, "5", "证件号码", "4110250000001")
    assert first[9] == "ROW-003"
    assert len(rows) == 5


def test_the_csv_report_opens_in_excel_and_starts_no_formula(tmp_path: Path) -> None:
    path = bad_book(tmp_path)
    report = write_import_report(path, read(path), today=TODAY, kind="csv")
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert [row[9] for row in rows[1:]] == ["ROW-003", "ROW-008"]
    assert rows[2][6] == "'@火星"


def test_cells_that_look_like_formulas_are_made_harmless() -> None:
    assert [_harmless(cell) for cell in ("=A1", "+1", "-1", "@x", "张三", "")] == [
        *("'=A1", "'+1", "'-1", "'@x", "张三", "")
    ]


def test_a_second_report_of_the_day_replaces_the_first(tmp_path: Path) -> None:
    path = bad_book(tmp_path)
    reading = read(path)
    assert write_import_report(path, reading, today=TODAY) == write_import_report(path, reading, today=TODAY)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_full_disk_is_told_and_leaves_no_half_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = bad_book(tmp_path)
    reading = read(path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError) as caught:
        write_import_report(path, reading, today=TODAY, kind=kind)  # type: ignore[arg-type]
    assert caught.value.code == "DISK-001"
    assert list(tmp_path.iterdir()) == [path]
