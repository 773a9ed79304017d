"""Sheets of other offices: the heading wherever it is, meanings guessed, cells read or told why not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.exchange.foreign import fingerprint, guess, look, read_rows
from fieldapp.register.schema import register_schema

SCHEMA = register_schema()


def book(path: Path, *rows: tuple[object, ...], name: str = "发放表") -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = name
    for row in rows:
        made.active.append(list(row))
    made.save(path)
    return path


def test_the_heading_is_found_below_titles_and_its_columns_are_guessed(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        ("2026年3月农村低保金发放表",),
        ("填报单位：茨沟乡", "", "", "单位：元"),
        ("序号", "姓 名", "身份证号码", "发放金额", "开户行"),
        (1, "张三", "410000195102110013", 320, "信用社"),
        (2, "李四", "410000196203110021", 410.5, "信用社"),
        ("合计", "", "", 730.5),
        ("制表：王五",),
    )
    (sheet,) = look(path)
    assert (sheet.name, sheet.header_row) == ("发放表", 3)
    assert sheet.headings == ("序号", "姓名", "身份证号码", "发放金额", "开户行")
    assert sheet.examples[3] == ("320", "410.5", "730.5")
    assert guess(sheet.headings, SCHEMA) == {1: "check.name", 2: "key.id_number", 3: "pay.amount"}
    rows = read_rows(path, "发放表", 3, guess(sheet.headings, SCHEMA), SCHEMA)
    assert [(row.number, row.values["pay.amount"]) for row in rows] == [(4, "320"), (5, "410.5")]


def test_facts_of_the_register_are_known_by_their_chinese_names(tmp_path: Path) -> None:
    path = book(
        tmp_path / "b.xlsx",
        ("身份证号", "文化程度", "享受低保政策", "务工时间", "出生日期"),
        ("410000195102110013", "初中", "是", 7, date(1951, 2, 11)),
        ("410000196203110021", "博士后", "也许", "七", "去年"),
    )
    (sheet,) = look(path)
    meaning = guess(sheet.headings, SCHEMA)
    assert meaning[1] == "persons.education"
    good, bad = read_rows(path, sheet.name, sheet.header_row, meaning, SCHEMA)
    assert good.values["persons.education"] == "junior"
    assert good.values["persons.low_income_allowance"] is True
    assert good.values["persons.work_months"] == 7
    assert good.values["persons.birth_date"] == "1951-02-11"
    assert set(bad.unreadable) >= {"persons.education", "persons.low_income_allowance", "persons.birth_date"}


def test_a_number_that_excel_has_cut_is_told_and_not_guessed(tmp_path: Path) -> None:
    path = book(tmp_path / "c.xlsx", ("身份证号", "金额"), (410000195102110000, 5), ("410000195102110000", 5))
    (sheet,) = look(path)
    rows = read_rows(path, sheet.name, 1, guess(sheet.headings, SCHEMA), SCHEMA)
    assert all("key.id_number" in row.unreadable for row in rows)


def test_a_csv_in_gbk_is_read_like_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes("姓名,身份证号,金额\n张三,410000195102110013,320\n".encode("gbk"))
    (sheet,) = look(path)
    (row,) = read_rows(path, sheet.name, sheet.header_row, guess(sheet.headings, SCHEMA), SCHEMA)
    assert (row.values["check.name"], row.values["pay.amount"]) == ("张三", "320")


@pytest.mark.parametrize("rows", [(), (("一个标题",),), (("甲", "乙"),)])
def test_a_sheet_without_heading_or_rows_says_so(tmp_path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(KnownError) as told:
        look(book(tmp_path / "e.xlsx", *rows))
    assert told.value.code.startswith("BOOK-")


def test_two_hundred_columns_and_ten_thousand_rows_are_read(tmp_path: Path) -> None:
    heading = ("身份证号", "金额", *(f"列{n}" for n in range(200)))
    rows = [(f"41000019510211{n:04d}", n, *([""] * 200)) for n in range(10_000)]
    path = tmp_path / "f.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in [heading, *rows]), "utf-8")
    (sheet,) = look(path)
    assert len(read_rows(path, sheet.name, 1, guess(sheet.headings, SCHEMA), SCHEMA)) == 10_000


@given(st.lists(st.text("甲乙丙丁姓名金额 ", min_size=1, max_size=5), min_size=2, max_size=6, unique=True))
def test_a_heading_is_known_again_whatever_its_spaces_and_order(texts: list[str]) -> None:
    assert fingerprint(texts) == fingerprint([f" {text} " for text in reversed(texts)])
