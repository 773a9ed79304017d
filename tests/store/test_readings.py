"""How names are read: surnames have readings of their own."""

from __future__ import annotations

import pytest

from fieldapp.store.readings import readings_of


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单雄信", "shan xiong xin"),
        ("曾国强", "zeng guo qiang"),
        ("仇英", "qiu ying"),
        ("解晓东", "xie xiao dong"),
        ("解晓东", "jie xiao dong"),
        ("查良镛", "zha liang yong"),
        ("区伟", "ou wei"),
        ("朴树", "piao shu"),
        ("盖叫天", "ge jiao tian"),
        ("盖叫天", "gai jiao tian"),
        ("尉迟恭", "yu chi gong"),
        ("万俟雪", "mo qi xue"),
        ("长孙无忌", "zhang sun wu ji"),
        ("任长霞", "ren chang xia"),
        ("李长乐", "li chang yue"),
        ("李长乐", "li zhang le"),
        ("吕布", "lv bu"),
        ("刘曾", "liu zeng"),
        ("A明", "a ming"),
    ],
)
def test_a_name_is_read_as_people_read_it(name: str, reading: str) -> None:
    assert tuple(reading.split()) in list(readings_of(name))


def test_a_given_name_that_is_also_a_surname_is_read_as_a_given_name() -> None:
    assert list(readings_of("王单")) == [("wang", "dan")]


def test_a_two_character_name_is_no_compound_surname_alone() -> None:
    assert list(readings_of("单于")) == [("shan", "yu")]


def test_a_name_has_at_most_eight_readings() -> None:
    assert len(list(readings_of("乐长乐朝茜"))) == 8


def test_what_cannot_be_read_is_passed_over() -> None:
    assert list(readings_of("张☃1")) == [("zhang",)]
    assert list(readings_of("")) == [()]
