"""From a text to the value that is stored, or to the reason why not; never something in between."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from fieldapp.register.schema import Property, register_schema
from fieldapp.register.values import (
    Refusal,
    Value,
    as_text,
    canonical_decimal,
    convert,
    display,
    misfit,
    typed,
)

SCHEMA = register_schema()
PROPERTIES = [prop for spec in SCHEMA.lists.values() for prop in spec.properties.values()]


def prop(list_name: str, name: str) -> Property:
    found = SCHEMA.property(list_name, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("list_name", "name", "text", "value"),
    [
        ("households", "head_name", "  张三 ", "张三"),
        ("households", "house_year", "1998", 1998),
        ("households", "house_year", "1998.0", 1998),
        ("households", "house_year", "-3", -3),
        ("households", "arable_mu", "3.50", "3.5"),
        ("households", "arable_mu", "1e2", "100"),
        ("households", "arable_mu", "-0.00", "0"),
        ("households", "food_ok", "yes", True),
        ("households", "food_ok", "否", False),
        ("households", "food_ok", "TRUE", True),
        ("households", "identified_month", "2021-06", "2021-06"),
        ("persons", "birth_date", "1970-03-07", "1970-03-07"),
        ("persons", "sex", "male", "male"),
        ("persons", "health", "disabled chronic chronic", ["chronic", "disabled"]),
        ("persons", "id_number", "41990019700307123x", "41990019700307123X"),
        ("persons", "phone", "138 0000 1234", "13800001234"),
        ("persons", "health", " ", None),
    ],
)
def test_a_text_becomes_its_stored_value(list_name: str, name: str, text: str, value: Value) -> None:
    converted = convert(prop(list_name, name), text, SCHEMA)
    assert converted == value
    assert type(converted) is type(value)


@pytest.mark.parametrize(
    ("list_name", "name", "text", "words"),
    [
        ("households", "house_year", "1998.5", "不是整数"),
        ("households", "house_year", "很久", "不是整数"),
        ("households", "house_year", "1" * 16, "不是整数"),
        ("households", "arable_mu", "三亩", "不是数字"),
        ("households", "arable_mu", "NaN", "超出范围"),
        ("households", "arable_mu", "Infinity", "超出范围"),
        ("households", "arable_mu", "1e15", "超出范围"),
        ("households", "food_ok", "maybe", "是"),
        ("households", "identified_month", "2021-13", "不是年月"),
        ("persons", "birth_date", "1970-02-30", "不是日期"),
        ("persons", "birth_date", "07.03.1970", "不是日期"),
        ("persons", "sex", "男", "不在"),
        ("persons", "health", "chronic gold", "gold"),
        ("persons", "phone", "无", "不是电话"),
    ],
)
def test_a_text_that_does_not_convert_is_refused_with_the_reason(
    list_name: str, name: str, text: str, words: str
) -> None:
    refusal = convert(prop(list_name, name), text, SCHEMA)
    assert isinstance(refusal, Refusal)
    assert words in refusal.zh
    assert refusal.en


def stored(value: Value) -> str:
    """A stored value as it would be typed: what a form or a cell holds."""
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return " ".join(value)
        case None:
            return ""
    return str(value)


@given(st.sampled_from(PROPERTIES), st.text(max_size=20))
def test_converting_a_stored_value_again_gives_the_same(prop: Property, text: str) -> None:
    value = convert(prop, text, SCHEMA)
    if isinstance(value, Refusal):
        reject()
    assert convert(prop, stored(value), SCHEMA) == value
    assert convert(prop, typed(value), SCHEMA) == value, "as a person types it"
    assert misfit(prop, value, SCHEMA) is None


@given(st.sampled_from([p for p in PROPERTIES if p.codes]), st.data())
def test_every_code_of_a_list_is_a_value_with_a_label(prop: Property, data: st.DataObject) -> None:
    codes = SCHEMA.codes[prop.codes or ""].codes
    code = data.draw(st.sampled_from(codes))
    value = convert(prop, code.code, SCHEMA)
    assert value == ([code.code] if prop.type == "codes" else code.code)
    assert display(prop, code.code, SCHEMA) == code.zh


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=4))
def test_the_same_number_is_the_same_text(number: Decimal) -> None:
    text = canonical_decimal(number)
    assert Decimal(text) == number
    assert canonical_decimal(Decimal(text)) == text
    assert canonical_decimal(number * 1) == canonical_decimal(
        Decimal(str(number) + ("0" if "." in str(number) else ".0"))
    )
    assert "E" not in text
    assert text != "-0"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("house_year", True),
        ("house_year", "1998"),
        ("arable_mu", 3),
        ("arable_mu", "3.50"),
        ("food_ok", 1),
        ("food_ok", "yes"),
        ("risks", "illness"),
        ("risks", ["study", "illness"]),
        ("phone", "138 0000"),
        ("house_structure", ["wood"]),
    ],
)
def test_a_value_in_another_form_than_the_stored_one_is_a_misfit(name: str, value: Value) -> None:
    assert misfit(prop("households", name), value, SCHEMA) is not None


def test_a_value_is_shown_in_chinese_with_its_unit() -> None:
    assert display(prop("households", "arable_mu"), "3.5", SCHEMA) == "3.5亩"
    assert display(prop("households", "food_ok"), False, SCHEMA) == "否"
    assert display(prop("persons", "health"), ["chronic", "disabled"], SCHEMA) == "长期慢性病、残疾"
    assert display(prop("households", "house_structure"), "gold", SCHEMA) == "gold"
    nothings: tuple[Value, ...] = (None, "", [])
    assert [display(prop("persons", "health"), nothing, SCHEMA) for nothing in nothings] == ["", "", ""]


def test_a_fact_that_is_not_there_is_an_empty_text() -> None:
    assert as_text({"a": 3, "b": None}, "a") == "3"
    assert as_text({"a": 3, "b": None}, "b") == ""
    assert as_text({}, "c") == ""
