"""The visit plan: who is due, by the policy in force; late entry is ordinary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.entities import Household
from fieldapp.register.plan import NOTICE_DAYS, VisitSummary, add_months, attempts_of, due_of, due_under
from fieldapp.register.policy import VisitPlan, VisitRule

RULE = VisitRule(per_year=6, interval_months=2, remote_counts=True)
TODAY = date(2026, 11, 22)


def met(*days: date) -> list[VisitSummary]:
    return [VisitSummary(day, "door", "met") for day in days]


def test_until_this_years_visits_are_typed_in_a_household_is_not_overdue() -> None:
    assert due_of([], RULE, TODAY).state == "not_entered"
    assert due_of(met(date(2025, 3, 1)), RULE, TODAY).state == "not_entered"
    assert due_of(met(date(2025, 3, 1)), RULE, TODAY).last_visit == date(2025, 3, 1)


def test_a_household_that_nobody_must_visit_is_never_due() -> None:
    due = due_of(met(date(2026, 1, 3)), RULE, TODAY, scheduled=False)
    assert (due.state, due.done, due.required, due.due_on) == ("unscheduled", 1, 0, None)
    assert not RULE.asks_for(listed=False)
    assert RULE.asks_for(listed=True)
    assert VisitRule(6, 2, remote_counts=True, everyone=True).asks_for(listed=False)


def test_the_year_is_fulfilled_by_its_sixth_visit() -> None:
    days = [date(2026, month, 3) for month in (1, 3, 5, 7, 9, 11)]
    assert due_of(met(*days), RULE, TODAY).state == "fulfilled"
    five = due_of(met(*days[:5]), RULE, TODAY)
    assert (five.state, five.done, five.due_on) == ("overdue", 5, date(2026, 11, 3))


@pytest.mark.parametrize(
    ("days_left", "state"),
    [(-1, "overdue"), (0, "due"), (NOTICE_DAYS, "due"), (NOTICE_DAYS + 1, "resting")],
)
def test_a_visit_is_due_two_weeks_before_its_day_and_overdue_after_it(days_left: int, state: str) -> None:
    today = date(2026, 6, 30)
    last = date(2026, 5, 1)
    due = due_of(met(last), RULE, add_months(last, 2) - timedelta(days=days_left))
    assert (due.state, due.due_on) == (state, date(2026, 7, 1))
    assert today < date(2026, 7, 1)


def test_a_visit_to_a_closed_door_is_entered_but_does_not_count() -> None:
    nobody = [VisitSummary(date(2026, 11, 20), "door", "nobody")]
    due = due_of(nobody, RULE, TODAY)
    assert (due.state, due.done, due.due_on) == ("overdue", 0, date(2026, 1, 1))


def test_phone_visits_count_where_the_policy_says_so() -> None:
    phoned = [VisitSummary(date(2026, 11, 1), "phone", "met")]
    strict = VisitRule(6, 2, remote_counts=False)
    assert due_of(phoned, RULE, TODAY).done == 1
    assert due_of(phoned, strict, TODAY).done == 0


def test_a_visit_promised_for_later_is_not_a_visit() -> None:
    assert due_of(met(date(2026, 12, 1)), RULE, TODAY).state == "not_entered"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 14, date(2028, 1, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


visits = st.lists(
    st.builds(
        VisitSummary,
        st.dates(date(2025, 1, 1), date(2027, 12, 31)),
        st.sampled_from(["door", "phone", "wechat", "sms"]),
        st.sampled_from(["met", "nobody", "away", "refused", "moved"]),
    ),
    max_size=12,
)
rules = st.builds(VisitRule, st.integers(1, 12), st.integers(1, 12), st.booleans())
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(visits, rules, days, st.randoms())
def test_the_order_in_which_visits_were_typed_does_not_matter(
    made: list[VisitSummary], rule: VisitRule, today: date, dice: object
) -> None:
    mixed = list(made)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert due_of(mixed, rule, today) == due_of(made, rule, today)


@given(visits, rules, days)
def test_one_visit_more_today_never_makes_it_worse(
    made: list[VisitSummary], rule: VisitRule, today: date
) -> None:
    order = ["overdue", "due", "resting", "fulfilled"]
    before, after = (
        due_of(made, rule, today),
        due_of([*made, VisitSummary(today, "door", "met")], rule, today),
    )
    assert after.done == before.done + 1 or before.state == "not_entered"
    if before.state != "not_entered":
        assert order.index(after.state) >= order.index(before.state)


@given(visits, rules, days)
def test_a_due_date_is_told_exactly_when_something_is_due(
    made: list[VisitSummary], rule: VisitRule, today: date
) -> None:
    due = due_of(made, rule, today)
    assert (due.due_on is None) == (due.state in ("not_entered", "fulfilled"))
    assert due.done >= 0
    assert due.last_visit is None or due.last_visit <= today


def test_an_ordinary_household_is_never_due() -> None:
    due = due_of(met(date(2025, 3, 1)), RULE, TODAY, scheduled=RULE.asks_for(listed=False))
    assert (due.state, due.required, due.due_on) == ("unscheduled", 0, None)
    assert RULE.asks_for(listed=True)
    assert VisitRule(6, 2, remote_counts=True, everyone=True).asks_for(listed=False)


AWAY_RULE = VisitRule(4, 3, remote_counts=True)
PLAN = VisitPlan(
    VisitRule(6, 2, remote_counts=False),
    (
        ("risk_open", VisitRule(12, 1, remote_counts=False)),
        ("elder_alone", VisitRule(12, 1, remote_counts=True)),
    ),
    AWAY_RULE,
)
LISTED = Household(id="h", household_type="out_of_poverty")
ELDER = Household(id="h", properties={"elder_alone": True})


def test_the_rule_follows_the_axes_and_a_flag_asks_for_ordinary_households_too() -> None:
    assert due_under([], PLAN, LISTED, TODAY).required == 6
    assert due_under([], PLAN, Household(id="h", monitor_kind="marginal"), TODAY).required == 12
    assert due_under([], PLAN, ELDER, TODAY).required == 12
    assert due_under([], PLAN, Household(id="h"), TODAY).state == "unscheduled"


def test_absentees_are_reached_by_phone_once_a_quarter_until_somebody_is_met_at_the_door() -> None:
    gone = [VisitSummary(date(2026, 3, 1), "door", "away"), VisitSummary(date(2026, 10, 1), "phone", "met")]
    due = due_under(gone, PLAN, LISTED, TODAY)
    assert (due.required, due.done, due.due_on) == (4, 1, date(2027, 1, 1))
    back = due_under([*gone, VisitSummary(date(2026, 11, 1), "door", "met")], PLAN, LISTED, TODAY)
    assert (back.required, back.done) == (6, 1)


@given(visits, days, st.sampled_from(["nobody", "refused"]))
def test_an_attempt_never_counts_as_a_visit(made: list[VisitSummary], today: date, outcome: str) -> None:
    tried = [*made, VisitSummary(today, "door", outcome)]
    before, after = due_under(made, PLAN, LISTED, today), due_under(tried, PLAN, LISTED, today)
    assert (after.done, after.required, after.last_visit) == (before.done, before.required, before.last_visit)
    if before.state != "not_entered":
        assert (after.state, after.due_on) == (before.state, before.due_on)
    assert attempts_of(tried, today).count >= attempts_of(made, today).count


@given(visits, days, st.sampled_from([LISTED, ELDER]))
def test_somebody_met_at_the_door_today_is_never_more_overdue(
    made: list[VisitSummary], today: date, household: Household
) -> None:
    after = due_under([*made, VisitSummary(today, "door", "met")], PLAN, household, today)
    assert after.state in ("resting", "fulfilled")
    assert attempts_of([*made, VisitSummary(today, "door", "met")], today).count == 0
