"""The words of a state. Late entry is ordinary and is never shown as a warning."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fieldapp.register.plan import DueState
from fieldapp.ui.viewmodels.wording import (
    due_text,
    due_tone,
    group_label,
    kind_label,
    outcome_text,
    risk_text,
    sent_text,
    source_label,
    state_label,
)
from tests.ui.people import work_row

TODAY = date(2026, 11, 22)


def test_until_this_years_visits_are_in_nothing_is_overdue() -> None:
    assert due_text("not_entered", None, 6, TODAY) == "本年走访记录尚未补录"
    assert due_tone("not_entered") == "neutral"


@pytest.mark.parametrize(
    ("state", "days", "shown"),
    [
        ("overdue", -12, "已超期 12 天"),
        ("due", 0, "今天到期"),
        ("due", 6, "还有 6 天 · 11月28日"),
        ("resting", 41, "未到期 · 2027-01-02"),
        ("fulfilled", None, "今年 6 次已走满"),
        ("due", None, "近期要走"),
    ],
)
def test_a_state_says_the_date_that_matters(state: DueState, days: int | None, shown: str) -> None:
    due_on = None if days is None else (TODAY + timedelta(days)).isoformat()
    assert due_text(state, due_on, 6, TODAY) == shown


def test_states_and_kinds_have_short_names() -> None:
    states: tuple[DueState, ...] = ("overdue", "due", "not_entered", "resting", "fulfilled")
    assert len({state_label(state) for state in states}) == 5
    assert kind_label("monitored") == "监测对象"


def test_risk_is_its_own_word() -> None:
    assert [risk_text(cleared) for cleared in (None, True, False)] == ["", "已消除", "未消除"]


def test_a_bare_number_is_a_group() -> None:
    assert group_label("3") == "3 组"
    assert group_label("第三村民小组") == "第三村民小组"


def test_sending_is_told_apart_from_visiting() -> None:
    rows = [work_row(number) for number in range(30)]
    told = {(row.has_draft, bool(row.unsent)): sent_text(row) for row in rows}
    assert told[True, False][0] == "有草稿"
    assert told[False, True][0] == "1 条未发送"
    assert told[False, False] == ("", "neutral")


def test_a_batchs_fate_is_told_in_words() -> None:
    assert outcome_text({"stored": 3, "conflict": 1, "merged": 0}) == "已收存 3 · 两边不一致，待核对 1"
    assert outcome_text({"new_kind": 2}) == "new_kind 2"


def test_how_a_visit_is_entered() -> None:
    assert source_label("paper") == "据纸质记录补录"
    assert source_label("imported") == "imported"
