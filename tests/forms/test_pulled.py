"""What a form takes from the register and the county's policy instead of asking for it: members, open matters, deadlines."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.common.resources import resources_dir
from fieldapp.register.rules import read_rules
from fieldapp.services.form_lists import policy_list
from fieldapp.services.visits import VisitDraft
from fieldapp.services.workspace import Workspace
from fieldapp.xform import QuestionView
from tests.forms.playing import begun, play, records
from tests.services.asking import finished, homes, value
from tests.services.forms import fill_required

RULES = (resources_dir() / "policy" / "rules.toml").read_text("utf-8")


def member_choices(draft: VisitDraft, ref: str) -> list[tuple[str, str]]:
    view = draft.session.view(ref)
    assert isinstance(view, QuestionView)
    return [(choice.value, choice.label) for choice in view.choices]


def big_home(clerk: Workspace) -> str:
    return next(home for home in homes(clerk) if len(clerk.households.file(home).members) > 1)


@pytest.mark.parametrize(
    ("form", "repeat", "question", "list_name", "answers"),
    [
        ("income", "items", "member", "income_items", {"kind": "wage", "code": "wage_local", "lump": "1200"}),
        ("work", "posts", "post_person", "posts", {"post": "cleaner", "post_pay": "600"}),
        (
            "plan",
            "loans",
            "borrower",
            "loans",
            {"loan_purpose": "养羊", "loan_amount": "30000", "loan_due_on": "2027-11-01"},
        ),
        ("plan", "aids", "aid_person", "aids", {"aid_item": "棉被"}),
        ("plan", "measures", "measure_person", "measures", {"item": "技能培训"}),
    ],
)
def test_a_record_of_one_member_is_given_to_a_member_by_name(
    form: str, repeat: str, question: str, list_name: str, answers: dict[str, str], clerk: Workspace
) -> None:
    home = big_home(clerk)
    second = clerk.households.file(home).members[1]
    draft = begun(clerk, home, form)
    row = draft.session.add_repeat(f"/data/{repeat}")
    for name, text in answers.items():
        choices = member_choices(draft, f"{row}/{name}")
        known = {code for code, _ in choices}
        draft.session.set(f"{row}/{name}", text if not known or text in known else choices[0][0])
    everybody = [(each.id, each.name) for each in clerk.households.file(home).members]
    assert member_choices(draft, f"{row}/{question}") == everybody
    draft.session.set(f"{row}/{question}", second.id)
    fill_required(draft.session, {"signing": "paper"})
    clerk.visits.finish(draft)
    assert second.id in {each.get("person_id") for each in records(clerk, home, list_name)}
    again = begun(clerk, home, form)
    shown = {again.last_values[ref] for ref in again.last_values if ref.endswith(f"/{question}")}
    assert shown == {second.name}, "read as a name, never as an id"


def test_a_hand_over_brings_what_is_open_and_who_had_the_household(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if clerk.households.file(h).pairings)
    finished(
        clerk,
        home,
        state__water_ok="no",
        state__water_problem="supply",
        state__water_note="上午停水",
        help__requests="想修水管",
        help__request_open="yes",
    )
    pairing = clerk.households.file(home).pairings[0]
    draft = begun(clerk, home, "handover")
    draft.session.set("/data/handover/to_name", "李二")
    assert value(draft, "/data/handover/from_name") == pairing.staff_name
    brought = value(draft, "/data/handover/open_matters").splitlines()
    assert "待办：想修水管" in brought
    assert "问题（待办）：上午停水" in brought
    fill_required(draft.session, {"signing": "paper"})
    clerk.visits.finish(draft)
    (handover,) = records(clerk, home, "handovers")
    assert handover.get("from_id") == pairing.staff_id
    assert "上午停水" in str(handover.get("open_matters"))


def test_a_draft_keeps_what_was_brought_when_the_register_moves_on(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    draft = begun(clerk, home, "handover")
    draft.session.set("/data/handover/to_name", "李二")
    draft.session.set("/data/handover/open_matters", "当面说过了")
    clerk.visits.autosave(draft)
    finished(clerk, home, state__water_ok="no", state__water_problem="supply", state__water_note="停水")
    again = clerk.visits.resume(draft.id)
    assert value(again, "/data/handover/open_matters") == "当面说过了"


def test_the_check_before_a_risk_is_cleared_begins_with_the_register(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if clerk.households.file(h).household.monitor_kind)
    file = clerk.households.file(home)
    draft = begun(clerk, home, "exit")
    assert value(draft, "/data/risks/risks_then").split() == (file.household.get("risks") or [])
    assert value(draft, "/data/risks/identified_month") == (file.household.get("identified_month") or "")
    assert value(draft, "/data/state/heads") == str(len(file.members))
    assert value(draft, "/data/state/wage") == str(file.incomes[0].get("wage") if file.incomes else 0)
    brought = value(draft, "/data/risks/measures_done")
    assert all(str(each.get("item")) in brought for each in file.measures)
    assert value(draft, "/data/risks/least_months") == "6"


def test_deadlines_are_those_of_the_day_the_lead_was_found(clerk: Workspace) -> None:
    rules = RULES.replace('check_days = "待县里填"', "check_days = 7").replace(
        'use = ["standing-2026"]', 'use = ["standing-2026", "county-autumn"]'
    )
    rules += """
[[preset]]
id = "county-autumn"
zh = "秋季起"
en = "From autumn"
from = "2026-10-01"
source = "县里的通知"
[preset.values]
identify_days = 10
"""
    read_rules(rules)
    home = homes(clerk)[0]
    told = {}
    for text in ("", rules):
        if text:
            clerk._store.put_policy("rules.toml", text)
        for day in ("2026-09-20", "2026-11-20"):
            draft = begun(clerk, home, "lead")
            draft.session.set("/data/lead/found_on", day)
            told[bool(text), day] = tuple(value(draft, f"/data/lead/{n}") for n in ("check_by", "decide_by"))
    assert told == {
        (False, "2026-09-20"): ("", "2026-10-05"),
        (False, "2026-11-20"): ("", "2026-12-05"),
        (True, "2026-09-20"): ("2026-09-27", "2026-10-05"),
        (True, "2026-11-20"): ("2026-11-27", "2026-11-30"),
    }


def test_public_notice_lasts_as_long_as_the_county_says(clerk: Workspace) -> None:
    clerk._store.put_policy("rules.toml", RULES.replace("publicity_days = 5", "publicity_days = 7"))
    draft = begun(clerk, homes(clerk)[0], "review")
    draft.session.set("/data/meeting/meeting_on", "2026-11-01")
    draft.session.set("/data/notice/notice_from", "2026-11-02")
    for last, enough in (("2026-11-07", False), ("2026-11-08", True)):
        draft.session.set("/data/notice/notice_to", last)
        refs = {violation.ref for violation in draft.session.validate()}
        assert ("/data/notice/notice_to" not in refs) is enough, last


@pytest.mark.parametrize(("ages", "asked"), [("[6, 15]", True), ("[6, 8]", False)])
def test_who_is_of_school_age_is_the_county_s_to_say(ages: str, asked: bool, clerk: Workspace) -> None:
    clerk._store.put_policy("rules.toml", RULES.replace("school_age = [6, 15]", f"school_age = {ages}"))
    draft = begun(clerk, homes(clerk)[0], "sbz")
    child = draft.session.add_repeat("/data/members")
    draft.session.set(f"{child}/name", "小明")
    draft.session.set(f"{child}/birth_date", "2016-05-01")
    view = draft.session.view(f"{child}/dropout_reason")
    assert view.relevant is asked


def test_todays_span_comes_first_so_that_a_plain_look_up_reads_todays_value() -> None:
    rules = read_rules(RULES.replace('use = ["standing-2026"]', 'use = ["liaocheng-2020", "standing-2026"]'))
    for today, line in ((date(2020, 5, 1), "line_stable,4500"), (date(2026, 5, 1), "exit_months,6")):
        rows = policy_list(rules, today).decode().splitlines()
        name = line.split(",", maxsplit=1)[0]
        assert next(row for row in rows if row.startswith(name + ",")).startswith(line + ",")
    assert not [
        row for row in policy_list(rules, date(2026, 5, 1)).decode().splitlines() if "待县里填" in row
    ]


def test_a_played_form_leaves_nothing_held(clerk: Workspace) -> None:
    for form in ("income", "plan", "work"):
        play(clerk, form)
    assert clerk._store.held_answers() == []
