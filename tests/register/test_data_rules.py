"""The rules for bad input, each by name, with good, bad and odd values; a refusal says what to write instead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.exchange.cells import Unreadable, converter_of
from fieldapp.exchange.grids import Cell
from fieldapp.exchange.layouts import Column, shipped_layouts
from fieldapp.exchange.texts import clean_name
from fieldapp.register.checks import run_checks, shipped_rules
from fieldapp.register.identity import (
    IdFacts,
    age_on,
    check_digit,
    person_key,
    read_id_number,
    upgraded_number,
)
from fieldapp.register.schema import register_schema
from fieldapp.register.values import Refusal, Value, convert
from tests.register.checks.cases import context_of

TODAY = date(2026, 11, 22)
FIRST = "41023119521208061"
CARD = FIRST + check_digit(FIRST)
RULES = shipped_rules()


def told(list_name: str, name: str, text: str) -> Value | Refusal:
    prop = register_schema().property(list_name, name)
    assert prop is not None
    return convert(prop, text, register_schema())


def fired(rule: str, **person: object) -> bool:
    return bool(run_checks(RULES.only(rule), context_of({"p": {"name": "张三", **person}})))


@pytest.mark.parametrize(
    ("number", "right"),
    [(CARD, True), (CARD + "43", True), (CARD + "43B1", True), (CARD + "4", False), (CARD + "43B", True)],
)
def test_certificates_have_18_20_or_22_characters_and_name_the_same_person(number: str, right: bool) -> None:
    assert isinstance(read_id_number(number, TODAY), IdFacts) == right
    assert person_key(number) == CARD


@pytest.mark.parametrize("tail", ["03", "85", "40", "45"])
def test_kind_and_level_of_a_disability_certificate_are_in_their_range(tail: str) -> None:
    found = read_id_number(CARD + tail, TODAY)
    assert not isinstance(found, IdFacts)
    assert "类别、等级" in found.zh


def test_a_placeholder_number_is_a_flag_and_no_wrong_number() -> None:
    placeholder = "999999195212080619"
    assert fired("id-placeholder", id_number=placeholder)
    for rule in ("id-length", "id-checksum", "id-province"):
        assert not fired(rule, id_number=placeholder), rule
    assert not fired("id-placeholder", id_number=CARD)


@pytest.mark.parametrize(
    ("relationship", "contradicts"),
    [("son", False), ("father", False), ("daughter", True), ("mother", True), ("head", False)],
)
def test_the_17th_digit_is_held_against_sex_and_relation(relationship: str, contradicts: bool) -> None:
    number = CARD  # its 17th digit is odd: a man
    assert fired("id-sex", sex="female", id_number=number)
    assert not fired("id-sex", sex="male", id_number=number)
    by_number = fired("relation-against-number", relationship=relationship, id_number=number)
    assert by_number == contradicts


@pytest.mark.parametrize("character", ["㼆", "𠅤", "𪚥", "𫝀", "𫠝", "𬱖", "𬺰", "𮯠", "𰀀", "𱍐"])
def test_rare_characters_stay_what_they_are(character: str) -> None:
    name = f"李{character}"
    assert told("persons", "name", name) == name
    assert clean_name(name) == name
    assert not fired("name-odd-characters", name=name)


@pytest.mark.parametrize("dot", ["·", "・", "•", "‧", "．", "●"])
def test_every_dot_of_a_name_becomes_the_middle_dot(dot: str) -> None:
    assert told("persons", "name", f"阿依古丽{dot}买买提") == "阿依古丽·买买提"
    assert clean_name(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1952-12-08", "1952-12-08"),
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", "不是日期"),
        ("农历八月初三", "换算成公历"),
        ("1952年腊月廿三", "换算成公历"),
        ("1952-12", "没有到日"),
        ("1952年12月", "没有到日"),
        ("1952", "没有到日"),
        ("去年", "不是日期"),
    ],
)
def test_a_date_is_solar_and_whole_or_the_refusal_says_what_is_missing(text: str, value: str) -> None:
    found = told("persons", "birth_date", text)
    assert (value in found.zh) if isinstance(found, Refusal) else found == value


@pytest.mark.parametrize(
    ("target", "text", "value"),
    [
        ("incomes.net", "12345.6", "12345.6"),
        ("incomes.net", "12345.6元", "12345.6"),
        ("incomes.net", "1.2万元", "填 12000"),
        ("incomes.net", "3万", "填 30000"),
        ("incomes.net", "400斤", "只写数字"),
        ("households.arable_mu", "3.5亩", "3.5"),
        ("households.arable_mu", "5分", "填 0.5"),
        ("households.arable_mu", "2公顷", "填 30"),
        ("households.arable_mu", "三亩", "不是数字"),
    ],
)
def test_an_amount_in_another_unit_is_not_guessed_but_worked_out(target: str, text: str, value: str) -> None:
    found = told(target.split(".")[0], target.split(".")[1], text)
    assert (value in found.zh) if isinstance(found, Refusal) else found == value


@pytest.mark.parametrize("cell", ["1.2万元", "5分", "400斤", "三亩"])
def test_a_cell_in_another_unit_is_refused_with_its_remedy(cell: Cell) -> None:
    column = next(
        column
        for sheet in shipped_layouts().register.sheets
        for column in sheet.columns
        if column.target == "households.arable_mu"
    )
    found = converter_of(column, register_schema())(cell)
    assert isinstance(found, Unreadable)
    assert found.spec.remedy_zh


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 2, 28), 17),
        (date(2026, 3, 1), 18),
        (date(2028, 2, 28), 19),
        (date(2028, 2, 29), 20),
        (date(2028, 3, 1), 20),
    ],
)
def test_whoever_was_born_on_29_february_has_a_birthday_every_year(day: date, age: int) -> None:
    assert age_on(date(2008, 2, 29), day) == age


@pytest.mark.parametrize(
    ("phone", "rule"),
    [
        ("13800001234", None),
        ("03743512345", "phone-is-landline"),
        ("12800001234", "phone-not-a-number"),
        ("138000", "phone-not-a-number"),
        ("", "phone-missing"),
    ],
)
def test_a_phone_is_a_warning_and_never_refused(phone: str, rule: str | None) -> None:
    facts = {"h": {"phone": phone, "household_type": "out_of_poverty"}}
    names = ("phone-missing", "phone-not-a-number", "phone-is-landline")
    found = run_checks(RULES.only(*names), context_of(facts))
    assert [finding.rule_id for finding in found] == ([rule] if rule else [])
    assert all(finding.level != "error" for finding in found)


@pytest.mark.parametrize(
    ("account", "hint"), [("6217000012345671035", False), ("6217000012345671030", True), ("123", False)]
)
def test_a_bank_card_that_fails_luhn_is_a_hint_only(account: str, hint: bool) -> None:
    facts = {"h": {"bank_account": account, "bank_name": "农商行"}}
    found = run_checks(RULES.only("account-luhn"), context_of(facts))
    assert [finding.level for finding in found] == (["hint"] if hint else [])


@pytest.mark.parametrize(
    "text", ["6217 0000 1234 5671 035", "６２１７０００0 12345671035", "6217000012345671035"]
)
def test_an_account_is_taken_without_the_gaps_of_the_card(text: str) -> None:
    assert told("households", "bank_account", text) == "6217000012345671035"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("138-0000-1234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("0374-3512345", "03743512345"),
        ("无", "没有电话的原因"),
        ("没有", "没有电话的原因"),
        ("邻居转告", "不是电话号码"),
    ],
)
def test_who_has_no_phone_is_told_where_to_say_so(text: str, value: str) -> None:
    found = told("households", "phone", text)
    assert (value in found.zh) if isinstance(found, Refusal) else found == value


@pytest.mark.parametrize(
    ("old", "new"),
    [("410231521208061", CARD), ("41023152120806", ""), (CARD, ""), ("４１０２３１５２１２０８０６１", CARD)],
)
def test_an_old_number_of_15_digits_is_offered_as_its_18(old: str, new: str) -> None:
    assert upgraded_number(old) == new
    if new:
        (found,) = run_checks(
            RULES.only("id-old-number"), context_of({"p": {"name": "张三", "id_number": old}})
        )
        assert new in found.zh
        assert "户口簿" in found.zh


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20230105", "2023-01-05"),
        ("2023-1-5", "2023-01-05"),
        ("2023.1.5", "2023-01-05"),
        ("2023/01/05", "2023-01-05"),
        ("2023年1月5日", "2023-01-05"),
        ("２０２３年１月５日", "2023-01-05"),
        ("2023-1.5", "不是日期"),
        ("202301", "没有到日"),
        ("2023/1", "没有到日"),
        ("2023-02-30", "不是日期"),
        ("1952-13-01", "不是日期"),
        ("20230230", "不是日期"),
        ("闰四月初一", "换算成公历"),
        ("0000-00-00", "不是日期"),
    ],
)
def test_a_date_may_be_written_as_offices_write_it(text: str, value: str) -> None:
    found = told("persons", "birth_date", text)
    assert (value in found.zh) if isinstance(found, Refusal) else found == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023-01", "2023-01"),
        ("202301", "2023-01"),
        ("2023.1", "2023-01"),
        ("2023年1月", "2023-01"),
        ("2023/12", "2023-12"),
        ("2023", "不是年月"),
        ("2023-13", "不是年月"),
        ("202300", "不是年月"),
        ("2023-01-05", "不是年月"),
        ("去年", "不是年月"),
    ],
)
def test_a_month_may_be_written_as_the_exports_write_it(text: str, value: str) -> None:
    found = told("households", "identified_month", text)
    assert (value in found.zh) if isinstance(found, Refusal) else found == value


@pytest.mark.parametrize(
    ("target", "text", "value"),
    [
        ("incomes.net", "12,345.67", "12345.67"),
        ("incomes.net", "１２３", "123"),
        ("incomes.net", "12,34", "不是数字"),
        ("incomes.net", "5分", "填 0.05"),
        ("incomes.net", "5毛", "填 0.5"),
        ("incomes.net", "3千元", "填 3000"),
        ("incomes.net", "3亩", "带了单位“亩”"),
        ("incomes.net", "3万5", "不是数字"),
        ("incomes.net", "NaN", "超出范围"),
        ("incomes.net", "9" * 16, "超出范围"),
        ("households.arable_mu", "3亩5分", "填 3.5"),
        ("households.arable_mu", "2顷", "填 200"),
        ("households.arable_mu", "3厘", "填 0.03"),
        ("households.arable_mu", "300平方米", "带了单位"),
        ("households.arable_mu", "2万", "带了单位"),
        ("households.house_area", "5分", "带了单位"),
        ("households.house_area", "86.5平方米", "86.5"),
    ],
)
def test_fen_is_of_money_or_of_land_as_the_property_says(target: str, text: str, value: str) -> None:
    found = told(target.split(".")[0], target.split(".")[1], text)
    assert (value in found.zh) if isinstance(found, Refusal) else found == value


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        (CARD[:17], "length"),
        (CARD + "4", "length"),
        (CARD[:5] + "X" + CARD[6:], "digits"),
        (CARD[:6] + "19520230" + CARD[14:], "date"),
        (CARD[:6] + "18991231" + CARD[14:], "date"),
        (CARD[:6] + "20261231" + CARD[14:], "date"),
        (FIRST + "X", "checksum"),
        ("01" + CARD[2:17], "length"),
    ],
)
def test_a_number_is_refused_for_the_first_thing_that_is_wrong_with_it(number: str, slug: str) -> None:
    found = read_id_number(number, TODAY)
    assert not isinstance(found, IdFacts)
    assert found.slug == slug
    assert found.zh


def test_the_province_is_asked_last_and_the_county_s_code_not_at_all() -> None:
    nowhere, old_county = ("99" + FIRST[2:], "110222" + FIRST[6:])  # 110222 is no code in force any more
    found = read_id_number(nowhere + check_digit(nowhere), TODAY)
    assert not isinstance(found, IdFacts)
    assert found.slug == "province"
    assert isinstance(read_id_number(old_county + check_digit(old_county), TODAY), IdFacts)


@pytest.mark.parametrize("written", [" {} ", "'{}", "\u200b{}", "{}\n"])
def test_a_number_is_the_same_however_it_was_pasted(written: str) -> None:
    wide = CARD.translate({ord("0") + n: ord("０") + n for n in range(10)})
    for number in (CARD, wide):
        assert told("persons", "id_number", written.format(number)) == CARD
    first = "11010119900307123"
    ten = next(f"{n:03d}" for n in range(1000) if check_digit(first[:14] + f"{n:03d}") == "X")
    assert told("persons", "id_number", first[:14] + ten + "ｘ") == first[:14] + ten + "X"


def column(target: str) -> Column:
    return next(
        column
        for sheet in shipped_layouts().register.sheets
        for column in sheet.columns
        if column.target == target
    )


@pytest.mark.parametrize(
    ("target", "cell", "lost"),
    [
        ("persons.id_number", float(CARD), True),
        ("persons.id_number", 410231521208061, True),
        ("persons.id_number", "4.10231E+17", True),
        ("persons.id_number", CARD[:15] + "000", True),
        ("persons.id_number", CARD, False),
        ("persons.id_number", CARD + "43", False),
        ("persons.phone", "1.38E+10", True),
        ("persons.phone", 13800001234.0, False),
        ("persons.phone", "１３８００００１２３４", False),
    ],
)
def test_a_number_that_excel_has_cut_is_refused_with_its_remedy(target: str, cell: Cell, lost: bool) -> None:
    found = converter_of(column(target), register_schema())(cell)
    assert isinstance(found, Unreadable) == lost
    if isinstance(found, Unreadable):
        assert (found.spec.code, bool(found.spec.remedy_zh)) == ("ROW-002", True)


def test_a_number_that_really_ends_in_zeros_is_taken() -> None:
    start = next(
        f"4102311952{n:04d}000"[:17]
        for n in range(101, 1232)
        if check_digit(f"4102311952{n:04d}000"[:17]) == "0"
    )
    number = start + "0"
    assert number.endswith("000")
    assert converter_of(column("persons.id_number"), register_schema())(number) == number


@pytest.mark.parametrize("length", [1, 25, 50, 80])
def test_a_name_has_room_for_fifty_characters_and_more(length: int) -> None:
    assert told("persons", "name", "张" * length) == "张" * length


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2027, 12, 31)))
def test_what_a_date_becomes_is_taken_again_as_it_stands(day: date) -> None:
    for text in (
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        found = told("persons", "birth_date", text)
        assert found == day.isoformat() == told("persons", "birth_date", str(found))


@pytest.mark.parametrize(
    "rule", ["phone-missing", "account-luhn", "account-not-a-card", "name-odd-characters"]
)
def test_what_is_only_doubtful_never_blocks_a_visit(rule: str) -> None:
    (found,) = RULES.only(rule).rules
    assert found.level != "error"
