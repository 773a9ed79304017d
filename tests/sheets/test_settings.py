"""A county's print settings: every mistake is named with its file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.resources import resources_dir
from fieldapp.sheets.layout import carry_layout, file_layout, list_layout
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.visit_sheet import visit_sheet

READERS = {
    "file.toml": file_layout,
    "carry.toml": carry_layout,
    "visit_list.toml": list_layout,
    "visit_sheet.toml": visit_sheet,
}


def complaint(folder: Path, name: str, before: str, after: str) -> str:
    """Return what is said when one text of a shipped settings file is changed."""
    text = (resources_dir() / "sheets" / name).read_text("utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(KnownError) as caught:
        READERS[name](TemplateFolder.of(folder))
    assert caught.value.code == "SHEET-004"
    assert name in caught.value.zh
    return caught.value.zh


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        (
            "file.toml",
            '"household_type", ',
            '"household_kind", ',
            "「basics.facts」里没有「household_kind」这一项",
        ),
        (
            "file.toml",
            "width_mm = 14",
            'width_mm = "14"',
            "「members.columns[2].width_mm」应为不小于 0 的数字",
        ),
        ("file.toml", 'part = "basics"', 'part = "basic"', "没有「basic」这一部分"),
        ("file.toml", '"name"]', '"nickname"]', "没有「nickname」"),
        ("carry.toml", "spare_members = 2", "spare_members = -1", "「spare_members」应为不小于 0 的数字"),
        ("carry.toml", "[members]", "[people]", "「members」应为一段设置"),
        ("carry.toml", 'facts = ["phone"', 'facts = [1, "phone"', "应为文字的列表"),
        ("visit_list.toml", 'show = "due"', 'show = "deadline"', "没有「deadline」"),
        ("visit_list.toml", "title =", "title = 3 #", "「title」应为文字"),
        ("visit_list.toml", "title =", "title == ", "不是 TOML"),
        ("visit_sheet.toml", 'codes = "visit_mode"', 'codes = "visit_moods"', "没有「visit_moods」"),
        ("visit_sheet.toml", "yes_no = true", "yes_no = 1", "应为 true 或 false"),
        ("visit_sheet.toml", "row = [", "row = [ 1,", "「section[1].row」应为若干行"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, name: str, before: str, after: str, words: str) -> None:
    assert words in complaint(tmp_path, name, before, after)


def test_the_index_keeps_the_printed_parts_in_the_order_of_the_sheet() -> None:
    parts = [row.part for row in file_layout(TemplateFolder()).index if row.part]
    assert parts == ["basics", "income", "guarantees", "measures", "issues", "visits"]


def test_widths_leave_room_for_the_number_of_a_person() -> None:
    shown = {column.show[0]: column.width_mm for column in file_layout(TemplateFolder()).members}
    assert shown["id_number"] == 0
    assert 210 - 25 - 13 - 7 - sum(shown.values()) >= 37  # 22 figures of 9 points


def test_nothing_the_family_may_not_read_is_on_the_carried_sheet() -> None:
    hidden = {
        "risks",
        "risk_cleared",
        "monitor_kind",
        "household_type",
        "low_income_allowance",
        "bank_account",
    }
    facts = {fact for group in carry_layout(TemplateFolder()).groups for fact in group.facts}
    assert facts
    assert not facts & hidden
