"""Headers are found by their names: moved, in two rows, with other spellings; a missing column refuses the book."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fieldapp.common.errors import KnownError
from tests.exchange.workbooks import (
    PERSONS,
    VILLAGE,
    VILLAGES,
    another_household,
    change_book,
    codes,
    only,
    person,
    read,
    read_rows,
    save_book,
    wife,
)

GOOD = {VILLAGES: [VILLAGE], PERSONS: [person(), wife()]}


def without(row: dict[str, str], *headings: str) -> dict[str, str]:
    return {heading: value for heading, value in row.items() if heading not in headings}


def test_a_missing_required_column_refuses_the_whole_book(tmp_path: Path) -> None:
    rows = [without(row, "人口编号", "与户主关系") for row in (person(), wife())]
    path = save_book(tmp_path / "a.xlsx", {VILLAGES: [VILLAGE], PERSONS: rows})
    with pytest.raises(KnownError) as caught:
        read(path)
    error = caught.value
    assert error.code == "BOOK-007"
    assert (
        error.zh
        == f"「a.xlsx」的工作表「{PERSONS}」缺少必需的列：「人口编号」、「与户主关系」。整本都没有导入。"
    )
    assert "第 3 行" in error.remedy_zh


def test_a_missing_column_in_a_later_sheet_refuses_the_book_before_anything_is_read(tmp_path: Path) -> None:
    path = save_book(
        tmp_path / "a.xlsx", {**GOOD, "（自定义）家庭收入信息": [{"户编号": "1", "年度": "2025"}]}
    )
    with pytest.raises(KnownError) as caught:
        read(path)
    assert caught.value.details["columns"] == "「家庭纯收入」"


@pytest.mark.parametrize("row", [1, 2, 4, 7])
def test_a_header_in_another_row_is_found_and_told(tmp_path: Path, row: int) -> None:
    reading = read(save_book(tmp_path / "a.xlsx", GOOD, header_row=row))
    assert reading.counts.persons == 2
    assert set(codes(reading)) == {"ROW-026"}


def two_row_header(book: openpyxl.Workbook) -> None:
    """Put 「联系电话」 over 「户」 and 「人」, merged, and everything else over both rows."""
    sheet = book[PERSONS]
    sheet.insert_rows(4)
    width = sheet.max_column
    for column in range(1, width + 1):
        sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.cell(3, width + 1, "户")
    sheet.cell(4, width + 1, "联系电话")
    sheet.cell(3, width + 2, "风险")
    sheet.cell(4, width + 2, "1")
    sheet.cell(4, width + 3, "2")
    sheet.merge_cells(start_row=3, end_row=3, start_column=width + 2, end_column=width + 3)
    for at, value in enumerate(("13800000000", "因病", "因学"), width + 1):
        sheet.cell(5, at, value)


def test_a_header_in_two_rows_with_merged_cells_is_read_as_one(tmp_path: Path) -> None:
    reading = read(change_book(save_book(tmp_path / "a.xlsx", GOOD), two_row_header))
    facts = reading.households[0].facts
    assert (facts["phone"], facts["risks"]) == ("13800000000", ["illness", "study"])
    assert only(reading, "info").zh == "表头在第 3–4 行（应在第 3 行），已按列名认出。"


def test_a_data_row_is_never_taken_for_the_second_row_of_a_header(tmp_path: Path) -> None:
    reading = read(save_book(tmp_path / "a.xlsx", GOOD, header_row=2))
    assert reading.counts.persons == 2


def test_other_spellings_and_decorated_headings_are_known(tmp_path: Path) -> None:
    names = {
        "证件号码": "*身份证号码",
        "乡": "乡镇",
        "村": "行政村",
        "与户主关系": "与户主\n关系",
        "姓名": "姓　名",
    }
    rows = [
        {names.get(heading, heading): value for heading, value in row.items()} for row in (person(), wife())
    ]
    assert read_rows(tmp_path, *rows).counts.persons == 2


def test_columns_nobody_knows_are_told_once(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(星座="双鱼", 备用="x"), wife())
    assert only(reading, "info").zh == "有 2 列不认识，没有导入：星座、备用。"


def test_of_two_columns_with_one_name_the_first_counts(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", GOOD)

    def add(book: openpyxl.Workbook) -> None:
        sheet = book[PERSONS]
        at = sheet.max_column + 1
        sheet.cell(3, at, "姓名")
        sheet.cell(4, at, "别人")

    reading = read(change_book(path, add))
    assert reading.households[0].facts["head_name"] == "张三"
    assert only(reading, "warning").code == "ROW-027"


def test_a_header_that_stands_again_in_the_middle_is_no_person(tmp_path: Path) -> None:
    again = {heading: heading for heading in person()}
    reading = read_rows(tmp_path, person(), wife(), again, another_household())
    assert (reading.counts.rows, reading.counts.persons, codes(reading)) == (4, 3, [])


def test_a_sheet_of_another_name_is_known_by_its_headings(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", {"Sheet1": [VILLAGE], "Sheet2": [person(), wife()]})
    assert read(path).counts.persons == 2


def test_a_book_of_something_else_is_refused(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", {"通讯录": [{"谁": "张三", "电话": "1"}]})
    with pytest.raises(KnownError) as caught:
        read(path)
    assert (caught.value.code, caught.value.details["sheets"]) == ("BOOK-008", "通讯录")


def test_a_book_without_rows_is_refused(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", {PERSONS: []}, headings=list(person()))
    with pytest.raises(KnownError) as caught:
        read(path)
    assert caught.value.code == "BOOK-009"


def test_a_page_of_notes_is_left_and_told(tmp_path: Path) -> None:
    reading = read(save_book(tmp_path / "a.xlsx", {"填表说明": [{"说明": "请勿外传"}], **GOOD}))
    note = only(reading, "info")
    assert (note.code, note.sheet) == ("ROW-025", "填表说明")
