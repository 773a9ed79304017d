"""What is written by a layout is read back as it was; fast rows are the rows XlsxWriter would write."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.exchange import shipped_layouts
from fieldapp.exchange.fast_sheet import FastSheet, SheetCell
from fieldapp.exchange.writing import BookWriter, RowFacts
from tests.exchange.workbooks import HEAD_ID, TODAY, read

LAYOUT = shipped_layouts().register

PERSON: RowFacts = {
    "area": {"county": "襄城县", "town": "城关镇", "village": "王庄村"},
    "households": {
        "house_no": "4110250000001",
        "household_type": "out_of_poverty",
        "monitor_kind": "unstable",
        "identified_month": "2022-05",
        "risk_cleared": False,
        "risks": ["illness", "study"],
        "arable_mu": "3.5",
    },
    "persons": {
        "person_no": "411025000000001",
        "name": "张𬱖",
        "id_number": HEAD_ID,
        "relationship": "head",
        "birth_date": "1970-01-01",
        "health": ["chronic", "disabled"],
        "medical_insurance": "employee",
        "work_months": 10,
    },
    "measures": {"industry": "产业奖补、入股分红"},
    "": {"年度": "2026", "没有这一列": "x"},
}


def write(path: Path) -> Path:
    book = BookWriter(path, title="演示", day=TODAY)
    for kind, facts in (
        ("villages", {"area": {**PERSON["area"], "village_code": "411025100201"}}),
        ("persons", PERSON),
    ):
        layout = LAYOUT.sheet(kind)  # type: ignore[arg-type]  # literals above
        sheet = book.sheet(layout, name=layout.write_name, title=layout.zh, note="合成", header_row=3)
        sheet.write(facts)
    book.close()
    return path


def test_facts_come_back_as_they_were_written(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "a.xlsx"))
    assert reading.findings == []
    (household,) = reading.households
    for name, value in PERSON["households"].items():
        assert household.facts[name] == value
    for name, value in PERSON["persons"].items():
        assert household.persons[0].facts[name] == value
    assert [measure.item for measure in household.measures] == ["产业奖补", "入股分红"]


def test_cells_look_as_in_the_export(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write(tmp_path / "a.xlsx"))["（自定义）监测对象信息"]
    shown = {sheet.cell(3, at).value: sheet.cell(4, at) for at in range(1, 178)}
    assert sheet.max_column == 177
    assert {
        heading: shown[heading].value
        for heading in ("出生日期", "识别监测时间", "健康状况", "风险是否已消除", "年度")
    } == {
        "出生日期": "19700101",
        "识别监测时间": "202205",
        "健康状况": "长期慢性病、残疾",
        "风险是否已消除": "否",
        "年度": "2026",
    }
    assert (shown["致贫返贫风险1"].value, shown["致贫返贫风险2"].value) == ("因病", "因学")
    assert (shown["是否参加城乡居民基本医疗保险"].value, shown["是否参加城镇职工基本医疗保险"].value) == (
        "否",
        "是",
    )
    assert shown["耕地面积(亩)"].value == 3.5
    for heading in ("户编号", "人口编号", "证件号码"):
        assert (shown[heading].data_type, shown[heading].number_format) == ("s", "@")


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "a.xlsx").read_bytes() == write(tmp_path / "b.xlsx").read_bytes()


def test_a_book_that_is_discarded_leaves_nothing(tmp_path: Path) -> None:
    book = BookWriter(tmp_path / "a.xlsx", title="演示", day=TODAY)
    book.page("说明", ["一行"])
    book.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    book = BookWriter(tmp_path / "gone" / "a.xlsx", title="演示", day=TODAY)
    with pytest.raises(KnownError) as caught:
        book.close()
    assert caught.value.code == "DISK-002"


def cells_of(rows: list[list[SheetCell]], *, fast: bool) -> list[list[tuple[object, str]]]:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("a", worksheet_class=FastSheet if fast else None)
    sheet.set_column(1, 1, 20, book.add_format({"num_format": "@"}))
    sheet.write_string(0, 0, "题目")
    for number, row in enumerate(rows, 1):
        if fast:
            sheet.put_row(number, row)
            continue
        for at, cell in row:
            (sheet.write_string if isinstance(cell, str) else sheet.write_number)(number, at, cell)
    book.close()
    opened = openpyxl.load_workbook(target)["a"]
    return [[(cell.value, cell.number_format) for cell in row] for row in opened.iter_rows()]


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
_NUMBER = st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 2))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, 30), _TEXT | _NUMBER, max_size=6), max_size=6))
def test_fast_rows_are_the_rows_that_cell_by_cell_writing_gives(rows: list[dict[int, str | float]]) -> None:
    cells = [list(row.items()) for row in rows]
    assert cells_of(cells, fast=True) == cells_of(cells, fast=False)
