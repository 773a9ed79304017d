"""A visit filled in without a mouse."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.form.editors.options import RadioOption, TickOption
from fieldapp.ui.widgets.banner import Banner
from tests.ui.form.conftest import OpenPage
from tests.ui.form.keys import Typist
from tests.ui.form.world import begin


def here(page: FormPage) -> str | None:
    return page.column.current_ref()


def test_the_keyboard_stands_where_the_first_answer_is_wanted(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(begin(known=False))
    qtbot.waitUntil(lambda: here(page) == "/data/state/food_ok", timeout=1000)


def test_an_unchanged_visit_is_finished_with_one_key(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(begin())
    qtbot.waitUntil(lambda: here(page) is not None, timeout=1000)
    typist = Typist(page)
    with qtbot.waitSignal(page.finished, timeout=1000):
        typist.press("Ctrl+Enter")
    assert typist.keys == 1


def test_a_first_visit_with_nothing_wrong_takes_seven_keys(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(begin(known=False))
    qtbot.waitUntil(lambda: here(page) == "/data/state/food_ok", timeout=1000)
    typist = Typist(page)
    with qtbot.waitSignal(page.finished, timeout=1000):
        typist.type("111111")
        typist.press("Ctrl+Enter")
    assert typist.keys == 7


def test_a_figure_chooses_and_goes_on(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/how/mode")
    typist = Typist(page)
    typist.type("2")
    assert page.column.row("/data/how/mode").question.value == "phone"
    assert here(page) == "/data/how/visit_date"


def test_enter_in_a_line_goes_to_the_next_question(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/how/visit_date")
    typist = Typist(page)
    typist.type("1120")
    typist.press("Enter")
    assert page.column.row("/data/how/visit_date").question.value == "2026-11-20"
    assert here(page) == "/data/how/outcome"
    assert isinstance(typist.focused, RadioOption)


def test_tab_goes_down_the_page_and_back(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/how/mode")
    typist = Typist(page)
    walked = []
    for _ in range(4):
        typist.press("Tab")
        walked.append(here(page))
    assert walked == ["/data/how/visit_date", "/data/how/outcome", "/data/how/answered_by", "/data/how/phone"]
    typist.press("Shift+Tab")
    assert here(page) == "/data/how/answered_by"


def test_arrows_move_between_choices_and_backspace_takes_the_answer_away(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/state/income_trend")
    typist = Typist(page)
    typist.press("Right")
    assert page.column.row("/data/state/income_trend").question.value == "down"
    typist.press("Back")
    assert page.column.row("/data/state/income_trend").question.value == ""


def test_figures_tick_several_choices_in_the_order_of_the_form(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/state/changes")
    typist = Typist(page)
    typist.type("142")
    assert isinstance(typist.focused, TickOption)
    assert page.column.row("/data/state/changes").question.value == "members job"
    typist.press("Enter")
    assert here(page) == "/data/state/change_note"


def test_the_arrows_move_a_date(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/how/visit_date")
    typist = Typist(page)
    typist.press("Down", "Down")
    assert page.column.row("/data/how/visit_date").question.value == "2026-11-20"
    typist.press("Ctrl+Down")
    assert page.column.row("/data/how/visit_date").question.value == "2026-11-13"


def test_f6_goes_to_the_next_empty_question(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/how/mode")
    typist = Typist(page)
    typist.press("F6")
    assert here(page) == "/data/expenses[1]/expense_item"
    typist.press("F6")
    assert here(page) == "/data/expenses[1]/expense_amount"


def test_f8_walks_over_what_is_missing(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(begin(known=False))
    qtbot.waitUntil(lambda: here(page) == "/data/state/food_ok", timeout=1000)
    typist = Typist(page)
    typist.type("12")
    assert here(page) == "/data/state/clothes_note"
    walked = []
    for _ in range(5):
        typist.press("F8")
        walked.append((here(page) or "").rpartition("/")[2])
    assert walked == ["housing_ok", "schooling_ok", "medical_ok", "water_ok", "clothes_note"]


def test_finishing_too_early_goes_to_the_first_missing_answer(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(begin(known=False))
    page.column.show_ref("/data/how/mode")
    typist = Typist(page)
    typist.press("Ctrl+Enter")
    assert here(page) == "/data/state/food_ok"
    assert "6" in page.banner.message
    row = page.column.row("/data/state/food_ok")
    assert "✕" in _wrong_text(row)


def test_nobody_is_told_off_in_the_middle_of_a_word(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/how/phone")
    typist = Typist(page)
    typist.type("139")
    row = page.column.row("/data/how/phone")
    assert row.question.violation is not None
    assert _wrong_text(row) == ""
    typist.press("Tab")
    assert _wrong_text(row) == "✕ 电话只填数字，手机 11 位"
    assert row.question.value == "139"
    typist.press("Shift+Tab")
    typist.type("13900139000")
    assert _wrong_text(row) == ""


def test_alt_and_a_figure_go_to_a_part_and_the_list_follows(open_page: OpenPage) -> None:
    page = open_page(begin())
    typist = Typist(page)
    typist.press("Alt+4")
    assert here(page) == "/data/help/requests"
    assert page.side.currentRow() == 3
    typist.press("Ctrl+PgDown")
    assert page.side.currentRow() == 4
    typist.press("Ctrl+PgUp", "Ctrl+PgUp")
    assert page.side.currentRow() == 2


def test_in_a_long_text_enter_breaks_the_line_and_tab_leaves(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/help/requests")
    typist = Typist(page)
    assert isinstance(typist.focused, QPlainTextEdit)
    typist.type("a")
    typist.press("Enter")
    typist.type("b")
    assert page.column.row("/data/help/requests").question.value == "a\nb"
    typist.press("Tab")
    assert here(page) == "/data/help/request_open"


def test_an_added_expense_is_in_the_way_of_tab(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.column.show_ref("/data/expenses[1]/expense_amount")
    page.form.add_row("/data/expenses")
    typist = Typist(page)
    typist.press("Tab")
    assert here(page) == "/data/expenses[2]/expense_item"
    typist.type("kb")
    typist.press("Enter")
    assert here(page) == "/data/expenses[2]/expense_amount"


def test_a_removed_expense_can_be_brought_back(open_page: OpenPage) -> None:
    page = open_page(begin())
    page.form.set_answer("/data/expenses[1]/expense_item", "看病")
    page.form.add_row("/data/expenses")
    page.form.set_answer("/data/expenses[2]/expense_item", "上学")
    block = page.column.cards[2].block.parts[0]
    block.parts[0]._take_away()  # type: ignore[union-attr]
    assert page.form.session.view("/data/expenses[1]/expense_item").value == "上学"  # type: ignore[union-attr]
    line = page.column.row("/data/expenses[1]/expense_item").editor
    assert line is not None
    assert line.focus_target().text() == "上学"  # type: ignore[attr-defined]
    assert "删除" in page.banner.message
    page.banner._acted()
    assert page.form.session.view("/data/expenses[2]/expense_item").value == "看病"  # type: ignore[union-attr]


def test_leaving_saves_and_closes(open_page: OpenPage, qtbot: QtBot) -> None:
    keeper = begin()
    page = open_page(keeper)
    page.column.show_ref("/data/help/requests")
    typist = Typist(page)
    typist.type("lu")
    with qtbot.waitSignal(page.closed, timeout=1000):
        typist.press("Alt+Left")
    assert b"lu" in keeper.saved[-1]


def test_every_input_and_button_has_a_name(open_page: OpenPage) -> None:
    page = open_page(begin())
    nameless = [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in page.findChildren(QWidget)
        if not widget.accessibleName() and _is_input(widget)
    ]
    assert not nameless, "\n".join(nameless)


def _is_input(widget: QWidget) -> bool:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QListWidget

    inputs = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QListWidget)
    return (
        isinstance(widget, inputs)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parentWidget(), Banner)
    )


def _wrong_text(row: QWidget) -> str:
    wrong = row._wrong  # type: ignore[attr-defined]
    return str(wrong.text()) if not wrong.isHidden() else ""
