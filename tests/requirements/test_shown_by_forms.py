"""Rows of the requirement table that the forms of the set show, filled in at the clerk's laptop."""

from __future__ import annotations

import pytest

from fieldapp.common.resources import forms_dir
from fieldapp.county.publishing import publish_form_file, publish_shipped_forms
from fieldapp.services.workspace import Workspace
from fieldapp.tables.proceedings import FormEntryRow
from tests.county.world import rows_of
from tests.forms.conftest import clerk, made, offline, published
from tests.forms.playing import play
from tests.services.asking import first, homes, value
from tests.services.forms import fill_required
from tests.services.world import World

__all__ = ["clerk", "made", "offline"]


@pytest.mark.requirement("A038")
@pytest.mark.requirement("A051")
@pytest.mark.requirement("A052")
def test_four_kinds_are_explained_and_certificates_and_doctors_are_noted(clerk: Workspace) -> None:
    file = clerk.households.file(play(clerk, "hh_base"))
    assert file.household.get("four_kinds") == ["car"]
    assert file.household.get("four_kinds_note") == "儿子婚车，已核实"
    assert file.members[0].get("disability_card_state") == "applying"
    assert (file.members[0].get("illness"), file.members[0].get("doctor")) == ("高血压", "赵医生")


@pytest.mark.requirement("A044")
@pytest.mark.requirement("A144")
def test_each_dwelling_is_seen_part_by_part_and_water_by_its_four_signs(clerk: Workspace) -> None:
    file = clerk.households.file(play(clerk, "sbz"))
    (dwelling,) = file.others["dwellings"]
    assert (dwelling.get("seen_grade"), dwelling.get("renewal_stage")) == ("C", "listed")
    signs = {
        name: file.household.get(f"water_{name}_ok") for name in ("quality", "quantity", "distance", "supply")
    }
    assert signs == {"quality": True, "quantity": False, "distance": True, "supply": True}
    assert file.household.get("water_ok") is False


@pytest.mark.requirement("A101")
def test_income_is_counted_with_the_household_read_back_and_signed_on_paper(clerk: Workspace) -> None:
    items = clerk.households.file(play(clerk, "income")).others["income_items"]
    assert {(item.get("item"), item.get("amount")) for item in items} == {
        ("务工", "12000"),
        ("养殖业", "4501.5"),
    }


@pytest.mark.requirement("A094")
@pytest.mark.requirement("A095")
@pytest.mark.requirement("A097")
def test_a_plan_follows_from_risks_difficulties_and_wishes_and_suggests_measures(clerk: Workspace) -> None:
    draft = clerk.visits.start_form(first(clerk), "plan")
    draft.session.set("/data/plan/causes", "illness water")
    advice = draft.session.view("/data/plan/advice_note")
    assert "健康帮扶" in advice.label
    assert "饮水安全保障" in advice.label
    clerk.visits.discard(draft.id)
    (plan,) = clerk.households.file(play(clerk, "plan")).others["plans"]
    assert plan.get("causes") == ["illness", "water"]
    assert (plan.get("difficulties"), plan.get("made_with")) == ("看病花费大", "村支书")


@pytest.mark.requirement("A054")
@pytest.mark.requirement("A057")
@pytest.mark.requirement("A116")
def test_loans_produce_bought_and_accepted_measures_stand_in_the_file(clerk: Workspace) -> None:
    file = clerk.households.file(play(clerk, "plan"))
    assert [loan.get("due_on") for loan in file.others["loans"]] == ["2027-03-01"]
    assert [(aid.get("kind"), aid.get("item")) for aid in file.others["aids"]] == [("purchase", "买走土鸡")]
    assert any(measure.get("accepted") is True for measure in file.measures)


@pytest.mark.requirement("A053")
@pytest.mark.requirement("A110")
def test_a_welfare_post_has_its_pay_and_a_wish_for_training_is_asked(clerk: Workspace) -> None:
    file = clerk.households.file(play(clerk, "work"))
    assert [(post.get("post"), post.get("monthly_pay")) for post in file.others["posts"]] == [
        ("cleaning", "800")
    ]
    assert any(member.get("training") == "缝纫" for member in file.members)


@pytest.mark.requirement("A017")
@pytest.mark.requirement("A049")
def test_a_household_s_own_application_is_a_lead_with_source_and_result(clerk: Workspace) -> None:
    file = clerk.households.file(play(clerk, "lead"))
    lead = next(lead for lead in file.leads if lead.get("source") == "applied")
    assert (lead.get("conclusion"), lead.get("decide_by")) == ("admit", "2026-12-05")


@pytest.mark.requirement("A071")
@pytest.mark.requirement("A074")
def test_a_problem_is_closed_only_when_cause_duty_and_household_agree(clerk: Workspace) -> None:
    file = clerk.households.file(play(clerk, "issue"))
    issue = next(issue for issue in file.issues if issue.get("description") == "低保金三个月没到账")
    assert issue.get("state") == "closed"
    assert [issue.get(name) for name in ("cause_clear", "duty_settled", "household_agrees")] == [
        True,
        True,
        True,
    ]


@pytest.mark.requirement("A088")
@pytest.mark.requirement("A089")
def test_a_meeting_gives_its_opinion_and_the_notice_hangs_five_days(clerk: Workspace) -> None:
    (review,) = clerk.households.file(play(clerk, "review")).others["reviews"]
    assert (review.get("agree"), review.get("conclusion")) == (24, "agreed")
    assert (review.get("notice_from"), review.get("notice_to")) == ("2026-11-11", "2026-11-15")


@pytest.mark.requirement("A090")
def test_a_risk_is_cleared_by_standard_and_procedure(clerk: Workspace) -> None:
    (check,) = clerk.households.file(play(clerk, "exit")).others["exits"]
    assert (check.get("conclusion"), check.get("per_capita"), check.get("months_monitored")) == (
        "clear",
        "11500",
        10,
    )


@pytest.mark.requirement("A113")
def test_the_ten_items_of_a_patrol_make_problems_of_what_is_wrong(clerk: Workspace) -> None:
    file = clerk.households.file(play(clerk, "check"))
    assert any(issue.get("description") == "补贴晚到两个月" for issue in file.issues)


@pytest.mark.requirement("A075")
@pytest.mark.requirement("A117")
def test_what_is_mended_on_the_spot_and_the_policy_told_are_in_the_visit(world: World) -> None:
    publish_form_file(world.county, forms_dir() / "visit.md")
    clerk = world.unlocked("clerk")
    clerk.sync.run()
    draft = clerk.visits.start(first(clerk), "onsite")
    draft.session.set("/data/help/solved", "换了坏的水龙头")
    draft.session.set("/data/later/solved_now", "yes")
    draft.session.set("/data/later/policies_told", "medical fraud")
    fill_required(draft.session, {"health": "healthy", "signing": "paper"})
    visit_id = clerk.visits.finish(draft)
    visit = next(
        line.visit for line in clerk.households.file(draft.household_id).visits if line.visit.id == visit_id
    )
    assert (visit.get("solved"), visit.get("solved_now")) == ("换了坏的水龙头", True)
    assert visit.get("policies_told") == ["medical", "fraud"]


@pytest.mark.requirement("A114")
def test_a_survey_of_the_county_reaches_the_laptops_and_its_answers_the_county(world: World) -> None:
    publish_shipped_forms(world.county)
    clerk = world.unlocked("clerk")
    clerk.sync.run()
    offered = {choice.form_id: choice for choice in clerk.forms.forms_for(first(clerk))}
    assert offered["adhoc"].title == "专项调查：汛期受灾情况"
    home = play(clerk, "adhoc")
    clerk.sync.run()
    (entry,) = rows_of(world.county, FormEntryRow)
    assert (entry.household_id, entry.form_id) == (home, "adhoc")


_SIX = """
[[campaign]]
id = "six-2026"
name = "六个一"
kind = "six_ones"
from = 2026-11-01
deadline = 2026-11-30
"""


@pytest.mark.requirement("A098")
def test_the_six_small_things_are_asked_only_while_their_campaign_runs(clerk: Workspace) -> None:
    clerk._store.put_form(published("visit"))
    quiet = clerk.visits.start(first(clerk), "onsite")
    assert not quiet.session.view("/data/six").relevant
    clerk.visits.discard(quiet.id)
    clerk._store.put_policy("campaigns.toml", _SIX)
    draft = clerk.visits.start(first(clerk), "onsite")
    assert draft.session.view("/data/six").relevant


def test_a_draft_of_another_form_is_named_and_goes_on_where_it_was_left(clerk: Workspace) -> None:
    draft = clerk.visits.start_form(first(clerk), "sbz")
    draft.session.set("/data/dwellings[1]/dwelling_name", "正房")
    clerk.visits.autosave(draft)
    (info,) = clerk.visits.drafts()
    assert info.title == "三保障和饮水核查表"
    choice = next(c for c in clerk.forms.forms_for(first(clerk)) if c.form_id == "sbz")
    assert choice.draft_id == draft.id
    again = clerk.visits.resume(draft.id)
    assert value(again, "/data/dwellings[1]/dwelling_name") == "正房"


def test_a_known_dwelling_is_changed_and_not_made_twice(clerk: Workspace) -> None:
    home = play(clerk, "sbz")
    draft = clerk.visits.start_form(home, "sbz")
    assert value(draft, "/data/dwellings[1]/dwelling_name") == "正房"
    draft.session.set("/data/dwellings[1]/plate", "yes")
    draft.session.set("/data/dwellings[1]/seen_grade", "B")
    fill_required(draft.session, {"health": "healthy", "signing": "paper", "medical_insurance": "resident"})
    clerk.visits.finish(draft)
    (dwelling,) = clerk.households.file(home).others["dwellings"]
    assert (dwelling.get("seen_grade"), dwelling.get("plate")) == ("B", True)


def test_review_and_exit_are_offered_to_whom_they_are_for(offline: World) -> None:
    helper = offline.unlocked("helper")
    for form_id in ("review", "exit", "issue"):
        helper._store.put_form(published(form_id))
    home = next(h for h in homes(helper) if helper.households.file(h).household.monitor_kind is None)
    assert {choice.form_id for choice in helper.forms.forms_for(home)} == {"issue"}
