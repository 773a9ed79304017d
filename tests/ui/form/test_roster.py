"""The family as a grid: typed, chosen, pasted, filled down, added, marked as left."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.form.roster.cells import CellLine, CellPicker, CellTicks
from fieldapp.ui.pages.form.roster.widget import RosterWidget
from fieldapp.xform import QuestionView, RepeatView
from tests.ui.form.conftest import OpenPage
from tests.ui.form.keys import Typist
from tests.ui.form.world import begin

COLUMNS = (
    "name", "relationship", "sex", "birth_date", "id_number", "health", "labour", "work_place", "work_months",
    "member_state", "joined_reason", "left_reason",
)  # fmt: skip


def roster_of(page: FormPage) -> RosterWidget:
    return page.column.rosters()[0]


def go_to(page: FormPage, row: int, name: str) -> Typist:
    """Put the keyboard into a cell."""
    assert page.column.show_ref(f"/data/members[{row}]/{name}")
    QApplication.processEvents()
    return Typist(page)


def value(page: FormPage, row: int, name: str) -> str:
    view = page.form.session.view(f"/data/members[{row}]/{name}")
    assert isinstance(view, QuestionView)
    return view.value


def rows(page: FormPage) -> int:
    repeat = page.form.session.view("/data/members")
    assert isinstance(repeat, RepeatView)
    return len(repeat.instances)


def where(page: FormPage) -> tuple[int, str]:
    index = roster_of(page).grid.currentIndex()
    return index.row() + 1, COLUMNS[index.column()]


def editor(page: FormPage) -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


class TestTyping:
    def test_typing_replaces_and_tab_goes_right(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 2, "name")
        typist.type("wang")
        typist.press("Tab")
        assert value(page, 2, "name") == "wang"
        assert where(page) == (2, "relationship")
        assert typist.focused is roster_of(page).grid

    def test_enter_goes_down_and_keeps_what_was_typed(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 2, "birth_date")
        typist.type("19530406")
        typist.press("Enter")
        assert value(page, 2, "birth_date") == "1953-04-06"
        assert where(page) == (3, "birth_date")

    def test_down_ends_the_typing_too(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 1, "work_months")
        typist.type("9")
        assert isinstance(editor(page), CellLine)
        typist.press("Down")
        assert value(page, 1, "work_months") == "9"
        assert where(page) == (2, "work_months")

    def test_arrows_walk_over_the_cells(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 1, "name")
        typist.press("Right", "Right", "Down")
        assert where(page) == (2, "sex")

    def test_tab_passes_over_cells_that_take_no_answer(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 1, "member_state")
        typist.press("Tab")
        assert where(page) == (2, "name")
        typist.press("Shift+Tab")
        assert where(page) == (1, "member_state")

    def test_tab_leaves_behind_the_last_cell_and_comes_back(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 4, "member_state")
        typist.press("Tab")
        assert typist.focused is not roster_of(page).grid
        assert typist.focused.accessibleName() == "＋ 新增一人"
        typist.press("Shift+Tab")
        assert typist.focused is roster_of(page).grid

    def test_enter_behind_the_last_row_goes_to_the_next_part(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 4, "name")
        typist.press("Enter")
        assert page.column.current_ref() == "/data/photos/photo_1"

    def test_delete_empties_a_cell(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        go_to(page, 1, "work_months").press("Delete")
        assert value(page, 1, "work_months") == ""

    def test_an_invalid_answer_is_kept_with_its_sign(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 1, "work_months")
        typist.type("14")
        typist.press("Enter", "Up")
        assert value(page, 1, "work_months") == "14"
        assert "一年最多 12 个月" in roster_of(page)._line.text()
        assert "✕" in roster_of(page)._line.text()


class TestChoosing:
    def test_a_figure_chooses_at_once_and_goes_right(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        go_to(page, 3, "sex").type("2")
        assert value(page, 3, "sex") == "female"
        assert where(page) == (3, "birth_date")

    def test_pinyin_initials_choose_from_a_long_list(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 3, "relationship")
        typist.press("F2")
        assert isinstance(editor(page), CellPicker)
        typist.type("zwsz")
        typist.press("Enter")
        if typist.focused is not roster_of(page).grid:
            typist.press("Enter")
        assert value(page, 3, "relationship") == "daughters_son"
        assert where(page) == (3, "sex")

    def test_several_choices_are_ticked_with_figures(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 2, "health")
        typist.press("Space")
        assert isinstance(editor(page), CellTicks)
        typist.type("124")
        typist.press("Enter")
        assert value(page, 2, "health") == "chronic disabled"

    def test_a_member_who_left_needs_a_reason(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 4, "member_state")
        typist.type("4")
        assert value(page, 4, "member_state") == "left"
        assert where(page) == (4, "left_reason")
        typist.press("F8")
        assert where(page) == (4, "left_reason")
        typist.type("1")
        assert value(page, 4, "left_reason") == "death"


class TestSpreadsheet:
    def test_ctrl_d_fills_from_above(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        page.form.set_answer("/data/members[1]/work_place", "county")
        go_to(page, 2, "work_place").press("Ctrl+D")
        assert value(page, 2, "work_place") == "county"

    def test_ctrl_d_fills_a_selection_from_its_first_cell(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        page.form.set_answer("/data/members[1]/work_place", "county")
        typist = go_to(page, 1, "work_place")
        typist.press("Shift+Down", "Shift+Down", "Ctrl+D")
        assert [value(page, row, "work_place") for row in (1, 2, 3, 4)] == ["county", "county", "county", ""]

    def test_a_column_is_pasted_from_excel(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 1, "work_place")
        QGuiApplication.clipboard().setText("省外\r\n村内\r\n县外市内\r\n")
        typist.press("Ctrl+V")
        assert [value(page, row, "work_place") for row in (1, 2, 3, 4)] == [
            "elsewhere",
            "village",
            "city",
            "",
        ]
        assert "已粘贴 3 格" in roster_of(page)._line.text()

    def test_a_block_is_pasted_and_rows_are_added_for_it(self, open_page: OpenPage) -> None:
        page = open_page(begin(2))
        typist = go_to(page, 2, "name")
        QGuiApplication.clipboard().setText("王二\t之子\t男\t1980.5.6\n王三\t之女\t女\t1985-7-8\n")
        typist.press("Ctrl+V")
        assert rows(page) == 3
        assert [value(page, 3, name) for name in COLUMNS[:4]] == ["王三", "daughter", "female", "1985-07-08"]

    def test_what_names_no_choice_is_told_and_changes_nothing(self, open_page: OpenPage) -> None:
        page = open_page(begin(2))
        typist = go_to(page, 1, "sex")
        QGuiApplication.clipboard().setText("男\n不详")
        typist.press("Ctrl+V")
        assert value(page, 2, "sex") == "female"
        assert "不详" in roster_of(page)._line.text()

    def test_what_is_copied_can_be_pasted(self, open_page: OpenPage) -> None:
        page = open_page(begin(2))
        typist = go_to(page, 1, "name")
        typist.press("Shift+Right", "Shift+Down", "Ctrl+C")
        assert QGuiApplication.clipboard().text() == "王建国\t户主\n王小梅\t配偶"


class TestRows:
    def test_a_new_row_is_typed_into_at_once(self, open_page: OpenPage) -> None:
        page = open_page(begin(2))
        typist = go_to(page, 1, "name")
        typist.press("Ctrl+Shift+N")
        assert (rows(page), where(page)) == (3, (3, "name"))
        typist.type("li")
        typist.press("Tab")
        assert value(page, 3, "name") == "li"

    def test_a_registered_member_is_not_removed(self, open_page: OpenPage) -> None:
        page = open_page(begin(2))
        typist = go_to(page, 2, "name")
        typist.press("Ctrl+Delete")
        assert rows(page) == 2
        assert not roster_of(page)._remove.isEnabled()
        assert "减少" in roster_of(page)._remove.toolTip()

    def test_a_new_row_is_removed_and_brought_back(self, open_page: OpenPage) -> None:
        page = open_page(begin(2))
        typist = go_to(page, 1, "name")
        typist.press("Ctrl+Shift+N")
        typist.type("li")
        typist.press("Enter")
        go_to(page, 3, "name").press("Ctrl+Delete")
        assert rows(page) == 2
        page.banner._acted()
        assert value(page, 3, "name") == "li"

    def test_a_household_without_members_can_begin(self, open_page: OpenPage) -> None:
        page = open_page(begin(0))
        roster = roster_of(page)
        for ref in [instance.ref for instance in roster.model.repeat.instances]:
            page.form.remove_row(ref)
        assert roster.model.rowCount() == 0
        roster.add_row()
        assert roster.model.columnCount() == len(COLUMNS)

    def test_a_family_of_forty_scrolls_inside_its_card(self, open_page: OpenPage) -> None:
        page = open_page(begin(40))
        grid = roster_of(page).grid
        assert grid.height() < 460
        go_to(page, 40, "id_number")
        assert grid.visualRect(grid.currentIndex()).bottom() <= grid.viewport().height()

    def test_the_name_stays_in_sight_when_one_scrolls_sideways(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        go_to(page, 1, "name")
        grid = roster_of(page).grid
        assert not grid._pinned.isVisible()
        go_to(page, 2, "member_state")
        assert grid._pinned.isVisible()
        left = grid.columnViewportPosition(grid.currentIndex().column())
        assert left >= grid.columnWidth(0)


class TestDetail:
    def test_f4_shows_the_row_in_full_and_it_can_be_typed_there(
        self, open_page: OpenPage, qtbot: QtBot
    ) -> None:
        page = open_page(begin())
        typist = go_to(page, 2, "work_months")
        typist.press("F4")
        detail = roster_of(page).detail
        assert detail is not None
        assert detail.isVisible()
        months = next(row for row in detail.rows if row.question.name == "work_months")
        months.take_focus()
        typist.type("8")
        assert value(page, 2, "work_months") == "8"
        typist.press("Alt+Down")
        assert months.question.ref == "/data/members[3]/work_months"
        typist.press("F4")
        assert not detail.isVisible()

    def test_the_detail_follows_the_current_row(self, open_page: OpenPage) -> None:
        page = open_page(begin())
        typist = go_to(page, 1, "name")
        typist.press("F4")
        detail = roster_of(page).detail
        assert detail is not None
        go_to(page, 3, "name")
        assert detail.rows[0].question.value == "王明远"


def test_a_row_of_anything_but_people_is_called_a_row(open_page: OpenPage) -> None:
    words = []
    for people in (frozenset({"/data/members"}), frozenset[str]()):
        keeper = begin()
        keeper.people = people
        buttons = roster_of(open_page(keeper)).findChildren(QPushButton)
        words += [each.text() for each in buttons if each.text().startswith("＋")]
    assert words == ["＋ 新增一人", "＋ 新增一行"]
