"""Looking at an export of the national system: differences, what has arrived, and what a person decides."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fieldapp.register.id_formats import IdFormat, format_id_number
from fieldapp.services.workspace import Workspace
from tests.exchange.workbooks import number
from tests.services.asking import homes
from tests.services.exports import export_of


def listed(workspace: Workspace) -> str:
    """Return a household with several numbered members."""
    for home in homes(workspace):
        file = workspace.households.file(home)
        if file.household.household_type == "out_of_poverty" and len(file.members) >= 2:
            return home
    raise AssertionError("no such household")


def corrected(workspace: Workspace, home: str, text: str) -> None:
    workspace.households.correct(home, "households", home, "phone", text, "")


def test_an_export_that_says_the_same_has_no_difference_and_writes_nothing(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = listed(clerk)
    book = export_of(clerk, tmp_path / "export.xlsx", home)
    before = clerk.households.file(home)
    checked = clerk.national.look(book)
    assert [(line.label, line.local, line.national) for line in checked.lines] == []
    assert (checked.households, checked.arrived) == (1, 0)
    assert clerk.households.file(home) == before


def test_what_was_typed_and_is_in_the_next_export_is_closed(clerk: Workspace, tmp_path: Path) -> None:
    home = listed(clerk)
    corrected(clerk, home, "13812345678")
    (line,) = clerk.typing.lines()
    clerk.typing.mark([line.id], "typed")
    checked = clerk.national.look(export_of(clerk, tmp_path / "export.xlsx", home))
    assert (checked.arrived, checked.missing, clerk.typing.lines()) == (1, (), [])


def test_what_was_typed_and_is_not_in_the_next_export_is_told(clerk: Workspace, tmp_path: Path) -> None:
    home = listed(clerk)
    old = clerk.households.file(home).household.phone
    corrected(clerk, home, "13812345678")
    clerk.typing.mark([clerk.typing.lines()[0].id], "typed")
    book = export_of(clerk, tmp_path / "export.xlsx", home, household={"phone": old})
    checked = clerk.national.look(book)
    (missing,) = checked.missing
    assert (missing.value, missing.by_name) == ("13812345678", clerk.person.name)
    (line,) = checked.lines
    assert (line.local, line.national, line.on_list, line.source) == (
        "13812345678",
        old,
        True,
        clerk.person.name,
    )
    assert checked.theirs == ()


def test_what_the_national_system_has_otherwise_can_be_taken_over_or_kept(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = listed(clerk)
    local = clerk.households.file(home).household.phone
    member = clerk.households.file(home).members[1]
    book = export_of(
        clerk,
        tmp_path / "export.xlsx",
        home,
        household={"phone": "13912345678"},
        members={member.id: {"ethnicity": "hui" if member.get("ethnicity") != "hui" else "han"}},
    )
    phone, ethnicity = clerk.national.look(book).lines
    assert (phone.label, phone.national, phone.on_list) == ("联系电话", "13912345678", False)
    assert clerk.national.accept([phone]) == 1
    assert clerk.households.file(home).household.phone == "13912345678"
    assert clerk.typing.lines() == []
    assert clerk.national.keep([ethnicity]) == 1
    (line,) = clerk.typing.lines()
    assert (line.subject, line.label, line.before) == (member.name, "民族", ethnicity.national)
    assert local != "13912345678"


def test_a_member_whom_one_side_does_not_have_is_one_difference(clerk: Workspace, tmp_path: Path) -> None:
    home = listed(clerk)
    gone = clerk.households.file(home).members[-1]
    book = export_of(clerk, tmp_path / "export.xlsx", home, without=frozenset({gone.id}))
    (line,) = clerk.national.look(book).lines
    assert (line.label, line.local, line.kind) == ("家庭成员", gone.name, "只有本地有")
    assert not line.acceptable


def test_a_helper_may_not_take_over_what_the_clerk_or_the_county_decides(
    helper: Workspace, tmp_path: Path
) -> None:
    home = listed(helper)
    book = export_of(helper, tmp_path / "export.xlsx", home, household={"group_name": "九十九组"})
    (line,) = helper.national.look(book).lines
    assert not line.acceptable
    assert helper.national.accept([line]) == 0


def test_the_difference_list_is_saved_as_a_workbook_of_texts(clerk: Workspace, tmp_path: Path) -> None:
    home = listed(clerk)
    book = export_of(clerk, tmp_path / "export.xlsx", home, household={"phone": "13912345678"})
    checked = clerk.national.look(book)
    clerk.national.save(checked, tmp_path / "差异.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "差异.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [(row[3], row[5]) for row in rows] == [("联系电话", "13912345678")]


def test_the_monthly_monitoring_is_compared_and_closes_what_it_shows(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = listed(clerk)
    first, second = clerk.households.file(home).members[:2]
    for person, county in ((first, "东莞市"), (second, "昆山市")):
        clerk.households.correct(home, "persons", person.id, "work_county", county, "电话核实")
    lines = [line for line in clerk.typing.lines() if line.label == "务工所在县"]
    assert {line.tab_name for line in lines} == {"务工月监测"}
    clerk.typing.mark([line.id for line in lines], "typed")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "（务工月监测）已外出务工信息"
    house = clerk.households.file(home).household.house_no
    for row in (
        [],
        [],
        ["户编号", "人口编号", "姓名", "是否已务工", "务工所在县"],
        [house, first.person_no, first.name, "", "东莞市"],
        [house, second.person_no, second.name, "", "慈溪市"],
        [house, "999", "王来客", "", "慈溪市"],
    ):
        sheet.append(row)
    book.save(tmp_path / "月监测.xlsx")
    checked = clerk.national.look(tmp_path / "月监测.xlsx")
    assert checked.arrived == 1
    told = [(line.difference.subject, line.label, line.local, line.national) for line in checked.lines]
    assert told == [
        (second.name, "务工所在县", "昆山市", "慈溪市"),
        ("王来客", "家庭成员", "", "王来客"),
    ]
    assert [line.value for line in checked.missing] == ["昆山市"]


@pytest.mark.parametrize("form", ["plain", "quoted", "masked", "last4", "split", "upper"])
def test_the_saved_list_shows_identity_numbers_in_the_form_asked_for(
    clerk: Workspace, tmp_path: Path, form: IdFormat
) -> None:
    home = listed(clerk)
    person = next(p for p in clerk.households.file(home).members if p.id_number)
    theirs = number("41999919800101123")
    book = export_of(clerk, tmp_path / "export.xlsx", home, members={person.id: {"id_number": theirs}})
    checked = clerk.national.look(book)
    path = tmp_path / "差异.xlsx"
    clerk.national.save(checked, path, id_format=form)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    (row,) = [row for row in rows if row[3] == "证件号码"]
    assert row[4:6] == [format_id_number(person.id_number, form), format_id_number(theirs, form)]
    assert clerk.printing.log()[0].profile == form
