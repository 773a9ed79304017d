"""The work list: the due state is the plan's, the order is the way people go, search finds whom it names."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.register.axes import AXES
from fieldapp.register.plan import DueState, VisitSummary, add_months, attempts_of, due_under, is_absent
from fieldapp.register.policy import read_policy
from fieldapp.store import Store, WorkFilter, WorkRow
from tests.store.change_samples import (
    HOUSEHOLD,
    VILLAGE,
    correction,
    household_row,
    new_person,
    one_household,
    patch,
    person_row,
    uid,
    visit,
)
from tests.store.conftest import Laptop, new_laptop, unhurried
from tests.store.feed_samples import COUNTY, feed_row
from tests.store.test_drafts import draft

CHINA = timezone(timedelta(hours=8))


def rows(store: Store, **asked: object) -> list[WorkRow]:
    return store.worklist_rows(store.worklist_keys(WorkFilter(**asked)))  # type: ignore[arg-type]


def found(store: Store, text: str) -> list[str]:
    return sorted(row.head_name for row in rows(store, text=text))


def visit_row(
    id: str, household: str, day: str, mode: str = "door", outcome: str = "met"
) -> dict[str, object]:
    return feed_row(
        "visits", id, {"household_id": household, "visit_date": day, "mode": mode, "outcome": outcome}
    )


EVERYONE = (
    '[[policy]]\nfrom_year = 2020\nname_zh = "全部农户"\nsource = "测试"\n'
    "visits = { per_year = 6, interval_months = 2, remote_counts = true, everyone = true }\n"
)


def paired(name: str, household: str, **values: str) -> dict[str, object]:
    told = {
        "household_id": uid(household),
        "staff_id": "staff-9",
        "staff_name": "赵勇",
        "started": "2021-01-01",
    }
    return feed_row("pairings", uid(name), {**told, **values})


def house(name: str, number: int, head: str, **values: Any) -> dict[str, object]:
    return household_row(uid(name), house_no=f"41{number:08d}", head_name=head, **values)


@pytest.fixture
def village(store: Store) -> Store:
    """Five households of two villages, one with a monitored kind, one with a surname of its own reading.

    Everybody is to be visited, the ordinary household too.
    """
    one_household(store)
    store.put_policy("years.toml", EVERYONE)
    other = f"{COUNTY}101202"
    ordinary = {"household_type": "ordinary"}
    uyghur: dict[str, Any] = {
        "name": "买买提·阿依古丽",
        "id_number": "41990019900101123X",
        "phone": "15900007777",
    }
    store.apply_feed(
        [
            house("b", 2, "单雄信", group_name="十组", phone="13700000002", **ordinary),
            house("c", 3, "王芳", group_name="一组", monitor_kind="marginal", risk_cleared=False, **ordinary),
            house("d", 10, "张三丰", area_code=other, phone=None),
            house("e", 9, "李四", area_code=other),
            person_row(uid("e1"), uid("e"), **uyghur),
            paired("p", "e", ended=""),
            paired("q", "d", ended="2022-01-01"),
        ],
        "cursor-2",
    )
    return store


def test_an_ordinary_household_is_asked_for_no_visits_unless_the_policy_says_everyone(village: Store) -> None:
    def ordinary() -> WorkRow:
        return next(row for row in rows(village) if row.head_name == "单雄信")

    assert (ordinary().due_state, ordinary().required) == ("not_entered", 6)
    village.put_policy("years.toml", EVERYONE.replace("everyone = true", "everyone = false"))
    assert (ordinary().due_state, ordinary().required) == ("unscheduled", 0)
    assert village.household_file(ordinary().household_id).due.state == "unscheduled"
    assert village.work_counts().unscheduled == 1
    assert rows(village)[-1] == ordinary()


def test_households_come_by_village_group_and_house_number(village: Store) -> None:
    assert [row.head_name for row in rows(village)] == ["王芳", "张三", "单雄信", "李四", "张三丰"]


@pytest.mark.requirement("A172")
def test_what_is_due_comes_first_and_what_is_done_last(village: Store) -> None:
    days = {
        "overdue": [("d", "2026-08-01")],
        "due": [("b", "2026-10-01")],
        "resting": [("e", "2026-11-20")],
    }
    visits = [visit_row(uid(f"v {house}"), uid(house), day) for some in days.values() for house, day in some]
    visits += [visit_row(uid(f"v {month}"), uid("c"), f"2026-{month:02d}-05") for month in range(1, 7)]
    village.apply_feed(visits, "cursor-3")
    assert [(row.head_name, row.due_state) for row in rows(village)] == [
        ("张三丰", "overdue"),
        ("单雄信", "due"),
        ("张三", "not_entered"),
        ("李四", "resting"),
        ("王芳", "fulfilled"),
    ]
    counts = village.work_counts()
    assert (counts.total, counts.listed) == (5, 4)
    assert (counts.overdue, counts.due, counts.not_entered, counts.resting, counts.fulfilled) == (
        1,
        1,
        1,
        1,
        1,
    )


@pytest.mark.parametrize(("days_left", "state"), [(15, "resting"), (14, "due"), (0, "due"), (-1, "overdue")])
def test_a_household_is_due_until_its_day_and_overdue_after_it(
    laptop: Laptop, days_left: int, state: DueState
) -> None:
    one_household(laptop.store)
    laptop.store.apply_feed([visit_row(uid("v"), HOUSEHOLD, "2026-09-25")], "cursor-2")
    laptop.clock.moment = datetime(2026, 11, 25, 12, tzinfo=CHINA) - timedelta(days=days_left)
    [line] = rows(laptop.store)
    assert (line.due_state, line.due_on) == (state, "2026-11-25")
    assert rows(laptop.store, states=frozenset({state})) == [line]


def test_a_line_says_what_a_cadre_needs(village: Store) -> None:
    village.apply_feed([visit_row(uid("v"), HOUSEHOLD, "2026-10-01")], "cursor-3")
    village.apply(visit("visit-1", patch({"phone": ("13800001234", "13900000001")}), new_person("李小四")))
    [line] = rows(village, text="张三 13900000001")
    assert (line.village_name, line.group_name, line.house_no) == ("孙庄村", "二组", "4100000001")
    assert (line.done, line.required, line.last_visit) == (2, 6, "2026-11-20")
    assert (line.due_state, line.due_on) == ("resting", "2027-01-20")
    assert (line.unsent, line.open_issues, line.has_draft) == (3, 0, False)
    assert line.household_id == HOUSEHOLD
    assert village.household_id(line.key) == HOUSEHOLD
    assert village.household_key(HOUSEHOLD) == line.key


def test_the_helper_is_the_one_paired_today(village: Store) -> None:
    by_name = {row.head_name: row.helper_name for row in rows(village)}
    assert (by_name["李四"], by_name["张三丰"]) == ("赵勇", "")
    assert [row.head_name for row in rows(village, staff_id="staff-9")] == ["李四"]


@pytest.mark.parametrize(
    ("typed", "heads"),
    [
        ("张三", ["张三", "张三丰"]),
        ("张　三", ["张三", "张三丰"]),
        ("zs", ["张三", "张三丰"]),
        ("zhangs", ["张三", "张三丰"]),
        ("zhangsanf", ["张三丰"]),
        ("shan", ["单雄信"]),
        ("sxx", ["单雄信"]),
        ("dan", []),
        ("1231", ["张三"]),
        ("123x", ["李四"]),
        ("阿依古丽", ["李四"]),
        ("mmtayg", ["李四"]),
        ("15900007777", ["李四"]),
        ("1590", ["李四"]),
        ("13700000002", ["单雄信"]),
        ("4100000003", ["王芳"]),
        ("张三 4100000010", ["张三丰"]),
        ("三张", []),
        ("不在", []),
        ("，。", []),
    ],
)
def test_search_finds_whom_it_names(village: Store, typed: str, heads: list[str]) -> None:
    assert found(village, typed) == heads


def test_every_key_of_a_name_narrows_the_list(village: Store) -> None:
    sizes = [len(village.worklist_keys(WorkFilter(text="zhangsanfeng"[:length]))) for length in range(13)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 1


def test_a_name_typed_wrong_and_corrected_is_found_by_the_new_one_only(village: Store) -> None:
    village.apply(correction("c", patch({"head_name": ("张三", "章三")})))
    village.apply(
        correction(
            "d", patch({"name": ("张三", "章三")}, list_name="persons", entity_id=uid("person"), base=2)
        )
    )
    assert found(village, "章三") == ["章三"]
    assert found(village, "张三") == ["张三丰"]


def test_a_new_member_is_found_at_once_and_a_former_one_no_more(village: Store) -> None:
    village.apply(visit("visit-1", new_person("覃小兰")))
    assert found(village, "覃小兰") == found(village, "qxl") == ["张三"]
    left = patch({}, list_name="persons", entity_id=uid("覃小兰"), base=1, status=("active", "left"))
    village.apply(visit("visit-2", left))
    assert found(village, "覃小兰") == []


def test_rare_characters_are_found(village: Store) -> None:
    village.apply(visit("visit-1", new_person("王𬱖㛃䶮")))
    for text in ("𬱖", "㛃䶮", "王𬱖㛃䶮"):
        assert found(village, text) == ["张三"]


def test_filters_go_together(village: Store) -> None:
    assert {row.head_name for row in rows(village, kinds=frozenset({"monitored"}))} == {"王芳"}
    assert {row.head_name for row in rows(village, kinds=frozenset({"ordinary"}))} == {"单雄信"}
    assert len(rows(village, kinds=frozenset({"monitored", "out_of_poverty"}))) == 4
    assert {row.head_name for row in rows(village, area_code=VILLAGE, text="zs")} == {"张三"}
    assert len(rows(village, area_code=VILLAGE[:9])) == 5
    assert {row.head_name for row in rows(village, area_code=VILLAGE, group="十组")} == {"单雄信"}
    assert rows(village, states=frozenset({"overdue", "due"})) == []
    assert len(rows(village, states=frozenset({"not_entered"}))) == 5


def test_places_are_counted_from_the_county_down(village: Store) -> None:
    assert [(area.name, area.households) for area in village.areas()] == [
        ("襄城县", 5),
        ("山头店镇", 5),
        ("孙庄村", 3),
    ]
    assert village.groups(VILLAGE) == ["一组", "二组", "十组"]
    assert village.register_counts() == (5, 2)


def test_a_key_of_a_household_that_is_gone_is_left_out(village: Store) -> None:
    keys = village.worklist_keys(WorkFilter())
    village.apply_feed([household_row(uid("c"), version=4, status="removed")], "cursor-3")
    assert len(village.worklist_rows(keys)) == 4
    assert found(village, "王芳") == []


def test_a_draft_shows(village: Store) -> None:

    village.put_draft(draft("d1"))
    assert [row.has_draft for row in rows(village, text="4100000001")] == [True]
    village.discard_draft("d1")
    assert [row.has_draft for row in rows(village, text="4100000001")] == [False]


# --- The due state of the list is the due state of the plan -------------------------------------------------------

MODES = ("door", "phone", "wechat", "sms")
OUTCOMES = ("met", "nobody", "away", "refused", "moved")
#: Any day, and often the last of a month, where a month later is not the same day.
days = st.one_of(
    st.dates(date(2025, 10, 1), date(2027, 2, 10)),
    st.sampled_from([date(2025, 12, 31), date(2026, 1, 31), date(2026, 8, 31), date(2026, 12, 31)]),
)
#: How far from the day on which a visit falls due somebody looks: the notice begins two weeks before.
offsets = st.sampled_from([-15, -14, -13, -1, 0, 1])
visits = st.lists(st.tuples(days, st.sampled_from(MODES), st.sampled_from(OUTCOMES)), max_size=10)
policies = st.builds(
    lambda per_year, months, remote, everyone, axes: {
        "by": [
            {"for": axis, "per_year": per_year + 1, "interval_months": months, "remote_counts": not remote}
            for axis in axes
        ],
        "from_year": 2020,
        "name_zh": "试",
        "source": "",
        "visits": {
            "per_year": per_year,
            "interval_months": months,
            "remote_counts": remote,
            "everyone": everyone,
        },
    },
    st.integers(1, 8),
    st.integers(1, 13),
    st.sampled_from([True, False, "absent"]),
    st.booleans(),
    st.lists(st.sampled_from(sorted(AXES)), max_size=2, unique=True),
)


@pytest.fixture(scope="module")
def calendar() -> Iterator[Laptop]:
    with tempfile.TemporaryDirectory() as folder:
        made = new_laptop(Path(folder))
        one_household(made.store)
        yield made
        made.vault.close()


@given(
    visits,
    policies,
    st.lists(days, min_size=1, max_size=2),
    offsets,
    st.sampled_from(["out_of_poverty", "ordinary"]),
    st.sampled_from([None, "marginal"]),
)
@settings(unhurried, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_due_state_of_the_list_is_that_of_the_plan(
    calendar: Laptop,
    made: list[tuple[date, str, str]],
    policy: dict[str, object],
    todays: list[date],
    offset: int,
    category: str,
    monitored: str | None,
) -> None:
    """Whatever the visits, the household, the policy and the days on which somebody looks, forwards and backwards."""
    store = calendar.store
    plan = read_policy([policy])[0].plan
    rule = plan.usual
    store.put_policy("years.toml", _toml(policy))
    everything = [
        visit_row(uid(f"v {number}"), HOUSEHOLD, day.isoformat(), mode, outcome)
        for number, (day, mode, outcome) in enumerate(made)
    ]
    gone = [
        {**visit_row(uid(f"v {number}"), HOUSEHOLD, "2026-01-01"), "status": "superseded"}
        for number in range(len(made), 10)
    ]
    calendar.clock.moment = datetime(*todays[0].timetuple()[:3], 12, tzinfo=CHINA)
    house = household_row(household_type=category, monitor_kind=monitored)
    store.apply_feed([house, *everything, *gone], "cursor")
    household = store.household_file(HOUSEHOLD).household
    summaries = [VisitSummary(*one) for one in made]
    edges = [add_months(day, rule.interval_months) + timedelta(days=offset) for day, _, _ in made]
    for today in [*todays, *edges]:
        calendar.clock.moment = datetime(*today.timetuple()[:3], 12, tzinfo=CHINA)
        [line] = rows(store)
        due = due_under(summaries, plan, household, today)
        tried = attempts_of(summaries, today)
        assert (line.absent, line.attempts, line.attempt_weeks) == (
            is_absent(summaries, today),
            tried.count,
            tried.weeks,
        )
        assert (line.due_state, line.required) == (due.state, due.required)
        assert line.due_on == (due.due_on.isoformat() if due.due_on else None)
        assert line.last_visit == (due.last_visit.isoformat() if due.last_visit else None)
        if due.state != "not_entered":
            assert line.done == due.done
        assert store.household_file(HOUSEHOLD).due == due
        assert rows(store, states=frozenset[DueState]({due.state})) == [line]


def _toml(policy: dict[str, object]) -> str:
    rule = policy["visits"]
    assert isinstance(rule, dict)
    by = policy["by"]
    assert isinstance(by, list)
    tables = [("[policy.visits]", rule), *(("[[policy.by]]", each) for each in by)]
    lines = [
        line
        for head, told in tables
        for line in (head, *(f"{name} = {json.dumps(value)}" for name, value in told.items()))
    ]
    return '[[policy]]\nfrom_year = 2020\nname_zh = "试"\nsource = ""\n' + "\n".join(lines)
