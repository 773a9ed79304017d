"""Synthetic households for the tests: ordinary ones by the dozen, and one of which everything is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from fieldapp.register.entities import Household, IncomeYear, Issue, Measure, Pairing, Person, Visit
from fieldapp.register.plan import DueState, VisitSummary, due_of
from fieldapp.register.policy import policy_for
from fieldapp.register.values import Value
from fieldapp.register.verdict import verdict_of
from fieldapp.services.households import FactOrigin, HouseholdFile, Ladder, VisitLine
from fieldapp.services.worklist import WorkRow

__all__ = ["LONG_NAME", "PASSWORD", "full_file", "work_row"]

PASSWORD = "走访-2026"
LONG_NAME = "阿卜杜热合曼·买买提图尔荪·艾合买提江·吐尔逊"
TODAY = date(2026, 11, 22)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("建国", "秀英", "桂兰", "志强", "淑珍", "海涛", "玉梅", "国强", "小红", "德福", "凤霞")
_STATES: tuple[DueState, ...] = ("overdue", "due", "not_entered", "resting", "fulfilled")
_MONITOR = ("", "", "脱贫不稳定户", "", "边缘易致贫户", "", "突发严重困难户")


def work_row(number: int) -> WorkRow:
    """Return the row of household ``number``; the same number gives the same row."""
    state = _STATES[number % 5] if number % 7 else "not_entered"
    monitor = _MONITOR[number % len(_MONITOR)]
    done = {"overdue": 3, "due": 4, "not_entered": 0, "resting": 5, "fulfilled": 6}[state]
    due_on = {"overdue": TODAY - timedelta(12), "due": TODAY + timedelta(6), "resting": TODAY + timedelta(41)}
    return WorkRow(
        household_id=f"h{number:04d}",
        house_no=f"4199{number:08d}",
        head_name=LONG_NAME
        if number == 3
        else _SURNAMES[number * 7 % len(_SURNAMES)] + _GIVEN[number * 5 % len(_GIVEN)],
        village_name="石桥村" if number % 2 else "青杨村",
        group_name=str(number % 6 + 1),
        member_count=number % 6 + 1,
        household_type="脱贫户" if number % 4 else "一般农户",
        monitor=monitor,
        risk_cleared=None if not monitor else bool(number % 2),
        phone=f"138{number:08d}",
        helper_name="李晓梅" if number % 3 else "王卫东",
        last_visit=None if state == "not_entered" else (TODAY - timedelta(number % 50 + 3)).isoformat(),
        done=done,
        required=6,
        due_on=due_on[state].isoformat() if state in due_on else None,
        due_state=state,
        open_issues=int(number % 9 == 0),
        unsent=int(number % 11 == 0),
        has_draft=number % 13 == 3,
    )


def full_file(household_id: str, today: date) -> HouseholdFile:
    """Return a household with members, incomes, measures, problems, visits and the origins of its facts."""
    visits = _visits(household_id)
    return HouseholdFile(
        household=_household(household_id),
        members=_members(household_id),
        former_members=(
            Person(
                id="p9",
                household_id=household_id,
                name="王老汉",
                relationship="father",
                status="left",
                properties={"left_reason": "death"},
            ),
        ),
        incomes=tuple(
            IncomeYear(id=f"i{year}", household_id=household_id, year=year, per_capita=amount)
            for year, amount in ((2025, "14238.5"), (2024, "12960"), (2023, "6120"))
        ),
        measures=_measures(household_id),
        issues=_issues(household_id),
        leads=(),
        pairings=(
            Pairing(
                id="g1",
                household_id=household_id,
                staff_id="s1",
                staff_name="李晓梅",
                unit_name="县农业农村局",
                started="2024-01-01",
            ),
        ),
        visits=visits,
        verdict=verdict_of(_household(household_id), (), None),
        due=due_of([_summary(line.visit) for line in visits], policy_for(today.year).visits, today),
        village_name="石桥村",
        town_name="茨沟乡",
        facts={
            ("households", household_id, "house_area"): FactOrigin("2026-09-14", "v1", "李晓梅", "80"),
            ("households", household_id, "water_ok"): FactOrigin("2026-09-14", "v1", "李晓梅", True),
            ("households", household_id, "food_ok"): FactOrigin("2026-01-05", None, "", None),
        },
        readable=frozenset(line.visit.id for line in visits if line.visit.source != "imported"),
    )


def _household(household_id: str) -> Household:
    facts: dict[str, Value] = {
        "food_ok": True,
        "clothes_ok": True,
        "housing_ok": True,
        "schooling_ok": True,
        "water_ok": False,
        "house_area": "96",
        "house_structure": "masonry",
        "house_year": 2008,
        "house_grade": "B",
        "arable_mu": "4.2",
        "road_kind": "concrete",
        "road_km": "0.3",
        "electricity": True,
        "fuel": "clean",
        "out_of_poverty_year": 2018,
        "identified_month": "2023-05",
        "low_income_allowance": True,
        "risks": ["illness", "labour"],
    }
    return Household(
        id=household_id,
        house_no="419900000017",
        area_code="411025101201",
        group_name="3",
        head_name=LONG_NAME if household_id == "h0003" else "王秀英",
        phone="13800005521",
        household_type="out_of_poverty",
        monitor_kind="unstable",
        risk_cleared=False,
        member_count=4,
        properties=facts,
    )


def _members(household_id: str) -> tuple[Person, ...]:
    rows: list[tuple[str, str, str, str, dict[str, Value]]] = [
        ("王秀英", "female", "1961-03-02", "head", {"health": ["chronic"], "labour": "weak"}),
        (
            "李大山",
            "male",
            "1985-07-19",
            "son",
            {"health": ["healthy"], "labour": "skilled", "work_place": "elsewhere", "work_months": 10},
        ),
        ("张凤", "female", "1988-12-01", "daughter_in_law", {"health": ["healthy"], "labour": "ordinary"}),
        ("李小雨", "female", "2015-09-11", "granddaughter", {"school_state": "primary", "labour": "none"}),
    ]
    return tuple(
        Person(
            id=f"p{number}",
            household_id=household_id,
            name=name,
            sex=sex,
            birth_date=born,
            relationship=relation,
            id_type="id_card",
            id_number=f"419901{born.replace('-', '')}00{number}X",
            phone="13700001234" if number == 2 else "",
            line_no=number,
            properties=more,
        )
        for number, (name, sex, born, relation, more) in enumerate(rows, start=1)
    )


def _measures(household_id: str) -> tuple[Measure, ...]:
    return (
        Measure(
            id="m1",
            household_id=household_id,
            group="job",
            item="外出务工交通补贴",
            started="2026-03",
            state="done",
            properties={"amount": "500"},
        ),
        Measure(
            id="m2",
            household_id=household_id,
            group="water",
            item="自来水管网维修",
            started="2026-10",
            state="running",
        ),
    )


def _issues(household_id: str) -> tuple[Issue, ...]:
    return (
        Issue(
            id="q1",
            household_id=household_id,
            kind="water",
            description="三组管网末端水压不够，早晚经常停水",
            state="working",
            found_on="2026-09-14",
            deadline="2026-11-10",
        ),
    )


def _summary(visit: Visit) -> VisitSummary:
    return VisitSummary(date.fromisoformat(visit.visit_date), visit.mode, visit.outcome)


def _visits(household_id: str) -> tuple[VisitLine, ...]:
    rows = [
        ("v0", "2026-11-18", "2026-11-20T12:00:00Z", "paper", "saved", None, "问了新农合缴费，已交。"),
        (
            "v1",
            "2026-09-14",
            "2026-09-14T03:20:00Z",
            "onsite",
            "received",
            "2026-09-15T00:40:00Z",
            "水压不够。",
        ),
        ("v2", "2026-07-03", "2026-07-03T09:10:00Z", "remote", "received", "2026-07-04T00:40:00Z", ""),
        ("v3", "2026-03-11", "2026-03-12T09:10:00Z", "imported", "received", None, ""),
    ]
    return tuple(
        VisitLine(
            Visit(
                id=identifier,
                household_id=household_id,
                visit_date=day,
                entered_at=entered,
                source=source,
                mode="phone" if source == "remote" else "door",
                outcome="met",
                visitor_name="李晓梅",
                summary=summary,
                properties={"signing": "paper", "photo_count": 1} if source == "onsite" else {},
            ),
            cast("Ladder", ladder),
            receipt,
            3 if identifier == "v1" else 0,
        )
        for identifier, day, entered, source, ladder, receipt, summary in rows
    )
