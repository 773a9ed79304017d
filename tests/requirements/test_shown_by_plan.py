"""Rows of the table that a cadre sees in the plan: who is due, what was promised, campaigns, the county's own values."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from fieldapp.authoring import compile_form
from fieldapp.common.errors import KnownError
from fieldapp.common.resources import forms_dir
from fieldapp.county.publishing import publish_form, publish_policy
from fieldapp.county.setup import County
from fieldapp.register.rules import shipped_rulebook
from fieldapp.services.campaigns import CampaignProgress
from fieldapp.services.worklist import WorkFilter, WorkRow
from fieldapp.services.workspace import Workspace
from fieldapp.xform import load_form
from tests.services.asking import answer, finished, row_of
from tests.services.forms import fill_required
from tests.services.world import World

_AFTER = "|  | text | solved |"
_QUESTIONS = (
    "|  | date | promised_on | 约定再访 | Comes again on |  |  |  |  |  |  |  |  |  |  |  |  |\n"
    "|  | date | again_on | 未遇再访 | Tries again on |  |  |  |  |  |  |  |  |  |  |  |  |\n"
)


def listed(clerk: Workspace) -> list[WorkRow]:
    """Return the households out of poverty that are at home."""
    rows = clerk.worklist.rows(clerk.worklist.ids(WorkFilter(kinds=frozenset({"out_of_poverty"}))))
    return [row for row in rows if not row.absent]


def ask_for_promises(county: County, folder: Path) -> None:
    """Publish a visit form that asks when one comes again."""
    text = (forms_dir() / "visit.md").read_text("utf-8")
    if "promised_on" not in text:
        text = text.replace(_AFTER, _QUESTIONS + _AFTER)
    version = load_form(compile_form(forms_dir() / "visit.md").xml).version
    path = folder / "visit.md"
    path.write_text(text.replace(version, str(int(version) + 1)), "utf-8")
    form = load_form(xml := compile_form(path).xml)
    publish_form(county, form_id="visit", version=form.version, title=form.title, xml=xml)


def visit(
    workspace: Workspace,
    household_id: str,
    day: date,
    *,
    outcome: str = "met",
    mode: str = "door",
    **more: str,
) -> str:
    """Make a visit of a day."""
    draft = workspace.visits.start(household_id, "paper", day)
    answer(draft, how__mode=mode, how__outcome=outcome)
    for ref, text in more.items():
        draft.session.set(_ref(draft.session, ref), text)
    fill_required(draft.session, {})
    return workspace.visits.finish(draft)


def _ref(session: object, name: str) -> str:
    return f"/data/later/{name}" if name == "promised_on" else f"/data/help/{name}"


def campaigns(county: County, clerk: Workspace, *tables: str) -> list[CampaignProgress]:
    publish_policy(county, [("campaigns.toml", "\n".join(tables))])
    clerk.sync.run()
    return clerk.campaigns.all(clerk.today())


def campaign(id: str, first: date, last: date, **more: str) -> str:
    lines = "\n".join(f"{key} = {value}" for key, value in more.items())
    return (
        f'[[campaign]]\nid = "{id}"\nname = "{id}"\nfrom = "{first}"\ndeadline = "{last}"\n'
        f'population = {{ kinds = ["out_of_poverty"] }}\n{lines}\n'
    )


@pytest.mark.requirement("A064", "A065")
def test_a_call_counts_for_everybody_or_for_absentees_only_as_the_county_says(
    world: World, clerk: Workspace
) -> None:
    home = listed(clerk)[0].household_id
    before = row_of(clerk, home).done
    visit(clerk, home, clerk.today(), mode="phone")
    assert row_of(clerk, home).done == before + 1
    years = (
        '[[policy]]\nfrom_year = 2020\nname_zh = "本县"\nsource = ""\n'
        'visits = { per_year = 6, interval_months = 2, remote_counts = "absent" }\n'
    )
    clerk.sync.run()
    publish_policy(world.county, [("years.toml", years)])
    clerk.sync.run()
    met = [
        line.visit
        for line in clerk.households.file(home).visits
        if line.visit.outcome == "met" and line.visit.visit_date >= f"{clerk.today().year}"
    ]
    assert row_of(clerk, home).done == sum(each.mode == "door" for each in met) < before + 1
    visit(clerk, home, clerk.today(), outcome="away")
    away = row_of(clerk, home)
    assert (away.absent, away.required, away.done) == (True, 4, len(met))
    assert home in [
        row.household_id
        for row in clerk.worklist.rows(clerk.worklist.ids(WorkFilter(marks=frozenset({"absent"}))))
    ]


@pytest.mark.requirement("A172")
def test_nobody_must_invent_a_visit_a_closed_door_is_told_and_the_household_stays_due(
    clerk: Workspace,
) -> None:
    home = next(row for row in listed(clerk) if row.due_state in ("due", "overdue")).household_id
    before = row_of(clerk, home)
    for weeks in (2, 1, 0):
        visit(clerk, home, clerk.today() - timedelta(weeks=weeks), outcome="nobody")
    after = row_of(clerk, home)
    assert (after.done, after.due_state, after.due_on) == (before.done, before.due_state, before.due_on)
    assert (after.attempts, after.attempt_weeks) == (3, 3)
    log = clerk.tasks.attempts(home)
    assert len(log.attempts) == 3
    assert log.another_way
    assert {attempt.visitor_name for attempt in log.attempts} == {clerk.person.name}


@pytest.mark.requirement("A062")
def test_a_promised_visit_stands_in_the_list_until_somebody_is_met(
    world: World, clerk: Workspace, tmp_path: Path
) -> None:
    ask_for_promises(world.county, tmp_path)
    clerk.sync.run()
    home = listed(clerk)[0].household_id
    day = clerk.today() - timedelta(days=10)
    visit(clerk, home, day, promised_on=(day + timedelta(days=5)).isoformat())
    (task,) = [line for line in clerk.tasks.open() if line.household_id == home]
    assert (task.kind, task.overdue) == ("约定再访", True)
    assert row_of(clerk, home).task_on == (day + timedelta(days=5)).isoformat()
    visit(clerk, home, clerk.today(), outcome="nobody")
    assert row_of(clerk, home).open_tasks == 1
    with pytest.raises(KnownError) as told:
        clerk.tasks.done(home, task.id)
    assert told.value.code == "PLAN-001"
    met = visit(clerk, home, clerk.today())
    assert row_of(clerk, home).open_tasks == 0
    (closed,) = clerk.households.file(home).others["tasks"]
    assert (closed.get("state"), closed.get("closed_visit_id")) == ("done", met)
    clerk.tasks.reopen(home, task.id)
    clerk.tasks.drop(home, task.id, "已搬走，不再需要")
    clerk.sync.run()
    (dropped,) = clerk.households.file(home).others["tasks"]
    assert (dropped.get("state"), dropped.get("closed_why")) == ("dropped", "已搬走，不再需要")


@pytest.mark.requirement("A066", "A147")
def test_a_campaign_tells_by_village_and_helper_who_is_still_to_be_seen(
    world: World, clerk: Workspace
) -> None:
    today = clerk.today()
    (before,) = campaigns(
        world.county, clerk, campaign("all", today, today + timedelta(days=20), kind='"all_visits"')
    )
    assert before.days_left == 20
    assert sum(share.total for share in before.villages) == before.whole.total >= 10
    assert sum(share.total for share in before.helpers) == before.whole.total
    home = before.whole.rest[0]
    visit(clerk, home, today, outcome="nobody")
    assert clerk.campaigns.progress("all", today).whole == before.whole
    visit(clerk, home, today)
    after = clerk.campaigns.progress("all", today)
    assert (after.whole.done, home in after.whole.rest) == (before.whole.done + 1, False)
    rest = clerk.worklist.ids(WorkFilter(within=after.whole.rest))
    assert len(rest) == after.whole.total - after.whole.done


@pytest.mark.requirement("A069")
def test_two_rounds_of_a_self_check_are_counted_apart(world: World, clerk: Workspace) -> None:
    today = clerk.today()
    home = listed(clerk)[0].household_id
    finished(clerk, home)
    first, second = campaigns(
        world.county,
        clerk,
        campaign(
            "one", today - timedelta(days=30), today - timedelta(days=1), kind='"self_check"', round="1"
        ),
        campaign("two", today, today + timedelta(days=30), kind='"self_check"', round="2"),
    )
    assert (first.round, second.round) == (1, 2)
    days = {line.household_id: line.done_on for line in second.lines}
    assert days[home] == today.isoformat()
    assert all(line.done_on is None or line.done_on < today.isoformat() for line in first.lines)
    assert all(line.done_on is None or line.done_on >= today.isoformat() for line in second.lines)
    assert {line.household_id for line in first.lines} == set(days)


@pytest.mark.requirement("A068", "A115")
def test_a_sample_is_drawn_by_the_county_and_is_the_same_whenever_it_is_published(
    world: World, clerk: Workspace
) -> None:
    today = clerk.today()
    table = campaign(
        "sample",
        today,
        today + timedelta(days=9),
        kind='"sample"',
        level='"county"',
        sample='{ seed = "抽签", per_village = 3 }',
    )
    (first,) = campaigns(world.county, clerk, table)
    (again,) = campaigns(world.county, clerk, table + "# 再发布一次\n")
    assert first.sampled
    assert [line.household_id for line in first.lines] == [line.household_id for line in again.lines]
    assert {share.total for share in first.villages} == {3}


def _publish(world: World, clerk: Workspace, values: str) -> None:
    names = (Path(__file__).parents[2] / "resources" / "policy" / "rules.toml").read_text("utf-8")
    own = f'[[preset]]\nid = "own"\nzh = "本县 2027"\nfrom = "2027-01-01"\n[preset.values]\n{values}\n'
    publish_policy(world.county, [("rules.toml", names.replace('use = ["', 'use = ["own", "') + own)])
    clerk.sync.run()


def test_lines_by_purpose_are_rows_with_days_and_a_new_year_is_a_new_row(
    world: World, clerk: Workspace
) -> None:
    _publish(
        world, clerk, 'line_listed = 8000\nline_other = 9000\nline_stable = 8500\nline_stable_day = "06-30"'
    )
    rules = clerk.policy.rules()
    assert rules.rule("line_listed", date(2026, 12, 31)) is None
    assert (rules.number("line_listed", date(2027, 1, 1)), rules.number("line_other", date(2027, 1, 1))) == (
        8000,
        9000,
    )
    assert rules.day("line_stable_day", date(2027, 3, 1)) == date(2027, 6, 30)


@pytest.mark.requirement("A126")
def test_income_period_school_age_and_allowance_standard_are_the_countys_by_year(
    world: World, clerk: Workspace
) -> None:
    _publish(world, clerk, "income_year = [1, 12]\nschool_age = [6, 16]\nallowance_standard = 7200")
    rules = clerk.policy.rules()
    assert (rules.pair("income_year", clerk.today()), rules.pair("income_year", date(2027, 1, 1))) == (
        (10, 9),
        (1, 12),
    )
    assert (rules.pair("school_age", clerk.today()), rules.pair("school_age", date(2027, 1, 1))) == (
        (6, 15),
        (6, 16),
    )
    assert rules.number("allowance_standard", date(2027, 1, 1)) == 7200


@pytest.mark.requirement("A141")
def test_rates_and_housing_deadlines_are_the_countys_to_set(world: World, clerk: Workspace) -> None:
    _publish(world, clerk, 'hospital_share = 90\nloan_overdue_share = 1\nhousing_day_other = "11-30"')
    rules = clerk.policy.rules()
    on = date(2027, 5, 1)
    assert (rules.number("hospital_share", on), rules.number("loan_overdue_share", on)) == (90, 1)
    assert rules.day("housing_day_other", on) == date(2027, 11, 30)
    assert "loan_bad_share" in [spec.name for spec in rules.unset(on)]


@pytest.mark.requirement("A135", "A136")
def test_the_fixed_day_and_the_figures_that_are_only_told_are_settings(
    world: World, clerk: Workspace
) -> None:
    _publish(world, clerk, 'fixed_day = "周二"\nmeasures_each = 3\nskills_each = [1, 2]')
    rules = clerk.policy.rules()
    on = date(2027, 5, 1)
    assert (rules.weekday("fixed_day", on), rules.whole("measures_each", on)) == (1, 3)
    assert rules.pair("skills_each", on) == (1, 2)


@pytest.mark.requirement("A087")
def test_the_steps_have_their_days_and_the_countys_shorter_ones_win(world: World, clerk: Workspace) -> None:
    _publish(world, clerk, "identify_days = 10\ncheck_days = 2\nemployed_each = 1\ninsured_share = 100")
    rules = clerk.policy.rules()
    on = date(2027, 5, 1)
    assert [rules.whole(name, on) for name in ("identify_days", "check_days", "publicity_days")] == [10, 2, 5]
    assert (rules.whole("employed_each", on), rules.number("insured_share", on)) == (1, 100)


@pytest.mark.requirement("A175")
def test_former_policies_are_kept_as_versions_marked_as_history(clerk: Workspace) -> None:
    history = [preset for preset in clerk.policy.rules().presets if preset.history]
    assert {preset.id for preset in history} >= {"dingzhou-2020", "liaocheng-2020", "bijie-2022"}
    assert all(not preset.holds(clerk.today()) for preset in history)
    assert clerk.policy.rules().names == shipped_rulebook().names
