"""Words of headings are data: one meaning each, realistic sheets guessed right, amounts in the unit that the sheet tells."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.resources import resources_dir
from fieldapp.exchange.foreign import guess, look, read_rows
from fieldapp.exchange.foreign.guessing import load_headings, shipped_headings, target_label, targets
from fieldapp.register.schema import register_schema
from tests.exchange.foreign.test_foreign import book

SCHEMA = register_schema()
NUMBER = "410000195102110013"
SHIPPED = resources_dir() / "layouts" / "headings.toml"
#: Headings as offices write them, and what whom, name, amount and month are; made up, with nobody's data.
SHEETS = {
    "一卡通": ("序号,户名,身份证号码,银行账号,补贴项目,打卡金额(元)", (2, 1, 5, None)),
    "低保金发放花名册": ("编号,保障对象姓名,身份证号,保障人口,应发金额,实发金额,备注", (2, 1, 5, None)),
    "高龄津贴": ("序号,乡镇,村,老人姓名,老人身份证号,年龄,津贴金额,所属月份", (4, 3, 6, 7)),
    "残疾人两项补贴": ("姓名,残疾人证号,残疾等级,护理补贴,发放月份", (1, 0, 3, 4)),
    "耕地地力保护补贴": ("户主姓名,户主身份证号,补贴面积（亩）,补贴标准,补贴金额（元）", (1, 0, 4, None)),
    "养老金": ("参保人姓名,参保人身份证号,待遇所属期,本月养老金", (1, 0, 3, 2)),
    "生态护林员": ("护林员姓名,护林员身份证号,管护面积,劳务报酬/元,所属年月", (1, 0, 3, 4)),
    "雨露计划": ("学生姓名,学生身份证号,学校,专业,资助金额", (1, 0, 4, None)),
    "医保参保资助": ("参保人,证件号码,参保类别,个人缴费,资助金额：元", (1, 0, 4, None)),
    "临时救助": ("救助对象,救助对象身份证号,救助原因,救助金额（万元）,发放年月", (1, 0, 3, 4)),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_an_office_is_guessed_right(name: str) -> None:
    headings, (whom, who, amount, month) = SHEETS[name]
    found = {target: at for at, target in guess(headings.split(","), SCHEMA).items()}
    assert (found.get("key.id_number"), found.get("check.name")) == (whom, who)
    assert (found.get("pay.amount"), found.get("pay.month")) == (amount, month)


def test_every_meaning_has_a_name_and_every_word_one_meaning() -> None:
    for target in targets(SCHEMA):
        assert all(target_label(target, SCHEMA))
    assert len(shipped_headings().words) > 100


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"姓名", "成员姓名"', '"姓名", "身份证号"', ValueError),
        ('target = "key.house_no"', 'target = "key.star_sign"', KeyError),
        ('target = "pay.month"', 'target = "persons.phone"', ValueError),
        ('"万元" = 10000', '"万元" = 0', ValueError),
    ],
)
def test_a_wrong_file_of_words_is_refused_when_it_is_loaded(
    tmp_path: Path, old: str, new: str, error: type[Exception]
) -> None:
    text = SHIPPED.read_text("utf-8")
    assert old in text
    path = tmp_path / "headings.toml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(error):
        load_headings(path, SCHEMA)


def amounts(path: Path) -> list[tuple[object, str]]:
    (sheet,) = look(path)
    rows = read_rows(path, sheet.name, sheet.header_row, guess(sheet.headings, SCHEMA), SCHEMA)
    return [(row.values.get("pay.amount"), row.unit) for row in rows]


def test_a_column_in_ten_thousands_is_made_into_yuan_exactly(tmp_path: Path) -> None:
    rows = [(NUMBER, 0.32), (NUMBER, "1.2345"), (NUMBER, ""), (NUMBER, "5000元")]
    path = book(tmp_path / "a.xlsx", ("身份证号", "金额（万元）"), *rows)
    assert amounts(path) == [("3200", "万元"), ("12345", "万元"), (None, "万元"), ("5000", "")]


def test_the_unit_may_stand_above_the_heading_or_in_the_cell(tmp_path: Path) -> None:
    above = book(tmp_path / "a.xlsx", ("发放表",), ("单位：千元",), ("身份证号", "金额"), (NUMBER, 0.5))
    assert amounts(above) == [("500", "千元")]
    cell = book(tmp_path / "b.xlsx", ("身份证号", "金额"), (NUMBER, "1.2万元"), (NUMBER, "1,234.5元"))
    assert amounts(cell) == [("12000", "万元"), ("1234.5", "")]
    town = book(tmp_path / "d.xlsx", ("填报单位：万元店镇",), ("序号", "身份证号", "金额"), (1, NUMBER, 320))
    assert amounts(town) == [("320", "")], "a place is no unit"
    yuan = book(
        tmp_path / "c.xlsx",
        ("填报单位：茨沟乡", "", "单位：元"),
        ("序号", "身份证号", "金额"),
        (1, NUMBER, 320),
    )
    assert amounts(yuan) == [("320", "")]


def test_another_unit_is_not_taken_for_money(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("身份证号", "金额"), (NUMBER, "三百"), (NUMBER, "320斤"))
    assert amounts(path) == [(None, ""), (None, "")]


@given(st.decimals(0, 10_000, places=4))
def test_ten_thousands_are_never_rounded(amount: Decimal) -> None:
    from fieldapp.exchange.foreign.rows import _reader, _row

    row = _row(2, [str(amount)], {0: ("pay.amount", _reader("pay.amount", SCHEMA))}, "万元", 0)
    assert Decimal(str(row.values["pay.amount"])) == amount * 10_000
