"""Settings 设置: person, password, how the window looks, Chinese input, what this laptop is, lock and switch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.ui.pages.input_check import InputCheck
from fieldapp.ui.pages.page import Columns, Page
from fieldapp.ui.pages.password_card import PasswordCard
from fieldapp.ui.preferences import IDLE_MINUTES
from fieldapp.ui.text import Language, say
from fieldapp.ui.theme import SCALES, px
from fieldapp.ui.viewmodels.settings import SettingsViewModel
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.ui.widgets.flow import clear_layout
from fieldapp.ui.widgets.scroll import PageScroll

__all__ = ["SettingsPage"]


class SettingsPage(Page):
    """What one changes takes effect at once."""

    lock_asked = Signal()

    def __init__(self, model: SettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._facts = QGridLayout()
        self._password = PasswordCard(model)
        self._scale = ComboBox()
        self._idle = ComboBox()
        self._language = ComboBox()
        self._fill_choices()
        self._lay_out()
        model.facts_arrived.connect(lambda: _fill(self._facts, model.facts))
        model.failed.connect(self.failed)
        model.password_changed.connect(
            lambda: self.notice(say("密码已换好，下次用新密码打开。", "Password changed."))
        )

    def title(self) -> str:
        return say("设置", "Settings")

    def entered(self) -> None:
        self._model.load()

    def _fill_choices(self) -> None:
        preferences = self._model.preferences
        for box, name in (
            (self._scale, say("字号", "Text size")),
            (self._idle, say("自动锁定", "Lock after")),
            (self._language, say("语言", "Language")),
        ):
            box.setAccessibleName(name)
        for percent in SCALES:
            self._scale.addItem(f"{percent} %", percent)
        for minutes in IDLE_MINUTES:
            self._idle.addItem(say("{n} 分钟没有操作", "{n} minutes without use", n=minutes), minutes)
        languages: tuple[tuple[str, Language], ...] = (("中文", "zh"), ("English", "en"))
        for text, code in languages:
            self._language.addItem(text, code)
        self._scale.setCurrentIndex(max(0, self._scale.findData(preferences.scale_percent)))
        self._idle.setCurrentIndex(max(0, self._idle.findData(preferences.idle_minutes)))
        self._language.setCurrentIndex(self._language.findData(preferences.language))
        for box in (self._scale, self._idle, self._language):
            box.currentIndexChanged.connect(self._prefer)

    def _prefer(self) -> None:
        self._model.prefer(
            self._model.preferences.but(
                scale_percent=self._scale.currentData(),
                idle_minutes=self._idle.currentData(),
                language=self._language.currentData(),
            )
        )

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(4), px(20), px(20))
        column.setSpacing(px(12))
        column.addWidget(Columns([(self._left(), 1), (self._right(), 1)], narrow=720))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PageScroll(content))

    def _left(self) -> QWidget:
        person, inside = card(say("使用人", "Person"))
        grid = QGridLayout()
        _fill(grid, self._model.person_lines())
        inside.addLayout(grid)
        inside.addWidget(
            button(say("锁定 / 换人", "Lock / switch"), self.lock_asked.emit, icon_name="lock"),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        return _column(person, self._password)

    def _right(self) -> QWidget:
        looks, inside = card(say("显示和锁定", "Display and lock"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        for number, box in enumerate((self._scale, self._idle, self._language)):
            word = label(box.accessibleName(), ink="soft")
            word.setBuddy(box)
            grid.addWidget(word, number, 0)
            grid.addWidget(box, number, 1)
        grid.setColumnStretch(1, 1)
        inside.addLayout(grid)
        laptop, below = card(say("这台电脑", "This laptop"))
        below.addLayout(self._facts)
        return _column(looks, InputCheck(), laptop)


def _column(*widgets: QFrame) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(12))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder


def _fill(grid: QGridLayout, lines: Sequence[tuple[str, str]]) -> None:
    clear_layout(grid)
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(4))
    for number, (name, value) in enumerate(lines):
        shown: QLabel = label(value, wrap=True)
        grid.addWidget(label(name, ink="soft"), number, 0)
        grid.addWidget(shown, number, 1)
    grid.setColumnStretch(1, 1)
