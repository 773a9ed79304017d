"""问题反馈单, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace

from fieldapp.register.entities import Issue
from fieldapp.register.values import Value
from fieldapp.sheets.issue_slip import open_issues
from fieldapp.sheets.making import make_issue_slips
from fieldapp.sheets.paper import HouseholdPaper
from tests.sheets.reading import STAMP, page_texts
from tests.sheets.samples import ordinary


def issue(id: str, state: str = "open", deadline: str | None = None, **more: Value) -> Issue:
    told: dict[str, Value] = {
        "household_id": "h1",
        "kind": "housing",
        "description": f"屋面漏雨{id}",
        "state": state,
    }
    return Issue.from_values(id, {**told, "deadline": deadline, "found_on": "2026-11-02", **more})


def with_issues(*some: Issue) -> HouseholdPaper:
    return replace(ordinary(), issues=some)


def test_each_open_problem_has_a_slip_of_its_own_the_nearest_deadline_first() -> None:
    paper = with_issues(issue("甲"), issue("乙", "closed"), issue("丙", "working", "2026-12-01"))
    assert [each.id for each in open_issues(paper)] == ["丙", "甲"]
    (sheet,) = make_issue_slips([paper], "full", **STAMP)
    pages = [text for text in page_texts(sheet.pdf) if text]
    assert [("屋面漏雨丙" in text, "屋面漏雨甲" in text) for text in pages] == [(True, False), (False, True)]
    assert "整改时限2026年12月1日" in pages[0]
    assert all(word in pages[0] for word in ("问题反馈单", "签收人", "整改反馈", "群众意见"))


def test_it_goes_to_whoever_is_responsible_else_to_the_village() -> None:
    paper = with_issues(issue("1", owner_unit="县住建局", action="换瓦", owner_name="王一"), issue("2"))
    (sheet,) = make_issue_slips([paper], "full", **STAMP)
    first, second = (text for text in page_texts(sheet.pdf) if text)
    assert "送：县住建局" in first
    assert "换瓦" in first
    assert f"送：{paper.town_name}{paper.village_name}" in second


def test_a_household_without_an_open_problem_gets_no_slip() -> None:
    assert list(make_issue_slips([with_issues(issue("甲", "closed"))], "full", **STAMP)) == []


def test_a_long_problem_takes_its_room_and_loses_nothing() -> None:
    (sheet,) = make_issue_slips([with_issues(issue("甲", description="漏雨" * 900))], "full", **STAMP)
    assert "".join(page_texts(sheet.pdf)).count("漏雨") == 900
