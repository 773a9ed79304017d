"""The 一户一档 on paper, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.sheets.making import PrintSetup, make_file
from fieldapp.sheets.paper import Profile, Sheet
from tests.sheets.extremes import LONG_NAME, empty, longest
from tests.sheets.reading import STAMP, all_text, fills, find, ink_box_mm, only, page_texts
from tests.sheets.samples import ordinary


def printed(profile: Profile = "full", *, duplex: bool = True) -> Sheet:
    return only(make_file([ordinary()], profile, **STAMP, setup=PrintSetup(duplex=duplex)))


@pytest.fixture(scope="module")
def full() -> Sheet:
    return printed()


@pytest.fixture(scope="module")
def masked() -> Sheet:
    return printed("masked")


@pytest.mark.requirement("A119")
def test_the_cover_says_whose_file_it_is_and_indexes_it(full: Sheet) -> None:
    cover = page_texts(full.pdf)[0]
    for text in (
        "襄城县",
        "一户一档",
        "李茂森",
        "419999103200017",
        "青岩镇石门村第三村民组36号",
        "脱贫户",
        "4人",
    ):
        assert text in cover
    assert "卷内目录" in cover
    assert "2农户基本情况、家庭成员第2页" in cover
    assert "12走访记录第3页" in cover


def test_members_have_year_and_month_of_birth_and_age_but_no_day(full: Sheet) -> None:
    text = all_text(full.pdf)
    assert "1968年4月" in text
    assert "58周岁" in text
    assert "4月12日" not in text


def test_only_the_net_income_is_divided_by_heads(full: Sheet) -> None:
    text = all_text(full.pdf)
    assert text.count("人均纯收入") == 2  # the row, and the row that compares it with the line
    assert "13,760.71" in text
    assert "10,500.00" not in text  # 42,000 of wages among four


def test_a_line_nobody_has_set_is_for_the_county_to_fill(full: Sheet) -> None:
    assert all_text(full.pdf).count("待县里填") == 7


def test_visits_stand_newest_first_with_how_they_were_signed(full: Sheet) -> None:
    text = all_text(full.pdf)
    visits = text[text.index("走访情况签字方式") :]
    assert visits.index("10月12日") < visits.index("7月6日") < visits.index("1月16日")
    assert "据纸质记录补录" in visits
    assert "屏幕签字" in visits
    assert "家中变化：无变化" not in visits


def test_a_problem_stands_beside_the_guarantee_it_belongs_to(full: Sheet) -> None:
    assert "饮水安全否2026年10月12日冬季自来水管易冻，去年断水两次" in all_text(full.pdf)


def test_signatures_and_dates_are_left_for_ink(full: Sheet) -> None:
    last = page_texts(full.pdf)[-1]
    assert "户主（或家人）签字：与户主关系：帮扶责任人签字：村级审核人签字：年月日" in last


def test_every_page_says_which_of_how_many_it_is(full: Sheet) -> None:
    texts = page_texts(full.pdf)
    assert full.pages == len(texts) == 4
    for number, text in enumerate(texts, 1):
        assert f"本表第{number}页共4页" in text
        assert "胡建志2026年11月22日打印" in text


def test_every_page_names_household_and_version(full: Sheet) -> None:
    versions = {text[text.index("版本") :][:11] for text in page_texts(full.pdf)}
    assert len(versions) == 1


def test_the_binding_side_changes_with_the_page(full: Sheet) -> None:
    edges = [spot for spot in find(full.pdf, "订") if not 20 < spot.left_mm < 190]
    assert [spot.left_mm < 20 for spot in edges] == [True, False, True, False]
    first = [spot for spot in find(full.pdf, "本表第") if spot.page == 0]
    assert first[0].left_mm >= 25


def test_printed_on_one_side_the_binding_stays_at_the_left() -> None:
    sheet = printed(duplex=False)
    edges = [spot for spot in find(sheet.pdf, "订") if not 20 < spot.left_mm < 190]
    assert len(edges) == sheet.pages
    assert all(spot.left_mm < 20 for spot in edges)


def test_the_text_keeps_25_mm_from_the_binding_and_5_mm_from_every_edge(full: Sheet) -> None:
    for page in range(full.pages):
        assert min(ink_box_mm(full.pdf, page)) >= 5
    assert min(spot.left_mm for spot in find(full.pdf, "户编号") if spot.page == 2) >= 25


def test_nothing_is_filled_with_grey(full: Sheet) -> None:
    colours = set(fills(full.pdf))
    assert colours
    assert {value for operands in colours for value in operands} <= {0.0, 1.0}


def test_masked_sheets_show_no_number_in_full(masked: Sheet) -> None:
    text = all_text(masked.pdf)
    paper = ordinary()
    for person in (*paper.members, *paper.former_members):
        assert person.id_number not in text
    assert paper.household.phone not in text
    assert "13900001234" not in text
    assert "6217000012345671038" not in text
    assert "419***********0036" in text
    assert "138****9203" in text
    assert "6217***********1038" in text


def test_masked_sheets_carry_name_and_date_as_a_watermark(masked: Sheet, full: Sheet) -> None:
    assert "内部使用胡建志2026-11-22" in page_texts(masked.pdf)[1]
    assert "内部使用" not in all_text(full.pdf)


def test_forty_members_with_the_longest_names_all_stand_there() -> None:
    sheet = only(make_file([longest(40)], "full", **STAMP))
    text = all_text(sheet.pdf)
    for person in longest(40).members:
        assert person.id_number in text
    assert text.count(LONG_NAME) >= 6
    for page in range(sheet.pages):
        assert min(ink_box_mm(sheet.pdf, page)) >= 5


def test_an_empty_household_says_what_is_not_there_yet() -> None:
    text = all_text(only(make_file([empty()], "full", **STAMP)).pdf)
    for sentence in (
        "没有登记家庭成员",
        "还没有录入收入情况",
        "没有登记帮扶措施",
        "没有登记问题",
        "还没有走访记录",
    ):
        assert sentence in text
    assert "本年走访记录尚未补录" in text
    assert "0人" not in text


def test_a_text_longer_than_a_page_runs_on_instead_of_being_cut() -> None:
    paper = ordinary()
    story = "".join(f"第{number}句，家里的情况都说清楚了。" for number in range(260))
    first = replace(paper.visits[0], visit=replace(paper.visits[0].visit, summary=story))
    text = all_text(only(make_file([replace(paper, visits=(first,))], "full", **STAMP)).pdf)
    assert "第0句" in text
    assert "第259句" in text


def test_what_was_removed_is_not_printed() -> None:
    paper = ordinary()
    gone = replace(paper.measures[0], status="removed", item="已作废的措施")
    text = all_text(only(make_file([replace(paper, measures=(gone,))], "full", **STAMP)).pdf)
    assert "已作废的措施" not in text
    assert "没有登记帮扶措施" in text
