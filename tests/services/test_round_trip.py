"""Out to Excel, edited, and back: what is found, what is told, what is written."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.publishing import publish_policy
from fieldapp.exchange.round_trip import read_back
from fieldapp.register.id_formats import IdFormat
from fieldapp.services.round_trip import ExportOrder, TripList
from fieldapp.services.workspace import Workspace
from tests.gates import GATE_ON
from tests.services.asking import homes
from tests.services.world import World

COLUMNS = ("name", "id_number", "education", "work_months", "relationship")


def exported(
    who: Workspace,
    path: Path,
    list_name: TripList = "persons",
    columns: tuple[str, ...] = COLUMNS,
    *,
    id_format: IdFormat = "plain",
    most: int = 5,
) -> Path:
    who.round_trip.export(ExportOrder(list_name, tuple(homes(who)[:most]), columns, "核对", id_format), path)
    return path


def edit(path: Path, act: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    act(book.worksheets[0])
    book.save(path)
    return path


def column(sheet: Any, heading: str) -> int:
    return next(int(cell.column) for cell in sheet[1] if cell.value == heading)


def test_an_unchanged_workbook_brings_no_difference(clerk: Workspace, tmp_path: Path) -> None:
    path = exported(clerk, tmp_path / "成员.xlsx")
    back = clerk.round_trip.read(path)
    assert back.rows > 5
    assert (back.differences, back.left_out) == ((), ())


def test_a_cell_edited_in_wps_comes_back_is_accepted_and_can_be_undone(
    clerk: Workspace, tmp_path: Path
) -> None:
    def act(sheet: Any) -> None:
        sheet.cell(2, column(sheet, "务工时间")).value = 7
        sheet.cell(2, column(sheet, "文化程度")).value = "大专"

    path = edit(exported(clerk, tmp_path / "成员.xlsx"), act)
    back = clerk.round_trip.read(path)
    assert {one.name: one.new for one in back.differences}["work_months"] == 7
    taken = clerk.round_trip.accept(back, [one.key for one in back.differences])
    one = next(one for one in back.differences if one.name == "work_months")
    person = next(p for p in clerk.households.file(one.household_id).members if p.id == one.record_id)
    assert person.get("work_months") == 7
    lines = clerk.households.history("persons", person.id, "work_months")
    assert lines[0].reason == "Excel 往返 成员.xlsx"
    assert clerk.round_trip.read(path).differences == ()
    assert clerk.round_trip.undo(taken) == taken.facts
    again = next(p for p in clerk.households.file(one.household_id).members if p.id == one.record_id)
    assert again.get("work_months") == one.now


def test_sorted_moved_and_deleted_rows_and_columns_do_no_harm(clerk: Workspace, tmp_path: Path) -> None:
    def act(sheet: Any) -> None:
        sheet.delete_rows(3)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for at, value in enumerate(row, start=1):
                sheet.cell(number, at).value = value
        sheet.delete_cols(column(sheet, "文化程度"))

    back = clerk.round_trip.read(edit(exported(clerk, tmp_path / "a.xlsx"), act))
    assert (back.differences, back.left_out) == ((), ())


def test_added_repeated_and_forged_rows_are_told_and_not_taken(clerk: Workspace, tmp_path: Path) -> None:
    def act(sheet: Any) -> None:
        last = sheet.max_row
        for cell in sheet[2]:
            sheet.cell(last + 1, cell.column).value = cell.value
        sheet.cell(last + 2, column(sheet, "姓名")).value = "张新来"
        sheet.cell(3, column(sheet, "记录编号·勿删")).value = sheet.cell(
            4, column(sheet, "记录编号·勿删")
        ).value

    back = clerk.round_trip.read(edit(exported(clerk, tmp_path / "a.xlsx"), act))
    assert [one.why for one in back.left_out] == ["twice", "changed", "twice", "added"]
    assert back.differences == ()


def test_a_value_that_moved_on_since_the_export_is_marked(clerk: Workspace, tmp_path: Path) -> None:
    path = exported(clerk, tmp_path / "a.xlsx")
    edit(path, lambda sheet: setattr(sheet.cell(2, column(sheet, "务工时间")), "value", 7))
    one = clerk.round_trip.read(path).differences[0]
    clerk.households.correct(one.household_id, "persons", one.record_id, "work_months", "3", "电话核实")
    (again,) = clerk.round_trip.read(path).differences
    assert (again.conflict, again.at_export, again.now, again.new) == (True, one.at_export, 3, 7)


def test_what_a_helper_may_not_write_is_told_before_and_not_written(
    helper: Workspace, tmp_path: Path
) -> None:
    choices = {one.name: one.editable for one in helper.round_trip.columns("households")}
    assert choices["phone"]
    assert not choices["head_name"]
    assert not choices["household_type"]
    path = exported(helper, tmp_path / "户.xlsx", "households", ("head_name", "phone", "household_type"))
    back = helper.round_trip.read(
        edit(path, lambda sheet: setattr(sheet.cell(2, column(sheet, "联系电话")), "value", "13900000001"))
    )
    assert [one.name for one in back.differences] == ["phone"]


def test_a_label_outside_the_list_and_a_number_cut_by_excel_are_told_on_the_cell(
    clerk: Workspace, tmp_path: Path
) -> None:
    def act(sheet: Any) -> None:
        sheet.cell(2, column(sheet, "文化程度")).value = "野鸡大学"
        sheet.cell(2, column(sheet, "证件号码")).value = 411025198001011234

    back = clerk.round_trip.read(edit(exported(clerk, tmp_path / "a.xlsx"), act))
    assert all(one.problem for one in back.differences)
    assert {one.name for one in back.differences} == {"education", "id_number"}
    assert clerk.round_trip.accept(back, [one.key for one in back.differences]).facts == 0


def test_masked_numbers_go_out_masked_and_never_come_back(clerk: Workspace, tmp_path: Path) -> None:
    path = exported(clerk, tmp_path / "a.xlsx", id_format="masked")
    shown = openpyxl.load_workbook(path).worksheets[0]
    at = column(shown, "证件号码（仅供查看）")
    assert "*" in str(shown.cell(2, at).value)
    whole = [person.id_number for home in homes(clerk)[:5] for person in clerk.households.file(home).members]
    cells = {str(cell.value) for row in shown.iter_rows() for cell in row}
    assert not any(number and number in text for number in whole for text in cells)
    assert clerk.round_trip.read(path).differences == ()


def test_without_the_hidden_columns_nothing_is_guessed(clerk: Workspace, tmp_path: Path) -> None:
    path = exported(clerk, tmp_path / "a.xlsx")
    edit(path, lambda sheet: sheet.delete_cols(column(sheet, "记录编号·勿删")))
    with pytest.raises(KnownError) as told:
        clerk.round_trip.read(path)
    assert told.value.code == "TRIP-002"


def test_every_export_is_noted_with_who_what_for_and_whose(clerk: Workspace, tmp_path: Path) -> None:
    exported(clerk, tmp_path / "成员.xlsx", most=3)
    act = clerk.printing.log()[0]
    assert (act.sheet, act.purpose, act.to, act.profile) == ("trip_persons", "核对", "成员.xlsx", "plain")
    assert act.households == tuple(homes(clerk)[:3])


def test_with_the_gate_on_a_helpers_facts_are_proposed_told_so_and_taken_back(
    world: World, helper: Workspace, tmp_path: Path
) -> None:
    publish_policy(world.county, [("gate.toml", GATE_ON)])
    helper.sync.run()
    path = exported(helper, tmp_path / "成员.xlsx")
    edit(path, lambda sheet: setattr(sheet.cell(2, column(sheet, "文化程度")), "value", "大专"))
    back = helper.round_trip.read(path)
    (one,) = back.differences
    assert back.asking == {one.key}
    education = {each.name: each for each in helper.round_trip.columns("persons")}["education"]
    phone = {each.name: each for each in helper.round_trip.columns("households")}["phone"]
    assert (education.confirmed, phone.confirmed) == (True, False)
    done = helper.round_trip.accept(back, [one.key], "看了毕业证")
    assert (done.facts, done.proposed, done.held) == (0, 1, 0)
    (waiting,) = helper.proposals.of_household(one.household_id)
    assert waiting.name == "education"
    again = helper.round_trip.read(path)
    assert again.waiting == {one.key}
    assert helper.round_trip.undo(done) == 1
    assert helper.proposals.of_household(one.household_id) == []
    assert helper.round_trip.read(path).waiting == frozenset()


def test_a_workbook_of_another_county_is_refused_by_name(clerk: Workspace, tmp_path: Path) -> None:
    path = exported(clerk, tmp_path / "a.xlsx")
    with pytest.raises(KnownError) as told:
        read_back(path, clerk.schema, county="522629")
    assert told.value.code == "TRIP-004"
    assert "411025" in told.value.zh


def test_what_cannot_be_taken_names_the_remedy(clerk: Workspace, tmp_path: Path) -> None:
    path = exported(clerk, tmp_path / "a.xlsx")
    edit(path, lambda sheet: setattr(sheet.cell(2, column(sheet, "文化程度")), "value", "野鸡大学"))
    (one,) = clerk.round_trip.read(path).differences
    assert one.problem is not None
    assert one.remedy[0]
    assert one.raw == "野鸡大学"
    assert one.row == 2


def test_the_reason_given_stands_in_the_history(clerk: Workspace, tmp_path: Path) -> None:
    path = exported(clerk, tmp_path / "成员.xlsx")
    edit(path, lambda sheet: setattr(sheet.cell(2, column(sheet, "务工时间")), "value", 7))
    back = clerk.round_trip.read(path)
    clerk.round_trip.accept(back, [one.key for one in back.differences], "电话核实")
    one = back.differences[0]
    assert clerk.households.history("persons", one.record_id, "work_months")[0].reason == (
        "Excel 往返 成员.xlsx：电话核实"
    )


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.csv", "gb18030"), ("a.csv", "utf-8-sig"), ("a.xls", "utf-8")]
)
def test_a_workbook_saved_as_text_by_wps_comes_back_too(
    clerk: Workspace, tmp_path: Path, name: str, encoding: str
) -> None:
    path = exported(clerk, tmp_path / "成员.xlsx")
    edit(path, lambda sheet: setattr(sheet.cell(2, column(sheet, "务工时间")), "value", 7))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    target = tmp_path / name
    with target.open("w", encoding=encoding, newline="") as file:
        for row in sheet.iter_rows(values_only=True):
            csv.writer(file).writerow(["" if cell is None else cell for cell in row])
    back = clerk.round_trip.read(target)
    assert [(one.name, one.new) for one in back.differences] == [("work_months", 7)]
    assert back.left_out == ()


def test_a_file_that_is_no_workbook_is_refused(clerk: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\x89PNG\r\n" + bytes(200))
    with pytest.raises(KnownError) as told:
        clerk.round_trip.read(path)
    assert told.value.code.startswith("BOOK-")
