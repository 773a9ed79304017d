"""The year's incomes out of its items: each class once, a quarter and a forecast not beside the year."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.entities import IncomeItem, IncomeYear
from fieldapp.register.income_sums import differs, sum_of_items

KINDS = ("wage", "business", "property", "transfer", "expense")


def item(kind: str, amount: str, **more: str | int) -> IncomeItem:
    values = {
        "household_id": "h",
        "year": 2026,
        "period": "year",
        "kind": kind,
        "item": "x",
        "amount": amount,
        **more,
    }
    return IncomeItem.from_values(f"{kind}-{amount}-{more}", values)


def test_items_are_added_by_class_and_divided_by_heads() -> None:
    added = sum_of_items(
        [item("wage", "12000"), item("business", "4501.5", cost="1000"), item("transfer", "320")], 2026, 3
    )
    assert added is not None
    assert added.facts == {
        "wage": "12000",
        "business": "4501.5",
        "property": "0",
        "transfer": "320",
        "expense": "1000",
        "net": "15821.5",
        "per_capita": "5273.83",
    }


def test_quarters_forecasts_other_years_and_ended_items_do_not_count() -> None:
    others = [
        item("wage", "1", period="quarter"),
        item("wage", "2", period="forecast"),
        item("wage", "3", year=2025),
        IncomeItem.from_values("gone", item("wage", "4").values(), status="removed"),
        item("claim", "5"),
    ]
    assert sum_of_items(others, 2026, 3) is None
    added = sum_of_items([*others, item("wage", "100")], 2026, 0)
    assert added is not None
    assert (added.items, added.facts["wage"]) == (1, "100")
    assert "per_capita" not in added.facts


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.decimals(0, 99_999, places=2)), min_size=1, max_size=12))
def test_the_net_is_what_came_in_less_what_went_out(told: list[tuple[str, Decimal]]) -> None:
    added = sum_of_items([item(kind, str(amount)) for kind, amount in told], 2026, 2)
    assert added is not None
    assert Decimal(added.facts["net"]) == sum(a if k != "expense" else -a for k, a in told)


def test_what_the_register_says_already_is_no_difference() -> None:
    added = sum_of_items([item("wage", "12000.50")], 2026, 2)
    assert added is not None
    told = IncomeYear.from_values("i", {"household_id": "h", "year": 2026, **added.facts})
    assert not differs(added, told)
    assert differs(added, None)
    assert differs(added, IncomeYear.from_values("i", {"household_id": "h", "year": 2026, "wage": "1"}))
