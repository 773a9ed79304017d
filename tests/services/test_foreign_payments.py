"""Two payments to one person in one month: added up in one list, asked about between two, never silently replaced."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.register.entities import Person
from fieldapp.register.payments import Way, read_months
from fieldapp.services.foreign_sheets import Checked, Taken
from fieldapp.services.workspace import Workspace
from tests.exchange.foreign.test_foreign import book
from tests.services.test_foreign_sheets import order_of, paid, people
from tests.services.world import World

HEADING = ("序号", "姓名", "身份证号", "金额")


def checked_of(clerk: Workspace, path: Path, *rows: tuple[object, ...], month: str = "2026-03") -> Checked:
    order = order_of(clerk, book(path, HEADING, *rows), "payments", code="low_income", month=month)
    return clerk.foreign_sheets.check(order)


def take(clerk: Workspace, checked: Checked, way: Way = "") -> Taken:
    return clerk.foreign_sheets.accept(checked, range(len(checked.lines)), way=way)


def amounts(clerk: Workspace, person: Person) -> list[object]:
    return [amount for _, amount, _ in paid(clerk, person)]


def row(number: int, person: Person, amount: object, name: str = "") -> tuple[object, ...]:
    return number, name or person.name, person.id_number, amount


def test_rows_of_one_person_and_month_are_one_decision_with_their_sum(
    clerk: Workspace, tmp_path: Path
) -> None:
    person, other = people(clerk, 2)
    rows = (row(1, person, 320), row(2, other, 10), row(3, person, 80.5))
    checked = checked_of(clerk, tmp_path / "低保.xlsx", *rows)
    first = checked.lines[0]
    assert (first.rows_text, first.state, first.why_zh) == ("2、4", "new", "第 2、4 行合计")
    assert len(checked.lines) == 2
    take(clerk, checked)
    assert amounts(clerk, person) == ["400.5"]
    assert checked_of(clerk, tmp_path / "低保.xlsx", *rows).counts == {"same": 2}


def test_a_row_that_is_a_copy_in_everything_but_its_serial_number_counts_once(
    clerk: Workspace, tmp_path: Path
) -> None:
    (person,) = people(clerk, 1)
    checked = checked_of(clerk, tmp_path / "低保.xlsx", row(1, person, 320), row(2, person, 320))
    assert checked.counts == {"new": 1, "twice": 1}
    assert "和第 2 行完全一样" in checked.lines[1].why_zh
    take(clerk, checked)
    assert amounts(clerk, person) == ["320"]


def test_a_first_row_with_another_name_does_not_push_the_right_one_aside(
    clerk: Workspace, tmp_path: Path
) -> None:
    (person,) = people(clerk, 1)
    rows = (row(1, person, 99, "王冒名"), row(2, person, 320))
    checked = checked_of(clerk, tmp_path / "低保.xlsx", *rows)
    assert [(line.state, line.rows_text) for line in checked.lines] == [("name_differs", "2"), ("new", "3")]
    clerk.foreign_sheets.accept(checked, [1])
    assert amounts(clerk, person) == ["320"]
    again = checked_of(clerk, tmp_path / "低保.xlsx", *rows)
    assert [line.state for line in again.lines] == ["name_differs", "same"]
    take(clerk, again)
    assert amounts(clerk, person) == ["419"], "a person has said that it is the same man"
    assert checked_of(clerk, tmp_path / "低保.xlsx", *rows).counts == {"same": 2}


@pytest.mark.parametrize(("way", "total"), [("replace", "50"), ("add", "370")])
def test_a_second_list_of_a_month_asks_whether_to_replace_or_to_add(
    clerk: Workspace, tmp_path: Path, way: Way, total: str
) -> None:
    (person,) = people(clerk, 1)
    take(clerk, checked_of(clerk, tmp_path / "3月低保.xlsx", row(1, person, 320)))
    second = checked_of(clerk, tmp_path / "3月补发.xlsx", row(1, person, 50))
    (line,) = second.lines
    assert line.state == "other_list"
    assert line.before == "《3月低保·发放表》记了 320 元"
    assert "这个月已由《3月低保·发放表》记了 320 元" in line.why_zh
    unasked = take(clerk, second)
    assert (unasked.lines, unasked.asked, amounts(clerk, person)) == (0, 1, ["320"])
    assert take(clerk, second, way).lines == 1
    assert amounts(clerk, person) == [total]
    assert checked_of(clerk, tmp_path / "3月补发.xlsx", row(1, person, 50)).counts == {"same": 1}
    first = checked_of(clerk, tmp_path / "3月低保.xlsx", row(1, person, 320))
    assert first.counts == ({"same": 1} if way == "add" else {"other_list": 1})


def test_a_renamed_copy_of_a_list_is_the_same_list(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    take(clerk, checked_of(clerk, tmp_path / "3月低保.xlsx", row(1, person, 320)))
    assert checked_of(clerk, tmp_path / "3月低保(1).xlsx", row(9, person, 320)).counts == {"same": 1}


def test_a_corrected_list_replaces_its_own_part_only(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    take(clerk, checked_of(clerk, tmp_path / "3月低保.xlsx", row(1, person, 320)))
    take(clerk, checked_of(clerk, tmp_path / "3月补发.xlsx", row(1, person, 50)), "add")
    corrected = checked_of(clerk, tmp_path / "3月低保.xlsx", row(1, person, 300))
    assert corrected.counts == {"changed": 1}
    take(clerk, corrected)
    assert amounts(clerk, person) == ["350"]


def test_a_fraction_of_a_fen_is_told_and_not_cut_off(clerk: Workspace, tmp_path: Path) -> None:
    (person,) = people(clerk, 1)
    (line,) = checked_of(clerk, tmp_path / "低保.xlsx", row(1, person, 320.123)).lines
    assert (line.state, line.acceptable) == ("unreadable", False)


PARTS = st.lists(st.integers(0, 3), min_size=6, max_size=6)


@given(PARTS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_partition_of_the_months_over_files_gives_the_same_item(
    clerk: Workspace, tmp_path: Path, cut: list[int]
) -> None:
    person, other = people(clerk, 2)
    months = [(f"2026-{at + 1:02d}", 100 + at) for at in range(len(cut))]
    made = []
    for whose, files in ((person, [0] * len(cut)), (other, cut)):
        for file in sorted(set(files)):
            rows = [
                (whose.id_number, *each) for each, into in zip(months, files, strict=True) if into == file
            ]
            path = book(tmp_path / f"{whose.id}-{file}.xlsx", ("身份证号", "月份", "金额"), *rows)
            for _ in range(2):
                take(
                    clerk,
                    clerk.foreign_sheets.check(order_of(clerk, path, "payments", code="pension")),
                    "add",
                )
        (found,) = (
            entity
            for entity in clerk.households.file(whose.household_id).others["income_items"]
            if entity.get("person_id") == whose.id
        )
        made.append((found.get("amount"), read_months(str(found.get("paid")))))
    assert made[0] == made[1]
    assert made[0] == (f"{sum(amount for _, amount in months)}", {m: Decimal(amount) for m, amount in months})


def test_a_person_is_found_by_the_national_number_too(clerk: Workspace, tmp_path: Path) -> None:
    person, other = [each for each in people(clerk, 40) if each.person_no][:2]
    heading = ("姓名", "人口编号", "身份证号", "金额")
    rows = (
        (person.name, person.person_no, "", 320),
        (other.name, person.person_no, other.id_number, 99),
        ("没有的人", "9" * 12, "", 5),
    )
    order = order_of(
        clerk, book(tmp_path / "表.xlsx", heading, *rows), "payments", code="low_income", month="2026-03"
    )
    checked = clerk.foreign_sheets.check(order)
    assert [line.state for line in checked.lines] == ["new", "keys_differ", "not_found"]
    assert not checked.lines[1].acceptable
    take(clerk, checked)
    assert (amounts(clerk, person), amounts(clerk, other)) == (["320"], [])


def test_a_column_in_ten_thousands_is_told_and_a_large_amount_asked_about(
    clerk: Workspace, tmp_path: Path
) -> None:
    person, other = people(clerk, 2)
    heading = ("姓名", "身份证号", "金额（万元）")
    path = book(
        tmp_path / "表.xlsx",
        heading,
        (person.name, person.id_number, 0.032),
        (other.name, other.id_number, 320),
    )
    checked = clerk.foreign_sheets.check(
        order_of(clerk, path, "payments", code="low_income", month="2026-03")
    )
    small, large = checked.lines
    assert (small.state, small.after) == ("new", "2026-03　320 元")
    assert "表里的单位是万元" in small.why_zh
    assert (large.state, large.acceptable) == ("unlikely", True)
    assert "请核对单位" in large.why_zh


def test_a_list_is_taken_back_as_a_whole(clerk: Workspace, tmp_path: Path) -> None:
    persons = people(clerk, 3)
    rows = [row(n, person, 300 + n) for n, person in enumerate(persons)]
    take(clerk, checked_of(clerk, tmp_path / "三月低保.xlsx", *rows))
    (made,) = clerk.foreign_sheets.imports()
    assert (made.name, made.lines, made.back_at) == ("三月低保·发放表", 3, "")
    assert made.item.endswith("2026-03")
    assert clerk.foreign_sheets.take_back(made.id).records == 3
    assert [amounts(clerk, person) for person in persons] == [[], [], []]
    (back,) = clerk.foreign_sheets.imports()
    assert back.back_at
    with pytest.raises(KnownError) as caught:
        clerk.foreign_sheets.take_back(made.id)
    assert caught.value.code == "CORR-001"
    take(clerk, checked_of(clerk, tmp_path / "三月低保.xlsx", *rows))
    assert [amounts(clerk, person) for person in persons] == [["300"], ["301"], ["302"]]


def test_taking_back_leaves_what_other_lists_paid_and_puts_back_what_was_replaced(
    clerk: Workspace, tmp_path: Path
) -> None:
    (person,) = people(clerk, 1)
    take(clerk, checked_of(clerk, tmp_path / "甲.xlsx", row(1, person, 300)))
    take(clerk, checked_of(clerk, tmp_path / "乙.xlsx", row(1, person, 320)), "replace")
    take(clerk, checked_of(clerk, tmp_path / "四月.xlsx", row(1, person, 50), month="2026-04"))
    april, second, first = clerk.foreign_sheets.imports()
    assert (april.name, second.name, first.name) == ("四月·发放表", "乙·发放表", "甲·发放表")
    clerk.foreign_sheets.take_back(second.id)
    assert amounts(clerk, person) == ["350"]
    clerk.foreign_sheets.take_back(first.id)
    assert amounts(clerk, person) == ["50"]


def test_what_the_door_corrected_stays_when_the_list_is_taken_back(clerk: Workspace, tmp_path: Path) -> None:
    person, other = people(clerk, 2)
    take(clerk, checked_of(clerk, tmp_path / "甲.xlsx", row(1, person, 300), row(2, other, 200)))
    (item,) = clerk.households.file(person.household_id).others["income_items"]
    clerk.households.correct(person.household_id, "income_items", item.id, "amount", "260", "入户问到的")
    (made,) = clerk.foreign_sheets.imports()
    done = clerk.foreign_sheets.take_back(made.id)
    assert (done.records, done.kept) == (1, 1)
    assert (amounts(clerk, person), amounts(clerk, other)) == (["260"], [])


def test_facts_that_were_taken_over_are_taken_back_where_they_still_stand(
    clerk: Workspace, tmp_path: Path
) -> None:
    person, other = people(clerk, 2)
    path = book(
        tmp_path / "学籍.xlsx", ("身份证号", "学校"), (person.id_number, "一中"), (other.id_number, "二中")
    )
    checked = clerk.foreign_sheets.check(order_of(clerk, path, "facts"))
    take(clerk, checked)
    clerk.households.correct(other.household_id, "persons", other.id, "school", "三中", "转学")
    (made,) = clerk.foreign_sheets.imports()
    done = clerk.foreign_sheets.take_back(made.id)
    assert (done.records, done.kept) == (1, 1)
    schools = [
        member.get("school")
        for one in (person, other)
        for member in clerk.households.file(one.household_id).members
        if member.id == one.id
    ]
    assert schools == [person.get("school"), "三中"]


def test_a_helpers_list_that_waits_for_the_clerk_is_not_taken_back_here(
    offline: World, tmp_path: Path
) -> None:
    helper = offline.unlocked("helper")
    (person,) = people(helper, 1)
    take(helper, checked_of(helper, tmp_path / "低保.xlsx", row(1, person, 320)))
    assert amounts(helper, person) == [], "it waits for the clerk"
    (made,) = helper.foreign_sheets.imports()
    with pytest.raises(KnownError) as caught:
        helper.foreign_sheets.take_back(made.id)
    assert caught.value.code == "LIST-002"
    (again,) = helper.foreign_sheets.imports()
    assert again.back_at == ""
