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


def transfer(added: list[IncomeItem]) -> str:
    summed = sum_of_items(added, 2026, 1)
    assert summed is not None
    return summed.facts["transfer"]


def test_what_the_door_and_a_list_tell_of_one_payment_counts_once() -> None:
    paid = item("transfer", "960", code="pension", person_id="p1", source="list")
    asked = item("transfer", "3840", code="pension", person_id="p1", source="household")
    assert transfer([paid]) == "960"
    assert transfer([paid, asked]) == "3840", "the list has the first months only"
    assert (
        transfer([item("transfer", "4000", code="pension", person_id="p1", source="list"), asked]) == "4000"
    )


def test_a_payment_told_of_the_household_is_not_added_to_its_persons_lists() -> None:
    one = item("transfer", "300", code="pension", person_id="p1", source="list")
    two = item("transfer", "400", code="pension", person_id="p2", source="list")
    whole = item("transfer", "650", code="pension")
    assert transfer([one, two, whole]) == "700"
    theirs = item("transfer", "350", code="pension", person_id="p1")
    assert transfer([one, two, theirs, item("transfer", "100", code="pension")]) == "750"


def test_several_payments_that_only_the_door_tells_are_all_added() -> None:
    told = [item("transfer", amount, code="other", person_id="p1") for amount in ("100", "200")]
    assert transfer([*told, item("transfer", "50", code="other"), item("transfer", "9")]) == "359"
