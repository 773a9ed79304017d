"""对照表 and 走访记录, read back from their PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.register.entities import Household
from fieldapp.sheets.making import PrintSetup, make_carry
from fieldapp.sheets.paper import Sheet
from tests.sheets.extremes import empty, longest
from tests.sheets.reading import STAMP, all_text, find, ink_box_mm, only, page_sizes_mm, page_texts
from tests.sheets.samples import ordinary


@pytest.fixture(scope="module")
def carried() -> Sheet:
    return only(make_carry([ordinary()], "full", **STAMP))


def test_last_values_stand_beside_boxes_for_new_ones(carried: Sheet) -> None:
    facts = page_texts(carried.pdf)[0]
    assert "襄城县农户信息采集对照表" in facts
    assert "联系电话13800009203" in facts
    assert "入户路类型水泥路泥土路砂石路水泥路沥青路" in facts
    assert "耕地面积5.9亩亩" in facts
    assert "现居住地（未登记）" in facts
    assert "建成年份2005年年" in facts


def test_members_are_printed_with_room_to_write_and_spare_rows(carried: Sheet) -> None:
    members = page_texts(carried.pdf)[1]
    for person in ordinary().members:
        assert person.id_number in members
    assert members.count("信息有变") == 4
    assert members.count("婚入") == 2
    assert page_sizes_mm(carried.pdf)[1] == (297, 210)


@pytest.mark.requirement("A116")
def test_it_is_read_back_and_signed_by_two_visitors_and_the_family(carried: Sheet) -> None:
    members = page_texts(carried.pdf)[1]
    assert "以上内容已当面读给农户听" in members
    assert "户主（或家人）签字：走访人签字：走访人签字：年月日" in members


def test_both_sheets_count_their_own_pages_and_begin_on_a_front(carried: Sheet) -> None:
    texts = page_texts(carried.pdf)
    assert [text.count("共2页") for text in texts] == [1, 1, 1, 1]
    assert "襄城县入户走访记录" in texts[2]
    assert "本表第1页共2页" in texts[2]


def test_a_blank_back_lies_between_when_the_first_sheet_has_odd_pages() -> None:
    sheet = only(make_carry([longest(9)], "full", **STAMP))
    texts = page_texts(sheet.pdf)
    start = next(number for number, text in enumerate(texts) if "入户走访记录" in text)
    assert start % 2 == 0
    assert texts[3] == ""
    assert sheet.pages == 6


def test_printed_on_one_side_no_page_is_left_blank() -> None:
    sheet = only(make_carry([longest(9)], "full", **STAMP, setup=PrintSetup(duplex=False)))
    assert all(page_texts(sheet.pdf))
    assert sheet.pages == 5


def test_landscape_backs_are_bound_at_the_foot_and_fronts_at_the_head() -> None:
    sheet = only(make_carry([longest(20)], "full", **STAMP))
    landscape = {number for number, size in enumerate(page_sizes_mm(sheet.pdf)) if size == (297, 210)}
    for spot in find(sheet.pdf, "装"):
        if spot.page in landscape:
            assert (spot.bottom_mm > 190) == (spot.page % 2 == 0)


def test_the_family_reads_no_risk_no_lead_and_no_problem_in_words() -> None:
    text = all_text(only(make_carry([longest(4)], "full", **STAMP)).pdf)
    for hidden in ("返贫", "监测", "风险", "因病", "边缘易致贫", "线索", "裂缝"):
        assert hidden not in text
    assert "待跟进：住房" in text


def test_the_visit_sheet_recalls_last_time(carried: Sheet) -> None:
    visit = page_texts(carried.pdf)[2]
    assert "日期和方式：2026年10月12日入户" in visit
    assert "上次的诉求：希望入冬前换水管" in visit


def test_the_visit_sheet_asks_all_sections_and_ends_with_signatures(carried: Sheet) -> None:
    visit = "".join(page_texts(carried.pdf)[2:])
    for section in (
        "一、走访情况",
        "二、家庭情况",
        "三、大额支出",
        "四、诉求和帮办",
        "五、家庭成员",
        "六、照片",
        "七、宣传和约定",
        "八、签字",
    ):
        assert section in visit
    assert "见到本人或家人家中无人外出拒访已搬离" in visit
    assert "水质水量取水不便供水不稳" in visit
    assert visit.rindex("户主（或家人）签字：") < visit.rindex("年月日")


def test_a_household_without_anything_still_gets_rows_to_write_on() -> None:
    sheet = only(make_carry([empty()], "full", **STAMP))
    assert page_texts(sheet.pdf)[1].count("婚入") == 5
    assert "还没有走访记录" in all_text(sheet.pdf)


def test_a_very_long_value_stays_in_its_row() -> None:
    paper = ordinary()
    values = {**paper.household.values(), "moved_to": "广东省东莞市厚街镇" * 12}
    moved = replace(paper, household=Household.from_values("h1", values))
    sheet = only(make_carry([moved], "full", **STAMP))
    assert all_text(sheet.pdf).count("广东省东莞市厚街镇") == 12
    assert min(ink_box_mm(sheet.pdf, 0)) >= 5


def test_masked_ones_hide_numbers() -> None:
    text = all_text(only(make_carry([ordinary()], "masked", **STAMP)).pdf)
    assert ordinary().members[0].id_number not in text
    assert ordinary().household.phone not in text
