"""The county's list of units: one row a unit, whom to call, the same unit once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.exchange import UnitRecord, read_units, shipped_layouts
from tests.exchange.workbooks import codes, save_book

HEADINGS = ("单位", "类别", "联系人", "联系电话")


def book(folder: Path, *rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    told = [dict(zip(headings, row, strict=True)) for row in rows]
    return save_book(folder / "单位名册.xlsx", {"单位名册": told}, header_row=1)


def test_units_are_read_with_whom_to_call(tmp_path: Path) -> None:
    rows = (
        ("县住建局", "行业部门", "王 科长", "0374-3561234"),
        ("县农业农村局", "帮扶单位", "", ""),
        ("县残联", "", "李四", 13800000001),
    )
    reading = read_units(book(tmp_path, *rows), shipped_layouts())
    assert reading.units == [
        UnitRecord("县住建局", "leading", "王科长", "0374-3561234"),
        UnitRecord("县农业农村局", "helping"),
        UnitRecord("县残联", "", "李四", "13800000001"),
    ]
    assert (reading.counts.taken, reading.findings) == (3, [])


def test_a_unit_without_a_name_or_there_already_is_told_and_left(tmp_path: Path) -> None:
    rows = (
        ("县住建局", "", "甲", "13800000001"),
        ("", "行业部门", "乙", "13800000002"),
        ("县住建局", "", "丙", "13800000003"),
    )
    reading = read_units(book(tmp_path, *rows), shipped_layouts())
    assert [unit.contact_name for unit in reading.units] == ["甲"]
    assert (reading.counts.refused, codes(reading)) == (2, ["ROW-001", "ROW-004"])


def test_a_telephone_that_cannot_be_one_is_told_and_kept(tmp_path: Path) -> None:
    reading = read_units(book(tmp_path, ("县住建局", "", "甲", "12345")), shipped_layouts())
    assert [unit.phone for unit in reading.units] == ["12345"]
    assert [finding.level for finding in reading.findings] == ["warning"]


def test_a_book_without_the_column_of_units_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        read_units(book(tmp_path, ("甲", "13800000001"), headings=("联系人", "联系电话")), shipped_layouts())
    assert caught.value.code == "BOOK-007"
