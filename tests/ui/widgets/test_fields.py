"""The mouse wheel scrolls the page, whatever lies under it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import fieldapp.ui
from fieldapp.ui.widgets.fields import ComboBox, Slider, SpinBox
from fieldapp.ui.widgets.search_combo import SearchCombo

UI = Path(fieldapp.ui.__file__).parent


def _made(kind: str) -> QWidget:
    if kind == "spin":
        return SpinBox()
    if kind == "slider":
        return Slider(Qt.Orientation.Horizontal)
    made = ComboBox() if kind == "combo" else SearchCombo("意思")
    made.addItems(["一", "二", "三"])
    return made


@pytest.mark.parametrize("kind", ["combo", "search", "spin", "slider"])
def test_the_wheel_over_a_field_scrolls_the_page_and_changes_nothing(qtbot: QtBot, kind: str) -> None:
    made = _made(kind)
    area, inside = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(inside)
    column.addWidget(made)
    tall = QWidget()
    tall.setFixedHeight(2_000)
    column.addWidget(tall)
    area.setWidget(inside)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    made.setFocus()
    at = QPointF(made.rect().center())
    wheel = QWheelEvent(
        at,
        QPointF(made.mapToGlobal(at.toPoint())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(made, wheel)
    if isinstance(made, QComboBox):
        assert made.currentIndex() == 0
    if isinstance(made, QSpinBox | QSlider):
        assert made.value() == 0
    assert not wheel.isAccepted(), "the page takes it"


def test_no_page_makes_a_field_that_takes_the_wheel() -> None:
    found = [
        f"{path.relative_to(UI)}: {line.strip()}"
        for path in UI.rglob("*.py")
        if path.name != "fields.py"
        for line in path.read_text("utf-8").splitlines()
        if re.search(
            r"\bQ(ComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|Slider)\((Qt.*)?\)|\(Q(ComboBox|SpinBox)\):",
            line,
        )
    ]
    assert found == []
