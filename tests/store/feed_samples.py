"""A synthetic register as the county's feed sends it: villages, groups, families, incomes, visits. Nobody is real."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from fieldapp.common.ids import derived_id
from fieldapp.register.identity import check_digit

__all__ = ["COUNTY", "TODAY", "area_rows", "feed_row", "pages", "register_rows"]

COUNTY = "411025"
TODAY = date(2026, 11, 22)

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗单曾仇解查区朴盖"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰玉华建国长乐朝茜晟福生"
_GROUPS = ("一组", "二组", "三组", "十组", "十一组")


def feed_row(list_name: str, id: str, values: Mapping[str, Any], **rest: Any) -> dict[str, Any]:
    """Return a feed row; status, version and fields may be given."""
    return {
        "list": list_name,
        "id": id,
        "status": "active",
        "version": 1,
        "fields": {},
        **rest,
        "values": dict(values),
    }


def area_rows(villages: int) -> list[dict[str, Any]]:
    """Return the area tree: the county, towns of thirty villages, villages."""
    towns = range(1, 2 + (villages - 1) // 30)
    areas = [(COUNTY, "", "襄城县", "county")]
    areas += [(f"{COUNTY}1{town:02d}", COUNTY, f"第{town}镇", "town") for town in towns]
    for village in range(villages):
        code = _village(village)
        areas.append((code, code[:9], f"{village + 1}号村", "village"))
    return [
        feed_row("areas", code, {"code": code, "parent": parent, "name": name, "level": level})
        for code, parent, name, level in areas
    ]


def register_rows(households: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield households, each followed by its members, incomes, pairing and visits; about three members a house."""
    dice = random.Random(seed)
    villages = max(1, households // 30)
    yield from area_rows(villages)
    for number in range(households):
        yield from _household(number, _village(dice.randrange(villages)), dice)


def pages(
    rows: Iterator[dict[str, Any]] | Sequence[dict[str, Any]], size: int
) -> Iterator[list[dict[str, Any]]]:
    """Cut rows into pages of a size."""
    page: list[dict[str, Any]] = []
    for row in rows:
        page.append(row)
        if len(page) == size:
            yield page
            page = []
    if page:
        yield page


def _village(number: int) -> str:
    return f"{COUNTY}1{1 + number // 30:02d}{200 + number % 30:03d}"


def _name(dice: random.Random) -> str:
    return dice.choice(_SURNAMES) + "".join(dice.choice(_GIVEN) for _ in range(dice.choice((1, 2, 2))))


def _id_number(dice: random.Random) -> str:
    born = date(1940, 1, 1) + timedelta(days=dice.randrange(80 * 365))
    first = f"419900{born:%Y%m%d}{dice.randrange(1000):03d}"
    return first + check_digit(first)


def _household(number: int, village: str, dice: random.Random) -> Iterator[dict[str, Any]]:
    id = derived_id("sample", str(number))
    people = [(_name(dice), _id_number(dice)) for _ in range(dice.choice((2, 3, 3, 4)))]
    yield feed_row(
        "households",
        id,
        {
            "house_no": f"41{number:08d}",
            "area_code": village,
            "group_name": dice.choice(_GROUPS),
            "head_name": people[0][0],
            "phone": f"138{dice.randrange(10**8):08d}",
            "household_type": dice.choice(("out_of_poverty", "out_of_poverty", "ordinary")),
            "monitor_kind": dice.choice((None, None, "marginal")),
            "member_count": len(people),
            "arable_mu": "3.5",
            "house_structure": "masonry",
            "food_ok": True,
            "water_ok": True,
        },
    )
    for line, (name, id_number) in enumerate(people, start=1):
        yield feed_row(
            "persons", derived_id("sample", id, "person", str(line)), _person(id, line, name, id_number)
        )
    for year in (2023, 2024, 2025):
        income = {
            "household_id": id,
            "year": year,
            "wage": "24000",
            "transfer": "1200.5",
            "per_capita": "9800.25",
        }
        yield feed_row("incomes", derived_id("sample", id, str(year)), income)
    pairing = {
        "household_id": id,
        "staff_id": f"staff-{number % 40}",
        "staff_name": _name(dice),
        "started": "2021-03-01",
    }
    yield feed_row("pairings", derived_id("sample", id, "pairing"), pairing)
    for visit in range(dice.randrange(7)):
        day = TODAY - timedelta(days=dice.randrange(330))
        yield feed_row("visits", derived_id("sample", id, "visit", str(visit)), _visit(id, day, dice))


def _person(household_id: str, line: int, name: str, id_number: str) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "line_no": line,
        "name": name,
        "id_type": "id_card",
        "id_number": id_number,
        "sex": "male" if int(id_number[16]) % 2 else "female",
        "birth_date": f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}",
        "relationship": "head" if line == 1 else "spouse" if line == 2 else "son",
        "ethnicity": "han",
        "education": "junior",
        "health": ["healthy"],
        "labour": "ordinary",
    }


def _visit(household_id: str, day: date, dice: random.Random) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "visit_date": day.isoformat(),
        "entered_at": f"{day.isoformat()}T12:00:00Z",
        "mode": dice.choice(("door", "door", "phone")),
        "outcome": dice.choice(("met", "met", "met", "nobody")),
        "visitor_id": "staff-1",
        "visitor_name": "王芳",
        "summary": "了解家庭情况",
    }
