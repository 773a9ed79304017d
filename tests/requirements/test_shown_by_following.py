"""Rows of the table that follow a problem through: the same looked for elsewhere, cases planned and closed, houses renewed."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from tests.forms.conftest import clerk, made, offline
from tests.requirements.test_shown_by_checks import put
from tests.requirements.test_shown_by_ledgers import lines, told
from tests.services.asking import homes
from tests.services.forms import fill_required

__all__ = ["clerk", "made", "offline"]

_WATER = {
    "issues[1]/description": "一直缺水",
    "issues[1]/kind": "water",
    "issues[1]/source": "superior",
    "issues[1]/found_on": "2026-11-20",
    "issues[1]/look_elsewhere": "yes",
}


@pytest.mark.requirement("A076")
def test_a_problem_told_from_above_is_looked_for_at_other_households(clerk: Workspace) -> None:
    origin = told(clerk, "issue", _WATER)
    (source,) = clerk.elsewhere.sources()
    assert (source.household_id, source.kind_label, source.asked, source.total) == (origin, "饮水", True, 0)
    others = [home for home in homes(clerk) if home != origin]
    dry, other = others[:2]
    clerk.households.correct(dry, "households", dry, "water_ok", "否", "入户看过")
    looked = clerk.elsewhere.look(source.issue_id, WorkFilter())
    assert sorted(one.household_id for one in looked.candidates) == sorted(others)
    first = looked.candidates[0]
    assert first.household_id == dry
    assert (first.suggested, first.reasons[0][0]) == (True, "登记为饮水没有保障")
    assert [one.suggested for one in looked.candidates if one.household_id == other] == [False]

    made = clerk.elsewhere.make(source.issue_id, [dry, other], date(2026, 12, 5), "看水龙头和水缸")
    assert (made.tasks, made.there) == (2, 0)
    lines = [task for task in clerk.tasks.open() if task.title.startswith("同类排查")]
    assert {(t.household_id, t.kind, t.title, t.due_on, t.issue) for t in lines} == {
        (home, "同类排查", "同类排查（饮水）：看水龙头和水缸", "2026-12-05", "一直缺水")
        for home in (dry, other)
    }
    again = clerk.elsewhere.make(source.issue_id, [dry, other], date(2026, 12, 5))
    assert (again.tasks, again.there) == (0, 2)

    clerk.tasks.done(dry, next(t.id for t in lines if t.household_id == dry), "看过，水管冻裂")
    draft = clerk.visits.start_form(dry, "issue")
    for _ in range(2):
        for name, text in {
            **_WATER,
            "issues[1]/found_on": "2026-11-22",
            "issues[1]/look_elsewhere": "no",
        }.items():
            draft.session.set(f"/data/{name}", text)
    fill_required(draft.session, {"signing": "paper"})
    clerk.visits.finish(draft)
    now = clerk.elsewhere.source(source.issue_id)
    assert (now.done, now.total, now.found) == (1, 2, 1)
    known = {
        one.household_id: one.known for one in clerk.elsewhere.look(source.issue_id, WorkFilter()).candidates
    }
    assert known[dry] == "一直缺水"


def test_what_was_made_is_taken_back_as_one_and_can_be_made_again(clerk: Workspace) -> None:
    told(clerk, "issue", _WATER)
    (source,) = clerk.elsewhere.sources()
    others = [home for home in homes(clerk) if home != source.household_id]
    made = clerk.elsewhere.make(source.issue_id, others, None)
    assert clerk.elsewhere.take_back(made) == len(others) == made.tasks
    assert clerk.elsewhere.source(source.issue_id).total == 0
    assert clerk.elsewhere.make(source.issue_id, others, None).tasks == len(others)
    assert clerk.elsewhere.source(source.issue_id).total == len(others)


def test_nobody_is_looked_at_without_being_chosen(clerk: Workspace) -> None:
    origin = told(clerk, "issue", _WATER)
    (source,) = clerk.elsewhere.sources()
    with pytest.raises(KnownError) as caught:
        clerk.elsewhere.make(source.issue_id, [origin], None)
    assert caught.value.code == "PLAN-005"
    with pytest.raises(KnownError) as caught:
        clerk.elsewhere.look("no-such-problem", WorkFilter())
    assert caught.value.code == "REG-001"


def _lead(clerk: Workspace, home: str, **answers: str) -> None:
    draft = clerk.visits.start_form(home, "lead")
    for _ in range(2):
        for name, text in answers.items():
            draft.session.set(f"/data/lead/{name.replace('__', '/')}", text)
    fill_required(draft.session, {"signing": "paper", "matter": "known"})
    clerk.visits.finish(draft)


@pytest.mark.requirement("A072")
def test_a_hotline_case_stands_in_the_ledger_gets_a_plan_and_is_closed_in_time(clerk: Workspace) -> None:
    home, late = homes(clerk)[:2]
    case = {"channel": "hotline", "risks": "illness"}
    _lead(clerk, home, found_on="2026-11-20", situation="12345 转办：反映住院自付多", **case)
    _lead(clerk, late, found_on="2026-11-01", situation="12317 转办：补贴没到账", **case)
    ledger = clerk.ledgers.open("cases")
    assert [row.household_id for row in ledger.rows] == [late, home]
    (overdue,) = lines(clerk, "cases", late)
    assert (overdue["办理"], overdue["办结期限"]) == ("超期 6 天、还没有方案", "2026-11-16")
    (line,) = lines(clerk, "cases", home)
    assert (line["办理"], line["整改方案"], line["办结期限"]) == ("还没有方案", "", "2026-12-05")

    _lead(clerk, home, case__action="申请医疗救助", case__owner_unit="县医保局", case__owner_name="赵敏")
    (line,) = lines(clerk, "cases", home)
    assert [line[name] for name in ("办理", "整改方案", "责任人", "办结日期")] == [
        *("在办", "申请医疗救助", "县医保局 赵敏", "")
    ]
    _lead(clerk, home, case__closed_on="2026-11-22", case__solution="救助款已到账")
    (line,) = lines(clerk, "cases", home)
    assert [line[name] for name in ("办理", "办结日期", "办理结果")] == [
        *("按期办结", "2026-11-22", "救助款已到账")
    ]


@pytest.mark.requirement("A103")
def test_an_unsafe_house_is_found_renewed_and_struck_off(clerk: Workspace) -> None:
    home = told(
        clerk,
        "issue",
        {
            "issues[1]/description": "土房墙体开裂",
            "issues[1]/kind": "housing",
            "issues[1]/source": "inspection",
            "issues[1]/found_on": "2026-11-10",
        },
    )
    put(
        clerk,
        home,
        "dwellings",
        "old",
        household_id=home,
        name="老屋",
        grade="D",
        usage="lived_in",
        assessed_on="2026-11-12",
        renewal_deadline="2026-11-15",
    )

    def told_now() -> list[str | float]:
        (line,) = lines(clerk, "houses", home)
        return [line[name] for name in ("发现日期", "办理", "改造时限", "竣工日期", "未销号的住房问题")]

    assert told_now() == ["2026-11-12", "超期 7 天", "2026-11-15", "", 1.0]
    put(clerk, home, "dwellings", "old", renewal_deadline=None)
    assert told_now()[1:3] == ["还没有列入改造", "待县里填"]
    put(clerk, home, "dwellings", "old", renewal_stage="begun", renewal_deadline="2026-12-20")
    assert told_now()[1] == "改造中"
    put(clerk, home, "dwellings", "old", renewal_stage="accepted")
    assert told_now()[1:] == ["已验收，住房问题未销号", "2026-12-20", "2026-11-22", 1.0]
    (issue,) = [i for i in clerk.households.file(home).issues if i.kind == "housing"]
    put(clerk, home, "issues", issue.id, state="closed")
    assert told_now()[1:] == ["已销档", "2026-12-20", "2026-11-22", 0.0]
