"""Values as they read on Chinese paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.entities import Household, Person
from fieldapp.register.schema import register_schema
from fieldapp.sheets.paper import Profile
from fieldapp.sheets.wording import Wording, birth_of, date_zh, month_zh, yuan
from tests.sheets.samples import id_number

TODAY = date(2026, 11, 22)


def words(profile: Profile = "full") -> Wording:
    return Wording(register_schema(), profile, TODAY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-01-05", "2026年1月5日"),
        ("2026-01-05T08:00:00Z", "2026年1月5日"),
        ("", ""),
        (None, ""),
        ("去年冬天", "去年冬天"),
    ],
)
def test_dates_have_no_leading_zeros(text: str | None, shown: str) -> None:
    assert date_zh(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("2023-01", "2023年1月"), ("2023-01-09", "2023年1月"), (None, ""), ("不详", "不详")]
)
def test_months_too(text: str | None, shown: str) -> None:
    assert month_zh(text) == shown


@given(st.decimals(min_value=0, max_value=Decimal(10) ** 12, places=2))
def test_money_reads_back_to_the_same_amount(amount: Decimal) -> None:
    assert Decimal(yuan(str(amount)).replace(",", "")) == amount


def test_money_that_is_no_number_is_shown_as_it_is() -> None:
    assert yuan("约三千") == "约三千"
    assert yuan(None) == ""


def test_units_labels_and_years_are_added() -> None:
    household = Household.from_values(
        "h", {"arable_mu": "5.9", "house_year": 2005, "fuel": "clean", "water_ok": False, "member_count": 0}
    )
    shown = {name: words().fact(household, name) for name in household.values()}
    assert (shown["arable_mu"], shown["house_year"], shown["fuel"]) == ("5.9亩", "2005年", "清洁能源")
    assert (shown["water_ok"], shown["member_count"], shown["phone"]) == ("否", "", "")


def test_a_birth_date_that_was_not_written_down_is_in_the_number() -> None:
    person = Person(id="p", household_id="h", id_number=id_number("1958-03-09", 11))
    assert birth_of(person, TODAY) == date(1958, 3, 9)
    assert words().birth(person) == "1958年3月\n68周岁"
    assert words().birth_month(person) == "1958年3月"


def test_without_date_and_number_nothing_is_made_up() -> None:
    assert words().birth(Person(id="p", household_id="h")) == ""
    assert birth_of(Person(id="p", household_id="h", birth_date="1958-13"), TODAY) is None


@given(
    st.from_regex(r"\A[0-9]{17}[0-9X]\Z"),
    st.from_regex(r"\A1[0-9]{10}\Z"),
    st.from_regex(r"\A[0-9]{16,19}\Z"),
)
def test_masking_keeps_length_and_ends_and_hides_the_rest(number: str, phone: str, account: str) -> None:
    masked = words("masked")
    for shown, real, head in (
        (masked.id_number(number), number, 3),
        (masked.phone(phone), phone, 3),
        (masked.account(account), account, 4),
    ):
        assert len(shown) == len(real)
        assert shown[:head] + shown[-4:] == real[:head] + real[-4:]
        assert set(shown[head:-4]) == {"*"}


def test_the_full_profile_hides_nothing() -> None:
    assert words().id_number("419999195803090117") == "419999195803090117"
    assert words().account("6217000012345671038") == "6217000012345671038"
