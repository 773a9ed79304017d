"""In which group of the monitoring of work a person stands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.entities import Person
from fieldapp.register.values import Value
from fieldapp.register.work_groups import AWAY, WORK_GROUPS, work_group

TODAY = date(2026, 11, 22)


def person(**facts: Value) -> Person:
    born: dict[str, Value] = {"household_id": "h", "name": "张三", "birth_date": "1985-03-01"}
    return Person.from_values("p", {**born, **facts})


@pytest.mark.parametrize(
    ("facts", "group"),
    [
        ({"work_place": "elsewhere", "work_months": 10}, "elsewhere"),
        ({"work_place": "village", "welfare_post": "cleaning"}, "village"),
        ({"working": True, "work_county": "东莞市"}, "placeless"),
        ({"work_place": "province", "returned_on": "2026-10-02"}, "returned"),
        ({"work_place": "province", "work_ended": "2026-09", "work_started": "2026-03"}, "returned"),
        ({"work_place": "province", "work_ended": "2025-12", "work_started": "2026-03"}, "province"),
        ({"work_place": "province", "returned_on": "2026-10-02", "working": True}, "province"),
        ({"work_place": "province", "returned_on": "2026-12-24"}, "province"),
        ({"work_place": "city", "working": False, "labour": "ordinary"}, "home"),
        ({"planned_county": "昆山市", "labour": "ordinary"}, "planned"),
        ({"wants_work": True, "labour": "lost"}, "wants"),
        ({"labour": "weak"}, "home"),
        ({"labour": "ordinary", "school_state": "senior_1"}, None),
        ({"labour": "ordinary", "birth_date": "1950-01-01"}, None),
        ({"labour": "lost"}, None),
        ({}, None),
    ],
)
def test_the_register_decides_the_group(facts: dict[str, Value], group: str | None) -> None:
    assert work_group(person(**facts), TODAY) == group


@given(
    place=st.sampled_from(["elsewhere", "county", "village", None]),
    working=st.sampled_from([True, False, None]),
    back=st.dates(date(2020, 1, 1), date(2030, 1, 1)) | st.none(),
    began=st.dates(date(2020, 1, 1), date(2030, 1, 1)) | st.none(),
)
def test_nobody_who_is_said_to_work_came_back_and_nobody_returns_before_leaving(
    place: str | None, working: bool | None, back: date | None, began: date | None
) -> None:
    facts: dict[str, Value] = {
        "work_place": place,
        "working": working,
        "returned_on": back.isoformat() if back else None,
        "work_started": f"{began:%Y-%m}" if began else None,
        "labour": "ordinary",
    }
    group = work_group(person(**{name: value for name, value in facts.items() if value is not None}), TODAY)
    assert group in WORK_GROUPS
    if group == "returned":
        assert working is not True
        assert back is not None
        assert back <= TODAY
        assert began is None or f"{began:%Y-%m}" <= f"{back:%Y-%m}"
    if working is False:
        assert group not in AWAY
