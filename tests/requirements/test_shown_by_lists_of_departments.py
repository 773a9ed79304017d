"""Rows of the table that live from the lists of other offices: shared, compared, found, mended, and told back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from fieldapp.services.foreign_sheets import FillRequest
from fieldapp.services.workspace import Workspace
from tests.exchange.foreign.test_foreign import book
from tests.requirements.test_shown_by_checks import put
from tests.services.asking import homes
from tests.services.test_foreign_sheets import accept_all, order_of, paid, people


@pytest.mark.requirement("A078", "A079")
def test_a_departments_list_is_compared_and_who_differs_goes_back_to_it(
    clerk: Workspace, tmp_path: Path
) -> None:
    on_list, marked = people(clerk, 2)
    put(clerk, on_list.household_id, "persons", on_list.id, low_income_allowance=False)
    put(clerk, marked.household_id, "persons", marked.id, low_income_allowance=True)
    path = book(
        tmp_path / "民政局低保名单.xlsx",
        ("姓名", "身份证号"),
        (on_list.name, on_list.id_number),
        ("外乡的人", "410000195102110013"),
    )
    checked = clerk.foreign_sheets.check(order_of(clerk, path, "list", flag="persons.low_income_allowance"))
    assert checked.counts["new"] == 1
    assert checked.counts["only_ours"] >= 1
    back = [n for n, line in enumerate(checked.lines) if line.state in ("not_found", "only_ours")]
    out = tmp_path / "反馈民政局.xlsx"
    clerk.foreign_sheets.export(checked, back, out)
    told = [row[1] for row in openpyxl.load_workbook(out)["结果"].iter_rows(min_row=3, values_only=True)]
    assert marked.name in told
    assert "外乡的人" in told
    assert on_list.name not in told


@pytest.mark.requirement("A077", "A011")
def test_what_departments_share_is_compared_found_and_mended_in_a_round(
    clerk: Workspace, tmp_path: Path
) -> None:
    pupil, pensioner = people(clerk, 2)
    school = book(tmp_path / "教体局学籍.xlsx", ("身份证号", "学校"), (pupil.id_number, "县一中"))
    checked = clerk.foreign_sheets.check(order_of(clerk, school, "facts"))
    assert [line.after for line in checked.lines] == ["县一中"]
    accept_all(clerk, checked)
    assert clerk.foreign_sheets.check(order_of(clerk, school, "facts")).lines == ()
    pension = book(tmp_path / "人社局2026年5月养老金.xlsx", ("身份证号", "金额"), (pensioner.id_number, 123))
    order = order_of(clerk, pension, "payments", code="pension", month=clerk.foreign_sheets.month_of(pension))
    accept_all(clerk, clerk.foreign_sheets.check(order))
    assert paid(clerk, pensioner) == [("pension", "123", "人社局2026年5月养老金")]


@pytest.mark.requirement("A079")
def test_what_was_found_goes_back_sorted_to_the_office_and_the_villages(
    clerk: Workspace, tmp_path: Path
) -> None:
    graded, unmarked = people(clerk, 2)
    put(clerk, graded.household_id, "persons", graded.id, disability_level="2")
    put(clerk, unmarked.household_id, "persons", unmarked.id, disability_level=None)
    path = book(
        tmp_path / "残联持证名单.xlsx",
        ("姓名", "身份证号", "残疾等级"),
        (graded.name, graded.id_number, "三级"),
        (unmarked.name, unmarked.id_number, "一级"),
        ("外乡的人", "410000195102110013", "二级"),
    )
    order = order_of(clerk, path, "list", flag="persons.disability_level")
    order = replace(order, mapping={**order.mapping, 2: "persons.disability_level"})
    checked = clerk.foreign_sheets.check(order)
    states = {line.who: (line.state, line.before, line.after) for line in checked.lines}
    assert states[graded.name][0] == "changed", "the office says another grade"
    assert states[unmarked.name][0] == "new"
    folder = tmp_path / "反馈"
    folder.mkdir()
    written = clerk.foreign_sheets.export_sorted(checked, folder, "反馈残联")
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in written)
    office, *villages, summary = written
    assert office.name.startswith("反馈部门_残联持证名单")
    assert [row[1] for row in _rows(office, 3)] == ["外乡的人"]
    told = {row[1] for village in villages for row in _rows(village, 3)}
    assert {graded.name, unmarked.name} <= told
    assert "外乡的人" not in told
    assert sum(int(str(row[2])) for row in _rows(summary, 3)) == len(checked.lines)


@pytest.mark.requirement("A168")
def test_the_provincial_platforms_incomes_come_in_and_ours_go_out_in_its_columns(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = homes(clerk)[0]
    number = clerk.households.file(home).household.house_no
    heading = ("户编号", "户主姓名", "年度", "工资性收入", "家庭纯收入")
    path = book(
        tmp_path / "省平台收入监测.xlsx", heading, (number, "", 2025, 43210.5, 50000), name="收入监测"
    )
    order = order_of(clerk, path, "facts", year=2025)
    checked = clerk.foreign_sheets.check(order)
    assert [line.what_zh for line in checked.lines] == ["工资性收入 2025", "家庭纯收入 2025"]
    clerk.foreign_sheets.accept(checked, [0])
    out = tmp_path / "上传省平台.xlsx"
    assert clerk.foreign_sheets.fill(order, FillRequest((home,), "上传省平台", "plain"), out) == 1
    (row,) = _rows(out, 2, "收入监测")
    assert (row[0], row[2], row[3]) == (number, 2025, 43210.5)
    left = clerk.foreign_sheets.check(replace(order, path=out)).lines
    assert left == (), "the platform takes back what is ours, and nothing differs any more"


def _rows(path: Path, first: int, sheet: str = "结果") -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=first, values_only=True))
