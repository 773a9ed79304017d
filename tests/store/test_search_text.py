"""What is indexed and what is asked."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.store.search_text import IndexedPerson, index_texts, is_meant, match_expression


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("张三", 'names : "张 三"'),
        ("zhangs", 'pinyin : "zhangs"*'),
        ("ZS", 'pinyin : "zs"*'),
        ("lü", 'pinyin : "lv"*'),
        ("1234", 'numbers : "1234"*'),
        ("123X", 'numbers : "123x"*'),
        ("１２３４", 'numbers : "1234"*'),
        ("张三 1234", 'names : "张 三" AND numbers : "1234"*'),
        ("张san", 'names : "张" AND pinyin : "san"*'),
        ("阿依古丽·买买提", 'names : "阿 依 古 丽 买 买 提"'),
        ('" OR names:*', 'pinyin : "or"* AND pinyin : "names"*'),
        ("  ", None),
        ("·—！", None),
    ],
)
def test_what_is_typed_becomes_a_question_to_the_index(typed: str, expression: str | None) -> None:
    assert match_expression(typed) == expression


def test_names_pinyin_and_numbers_are_indexed() -> None:
    people = [
        IndexedPerson("张　三", "41990019700307123x", "138 0000 1234"),
        IndexedPerson("张三"),
        IndexedPerson("单芳"),
    ]
    names, pinyin, numbers = index_texts("41-0001", people)
    assert names == "张 三 qq 单 芳"
    assert set(pinyin.split()) == {"zhangsan", "zs", "san", "shanfang", "sf", "fang"}
    assert set(numbers.split()) == {"410001", "41990019700307123x", "123x", "13800001234"}


def test_the_last_four_of_a_disability_certificate_are_those_of_the_identity_number() -> None:
    _, _, numbers = index_texts("", [IndexedPerson("张三", "41990019700307123143")])
    assert "1231" in numbers.split()


@pytest.mark.parametrize("typed", ["NGUYEN THI HOA", "nguyen hoa", "thi", "nguyenthi"])
def test_a_name_in_latin_letters_is_found_by_each_of_its_words(typed: str) -> None:
    assert is_meant(typed, IndexedPerson("NGUYEN THI HOA"))


@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_index(typed: str) -> None:
    """The stdlib's SQLite has the same FTS5 grammar."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE search USING fts5(names, pinyin, numbers)")
    expression = match_expression(typed)
    if expression is not None:
        index.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,)).fetchall()
    index.close()


@given(
    st.text(
        alphabet=st.characters(categories=["Lo"], max_codepoint=0x323AF) | st.sampled_from("aZ1 ª·"),
        min_size=1,
        max_size=6,
    )
)
def test_a_name_of_any_letters_is_found_by_itself(name: str) -> None:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE search USING fts5(names, pinyin, numbers, tokenize='unicode61')")
    index.execute("INSERT INTO search VALUES (?, ?, ?)", index_texts("", [IndexedPerson(name)]))
    expression = match_expression(name)
    if expression is not None:
        found = index.execute("SELECT count(*) FROM search WHERE search MATCH ?", (expression,)).fetchone()
        assert found == (1,)
    index.close()
