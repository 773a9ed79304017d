"""Rows of the table that a cadre sees as findings: on the page, on the visit sheet, in the report of an import."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from fieldapp.county.importing import import_register_book
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.values import Value
from fieldapp.services.findings import FindingFilter
from fieldapp.services.printing import PrintOrder
from fieldapp.services.workspace import Workspace
from tests.services.asking import homes
from tests.services.world import World
from tests.sheets.reading import all_text


def said(workspace: Workspace, home: str) -> set[str]:
    """Check what was touched; return the rules that are open for a household."""
    workspace.findings.refresh()
    ids = workspace.findings.ids(FindingFilter(household_id=home))
    return {line.finding.rule_id for line in workspace.findings.lines(ids)}


def put(workspace: Workspace, home: str, list_name: str, id: str, **values: Value) -> None:
    """Write facts as the county's register has them (an import)."""
    store = workspace._store
    before = store.records_at([(list_name, id)]).get((list_name, id))
    fields = {name: FieldChange(before.get(name) if before else None, new) for name, new in values.items()}
    patch = EntityPatch(list_name, id, home, before.version if before else 0, fields)
    store.apply(Change(workspace._store._ids.new(), "2026-11-22T01:00:00Z", "s", "县", "import", (patch,)))


def income(workspace: Workspace, home: str, **values: Value) -> str:
    """Set facts of last year's income; return its id."""
    year = workspace.today().year - 1
    known = next((i for i in workspace.households.file(home).incomes if i.year == year), None)
    id = known.id if known else f"income-{home}"
    put(workspace, home, "incomes", id, year=year, **values)
    return id


@pytest.mark.requirement("A111")
def test_a_loan_that_falls_due_is_warned_of_before_and_after(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    due = clerk.today() + timedelta(days=30)
    put(
        clerk,
        home,
        "loans",
        "loan-1",
        purpose="养牛",
        amount="50000",
        due_on=due.isoformat(),
        state="running",
    )
    assert "loan-due-soon" in said(clerk, home)
    late = clerk.today() - timedelta(days=1)
    put(clerk, home, "loans", "loan-1", due_on=late.isoformat())
    assert "loan-overdue" in said(clerk, home)
    put(clerk, home, "loans", "loan-1", state="repaid")
    assert not said(clerk, home) & {"loan-overdue", "loan-due-soon"}


@pytest.mark.requirement("A091", "A093")
def test_missed_wrongly_cleared_and_hastily_cleared_households_are_listed(clerk: Workspace) -> None:
    missed, cleared, hasty, wrong = homes(clerk)[:4]
    put(clerk, missed, "households", missed, monitor_kind=None, risk_cleared=None, housing_ok=False)
    assert "housing-not-ok-not-monitored" in said(clerk, missed)  # 漏认定、漏评，体外
    facts: dict[str, Value] = {
        "monitor_kind": "marginal",
        "risk_cleared": True,
        "identified_month": "2025-01",
    }
    put(clerk, cleared, "households", cleared, **facts, cleared_month="2025-12", housing_ok=False)
    assert "cleared-but-house-unsafe" in said(clerk, cleared)  # 风险消除不实、错退
    put(clerk, hasty, "households", hasty, **facts, cleared_month="2025-01")
    assert "cleared-in-same-month" in said(clerk, hasty)  # 快进快出
    put(
        clerk,
        wrong,
        "households",
        wrong,
        monitor_kind="marginal",
        risk_cleared=False,
        identified_month="2026-02",
    )
    income(clerk, wrong, per_capita="28000")
    assert "identified-with-high-income" in said(clerk, wrong)  # 错评


@pytest.mark.requirement("A105")
def test_a_shabby_only_house_that_is_not_dangerous_is_on_the_attention_list(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    put(clerk, home, "dwellings", "house-1", name="正房", grade="B", sole=True, shabby=True)
    assert "shabby-sole-dwelling" in said(clerk, home)
    (group,) = [g for g in clerk.findings.groups(FindingFilter(), "rule") if g.id == "shabby-sole-dwelling"]
    assert group.findings == 1


@pytest.mark.requirement("A107")
def test_a_subsidy_still_drawn_by_a_well_off_household_is_found(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    put(clerk, home, "households", home, low_income_allowance=True)
    income(clerk, home, per_capita="26000")
    assert "allowance-but-well-off" in said(clerk, home)


@pytest.mark.requirement("A112")
def test_an_allowance_that_was_not_paid_is_asked_about_at_the_door(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    put(clerk, home, "households", home, low_income_allowance=True)
    income(clerk, home, low_income_grant="0")
    assert "allowance-without-grant" in said(clerk, home)
    (sheet,) = clerk.printing.make(PrintOrder("carry", (home,)))
    assert "低保金却是0" in all_text(sheet.pdf)


@pytest.mark.requirement("A124")
def test_an_income_above_the_line_hides_no_unsafe_house_or_water(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    facts: dict[str, Value] = {
        "monitor_kind": None,
        "risk_cleared": None,
        "housing_ok": False,
        "water_ok": False,
    }
    put(clerk, home, "households", home, **facts)
    income(clerk, home, per_capita="19000")
    assert {"housing-not-ok-not-monitored", "water-not-ok-not-monitored"} <= said(clerk, home)


@pytest.mark.requirement("A138")
def test_a_household_of_able_members_without_any_work_is_found(clerk: Workspace) -> None:
    home = next(
        id
        for id in homes(clerk)
        if any(p.get("labour") == "ordinary" for p in clerk.households.file(id).members)
    )
    for person in clerk.households.file(home).members:
        if person.get("labour") in ("ordinary", "skilled"):
            put(
                clerk, home, "persons", person.id, work_months=0, welfare_post="none", birth_date="1985-03-01"
            )
    assert "nobody-of-the-able-works" in said(clerk, home)


@pytest.mark.requirement("A140")
def test_everybody_without_medical_insurance_is_found_by_name(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    person = clerk.households.file(home).members[0]
    put(clerk, home, "persons", person.id, medical_insurance="none")
    clerk.findings.refresh()
    ids = clerk.findings.ids(FindingFilter(rule_id="medical-insurance-none", household_id=home))
    assert any(person.name in line.finding.zh for line in clerk.findings.lines(ids))


@pytest.mark.requirement("A171")
def test_an_import_is_checked_and_its_report_names_household_and_field(
    offline: World, tmp_path: Path
) -> None:
    from tests.county.test_importing import town_book

    book = town_book(tmp_path / "茨沟乡.xlsx")
    report = import_register_book(offline.county, book, tell=True)
    assert report.doubts > 0
    assert report.written is not None
    sheet = openpyxl.load_workbook(report.written)["疑点"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == report.doubts
    assert all(row[1] in ("错误", "疑点", "提示") and row[4] and row[6] and row[7] for row in rows)
