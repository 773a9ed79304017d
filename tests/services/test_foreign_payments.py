"""Two payments to one person in one month: added up in one list, asked about between two, never silently replaced."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.register.entities import Person
from fieldapp.register.payments import Way, read_months
from fieldapp.services.foreign_sheets import Checked, Taken
from fieldapp.services.workspace import Workspace
from tests.exchange.foreign.test_foreign import book
from tests.services.test_foreign_sheets import order_of, paid, people

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
