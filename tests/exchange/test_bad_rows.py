"""Rows with errors are refused one by one with sheet, row, column, value and remedy; the good rows go in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.workbooks import (
    HEAD_ID,
    PERSONS,
    VILLAGE,
    VILLAGES,
    another_household,
    codes,
    number,
    only,
    person,
    read,
    read_rows,
    save_book,
    wife,
)


def test_an_identity_number_stored_as_a_number_has_lost_its_digits(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(), wife(证件号码=float(HEAD_ID[:17] + "0")), another_household())
    found = only(reading)
    assert (found.sheet, found.row, found.column, found.code) == (PERSONS, 5, "证件号码", "ROW-002")
    assert found.value_masked.startswith("419***")
    assert "“文本”" in found.remedy_zh
    assert [len(household.persons) for household in reading.households] == [1, 1]


def test_a_lost_number_that_was_turned_into_text_is_told_as_lost(tmp_path: Path) -> None:
    spoilt = HEAD_ID[:15] + "000"
    assert only(read_rows(tmp_path, person(), wife(证件号码=spoilt))).code == "ROW-002"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (HEAD_ID[:17] + "0", "身份证号校验位不对，请核对是否抄错。这一行没有导入。"),
        (HEAD_ID[:17], "身份证号少了 1 位。这一行没有导入。"),
        (HEAD_ID[:6] + "19701332" + HEAD_ID[14:], "身份证号里的出生日期 19701332 不存在。这一行没有导入。"),
        (number("98999919700101101"), "身份证号前两位 98 不是省级代码。这一行没有导入。"),
        ("419999700101101", "这是 15 位旧身份证号，请换成 18 位新号。这一行没有导入。"),
        (number("41999920990101101"), "身份证号里的出生日期 2099-01-01 不合理。这一行没有导入。"),
    ],
)
def test_a_number_that_cannot_be_right_refuses_its_row_in_a_colleagues_words(
    tmp_path: Path, wrong: str, words: str
) -> None:
    found = only(read_rows(tmp_path, person(), wife(证件号码=wrong), another_household()))
    assert (found.code, found.row, found.zh) == ("ROW-003", 5, words)
    assert wrong not in found.value_masked


def test_two_heads_refuse_the_household_and_no_other(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(), wife(与户主关系="户主"), another_household())
    assert [household.house_no for household in reading.households] == ["4110250000002"]
    assert codes(reading) == ["ROW-005", "ROW-006"]
    assert reading.findings[0].zh == "这一户有 2 个户主（第 4、5 行），整户没有导入。"
    assert (reading.counts.refused, reading.counts.taken) == (2, 2)


def test_a_household_whose_heads_row_is_refused_is_not_half_imported(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(证件号码=HEAD_ID[:17]), wife(), another_household())
    assert [household.house_no for household in reading.households] == ["4110250000002"]
    assert codes(reading) == ["ROW-003", "ROW-007"]


def test_a_household_without_a_head_is_refused(tmp_path: Path) -> None:
    assert codes(read_rows(tmp_path, wife(), another_household())) == ["ROW-007"]


@pytest.mark.parametrize("heading", ["户编号", "人口编号", "姓名", "与户主关系", "户类型"])
def test_an_empty_cell_that_a_row_cannot_do_without_refuses_it(tmp_path: Path, heading: str) -> None:
    reading = read_rows(tmp_path, person(), wife(**{heading: ""}), another_household())
    found = only(reading)
    assert (found.code, found.row, found.column) == ("ROW-001", 5, heading)
    assert [len(household.persons) for household in reading.households] == [1, 1]


def test_a_relation_that_is_none_refuses_the_row_and_names_choices(tmp_path: Path) -> None:
    found = only(read_rows(tmp_path, person(), wife(与户主关系="邻居")))
    assert (found.code, found.value_masked) == ("ROW-008", "邻居")
    assert "户主、配偶、之子、之女" in found.remedy_zh


def test_a_choice_nobody_knows_leaves_out_its_cell_only(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(民族="火星族", 文化程度="博士后"), wife())
    assert codes(reading) == ["ROW-008", "ROW-008"]
    assert {finding.level for finding in reading.findings} == {"warning"}
    assert "ethnicity" not in reading.households[0].persons[0].facts
    assert reading.counts.persons == 2


def test_the_same_person_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    by_number = another_household(人口编号="411025000000002")
    by_document = another_household(证件号码=HEAD_ID)
    for double, column in ((by_number, "人口编号"), (by_document, "证件号码")):
        reading = read_rows(tmp_path, person(), wife(), double)
        found = next(finding for finding in reading.findings if finding.code == "ROW-004")
        assert (found.row, found.column) == (6, column)
        assert [household.house_no for household in reading.households] == ["4110250000001"]


def test_a_certificate_and_the_card_of_one_person_are_the_same_person(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(), wife(), another_household(证件号码=HEAD_ID + "43B1"))
    assert "ROW-004" in codes(reading)


def test_a_village_nobody_knows_refuses_the_household(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(村="天边村"), wife(村="天边村"), another_household())
    found = only(reading)
    assert (found.code, found.value_masked) == ("ROW-016", "城关镇天边村")
    assert len(reading.households) == 1


def test_a_village_code_of_another_length_is_refused(tmp_path: Path) -> None:
    villages = [VILLAGE, {**VILLAGE, "村": "李庄村", "行政村代码": "41102510"}]
    found = only(read(save_book(tmp_path / "a.xlsx", {VILLAGES: villages, PERSONS: [person()]})))
    assert (found.sheet, found.row, found.code) == (VILLAGES, 5, "ROW-009")


def test_numbers_that_excel_cut_short_are_refused_as_keys(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(), wife(人口编号=4.11025000000012e17))
    assert only(reading).code == "ROW-002"


def test_short_numbers_that_excel_stored_as_numbers_are_still_whole(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(户编号=4110250000001.0, 户联系电话=13800000000.0))
    assert reading.households[0].house_no == "4110250000001"
    assert reading.households[0].facts["phone"] == "13800000000"


def test_no_finding_shows_a_whole_number_or_phone(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path,
        person(证件号码=HEAD_ID[:17] + "0", 户联系电话="1381234567"),
        wife(证件号码=HEAD_ID[:17] + "0", 家庭成员联系电话="138"),
    )
    told = " ".join(f"{finding.value_masked} {finding.zh} {finding.en}" for finding in reading.findings)
    assert HEAD_ID[3:14] not in told
    assert "1381234567" not in told
