"""A drop-down of many entries that is searched by typing: part of a name, or the first letters of its pinyin."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from fieldapp.ui.viewmodels.choice_search import ChoiceSearch
from fieldapp.ui.widgets.fields import ComboBox
from fieldapp.xform import Choice

__all__ = ["SearchCombo", "plain_combo"]

_SHOWN = 12


class SearchCombo(ComboBox):
    """``activated`` says that a person chose an entry, by the arrows or by typing; what fits no entry is put back."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(18)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._search: ChoiceSearch | None = None
        self._found: list[int] = []
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_SHOWN)
        completer.activated.connect(self._take_text)
        self.setCompleter(completer)
        field = self.lineEdit()
        assert field is not None
        field.setAccessibleName(name)
        field.textEdited.connect(self._offer)
        self.currentIndexChanged.connect(lambda _: self._rewind())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        field = self.lineEdit()
        if field is not None:
            field.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._put_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first entry that fits; Escape puts back what was chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._found:
            self._take(self._found[0])
            return
        if event.key() == Qt.Key.Key_Escape and self.currentText() != self.itemText(self.currentIndex()):
            self._put_back()
            return
        super().keyPressEvent(event)

    def _offer(self, typed: str) -> None:
        if self._search is None:
            names = [self.itemText(at) for at in range(self.count())]
            self._search = ChoiceSearch([Choice(str(at), name) for at, name in enumerate(names)])
        self._found = self._search.matches(typed, _SHOWN) if typed.strip() else []
        self._offered.setStringList([self.itemText(at) for at in self._found])

    def _take_text(self, text: str) -> None:
        at = self.findText(text)
        if at >= 0:
            self._take(at)

    def _take(self, at: int) -> None:
        self._found = []
        self.setCurrentIndex(at)
        self._put_back()
        popup = self.completer()
        if popup is not None:
            popup.popup().hide()
        self.activated.emit(at)

    def _put_back(self) -> None:
        self._found = []
        self.setEditText(self.itemText(self.currentIndex()))

    def _rewind(self) -> None:
        """A long name is read from its beginning."""
        field = self.lineEdit()
        if field is not None:
            field.setCursorPosition(0)


def plain_combo(name: str) -> QComboBox:
    """Return a drop-down of a few entries, as narrow as its place."""
    made = ComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
