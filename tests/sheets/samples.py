"""A synthetic household for the sheets: out of poverty, four members, six visits.

Its visits are in sample_visits.py; extremes.py has the other households.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from fieldapp.common.clock import FixedClock
from fieldapp.register.entities import (
    Household,
    IncomeYear,
    Issue,
    Measure,
    Pairing,
    Person,
)
from fieldapp.register.identity import check_digit
from fieldapp.register.plan import Due
from fieldapp.register.values import Value
from fieldapp.sheets.paper import HouseholdPaper
from tests.sheets.sample_visits import visits

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
CLOCK = FixedClock(NOW)
_FACTS: dict[str, Value] = {
    "house_no": "419999103200017",
    "area_code": "419999103200",
    "group_name": "第三村民组",
    "door_no": "36号",
    "head_name": "李茂森",
    "phone": "13800009203",
    "household_type": "out_of_poverty",
    "member_count": 4,
    "out_of_poverty_year": 2018,
    "bank_name": "襄城县农村商业银行",
    "bank_account": "6217000012345671038",
    "arable_mu": "5.9",
    "forest_mu": "1.2",
    "house_area": "116",
    "house_structure": "masonry",
    "house_year": 2005,
    "house_grade": "A",
    "road_kind": "concrete",
    "road_km": "0.3",
    "fuel": "clean",
    "electricity": True,
    "broadcast": True,
    "sanitary_toilet": True,
    "cooperative": True,
    "food_ok": True,
    "clothes_ok": True,
    "housing_ok": True,
    "schooling_ok": True,
    "medical_ok": True,
    "water_ok": False,
}


def id_number(born: str, order: int) -> str:
    """Return a synthetic identity number with a right check digit, in a county part nobody has."""
    first17 = f"419999{born.replace('-', '')}{order:03d}"
    return first17 + check_digit(first17)


def person(number: int, name: str, relationship: str, sex: str, born: str, **facts: Value) -> Person:
    order = number * 2 + (1 if sex == "male" else 0)
    values: dict[str, Value] = {
        "household_id": "h1",
        "name": name,
        "relationship": relationship,
        "sex": sex,
        "birth_date": born,
        "id_type": "id_card",
        "id_number": id_number(born, order),
        "line_no": number,
        "health": ["healthy"],
        "medical_insurance": "resident",
        "pension_insurance": "resident",
    }
    return Person.from_values(f"p{number}", {**values, **facts})


def ordinary() -> HouseholdPaper:
    """Return a household out of poverty with four members and six visits."""
    return HouseholdPaper(
        household=Household.from_values("h1", _FACTS),
        village_name="石门村",
        town_name="青岩镇",
        county_name="襄城县",
        members=_members(),
        former_members=(person(5, "李小凤", "daughter", "female", "1997-02-11", left_reason="married_out"),),
        incomes=_incomes(),
        measures=_measures(),
        issues=_issues(),
        visits=visits(),
        pairings=_pairings(),
        due=Due("due", 5, 6, date(2026, 12, 12), date(2026, 10, 12)),
        known_since=dict.fromkeys(
            ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok"), "2026-10-12"
        ),
    )


def _members() -> tuple[Person, ...]:
    return (
        person(
            1, "李茂森", "head", "male", "1968-04-12", education="junior", labour="ordinary", politics="party"
        ),
        person(
            2,
            "王秀兰",
            "spouse",
            "female",
            "1970-09-03",
            education="primary",
            labour="weak",
            health=["chronic"],
        ),
        person(
            3,
            "李建国",
            "son",
            "male",
            "1994-01-20",
            education="college",
            labour="skilled",
            work_place="elsewhere",
            work_months=10,
        ),
        person(
            4,
            "李𨭎",
            "grandson",
            "male",
            "2015-06-18",
            school_state="primary",
            labour="none",
            pension_insurance=None,
        ),
    )


def _incomes() -> tuple[IncomeYear, ...]:
    return tuple(
        IncomeYear.from_values(
            f"i{year}",
            {
                "household_id": "h1",
                "year": year,
                "wage": wage,
                "business": "10741.33",
                "property": "1750.27",
                "transfer": "2895.5",
                "pension": "1695.5",
                "ecology_grant": "1200",
                "expense": "2344.28",
                "net": net,
                "per_capita": per_head,
            },
        )
        for year, wage, net, per_head in (
            (2023, "31000", "44042.82", "11010.71"),
            (2024, "36500", "49542.82", "12385.71"),
            (2025, "42000", "55042.82", "13760.71"),
        )
    )


def _measures() -> tuple[Measure, ...]:
    return (
        Measure(
            id="m1",
            household_id="h1",
            group="industry",
            item="到户产业奖补（烟叶种植）",
            started="2024-03",
            ended="2024-12",
            state="done",
            properties={"amount": "3000"},
        ),
        Measure(
            id="m2",
            household_id="h1",
            group="job",
            item="外出务工交通补贴",
            started="2025-01",
            state="running",
            properties={"amount": "500", "person_id": "p3"},
        ),
        Measure(
            id="m3",
            household_id="h1",
            group="health",
            item="家庭医生签约服务",
            started="2023-05",
            state="running",
            properties={"person_id": "p2"},
        ),
    )


def _issues() -> tuple[Issue, ...]:
    return (
        Issue(
            id="s1",
            household_id="h1",
            kind="water",
            description="冬季自来水管易冻，去年断水两次",
            state="working",
            found_on="2026-10-12",
            deadline="2026-12-15",
            properties={"source": "visit"},
        ),
        Issue(
            id="s2",
            household_id="h1",
            kind="request",
            description="想给孙子申请寄宿生补助",
            state="closed",
            found_on="2026-03-08",
            properties={"solution": "已协助到学校申请，4月发放"},
        ),
    )


def _pairings() -> tuple[Pairing, ...]:
    return (
        Pairing(
            id="g1",
            household_id="h1",
            staff_id="u1",
            staff_name="胡建志",
            unit_name="襄城县农业农村局",
            started="2024-05-01",
            properties={"staff_phone": "13900001234"},
        ),
        Pairing(
            id="g0",
            household_id="h1",
            staff_id="u0",
            staff_name="赵敏",
            unit_name="襄城县交通运输局",
            started="2021-06-01",
            ended="2024-04-30",
        ),
    )
