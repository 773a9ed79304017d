"""Payment lists, facts to compare and lists of who: read once, accepted line by line, the same list twice counts once."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.publishing import publish_shipped_forms
from fieldapp.register.entities import Person
from fieldapp.services.foreign_sheets import Checked, SheetOrder, SheetUse
from fieldapp.services.workspace import Workspace
from tests.exchange.foreign.test_foreign import book
from tests.requirements.test_shown_by_checks import put
from tests.services.asking import homes
from tests.services.world import World


def people(clerk: Workspace, number: int) -> list[Person]:
    """Return some persons with whole numbers that nobody shares."""
    rows = clerk._store.person_rows()
    counted: dict[str, int] = {}
    for row in rows:
        counted[row.id_number[:18]] = counted.get(row.id_number[:18], 0) + 1
    good = [row for row in rows if len(row.id_number) == 18 and counted[row.id_number] == 1]
    found = clerk._store.persons([row.person_id for row in good[:number]])
    return [found[row.person_id] for row in good[:number]]


def order_of(clerk: Workspace, path: Path, use: SheetUse, *, year: int = 0, **more: str) -> SheetOrder:
    (sheet,) = clerk.foreign_sheets.look(path)
    mapping, _ = clerk.foreign_sheets.meanings(sheet)
    return SheetOrder(path, sheet.name, sheet.header_row, sheet.headings, mapping, use, year=year, **more)


def accept_all(clerk: Workspace, checked: Checked) -> int:
    return clerk.foreign_sheets.accept(
        checked, [n for n, line in enumerate(checked.lines) if line.acceptable]
    ).lines


def paid(clerk: Workspace, person: Person) -> list[tuple[object, object, object]]:
    items = clerk.households.file(person.household_id).others.get("income_items", ())
    return [
        (i.get("code"), i.get("amount"), i.get("list_name")) for i in items if i.get("person_id") == person.id
    ]


def test_a_payment_list_becomes_one_item_a_person_and_twice_is_once(clerk: Workspace, tmp_path: Path) -> None:
    first, second = people(clerk, 2)
    rows = (
        ("姓名", "身份证号", "金额"),
        (first.name, first.id_number, 320),
        (second.name, second.id_number, 410),
    )
    path = book(tmp_path / "2026年3月低保发放表.xlsx", *rows)
    assert clerk.foreign_sheets.month_of(path) == "2026-03"
    order = order_of(clerk, path, "payments", code="low_income", month="2026-03")
    checked = clerk.foreign_sheets.check(order)
    assert checked.counts == {"new": 2}
    assert accept_all(clerk, checked) == 2
    assert paid(clerk, first) == [("low_income", "320", "2026年3月低保发放表")]
    again = clerk.foreign_sheets.check(order)
    assert again.counts == {"same": 2}
    assert accept_all(clerk, again) == 0
    april = order_of(clerk, path, "payments", code="low_income", month="2026-04")
    accept_all(clerk, clerk.foreign_sheets.check(april))
    assert paid(clerk, first) == [("low_income", "640", "2026年3月低保发放表")]


def test_a_corrected_month_replaces_itself(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    for amount, total in ((320, "320"), (350, "350")):
        path = book(tmp_path / "表.xlsx", ("身份证号", "金额", "月份"), (person.id_number, amount, "2026-03"))
        checked = clerk.foreign_sheets.check(order_of(clerk, path, "payments", code="pension"))
        accept_all(clerk, checked)
        assert paid(clerk, person)[0][1] == total


def test_what_was_corrected_since_is_kept_when_the_next_month_comes(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    path = book(tmp_path / "表.xlsx", ("身份证号", "金额", "月份"), (person.id_number, 320, "2026-03"))
    accept_all(clerk, clerk.foreign_sheets.check(order_of(clerk, path, "payments", code="pension")))
    home = person.household_id
    (item,) = clerk.households.file(home).others["income_items"]
    clerk.households.correct(home, "income_items", item.id, "amount", "300", "存折上只有这么多")
    path = book(tmp_path / "表.xlsx", ("身份证号", "金额", "月份"), (person.id_number, 320, "2026-04"))
    accept_all(clerk, clerk.foreign_sheets.check(order_of(clerk, path, "payments", code="pension")))
    assert paid(clerk, person)[0][1] == "620"


def test_the_door_only_confirms_what_a_list_has_told(world: World, clerk: Workspace, tmp_path: Path) -> None:
    publish_shipped_forms(world.county)
    clerk.sync.run()
    (person,) = people(clerk, 1)
    path = book(tmp_path / "表.xlsx", ("身份证号", "金额"), (person.id_number, 320))
    order = order_of(clerk, path, "payments", code="low_income", month=f"{clerk.today().year}-03")
    accept_all(clerk, clerk.foreign_sheets.check(order))
    draft = clerk.visits.start_form(person.household_id, "income")
    xml = draft.session.serialise().decode()
    assert "<lump>320</lump>" in xml
    assert "<code>low_income</code>" in xml
    assert person.id in xml, "whose it is"


def test_who_is_not_here_is_listed_and_never_lost(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    path = book(
        tmp_path / "表.xlsx",
        ("姓名", "身份证号", "金额"),
        ("不在本村", "410000195102110013", 100),
        ("换了名字", person.id_number, 100),
        (person.name, person.id_number, 100),
        ("没有号码", "", 100),
        ("坏号码", 410000195102110000, 100),
        ("没有金额", person.id_number, None),
    )
    checked = clerk.foreign_sheets.check(
        order_of(clerk, path, "payments", code="low_income", month="2026-03")
    )
    states = [line.state for line in checked.lines]
    assert states == ["not_found", "name_differs", "new", "not_found", "unreadable", "unreadable"]
    assert len(checked.lines) == checked.rows == 6
    assert all(line.why_zh and line.why_en for line in checked.lines if line.state != "new")
    out = tmp_path / "对不上的.xlsx"
    assert clerk.foreign_sheets.export(checked, range(6), out) == 6
    sheet = openpyxl.load_workbook(out)["结果"]
    assert [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)] == ["2", "3", "4", "5", "6", "7"]


def test_facts_that_differ_are_accepted_cell_by_cell(clerk: Workspace, tmp_path: Path) -> None:
    first, second = people(clerk, 2)
    path = book(
        tmp_path / "学籍.xlsx",
        ("身份证号", "学校", "享受低保政策"),
        (first.id_number, "县一中", "是"),
        (second.id_number, "县二中", ""),
    )
    checked = clerk.foreign_sheets.check(order_of(clerk, path, "facts"))
    schools = [n for n, line in enumerate(checked.lines) if line.what_zh == "学校"]
    county = [line for line in checked.lines if line.what_zh == "享受低保政策"]
    assert len(schools) == 2
    assert all(line.patch is None for line in county), "the county decides that"
    clerk.foreign_sheets.accept(checked, schools[:1])
    after = clerk._store.persons([first.id, second.id])
    assert (after[first.id].get("school"), after[second.id].get("school")) == ("县一中", second.get("school"))


def test_a_list_of_an_office_is_held_against_the_register_both_ways(clerk: Workspace, tmp_path: Path) -> None:
    on_list, marked, both = people(clerk, 3)
    for person, value in ((on_list, False), (marked, True), (both, True)):
        put(clerk, person.household_id, "persons", person.id, low_income_allowance=value)
    others = {
        p.id: p
        for p in clerk._store.all_records("persons")
        if p.get("low_income_allowance") is True and p.id not in (marked.id, both.id)
    }
    for other in others.values():
        put(clerk, str(other.get("household_id")), "persons", other.id, low_income_allowance=False)
    path = book(
        tmp_path / "民政低保.xlsx",
        ("身份证号", "姓名"),
        (on_list.id_number, on_list.name),
        (both.id_number, both.name),
    )
    checked = clerk.foreign_sheets.check(order_of(clerk, path, "list", flag="persons.low_income_allowance"))
    assert {(line.state, line.who) for line in checked.lines} == {
        ("new", on_list.name),
        ("only_ours", marked.name),
    }
    assert not any(line.acceptable for line in checked.lines)


def test_the_meaning_of_the_columns_is_known_the_next_month(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    path = book(tmp_path / "表.xlsx", ("证号", "实付"), (person.id_number, 5))
    (sheet,) = clerk.foreign_sheets.look(path)
    assert clerk.foreign_sheets.meanings(sheet) == ({}, False)
    order = SheetOrder(
        path,
        sheet.name,
        1,
        sheet.headings,
        {0: "key.id_number", 1: "pay.amount"},
        "payments",
        code="pension",
        month="2026-01",
    )
    accept_all(clerk, clerk.foreign_sheets.check(order))
    assert clerk.foreign_sheets.meanings(sheet) == ({0: "key.id_number", 1: "pay.amount"}, True)


def test_what_is_missing_is_said_before_anything_is_read(clerk: Workspace, tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx", ("甲", "乙"), ("一", "二"))
    order = SheetOrder(path, "发放表", 1, ("甲", "乙"), {}, "payments")
    with pytest.raises(KnownError) as told:
        clerk.foreign_sheets.check(order)
    assert told.value.code == "LIST-001"
    assert "身份证号、人口编号或户编号、发放金额、发放月份、是哪一项收入" in told.value.zh


def test_a_household_is_found_by_its_number(clerk: Workspace, tmp_path: Path) -> None:
    home = clerk.households.file(homes(clerk)[0]).household
    path = book(tmp_path / "户.xlsx", ("户编号", "耕地面积"), (home.house_no, 77.5))
    checked = clerk.foreign_sheets.check(order_of(clerk, path, "facts"))
    accept_all(clerk, checked)
    assert clerk.households.file(home.id).household.get("arable_mu") == "77.5"


def test_a_list_that_is_only_compared_is_known_the_next_month_too(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    path = book(tmp_path / "名单.xlsx", ("证号", "备注"), (person.id_number, "甲"))
    (sheet,) = clerk.foreign_sheets.look(path)
    mapping = {0: "key.id_number"}
    flag = "persons.low_income_allowance"
    clerk.foreign_sheets.check(SheetOrder(path, sheet.name, 1, sheet.headings, mapping, "list", flag=flag))
    assert clerk.foreign_sheets.meanings(sheet) == (mapping, True)
