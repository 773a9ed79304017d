"""An .xlsx blank: values in place, a row a member or a household, and nothing else of it touched."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from fieldapp.common.errors import KnownError
from fieldapp.exchange.blanks import fill, read_blank
from tests.exchange.blanks.making import COMMON, FAMILIES, VOCABULARY


def family_form(path: Path) -> Path:
    """A form of one household: head at the top, a member row with a drop-down, a total and a note below it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "登记表"
    sheet["A1"] = "【户主姓名】家庭登记表"
    sheet.merge_cells("A1:D1")
    sheet["A2"], sheet["B2"] = "家庭人口", "【家庭人口】"
    sheet["C2"], sheet["D2"] = "证件号码", "【户主证件号码|后四位】"
    for column, title in zip("ABCD", ("姓名", "关系", "证件号码", "周岁"), strict=True):
        sheet[f"{column}3"] = title
    sheet["A4"], sheet["B4"], sheet["C4"] = "【姓名】", "【与户主关系】", "【证件号码|原样】"
    sheet["D4"], sheet["E4"] = "【周岁】", "=D4*2"
    sheet["A4"].font = Font(bold=True)
    sheet.merge_cells("F4:G4")
    sheet["A5"], sheet["D5"] = "合计", "=SUM(D4:D4)"
    sheet.merge_cells("A5:C5")
    sheet["A6"] = "填表人：【填表人】　【今天】"
    sheet.merge_cells("A6:D7")
    drop = DataValidation(type="list", formula1='"户主,配偶,之子"', sqref="B4")
    sheet.add_data_validation(drop)
    sheet.print_area = "A1:D7"
    sheet.print_title_rows = "1:3"
    other = book.create_sheet("汇总")
    other["A1"] = "=登记表!D5"
    other["A2"] = "='登记表'!A6&\"登记表!D5\""
    book.save(path)
    return path


def filled(path: Path, *, as_list: bool = False, families: int = 1) -> tuple[openpyxl.Workbook, bytes]:
    blank = read_blank(path, VOCABULARY)
    data = fill(blank, FAMILIES[:families], COMMON, VOCABULARY, "masked", as_list=as_list)
    return openpyxl.load_workbook(io.BytesIO(data)), data


def test_a_row_is_there_for_each_member_and_what_stood_below_moved_down(tmp_path: Path) -> None:
    book, _ = filled(family_form(tmp_path / "表.xlsx"))
    sheet = book["登记表"]
    assert sheet["A1"].value == "王建国家庭登记表"
    assert (sheet["B2"].value, sheet["D2"].value) == (3, "0013")
    assert [sheet[f"A{row}"].value for row in range(4, 8)] == ["王建国", "=SUM(A1)", "王明远", "合计"]
    assert sheet["A5"].data_type in ("s", "inlineStr"), "a name is a text whatever it begins with"
    assert [sheet[f"D{row}"].value for row in range(4, 7)] == [75, 74, 46]
    assert sheet["C4"].value == "410000195102110013"
    assert sheet["A8"].value == "填表人：李晓梅　2026年11月22日"


def test_merges_drop_downs_print_areas_styles_and_formulas_follow(tmp_path: Path) -> None:
    book, data = filled(family_form(tmp_path / "表.xlsx"))
    sheet = book["登记表"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {
        "A1:D1",
        "F4:G4",
        "F5:G5",
        "F6:G6",
        "A7:C7",
        "A8:D9",
    }
    (drop,) = sheet.data_validations.dataValidation
    assert str(drop.sqref) == "B4:B6"
    assert sheet.print_area == "'登记表'!$A$1:$D$9"
    assert sheet.print_title_rows == "$1:$3"
    assert all(sheet[f"A{row}"].font.bold for row in (4, 5, 6))
    assert sheet["D7"].value == "=SUM(D4:D6)"
    assert [sheet[f"E{row}"].value for row in (4, 5, 6)] == ["=D4*2", "=D5*2", "=D6*2"]
    assert book["汇总"]["A1"].value == "=登记表!D7"
    assert book["汇总"]["A2"].value == "='登记表'!A8&\"登记表!D5\"", "a text inside a formula is a text"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")
        assert "xl/calcChain.xml" not in archive.namelist()


def test_what_is_not_touched_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    path = family_form(tmp_path / "表.xlsx")
    _, data = filled(path)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(io.BytesIO(data)) as after:
        for name in ("xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml"):
            assert before.read(name) == after.read(name)


def test_a_list_has_a_row_a_household_and_titles_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "名单（【今天】）"
    sheet["A2"], sheet["B2"], sheet["C2"] = "【序号】", "【户主姓名】", "【户主证件号码】"
    sheet["B3"] = "=COUNTA(B2:B2)"
    book.save(tmp_path / "名单.xlsx")
    made, _ = filled(tmp_path / "名单.xlsx", as_list=True, families=2)
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    assert sheet["A1"].value == "名单（2026年11月22日）"
    assert [(sheet[f"A{r}"].value, sheet[f"B{r}"].value) for r in (2, 3)] == [
        (1, "王建国"),
        (2, "阿卜杜热西提·买买提明"),
    ]
    assert sheet["C2"].value == "410***********0013", "nobody asked for the whole number"
    assert sheet["B4"].value == "=COUNTA(B2:B3)"


def test_a_roll_has_a_row_a_member_over_all_households(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["B1"], sheet["C1"] = "【序号】", "【户主姓名】", "【姓名】"
    book.save(tmp_path / "花名册.xlsx")
    made, _ = filled(tmp_path / "花名册.xlsx", as_list=True, families=2)
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(max_col=3)]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert [row[2] for row in rows][3] == "阿卜杜热西提·买买提明"


def test_a_placeholder_in_rich_text_is_found_across_its_runs_and_keeps_the_look(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = CellRichText(
        TextBlock(InlineFont(b=True), "户主：【户主"), TextBlock(InlineFont(i=True), "姓名】")
    )
    book.save(tmp_path / "富文本.xlsx")
    blank = read_blank(tmp_path / "富文本.xlsx", VOCABULARY)
    assert [found.word for found in blank.found] == ["户主姓名"]
    data = fill(blank, FAMILIES[:1], COMMON, VOCABULARY, "masked", as_list=False)
    cell = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).active["A1"].value  # type: ignore[index]
    assert str(cell) == "户主：王建国"
    assert isinstance(cell, CellRichText)
    assert isinstance(cell[0], TextBlock)
    assert cell[0].font.b


def test_a_household_without_members_leaves_the_row_empty(tmp_path: Path) -> None:
    blank = read_blank(family_form(tmp_path / "表.xlsx"), VOCABULARY)
    nobody = type(FAMILIES[0])(FAMILIES[0].values, (), "")
    data = fill(blank, [nobody], COMMON, VOCABULARY, "masked", as_list=False)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["登记表"]
    assert (sheet["A4"].value, sheet["A5"].value) == (None, "合计")


def test_a_placeholder_in_a_merge_over_rows_is_refused_with_its_place(tmp_path: Path) -> None:
    path = family_form(tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(path)
    book["登记表"].unmerge_cells("A5:C5")
    book["登记表"]["A5"] = None
    book["登记表"].merge_cells("A4:A5")
    book.save(path)
    with pytest.raises(KnownError) as told:
        filled(path)
    assert told.value.code == "BLANK-005"
    assert "登记表!A4:A5" in told.value.zh


def test_a_label_merged_beside_the_rows_grows_with_them(tmp_path: Path) -> None:
    path = family_form(tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["登记表"]
    sheet["H3"], sheet["I4"] = "家庭成员", "备注"
    sheet.merge_cells("H3:H4")
    sheet.merge_cells("I4:I5")
    book.save(path)
    done, _ = filled(path)
    merges = {str(area) for area in done["登记表"].merged_cells.ranges}
    assert {"H3:H6", "I4:I7"} <= merges
    assert done["登记表"]["I4"].value == "备注"


def drawn_form(path: Path, spare: int, *, counted: bool = False) -> Path:
    """A form as counties print them: a label beside, a pattern row, drawn empty rows below it, a signature underneath."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "登记表"
    line = Side(style="thin")
    last = 2 + spare
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "成员", "序号", "姓名", "关系"
    sheet["C2"], sheet["D2"] = "【姓名】", "【与户主关系】"
    for row in range(2, last + 1):
        for column in "BCDE":
            sheet[f"{column}{row}"].border = Border(line, line, line, line)
        if counted:
            sheet[f"B{row}"] = row - 1
        sheet.merge_cells(f"D{row}:E{row}")
    sheet.merge_cells(f"A1:A{last}")
    sheet[f"A{last + 1}"] = "户主签字："
    sheet[f"C{last + 1}"] = f"=COUNTA(C2:C{last})"
    sheet.add_data_validation(DataValidation(type="list", formula1='"户主,配偶"', sqref=f"D2:D{last}"))
    sheet.print_area = f"A1:E{last + 1}"
    book.save(path)
    return path


@pytest.mark.parametrize("spare", [0, 1, 2, 5])
@pytest.mark.parametrize("counted", [False, True])
def test_drawn_rows_are_used_before_rows_are_added(tmp_path: Path, spare: int, counted: bool) -> None:
    """Three members: with two drawn rows or more the form keeps its length and its page."""
    book, _ = filled(drawn_form(tmp_path / "表.xlsx", spare, counted=counted))
    sheet = book["登记表"]
    last = 2 + max(spare, 2)
    names = [sheet[f"C{row}"].value for row in range(2, 5)]
    assert names == [str(member["姓名"]) for member in FAMILIES[0].members]
    assert [sheet[f"C{row}"].value for row in range(5, last + 1)] == [None] * (last - 4)
    assert sheet[f"A{last + 1}"].value == "户主签字："
    assert sheet[f"C{last + 1}"].value == f"=COUNTA(C2:C{last})"
    merges = {str(area) for area in sheet.merged_cells.ranges}
    assert merges == {f"A1:A{last}", *(f"D{row}:E{row}" for row in range(2, last + 1))}
    assert str(sheet.data_validations.dataValidation[0].sqref) == f"D2:D{last}"
    assert sheet.print_area.replace("$", "") == f"'登记表'!A1:E{last + 1}"
    if counted and spare:
        assert [sheet[f"B{row}"].value for row in range(2, last + 1)] == list(range(1, last))


def test_rows_that_hold_something_or_are_not_drawn_are_left_alone(tmp_path: Path) -> None:
    path = drawn_form(tmp_path / "表.xlsx", 3)
    book = openpyxl.load_workbook(path)
    book["登记表"]["C4"] = "另有共同生活的人："
    book.save(path)
    done, _ = filled(path)
    sheet = done["登记表"]
    assert sheet["C5"].value == "另有共同生活的人：", "one drawn row was used, one was added"


def test_a_table_object_grows_and_its_heading_is_no_pattern(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "花名册"
    sheet.append(["姓名", "关系"])
    sheet.append(["【姓名】", "【与户主关系】"])
    sheet.append(["说明", ""])
    sheet.add_table(Table(displayName="成员", ref="A1:B2"))
    book.save(path)
    done, _ = filled(path)
    assert done["花名册"].tables["成员"].ref == "A1:B4"
    assert done["花名册"].tables["成员"].autoFilter.ref == "A1:B4"
    assert done["花名册"]["A5"].value == "说明"
    sheet["A1"] = "【姓名】"
    book.save(path)
    with pytest.raises(KnownError) as told:
        filled(path)
    assert told.value.code == "BLANK-005"


def test_a_list_with_two_pattern_rows_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["A2"] = "【户主姓名】", "【家庭人口】"
    book.save(tmp_path / "两行.xlsx")
    with pytest.raises(KnownError) as told:
        filled(tmp_path / "两行.xlsx", as_list=True, families=2)
    assert told.value.code == "BLANK-006"


def test_four_hundred_households_are_one_list(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["B1"] = "【序号】", "【户主姓名】"
    book.save(tmp_path / "大表.xlsx")
    blank = read_blank(tmp_path / "大表.xlsx", VOCABULARY)
    data = fill(blank, [FAMILIES[0]] * 400, COMMON, VOCABULARY, "masked", as_list=True)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert isinstance(sheet, Worksheet)
    assert sheet["A400"].value == 400
