"""Households at the ends: everything at its longest, and one of which nothing is known; and the rows of a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from fieldapp.register.entities import Household, Issue, Lead, Person, Visit
from fieldapp.register.plan import Due, DueState
from fieldapp.sheets.paper import HouseholdPaper, VisitListRow, VisitPaper
from tests.sheets.samples import id_number, ordinary, person

LONG_NAME = "阿卜杜热合曼·麦麦提图尔荪·艾合买提江·吐尔逊阿洪诺夫"
LONG_TEXT = (
    "家中老人长期卧床，儿子在外务工，农忙时节缺劳动力，希望村里协调农机；住房西侧土坯墙有裂缝，雨季渗水。" * 4
)


def longest(members: int = 40) -> HouseholdPaper:
    """Return a monitored household with 40 members, very long names, all risks and long texts."""
    people = tuple(_long_person(number) for number in range(1, members + 1))
    base = ordinary()
    return HouseholdPaper(
        household=_long_household(base.household, people),
        village_name="阿依库勒村",
        town_name="青岩镇",
        county_name="襄城县",
        members=people,
        incomes=base.incomes,
        measures=base.measures * 4,
        issues=tuple(_long_issue(number) for number in range(5)),
        leads=(_long_lead(),),
        visits=tuple(_long_visit(number) for number in range(1, 25)),
        pairings=base.pairings,
        due=Due("overdue", 3, 6, date(2026, 10, 1), date(2026, 8, 1)),
    )


def _long_person(number: int) -> Person:
    """Return the head, the spouse or a nephew; every seventh has a very long name."""
    born = f"{1950 + number}-0{number % 9 + 1}-15"
    return person(
        number,
        LONG_NAME
        if number % 7 == 2
        else f"欧阳{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'春夏秋冬'[number % 4]}",
        "head" if number == 1 else "spouse" if number == 2 else "nephew",
        "female" if number == 2 or number % 3 == 0 else "male",
        born,
        health=["chronic", "serious", "disabled"] if number % 5 == 0 else ["healthy"],
        education="illiterate",
        labour="weak",
        work_place="county",
        work_months=12,
        ethnicity="other",
        id_number=id_number(born, number) + ("43B1" if number % 5 == 0 else ""),
    )


def _long_household(base: Household, people: Sequence[Person]) -> Household:
    return Household.from_values(
        "h2",
        {
            **base.values(),
            "house_no": "419999103200999000017",
            "head_name": people[0].name,
            "household_type": "ordinary",
            "out_of_poverty_year": None,
            "monitor_kind": "marginal",
            "risks": ["illness", "study", "disability", "disaster", "accident"],
            "risk_cleared": False,
            "identified_month": "2023-05",
            "member_count": len(people),
            "door_no": "大石桥自然村后寨组旧学校西侧院内第二排左首第一家甲36号附3号",
            "low_income_allowance": True,
            "moved_to": "广东省东莞市厚街镇",
        },
    )


def _long_visit(number: int) -> VisitPaper:
    return VisitPaper(
        visit=Visit(
            id=f"w{number}",
            household_id="h2",
            visit_date=f"2026-{number % 11 + 1:02d}-{number % 27 + 1:02d}",
            mode="door",
            outcome="met",
            visitor_name=LONG_NAME if number == 3 else "胡建志",
            summary=LONG_TEXT if number % 4 == 0 else "入户走访，情况正常。",
            properties={"signing": "fingerprint"},
        )
    )


def _long_issue(number: int) -> Issue:
    return Issue(
        id=f"s{number}",
        household_id="h2",
        kind="housing",
        description=LONG_TEXT,
        state="open",
        found_on="2026-06-01",
    )


def _long_lead() -> Lead:
    return Lead(
        id="l1",
        household_id="h2",
        found_on="2026-06-01",
        source="visit",
        situation=LONG_TEXT,
        state="accepted",
    )


def empty() -> HouseholdPaper:
    """Return a household of which the register knows only where it is and who its head is."""
    return HouseholdPaper(
        household=Household(id="h3", house_no="419999103200031", group_name="第一村民组", head_name="赵丙寅"),
        village_name="石门村",
        town_name="青岩镇",
        county_name="襄城县",
        due=Due("not_entered", 0, 6, None, None),
    )


def list_rows(count: int = 60) -> list[VisitListRow]:
    """Return rows of a round through two groups."""
    states: tuple[DueState, ...] = get_args(DueState)
    return [
        VisitListRow(
            household_id=f"h{number}",
            house_no=f"4199991032{number:05d}",
            head_name="阿卜杜热合曼·麦麦提图尔荪"
            if number == 5
            else f"{'赵钱孙李周吴郑王'[number % 8]}{'建国秀兰茂森'[number % 3 * 2 :][:2]}",
            town_name="青岩镇",
            village_name="石门村",
            group_name=f"第{'一二'[number * 2 // (count + 1)]}村民组",
            member_count=number % 6 + 1,
            phone=f"138000{number:05d}",
            helper_name="胡建志",
            last_visit=date(2026, 9, number % 28 + 1) if number % 5 != 2 else None,
            done=number % 7,
            required=6,
            due_on=date(2026, 11, number % 28 + 1) if number % 5 < 2 else None,
            due_state=states[number % 5],
        )
        for number in range(1, count + 1)
    ]
