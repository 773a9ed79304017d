"""Payments by month in one income item a year: a list that comes twice counts once, two lists never replace each other unasked."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.payments import (
    Part,
    Payment,
    Way,
    digest_of,
    list_title,
    parts_text,
    payment_id,
    read_months,
    read_parts,
    standing,
    total_of,
    with_payment,
)

MONTHS = st.just("2026-03") | st.builds(
    lambda y, m: f"{y}-{m:02d}", st.integers(2020, 2030), st.integers(1, 12)
)
AMOUNTS = st.decimals(-9_999, 99_999, places=2)
TITLES = st.text("低保表补发《》;#:年3月 ", max_size=12).map(list_title)
DIGESTS = st.sampled_from(["0a0a0a0a", "0b0b0b0b"]) | st.text("0123456789abcdef", min_size=8, max_size=8)
PARTS = st.lists(st.builds(Part, MONTHS, AMOUNTS, TITLES, st.just("") | DIGESTS, TITLES), max_size=14)
PAYMENTS = st.builds(Payment, MONTHS, AMOUNTS, TITLES.filter(bool), DIGESTS)
WAYS: st.SearchStrategy[Way] = st.sampled_from(["", "replace", "add"])


def by_order(parts: list[Part]) -> list[Part]:
    return sorted(parts, key=lambda p: (p.month, p.title, p.digest, p.whose, p.amount))


@given(PARTS)
def test_what_is_written_is_read_again(parts: list[Part]) -> None:
    assert by_order(list(read_parts(parts_text(parts)))) == by_order(parts)


@given(PARTS, PAYMENTS, WAYS)
def test_a_payment_taken_twice_counts_once(parts: list[Part], payment: Payment, way: Way) -> None:
    once = with_payment(parts, payment, way)
    if once is None:
        assert not way, "only where nobody has said what to do"
        assert standing(parts, payment).others
        return
    for again in ("", way):
        twice = with_payment(once, payment, again)
        assert twice is not None
        assert total_of(parts_text(twice)) == total_of(parts_text(once))


def test_a_list_that_stands_twice_in_a_month_counts_once_when_it_comes_again() -> None:
    doubled = (
        Part("2026-03", Decimal(320), "低保表", "0a0a0a0a"),
        Part("2026-03", Decimal(300), "", "0a0a0a0a"),
    )
    payment = Payment("2026-03", Decimal(320), "低保表", "0a0a0a0a")
    assert with_payment(doubled, payment) == (payment.part,)


@given(PARTS, PAYMENTS)
def test_another_list_is_replaced_only_when_somebody_says_so(parts: list[Part], payment: Payment) -> None:
    others = standing(parts, payment).others
    for way in ("", "add"):
        after = with_payment(parts, payment, way)
        assert after is None or all(part in after for part in others)


def test_what_was_kept_before_lists_were_named_is_read_and_known_again() -> None:
    parts = read_parts("2026-03:320;2026-04:320")
    again = Payment("2026-03", Decimal(320), "三月表", "0a0a0a0a")
    assert standing(parts, again).own == parts[0]
    other = Payment("2026-03", Decimal(50), "补发表", "0b0b0b0b")
    assert standing(parts, other).others == (parts[0],)
    assert standing(parts, Payment("2026-03", Decimal(50), "三月表", "0b0b0b0b"), "三月表").own == parts[0]


def test_what_is_no_month_is_left_out() -> None:
    assert read_months("2026-13:5;abc;2026-02:7.5;2026-3:1") == {"2026-02": Decimal("7.5")}
    assert total_of("") == 0


def test_what_a_list_pays_is_the_same_whatever_its_order() -> None:
    rows = [("a", Decimal(1)), ("b", Decimal("2.50"))]
    assert digest_of(rows) == digest_of([("b", Decimal("2.5")), rows[0]]) != digest_of(rows[:1])


def test_an_item_is_the_same_on_every_laptop_and_another_for_another_year() -> None:
    assert payment_id("low_income", "p1", 2026) == payment_id("low_income", "p1", 2026)
    assert len({payment_id(c, p, y) for c in ("a", "b") for p in ("p", "q") for y in (2025, 2026)}) == 8
