"""What the tabs of 表格 ask alike: for which households, and how identity numbers are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QComboBox, QWidget

from fieldapp.register.id_formats import FORMAT_WORDS, IdFormat
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.table_selection import SCOPES, Scope, TableSelection
from fieldapp.ui.widgets.fields import ComboBox

__all__ = ["FormatBox", "ScopeBox", "format_label"]


def format_label(form: IdFormat) -> str:
    """Return how identity numbers are shown, with an example where words alone do not say it."""
    return {
        "masked": say("遮住中间：4110**********1234", "Masked: 4110**********1234"),
        "plain": say("完整号码", "Whole number"),
        "quoted": say("完整，前面加引号（防 Excel 截断）", "Whole, with an apostrophe"),
        "last4": say("只留后四位", "Last four only"),
        "split": say("一格一位，空格隔开", "One by one, with spaces"),
        "upper": say("18 位，X 大写", "18 characters, X upper"),
    }[form]


class ScopeBox(ComboBox):
    """Chosen on 农户, shown by its filter, or all; writes into the selection."""

    def __init__(self, selection: TableSelection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._counts: Mapping[Scope, int] = {}
        self.setAccessibleName(say("导出哪些户", "Which households"))
        for scope in SCOPES:
            self.addItem("", scope)
        self.activated.connect(lambda at: selection.set_scope(SCOPES[at]))
        selection.changed.connect(self._show)
        self._show()

    def show_counts(self, counts: Mapping[Scope, int]) -> None:
        """Say how many households each choice has."""
        self._counts = counts
        self._show()

    def _show(self) -> None:
        for number, scope in enumerate(SCOPES):
            self.setItemText(number, self._selection.label(scope, self._counts.get(scope)))
        self.setCurrentIndex(SCOPES.index(self._selection.scope))


class FormatBox(ComboBox):
    """The six forms of identity numbers."""

    def __init__(self, chosen: IdFormat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("证件号码怎么显示", "Form of ID numbers"))
        for form in FORMAT_WORDS:
            self.addItem(format_label(form), form)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setCurrentIndex(self.findData(chosen))

    @property
    def form(self) -> IdFormat:
        """The form chosen."""
        return cast("IdFormat", self.currentData())
