"""The 走访名单, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fieldapp.register.plan import DueState
from fieldapp.sheets.making import make_visit_list
from tests.sheets.extremes import list_rows
from tests.sheets.reading import STAMP, all_text, ink_box_mm, page_texts


def test_every_household_stands_under_its_village_and_group() -> None:
    rows = list_rows(60)
    sheet = make_visit_list(rows, "full", **STAMP)
    text = all_text(sheet.pdf)
    assert (sheet.kind, sheet.household_id, sheet.title) == ("visit_list", None, "走访名单")
    assert "共60户210人" in text
    assert "青岩镇石门村第一村民组（30户）" in text
    assert all(row.house_no in text for row in rows)


def test_it_says_what_is_due_in_the_words_of_the_work_list() -> None:
    row = list_rows(1)[0]
    states: dict[DueState, str] = {
        "overdue": "11月2日已超期",
        "due": "11月2日到期",
        "not_entered": "未补录",
        "fulfilled": "已完成",
    }
    for state, words in states.items():
        due_on = row.due_on if state in ("overdue", "due") else None
        shown = replace(row, due_state=state, due_on=due_on or (date(2026, 11, 2) if "日" in words else None))
        assert words in all_text(make_visit_list([shown], "full", **STAMP).pdf)


def test_a_visit_of_another_year_has_its_year() -> None:
    row = replace(list_rows(1)[0], last_visit=date(2025, 12, 3))
    assert "2025年12月3日" in all_text(make_visit_list([row], "full", **STAMP).pdf)


def test_the_head_of_the_table_stands_on_every_page() -> None:
    sheet = make_visit_list(list_rows(60), "masked", **STAMP)
    texts = page_texts(sheet.pdf)
    assert len(texts) == sheet.pages > 1
    for number, text in enumerate(texts, 1):
        assert "户主户编号人口联系电话" in text
        assert f"本表第{number}页共{sheet.pages}页" in text


def test_masked_lists_hide_phones() -> None:
    rows = list_rows(3)
    text = all_text(make_visit_list(rows, "masked", **STAMP).pdf)
    assert not any(row.phone in text for row in rows)
    assert "138****0001" in text


def test_an_empty_round_says_so() -> None:
    assert "没有要走访的农户" in all_text(make_visit_list([], "full", **STAMP).pdf)


def test_long_names_and_numbers_stay_on_the_paper() -> None:
    row = replace(list_rows(5)[4], house_no="4199991032009990000170")
    sheet = make_visit_list([row], "full", **STAMP)
    assert "4199991032009990000170" in all_text(sheet.pdf)
    assert min(ink_box_mm(sheet.pdf, 0)) >= 5
