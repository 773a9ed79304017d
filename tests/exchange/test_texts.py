"""What people and programs put around a value goes; the value's own characters stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.exchange.texts import clean_key, clean_name, clean_text, folded, mask_name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("张　三", "张三"),
        ("张  三", "张三"),
        (" 李四\u00a0", "李四"),
        ("'王五", "王五"),
        ("＇王五", "王五"),
        ("\ufeff赵六\u200b", "赵六"),
        ("欧阳 娜娜", "欧阳娜娜"),
        ("阿卜杜・热合曼", "阿卜杜·热合曼"),
        ("阿卜杜•热合曼", "阿卜杜·热合曼"),
        ("阿卜杜‧热合曼", "阿卜杜·热合曼"),
        ("阿卜杜．热合曼", "阿卜杜·热合曼"),
        ("阿卜杜●热合曼", "阿卜杜·热合曼"),
        ("阿卜杜.热合曼", "阿卜杜·热合曼"),
        ("阿卜杜 · 热合曼", "阿卜杜·热合曼"),
        ("孙𬱖", "孙𬱖"),
        ("丁䶮", "丁䶮"),
        ("㛃 儿", "㛃儿"),
        ("John  Smith", "John Smith"),
    ],
)
def test_names_lose_padding_and_keep_their_characters(told: str, name: str) -> None:
    assert clean_name(told) == name


@pytest.mark.parametrize(
    ("told", "key"),
    [("４１１０２５", "411025"), ("'00123", "00123"), (" 41 10\u00a025 ", "411025"), ("x１", "X1")],
)
def test_numbers_that_are_texts_are_folded(told: str, key: str) -> None:
    assert clean_key(told) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("务工时间（月）", "务工时间(月)"),
        ("* 户编号", "户编号"),
        ("证件\n号码", "证件号码"),
        ("姓　名：", "姓名"),
    ],
)
def test_headings_are_the_same_however_they_are_set(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for clean in (clean_text, clean_name):
        assert clean(clean(text)) == clean(text)


def test_masked_names_show_the_first_character() -> None:
    assert (mask_name("张三丰"), mask_name("张"), mask_name("")) == ("张**", "张", "")
