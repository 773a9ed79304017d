"""A drop-down that is searched by typing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.ui.widgets.search_combo import SearchCombo
from tests.ui.seeing import type_into

K = Qt.Key


@pytest.fixture
def combo(qtbot: QtBot) -> Iterator[SearchCombo]:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    made = SearchCombo("意思")
    for name in ("不用这一列", "发放金额", "家庭成员：学校", "家庭成员：文化程度", "农户：住房等级"):
        made.addItem(name, name[-2:])
    column.addWidget(made)
    column.addWidget(QLineEdit())
    holder.show()
    qtbot.waitExposed(holder)
    made.setFocus()
    yield made
    holder.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("学校", "家庭成员：学校"), ("whcd", "家庭成员：文化程度"), ("住房", "农户：住房等级")],
)
def test_typing_a_part_or_initials_and_enter_chooses(combo: SearchCombo, typed: str, name: str) -> None:
    told: list[int] = []
    combo.activated.connect(told.append)
    field = combo.lineEdit()
    assert field is not None
    field.clear()
    type_into(field, typed)
    field.textEdited.emit(typed)
    QTest.keyClick(combo, K.Key_Return)
    assert (combo.currentText(), combo.currentData()) == (name, name[-2:])
    assert told == [combo.findText(name)]


def test_what_fits_nothing_is_put_back(combo: SearchCombo) -> None:
    combo.setCurrentIndex(1)
    field = combo.lineEdit()
    assert field is not None
    field.setText("没有这个")
    field.textEdited.emit("没有这个")
    QTest.keyClick(combo, K.Key_Return)
    QTest.keyClick(combo, K.Key_Escape)
    assert (combo.currentText(), combo.currentIndex()) == ("发放金额", 1)


def test_the_arrows_choose_as_in_any_drop_down(combo: SearchCombo) -> None:
    told: list[int] = []
    combo.activated.connect(told.append)
    QTest.keyClick(combo, K.Key_Down)
    assert told == [1]
    assert combo.currentText() == "发放金额"
