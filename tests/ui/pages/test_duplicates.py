"""Possible duplicates: values are chosen side by side, a merge needs a reason and can be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.pages.duplicates import DuplicatesPage
from fieldapp.ui.viewmodels.duplicates import DuplicatesViewModel
from fieldapp.ui.widgets.empty import EmptyState
from tests.ui.fakes import empty_county, small_county
from tests.ui.fakes_findings import FakeDuplicates
from tests.ui.seeing import press, visible


def page_of(duplicates: FakeDuplicates, qtbot: QtBot) -> DuplicatesPage:
    page = DuplicatesPage(DuplicatesViewModel(duplicates, InlineRunner()))
    qtbot.addWidget(page)
    page.resize(1000, 760)
    page.show()
    page.entered()
    return page


def verdicts(page: DuplicatesPage) -> list[str]:
    model = page.lines.model()
    return [str(model.index(row, 3).data()) for row in range(model.rowCount())]


def test_what_one_record_lacks_is_taken_from_the_other_and_enter_changes_the_choice(qtbot: QtBot) -> None:
    page = page_of(FakeDuplicates(small_county()), qtbot)
    assert verdicts(page) == ["← 用左边", "用右边 →", "以左边为准", "相同"]
    page.lines.selectRow(0)
    QTest.keyClick(page.lines, Qt.Key.Key_Return)
    assert verdicts(page)[0] == "用右边 →"
    press(page, "左右对调")
    assert verdicts(page)[1] == "← 用左边"


def test_a_merge_needs_a_reason_and_can_be_undone_at_once_and_later(qtbot: QtBot) -> None:
    duplicates = FakeDuplicates(small_county())
    page = page_of(duplicates, qtbot)
    press(page, "合并")
    assert not duplicates.merged
    (reason,) = visible(page, QLineEdit)
    reason.setText("分户时重复登记")
    press(page, "合并")
    assert duplicates.merged == [("a", "b", frozenset({"phone"}), "分户时重复登记")]
    press(page, "撤销选中的合并")
    assert not duplicates.merged
    assert page.pairs.model().rowCount() == 1


def test_two_persons_are_kept_apart_with_a_reason(qtbot: QtBot) -> None:
    duplicates = FakeDuplicates(small_county())
    page = page_of(duplicates, qtbot)
    (reason,) = visible(page, QLineEdit)
    reason.setText("双胞胎")
    press(page, "不是同一个人")
    assert duplicates.apart == ["双胞胎"]
    (empty,) = visible(page, EmptyState)
    assert "没有找到" in empty.accessibleName()


def test_an_empty_register_says_so(qtbot: QtBot) -> None:
    page = page_of(FakeDuplicates(empty_county()), qtbot)
    assert list(visible(page, EmptyState))
