"""空白表, read back from its PDF: any form on paper, in the order of the screen."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.sheets.blank_form import BlankForm, BlankPart, BlankQuestion, BlankRow
from fieldapp.sheets.making import make_blank_form
from fieldapp.sheets.paper import HouseholdPaper
from tests.sheets.extremes import empty, longest
from tests.sheets.reading import STAMP, all_text, ink_box_mm, page_texts
from tests.sheets.samples import ordinary

FORM = BlankForm(
    "人居环境调查",
    "2026112701",
    (
        BlankPart(
            "一、院子",
            (
                BlankQuestion("院内是否整洁", choices=("是", "否")),
                BlankQuestion(
                    "垃圾怎么处理", choices=tuple(f"办法{n}号" for n in range(1, 16)), several=True
                ),
                BlankQuestion("改厕日期", date=True, sometimes=True),
                BlankQuestion("联系电话", hint="11 位", known="13800009203"),
            ),
        ),
        BlankPart(
            "二、成员",
            tuple(BlankQuestion(f"第{n}问", choices=("会", "不会") if n == 2 else ()) for n in range(1, 10)),
            (BlankRow(("张三", *("是",) * 8)),),
            spare=2,
        ),
    ),
)


def made(form: BlankForm = FORM, profile: str = "full") -> bytes:
    (sheet,) = make_blank_form([(ordinary(), form)], "masked" if profile == "masked" else "full", **STAMP)
    assert (sheet.kind, sheet.household_id) == ("blank_form", ordinary().household.id)
    return sheet.pdf


def test_questions_stand_in_the_order_of_the_screen_with_the_keys_that_choose() -> None:
    text = all_text(made())
    asked = [text.index(each) for each in ("院内是否整洁", "垃圾怎么处理", "改厕日期", "联系电话", "第1问")]
    assert asked == sorted(asked)
    assert "1是2否" in text
    assert "15办法15号" in text
    assert "有这种情况才填" in text
    assert "已登记：13800009203" in text


def test_a_roster_with_many_questions_begins_each_table_with_who_it_is_about() -> None:
    text = all_text(made())
    assert text.count("第1问") == 2
    assert text.count("张三") == 2
    assert "第2问：1会2不会" in text
    assert "第9问" in text


def test_the_masked_profile_hides_the_numbers_it_prints() -> None:
    text = all_text(made(profile="masked"))
    assert "13800009203" not in text
    assert "138****9203" in text


def test_nothing_is_printed_into_the_margins(tmp_path: object) -> None:
    pdf = made()
    for page in range(len(page_texts(pdf))):
        left, top, right, bottom = ink_box_mm(pdf, page)
        assert min(left, top, right, bottom) > 5


def test_a_form_without_anything_on_paper_still_has_its_head() -> None:
    assert "人居环境调查" in all_text(made(BlankForm("人居环境调查", "1", ())))


def test_a_name_that_no_font_has_is_told_before_anything_is_made() -> None:
    part = BlankPart("成员", (BlankQuestion("姓名"),), (BlankRow(("李\U0003fffd",)),), spare=1)
    with pytest.raises(KnownError) as caught:
        made(BlankForm("表", "1", (part,)))
    assert caught.value.code == "SHEET-002"


@pytest.mark.parametrize("paper", [empty(), longest(40)], ids=["nobody is known", "forty members"])
def test_it_prints_for_a_household_at_either_end(paper: HouseholdPaper) -> None:
    rows = tuple(BlankRow((member.name, *("长期慢性病、残疾",) * 8)) for member in paper.members)
    people = BlankPart("成员", tuple(BlankQuestion(f"第{n}问") for n in range(9)), rows, spare=2)
    (sheet,) = make_blank_form([(paper, BlankForm("表", "1", (people,)))], "full", **STAMP)
    text = all_text(sheet.pdf)
    assert all(text.count(member.name) >= 2 for member in paper.members), "in each of the two tables"
    for page in range(sheet.pages):
        left, top, right, bottom = ink_box_mm(sheet.pdf, page)
        assert min(left, top, right, bottom) > 5
