"""A household's page, corrections with their reason, and undoing one."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.workspace import Workspace
from tests.services.asking import finished, first, homes, row_of
from tests.services.world import PASSWORD, World, cadres


def phone_of(workspace: Workspace, home: str) -> object:
    return workspace.households.file(home).household.phone


def test_the_page_has_members_incomes_and_visits_in_order(clerk: Workspace) -> None:
    file = next(
        f for f in map(clerk.households.file, homes(clerk)) if len(f.incomes) > 1 and len(f.visits) > 1
    )
    assert [p.line_no for p in file.members] == sorted(p.line_no for p in file.members)
    assert [i.year for i in file.incomes] == sorted((i.year for i in file.incomes), reverse=True)
    days = [line.visit.visit_date for line in file.visits]
    assert days == sorted(days, reverse=True)
    assert {line.ladder for line in file.visits} == {"received"}
    assert (file.village_name, file.town_name) == ("下侯寨村", "城关镇")


def test_a_correction_is_a_fact_with_author_reason_and_the_value_before(clerk: Workspace) -> None:
    home = first(clerk)
    was = phone_of(clerk, home)
    clerk.households.correct(home, "households", home, "phone", "138 1234 5678", "本人更正")
    assert phone_of(clerk, home) == "13812345678"
    origin = clerk.households.file(home).facts["households", home, "phone"]
    assert (origin.visit_id, origin.author_name, origin.value_before) == (None, clerk.person.name, was)
    (line,) = clerk.households.history("households", home, "phone")
    assert (line.value, line.before, line.reason, line.kind) == ("13812345678", was, "本人更正", "correction")
    assert row_of(clerk, home).phone == "13812345678"
    assert row_of(clerk, home).unsent == 1


def test_undoing_is_another_correction_and_both_stay_in_the_history(clerk: Workspace) -> None:
    home = first(clerk)
    was = str(phone_of(clerk, home))
    clerk.households.correct(home, "households", home, "phone", "13812345678", "更正")
    clerk.households.correct(home, "households", home, "phone", was, "撤销上一次更正")
    assert phone_of(clerk, home) == was
    lines = clerk.households.history("households", home, "phone")
    assert [line.value for line in lines] == [was, "13812345678"]


@pytest.mark.parametrize(("text", "value"), [("是", True), ("no", False), ("", None)])
def test_yes_and_no_are_understood_in_both_languages(clerk: Workspace, text: str, value: object) -> None:
    home = first(clerk)
    clerk.households.correct(home, "households", home, "elder_alone", text, "核实")
    assert clerk.households.file(home).household.get("elder_alone") is value


@pytest.mark.requirement("A070", "A071")
def test_members_incomes_and_problems_can_be_corrected(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if clerk.households.file(h).incomes)
    finished(clerk, home, state__water_ok="no", state__water_problem="supply", state__water_note="停水")
    file = clerk.households.file(home)
    person, income = file.members[-1], file.incomes[0]
    issue = next(issue for issue in file.issues if issue.description == "停水")
    clerk.households.correct(home, "persons", person.id, "name", "张改名", "户口簿")
    clerk.households.correct(home, "incomes", income.id, "wage", "12500.50", "工资条")
    clerk.households.correct(home, "issues", issue.id, "state", "closed", "已修好")
    after = clerk.households.file(home)
    assert next(p for p in after.members if p.id == person.id).name == "张改名"
    assert next(i for i in after.incomes if i.id == income.id).wage == "12500.5"
    assert next(i for i in after.issues if i.id == issue.id).state == "closed"
    assert row_of(clerk, home).open_issues == sum(i.state != "closed" for i in after.issues)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("arable_mu", "两亩半", "REG-002"),
        ("house_structure", "金子", "REG-002"),
        ("head_name", "  ", "REG-002"),
        ("household_type", "ordinary", "REG-003"),
        ("monitor_kind", "", "REG-003"),
        ("no_such_thing", "1", "REG-003"),
    ],
)
def test_what_does_not_fit_or_is_decided_elsewhere_is_refused_and_nothing_is_written(
    clerk: Workspace, name: str, text: str, code: str
) -> None:
    home = first(clerk)
    before = clerk.households.file(home).household
    with pytest.raises(KnownError) as caught:
        clerk.households.correct(home, "households", home, name, text, "试试")
    assert caught.value.code == code
    assert caught.value.zh
    assert caught.value.en
    assert clerk.households.file(home).household == before
    assert clerk.sync.status().unsent == 0


def test_amounts_finer_than_a_fen_and_endless_reasons_are_refused(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if clerk.households.file(h).incomes)
    income = clerk.households.file(home).incomes[0]
    for text, reason in (("12.345", "工资条"), ("12.34", "说" * 501)):
        with pytest.raises(KnownError) as caught:
            clerk.households.correct(home, "incomes", income.id, "wage", text, reason)
        assert caught.value.code == "REG-002"
    assert clerk.sync.status().unsent == 0


def test_a_record_of_another_household_is_not_corrected_here(clerk: Workspace) -> None:
    one, two = homes(clerk)[:2]
    stranger = clerk.households.file(two).members[0]
    with pytest.raises(KnownError) as caught:
        clerk.households.correct(one, "persons", stranger.id, "name", "错", "错")
    assert caught.value.code == "REG-001"
    with pytest.raises(KnownError) as moved:
        clerk.households.correct(two, "persons", stranger.id, "household_id", one, "搬家")
    assert moved.value.code == "REG-003"


@pytest.mark.requirement("A006")
def test_a_helper_may_not_correct_what_the_clerk_decides(helper: Workspace, clerk: Workspace) -> None:
    home = first(helper)
    with pytest.raises(KnownError) as caught:
        helper.households.correct(home, "households", home, "head_name", "换户主", "户主变更")
    assert caught.value.code == "REG-003"
    helper.households.correct(home, "households", home, "phone", "13812345678", "换号")
    clerk.households.correct(home, "households", home, "head_name", "换户主", "户主变更")
    assert clerk.households.file(home).household.head_name == "换户主"


def test_a_clerk_is_one_from_the_first_sync_on_without_logging_in_again(world: World) -> None:
    clerk = world.keep(
        world.laptop("new").enrol(world.code(cadres(world.county)["clerk"].id), world.url, PASSWORD)
    )
    clerk.sync.run()
    home = first(clerk)
    clerk.households.correct(home, "households", home, "head_name", "新户主", "户主变更")
    assert clerk.households.file(home).household.head_name == "新户主"


def test_a_household_that_is_not_here_is_told(clerk: Workspace) -> None:
    with pytest.raises(KnownError) as caught:
        clerk.households.file("00000000-0000-7000-8000-000000000000")
    assert caught.value.code == "STORE-003"


def test_only_what_was_filled_in_on_this_laptop_is_offered_to_be_read(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if clerk.households.file(h).visits)
    imported = {line.visit.id for line in clerk.households.file(home).visits}
    visit_id = finished(clerk, home)
    file = clerk.households.file(home)
    assert file.readable == {visit_id}
    assert imported.isdisjoint(file.readable)
    for other in imported:
        with pytest.raises(KnownError) as caught:
            clerk.visits.review(other)
        assert caught.value.code == "VISIT-010"
