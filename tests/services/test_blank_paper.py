"""Any form on paper for a household: known rows filled in, the office's questions left out, nothing kept as a draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.common.resources import forms_dir
from fieldapp.services.blank_paper import blank_form_of
from fieldapp.services.printing import PrintOrder
from fieldapp.services.workspace import Workspace
from fieldapp.sheets.blank_form import BlankPart, BlankQuestion, as_visit_sheet
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.visit_sheet import visit_sheet
from fieldapp.store import PublishedForm
from tests.forms.conftest import published
from tests.services.asking import first, homes
from tests.services.forms import COUNTY_FORM, compiled
from tests.sheets.reading import all_text

SHIPPED = sorted(path.stem for path in forms_dir().glob("*.md"))


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_shipped_form_can_be_printed_blank(form_id: str, clerk: Workspace) -> None:
    clerk._store.put_form(published(form_id))
    home = first(clerk)
    (sheet,) = clerk.printing.make(PrintOrder("blank_form", (home,), form_id=form_id))
    text = all_text(sheet.pdf)
    file = clerk.households.file(home)
    assert file.household.head_name in text
    assert sheet.pages >= 1
    assert clerk.visits.drafts() == [], "a paper is no draft"


def test_members_are_filled_in_and_there_is_room_for_more(clerk: Workspace) -> None:
    home = next(h for h in homes(clerk) if len(clerk.households.file(h).members) > 1)
    form = blank_form_of(clerk.visits.outline(home, "visit"))
    roster = next(part for part in form.parts if part.title.endswith("家庭成员"))
    names = [member.name for member in clerk.households.file(home).members]
    assert [row.values[0] for row in roster.rows] == names
    assert roster.spare == 2


def test_the_office_s_questions_and_what_needs_a_screen_stay_off_the_paper(clerk: Workspace) -> None:
    form = blank_form_of(clerk.visits.outline(first(clerk), "visit"))
    asked = {question.label for part in form.parts for question in part.questions}
    assert {"走访方式", "住房安全", "诉求"} <= asked
    assert not {"需要上报线索", "线索情况", "屏幕签字", "陪同人"} & asked
    assert "未见到的情况说明" not in asked


def test_what_is_asked_only_sometimes_is_on_the_paper_and_says_so(clerk: Workspace) -> None:
    form = blank_form_of(clerk.visits.outline(first(clerk), "visit"))
    by_label = {question.label: question for part in form.parts for question in part.questions}
    assert by_label["住房有什么问题"].sometimes
    assert not by_label["住房安全"].sometimes
    assert by_label["住房安全"].choices == ("是", "否")
    assert by_label["走访日期"].date


def test_a_county_s_own_visit_form_is_printed_as_the_county_made_it(clerk: Workspace) -> None:
    clerk._store.put_form(PublishedForm("visit", "2", "2" * 64, compiled(COUNTY_FORM)))
    (sheet,) = clerk.printing.make(PrintOrder("blank_form", (first(clerk),), form_id="visit"))
    text = all_text(sheet.pdf)
    assert "县里的表" in text
    assert "建成年份" in text
    assert "1饮水" in text
    assert "不愁吃" not in text


def test_the_sheets_to_carry_ask_what_the_county_s_own_visit_form_asks(clerk: Workspace) -> None:
    home = first(clerk)
    carry = PrintOrder("carry", (home,))
    shipped = all_text(clerk.printing.make(carry)[0].pdf)
    assert "不愁吃" in shipped
    clerk._store.put_form(PublishedForm("visit", "2", "2" * 64, compiled(COUNTY_FORM)))
    own = all_text(clerk.printing.make(carry)[0].pdf)
    assert "不愁吃" not in own
    assert "县里的表" in own
    assert "建成年份" in own
    assert "1饮水" in own


def test_the_shipped_visit_form_is_printed_by_its_own_sheet(clerk: Workspace) -> None:
    form = blank_form_of(clerk.visits.outline(first(clerk), "visit"))
    shipped = visit_sheet(TemplateFolder())
    assert as_visit_sheet(form, shipped) is None
    changed = replace(
        form, parts=(*form.parts, BlankPart("九、新问的", (BlankQuestion("家里有井吗", name="well"),)))
    )
    own = as_visit_sheet(changed, shipped)
    assert own is not None
    assert own.sections[-1].questions[0].label == "家里有井吗"


def test_the_print_is_logged_with_its_household(clerk: Workspace) -> None:
    home = first(clerk)
    clerk.printing.make(PrintOrder("blank_form", (home,), form_id="visit"))
    act = clerk.printing.log()[0]
    assert (act.sheet, act.households) == ("blank_form", (home,))


def test_the_forms_to_choose_from_are_those_of_this_laptop_the_visit_first(clerk: Workspace) -> None:
    clerk._store.put_form(published("sbz"))
    assert clerk.printing.forms() == [("visit", "入户走访记录"), ("sbz", "三保障和饮水核查表")]
