"""Every kind of question has an editor that fits, and each can be answered by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.services import positions
from fieldapp.services.positions import Position
from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.pages.form.editors.files import FileEditor
from fieldapp.ui.pages.form.editors.lines import BarcodeEditor, LineEditor, NumberEditor
from fieldapp.ui.pages.form.editors.long_text import TextEditor
from fieldapp.ui.pages.form.editors.moments import DateEditor, DateTimeEditor, TimeEditor
from fieldapp.ui.pages.form.editors.options import ManyOfEditor, OneOfEditor
from fieldapp.ui.pages.form.editors.orders import RangeEditor, RankEditor
from fieldapp.ui.pages.form.editors.picker import ListEditor
from fieldapp.ui.pages.form.editors.pictures import PhotoEditor
from fieldapp.ui.pages.form.editors.places import PathEditor, PointEditor, read_point
from fieldapp.ui.pages.form.editors.signature import SignatureEditor
from fieldapp.ui.pages.form.editors.ticks import AcknowledgeEditor
from tests.ui.form.conftest import OpenPage
from tests.ui.form.every_kind import EVERY_KIND
from tests.ui.form.keys import Typist
from tests.ui.form.world import MemoryKeeper, begin, open_markdown, reopened


@pytest.fixture
def keeper() -> MemoryKeeper:
    return open_markdown(EVERY_KIND)


@pytest.fixture
def page(open_page: OpenPage, keeper: MemoryKeeper) -> FormPage:
    return open_page(keeper)


def editor(page: FormPage, name: str) -> Editor:
    found = page.column.row(f"/data/{name}").editor
    assert found is not None
    return found


def value(page: FormPage, name: str) -> str:
    return page.column.row(f"/data/{name}").question.value


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("line", LineEditor),
        ("long", TextEditor),
        ("whole", NumberEditor),
        ("part", NumberEditor),
        ("grade", RangeEditor),
        ("day", DateEditor),
        ("month", DateEditor),
        ("clock", TimeEditor),
        ("moment", DateTimeEditor),
        ("one", OneOfEditor),
        ("least", ListEditor),
        ("lots", ListEditor),
        ("several", ManyOfEditor),
        ("order", RankEditor),
        ("place", PointEditor),
        ("road", PathEditor),
        ("code", BarcodeEditor),
        ("photo", PhotoEditor),
        ("sketch", SignatureEditor),
        ("sound", FileEditor),
        ("film", FileEditor),
        ("paper", FileEditor),
        ("agreed", AcknowledgeEditor),
    ],
)
def test_each_kind_has_the_editor_that_fits(page: FormPage, name: str, kind: type[Editor]) -> None:
    assert type(editor(page, name)) is kind


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("line", "abc", "abc"),
        ("secret", "abc", "abc"),
        ("digits", "１２３", "123"),
        ("whole", "１２", "12"),
        ("part", "1,234.5", "1234.5"),
        ("grade", "7.5", "7.5"),
        ("day", "1120", "2026-11-20"),
        ("day", "11月", "11月"),
        ("month", "202605", "2026-05-01"),
        ("clock", "830", "08:30:00.000+08:00"),
        ("one", "2", "b"),
        ("quick", "3", "c"),
        ("several", "13", "a c"),
        ("place", "32.5 112.25", "32.5 112.25 0 0"),
        ("road", "32 112", "32 112 0 0"),
        ("code", "6901234567892", "6901234567892"),
    ],
)
def test_what_is_typed_is_the_answer(page: FormPage, name: str, typed: str, answer: str) -> None:
    page.column.show_ref(f"/data/{name}")
    Typist(page).type(typed)
    assert value(page, name) == answer


def test_a_choice_of_many_is_found_by_typing(page: FormPage) -> None:
    page.column.show_ref("/data/lots")
    typist = Typist(page)
    typist.type("cj")
    typist.press("Enter")
    assert value(page, "lots") == "m9"
    assert page.column.current_ref() == "/data/several"


def test_what_fits_no_choice_leaves_the_answer_as_it_was(page: FormPage) -> None:
    page.form.set_answer("/data/lots", "m2")
    page.column.show_ref("/data/lots")
    typist = Typist(page)
    typist.type("qqq")
    typist.press("Tab")
    assert value(page, "lots") == "m2"
    line = editor(page, "lots").focus_target()
    assert isinstance(line, QLineEdit)
    assert line.text() == "村二"


def test_an_emptied_choice_is_no_answer(page: FormPage) -> None:
    page.form.set_answer("/data/lots", "m2")
    page.column.show_ref("/data/lots")
    Typist(page).press("Delete", "Tab")
    assert value(page, "lots") == ""


def test_choices_are_put_in_order_with_alt_and_arrows(page: FormPage) -> None:
    page.column.show_ref("/data/order")
    typist = Typist(page)
    typist.press("Alt+Down")
    assert value(page, "order") == "b a c"
    typist.press("Enter")
    assert page.column.current_ref() == "/data/place"


def test_enter_keeps_the_order_as_it_stands(page: FormPage) -> None:
    page.column.show_ref("/data/order")
    Typist(page).press("Enter")
    assert value(page, "order") == "a b c"


def test_day_and_time_of_day_make_one_answer(page: FormPage) -> None:
    page.column.show_ref("/data/moment")
    typist = Typist(page)
    typist.type("1120")
    typist.press("Enter")
    typist.type("0815")
    typist.press("Enter")
    assert value(page, "moment") == "2026-11-20T08:15:00.000+08:00"
    assert page.column.current_ref() == "/data/one"


def test_a_slider_answers_by_steps(page: FormPage) -> None:
    grade = editor(page, "grade")
    assert isinstance(grade, RangeEditor)
    grade.slider.setValue(3)
    assert value(page, "grade") == "1.5"
    page.form.set_answer("/data/grade", "")
    assert grade.line.text() == ""


def test_a_box_is_ticked_with_space(page: FormPage) -> None:
    page.column.show_ref("/data/agreed")
    typist = Typist(page)
    typist.press("Space")
    assert value(page, "agreed") == "OK"
    typist.press("Space")
    assert value(page, "agreed") == ""


def test_a_file_is_kept_and_named(page: FormPage, keeper: MemoryKeeper, tmp_path: Path) -> None:
    (tmp_path / "证明.pdf").write_bytes(b"%PDF-")
    sound = editor(page, "paper")
    assert isinstance(sound, FileEditor)
    sound.take_file(tmp_path / "证明.pdf")
    assert keeper.files[value(page, "paper")] == b"%PDF-"
    sound.clear.click()
    assert value(page, "paper") == ""


def test_a_file_that_is_gone_is_told(page: FormPage, tmp_path: Path) -> None:
    sound = editor(page, "sound")
    assert isinstance(sound, FileEditor)
    sound.take_file(tmp_path / "none.mp3")
    assert "none.mp3" in page.banner.message


def test_the_weekday_stands_beside_a_date_and_a_day_can_be_clicked(page: FormPage) -> None:
    day = editor(page, "day")
    assert isinstance(day, DateEditor)
    page.form.set_answer("/data/day", "2026-11-20")
    assert day._weekday.text() == "星期五　前天"
    day._show_calendar()
    day._day_chosen(QDate(2026, 11, 3))
    assert value(page, "day") == "2026-11-03"


def test_a_note_is_shown_with_its_style(page: FormPage) -> None:
    shown = [label.text() for label in page.column.row("/data/hello").findChildren(QLabel)]
    assert "<b>每一种</b>题型" in shown


def test_the_language_of_the_form_is_switched_everywhere(page: FormPage) -> None:
    page.form.set_language("English (en)")
    QApplication.processEvents()
    assert page.column.row("/data/line")._label.text() == "A line"
    one = editor(page, "one")
    assert isinstance(one, OneOfEditor)
    assert [button.text() for button in one.buttons] == ["1 A", "2 B", "3 C"]
    assert page.languages.count() == 2


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("32.0123, 112.1456", "32.0123 112.1456 0 0"),
        ("32.0123，112.1456", "32.0123 112.1456 0 0"),
        ("N32.5 E112.5", None),
        ("32.5N 112.5E", "32.5 112.5 0 0"),
        ("32.5 112.5 80 5", "32.5 112.5 80 5"),
        ("91 0", None),
        ("村口", None),
        ("", None),
    ],
)
def test_a_point_is_read_as_phones_show_it(typed: str, stored: str | None) -> None:
    assert read_point(typed) == stored


class TestReview:
    def test_a_finished_visit_is_shown_as_text(self, open_page: OpenPage, qtbot: QtBot) -> None:
        keeper = begin()
        page = open_page(keeper)
        page.form.set_answer("/data/help/requests", "想修路")
        page.form.set_answer("/data/help/request_open", "no")
        with qtbot.waitSignal(page.finished):
            page.finish()
        keeper.saved.append(keeper.submission)
        review = open_page(reopened(keeper), read_only=True)
        shown = "\n".join(label.text() for label in review.findChildren(QLabel) if label.isVisible())
        assert "想修路" in shown
        assert "见到本人或家人" in shown
        assert "只读" in shown
        inputs = [line for line in review.findChildren(QLineEdit) if line.isVisible()]
        assert inputs == []
        assert not review.head.finish.isVisible()
        grid = review.column.rosters()[0]
        assert not grid._add.isVisible()
        assert grid.grid.model().data(grid.grid.model().index(0, 0)) == "王建国"

    def test_keys_change_nothing_in_a_review(self, open_page: OpenPage) -> None:
        keeper = begin()
        review = open_page(keeper, read_only=True)
        before = keeper.session.serialise()
        review.column.rosters()[0].show_ref("/data/members[1]/name")
        Typist(review).press("Delete", "Ctrl+Shift+N", "Ctrl+Delete", "Ctrl+Enter", "F11")
        Typist(review).type("x")
        assert keeper.session.serialise() == before


def test_a_position_is_taken_from_a_receiver(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page(open_markdown(EVERY_KIND))
    found = Position(33.8539, 113.492783, 88.4, 4.5)
    monkeypatch.setattr(positions, "read_position", lambda cancel: found)
    editor = page.column.row("/data/place").editor
    assert isinstance(editor, PointEditor)
    editor.ask.click()
    assert page.column.row("/data/place").question.value == "33.853900 113.492783 88.4 4.5"
    assert editor.line.text() == "33.853900 113.492783 88.4 4.5"


def test_without_a_receiver_the_page_says_what_to_do(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(open_markdown(EVERY_KIND))
    monkeypatch.setattr(positions.read_position, "__kwdefaults__", {"seconds": 1.0, "ports": list})
    editor = page.column.row("/data/place").editor
    assert isinstance(editor, PointEditor)
    editor.ask.click()
    assert page.banner.message == "没有找到定位设备。"
    assert editor.ask.text() == "从定位设备取"
