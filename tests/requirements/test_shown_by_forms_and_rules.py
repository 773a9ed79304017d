"""Rows of the table that forms and rules show: who is to be told of work, an elder in an unsafe house, the verdict."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.register.entities import Person
from fieldapp.register.values import Value
from fieldapp.services.findings import FindingFilter
from fieldapp.services.printing import PrintOrder
from fieldapp.services.workspace import Workspace
from fieldapp.xform import RepeatView
from tests.forms.conftest import published
from tests.requirements.test_shown_by_checks import income, put, said
from tests.services.asking import finished, homes
from tests.services.forms import fill_required
from tests.sheets.reading import all_text

YEARS = """
[[policy]]
from_year = 2025
name_zh = "县里定的"
source = "县里的通知"
income_line = 8000
visits = { per_year = 6, interval_months = 2, remote_counts = true }
"""


def grown_up(person: Person) -> bool:
    return "" < (person.birth_date or "") < "2000"


@pytest.mark.requirement("A106")
def test_elders_alone_in_an_unsafe_house_whose_children_are_well_off_are_a_list(clerk: Workspace) -> None:
    found, quiet = homes(clerk)[:2]
    clerk._store.put_form(published("sbz"))
    for home, able in ((found, "yes"), (quiet, "no")):
        draft = clerk.visits.start_form(home, "sbz")
        answers = {
            "elder_alone": "yes",
            "elder_unsafe": "yes",
            "children_able": able,
            "children_note": "儿子在县城",
        }
        for name, text in answers.items():
            draft.session.set(f"/data/alone/{name}", text)
        hurry = {"signing": "paper", "medical_insurance": "resident", "health": "healthy"}
        fill_required(draft.session, hurry)
        clerk.visits.finish(draft)
    assert "elder-unsafe-children-able" in said(clerk, found)
    assert "elder-unsafe-children-able" not in said(clerk, quiet)
    ids = clerk.findings.ids(FindingFilter(rule_id="elder-unsafe-children-able"))
    assert [line.finding.household_id for line in clerk.findings.lines(ids)] == [found]


@pytest.mark.requirement("A109")
def test_a_wish_for_work_and_a_return_become_tasks_until_somebody_has_seen_to_them(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if sum(grown_up(p) for p in clerk.households.file(h).members) > 1)
    clerk._store.put_form(published("work"))

    def asked() -> None:
        draft = clerk.visits.start_form(home, "work")
        roster = draft.session.view("/data/members")
        assert isinstance(roster, RepeatView)
        grown = [
            row.ref for row, person in zip(roster.instances, draft.members, strict=True) if grown_up(person)
        ]
        first, second = grown[:2]
        for ref in grown:
            draft.session.set(f"{ref}/working", "no")
        draft.session.set(f"{first}/wants_work", "yes")
        draft.session.set(f"{first}/wanted_job", "保安")
        draft.session.set(f"{second}/returned_on", "2026-11-01")
        fill_required(draft.session, {"signing": "paper", "working": "no"})
        clerk.visits.finish(draft)

    def open_jobs() -> list[str]:
        return sorted(task.title for task in clerk.tasks.open() if task.kind == "就业对接")

    asked()
    names = [person.name for person in clerk.households.file(home).members if grown_up(person)]
    wish, told = f"对接岗位：{names[0]}，想做保安", f"告知岗位信息：{names[1]}，2026-11-01 返乡"
    assert open_jobs() == sorted([wish, told])
    asked()
    assert open_jobs() == sorted([wish, told]), "what is open is not asked for twice"
    task = next(task for task in clerk.tasks.open() if task.title == wish)
    clerk.tasks.done(home, task.id, "介绍到县开发区做保安")
    assert open_jobs() == [told]


@pytest.mark.requirement("A125")
def test_each_household_has_a_verdict_on_income_worries_and_guarantees(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    names = ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok")
    good: dict[str, Value] = dict.fromkeys(names, True)
    put(clerk, home, "households", home, **good)
    for each in clerk.households.file(home).incomes:
        put(clerk, home, "incomes", each.id, per_capita=None)
    income(clerk, home, per_capita="9000")
    assert clerk.households.file(home).verdict.standing == "open", "the county has not set the line"
    clerk._store.put_policy("years.toml", YEARS)
    assert clerk.households.file(home).verdict.standing == "yes"
    (sheet,) = clerk.printing.make(PrintOrder("file", (home,)))
    assert "综合认定达标" in all_text(sheet.pdf)
    put(clerk, home, "households", home, water_ok=False)
    verdict = clerk.households.file(home).verdict
    assert (verdict.standing, verdict.named("no")) == ("no", ("water_ok",))
    income(clerk, home, per_capita="8000")
    assert clerk.households.file(home).verdict.named("no") == ("income", "water_ok")
    (sheet,) = clerk.printing.make(PrintOrder("file", (home,)))
    assert "综合认定未达标" in all_text(sheet.pdf)


@pytest.mark.requirement("A073")
def test_a_problem_goes_to_the_village_on_a_slip_until_it_is_closed(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    for each in clerk.households.file(home).issues:
        put(clerk, home, "issues", each.id, state="closed")
    with pytest.raises(KnownError) as caught:
        clerk.printing.make(PrintOrder("issue_slip", (home,)))
    assert caught.value.code == "SHEET-007"
    finished(clerk, home, state__water_ok="no", state__water_problem="supply", state__water_note="上午停水")
    (sheet,) = clerk.printing.make(PrintOrder("issue_slip", (home,), "full", "反馈问题"))
    text = all_text(sheet.pdf)
    file = clerk.households.file(home)
    assert "问题反馈单" in text
    assert "上午停水" in text
    assert f"送：{file.town_name}{file.village_name}" in text
    assert clerk.printing.log()[0].purpose == "反馈问题"
