"""At the door: one key, larger type, nothing of the office on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from fieldapp.ui.pages.form import FormPage
from tests.ui.form.conftest import OpenPage
from tests.ui.form.keys import Typist
from tests.ui.form.world import begin, open_markdown


def texts(page: FormPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_one_key_hides_what_is_for_the_office_and_brings_it_back(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.form.set_answer("/data/help/lead_needed", "yes")
    assert "需要上报线索" in texts(page)
    typist = Typist(page)
    typist.press("F11")
    assert "线索" not in texts(page)
    assert not page.side.isVisible()
    typist.press("F11")
    assert "需要上报线索" in texts(page)
    assert page.side.isVisible()


def test_the_type_is_larger_at_the_door(open_page: OpenPage) -> None:
    page = open_page(begin())
    before = page.column.row("/data/how/phone").height()
    Typist(page).press("F11")
    QApplication.processEvents()
    line = page.column.row("/data/how/phone").editor
    assert line is not None
    assert page.column.row("/data/how/phone").height() > before
    assert line.focus_target().fontInfo().pixelSize() >= 17


def test_the_keyboard_stays_where_it_was(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/how/phone")
    Typist(page).press("F11")
    assert page.column.current_ref() == "/data/how/phone"


def test_answers_given_before_are_kept_though_hidden(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.form.set_answer("/data/help/lead_needed", "yes")
    page.form.set_answer("/data/help/lead_situation", "大病支出")
    Typist(page).press("F11")
    assert page.form.session.view("/data/help/lead_situation").value == "大病支出"  # type: ignore[union-attr]


def test_what_is_missing_for_the_office_is_told_without_saying_what(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.form.set_answer("/data/help/lead_needed", "yes")
    typist = Typist(page)
    typist.press("F11", "F8")
    assert page.form.hidden_errors() == 1
    assert "F11" in page.banner.message
    assert "线索" not in page.banner.message


def test_a_finish_refused_at_the_door_does_not_name_an_office_question(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.form.set_answer("/data/help/lead_needed", "yes")
    Typist(page).press("F11", "Ctrl+Enter")
    assert "线索" not in texts(page)
    assert "F11" in page.banner.message


def test_a_part_that_is_all_for_the_office_is_gone_and_columns_of_a_roster_too(open_page: OpenPage) -> None:
    form = """
| survey |  |  |  |  |
|  | type | name | label | appearance |
|  | begin group | g | 研判 | office |
|  | text | risk | 风险 |  |
|  | end group |  |  |  |
|  | begin repeat | r | 成员 | grid |
|  | text | name | 姓名 |  |
|  | text | remark | 备注 | office |
|  | end repeat |  |  |  |
| settings |  |
|  | form_id |
|  | t |
"""
    page = open_page(open_markdown(form))
    assert [progress.label for progress in page.form.progress()] == ["研判", "成员"]
    Typist(page).press("F11")
    assert [progress.label for progress in page.form.progress()] == ["成员"]
    grid = page.column.rosters()[0].grid
    assert [grid.isColumnHidden(column) for column in (0, 1)] == [False, True]


def test_a_finished_form_has_no_door_mode(open_page: OpenPage) -> None:
    page = open_page(begin(), read_only=True)
    page.toggle_door_mode()
    assert not page.form.door_mode
