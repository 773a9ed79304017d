"""The table of requirements is whole, and every mark in the tests names a row of it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.architecture.tree import ROOT
from tests.requirements.showing import complaints_about
from tests.requirements.table import load_table, read_table

_ROW = 'id = "A001", group = "A1", level = "core", room = "store", zh = "户", text = "One"'


def test_the_table_has_all_178_rows_at_their_levels() -> None:
    table = load_table()
    assert list(table) == [f"A{number:03}" for number in range(1, 179)]
    assert Counter(row.level for row in table.values()) == {"core": 138, "cfg": 24, "ext": 16}


def test_the_groups_follow_one_another() -> None:
    groups = [row.group for row in load_table().values()]
    assert Counter(groups) == {"A1": 24, "A2": 37, "A3": 58, "A4": 27, "A5": 20, "A6": 12}
    assert groups == sorted(groups)


def test_every_row_belongs_to_a_room_that_exists() -> None:
    for row in load_table().values():
        assert (ROOT / "fieldapp" / row.room / "__init__.py").is_file(), row


def test_every_row_has_a_chinese_word_and_an_english_sentence() -> None:
    for row in load_table().values():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in row.zh), row
        assert row.text.isascii(), row
    texts = [row.text for row in load_table().values()]
    assert len(set(texts)) == len(texts)


def test_every_mark_of_this_run_names_rows_of_the_table(request: pytest.FixtureRequest) -> None:
    assert complaints_about(request.session.items, load_table()) == []


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((_ROW, _ROW), "A001 stands twice"),
        ((_ROW.replace("core", "must"),), "a level is one of"),
        ((_ROW.replace("A001", "B1"),), "three digits"),
        ((_ROW.replace('"户"', '" "'),), "a row has the texts"),
        ((_ROW + ", extra = 1",), "a row has the texts"),
        ((_ROW.replace(', room = "store"', ""),), "a row has the texts"),
    ],
)
def test_a_wrong_row_is_named(rows: tuple[str, ...], reason: str) -> None:
    content = "requirement = [" + ", ".join(f"{{ {row} }}" for row in rows) + "]"
    with pytest.raises(ValueError, match=reason):
        read_table(content)
