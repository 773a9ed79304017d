"""Rows of the table that live from the lists of other offices: shared, compared, found, mended, and told back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fieldapp.services.workspace import Workspace
from tests.exchange.foreign.test_foreign import book
from tests.requirements.test_shown_by_checks import put
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
