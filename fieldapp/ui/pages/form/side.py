"""The list of the form's parts: how far each is, where something is wrong, which one the keyboard is in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.palette import COLOURS, tone_colours
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.form_progress import Progress

__all__ = ["PartsList", "progress_sign"]

_STATE = Qt.ItemDataRole.UserRole + 1
_SIGN = Qt.ItemDataRole.UserRole + 2


class PartsList(QListWidget):
    """``part_asked`` carries the number of a line."""

    part_asked = Signal(int)

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._signs = True
        self.setObjectName("formParts")
        self.setAccessibleName(say("表单各部分", "Parts of the form"))
        self.setToolTip(say("Alt+1 … Alt+9 直接跳到一部分", "Alt+1 to Alt+9 go to a part"))
        self.setFixedWidth(context.scale(186))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_PartDelegate(self, context))
        self.itemClicked.connect(lambda item: self.part_asked.emit(self.row(item)))
        self.itemActivated.connect(lambda item: self.part_asked.emit(self.row(item)))

    def hide_signs(self) -> None:
        """Show the names alone: a finished form is not on its way any more."""
        self._signs = False

    def show_progress(self, parts: Sequence[Progress]) -> None:
        """Show how far each part is."""
        while self.count() < len(parts):
            self.addItem(QListWidgetItem())
        while self.count() > len(parts):
            self.takeItem(self.count() - 1)
        for row, part in enumerate(parts):
            item = self.item(row)
            sign = progress_sign(part) if self._signs else ""
            if (item.text(), item.data(_SIGN), item.data(_STATE)) == (part.label, sign, part.state):
                continue
            item.setText(part.label)
            item.setData(_SIGN, sign)
            item.setData(_STATE, part.state)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{part.label} {_spoken(part)}")

    def show_current(self, row: int) -> None:
        """Mark the part the keyboard is in."""
        if 0 <= row < self.count() and row != self.currentRow():
            self.setCurrentRow(row)


def progress_sign(part: Progress) -> str:
    """Return what stands at the right: ✕ with the number of things to mend, ✓ when nothing is missing, else n/m."""
    if part.errors:
        return f"✕ {part.errors}"
    if part.doubts:
        return say("{n} 疑点", "{n} ?", n=part.doubts)
    if part.rows is not None:
        return say("{n} 项", "{n}", n=part.rows)
    done = f"{part.answered}/{part.total}"
    return f"✓ {done}" if part.state == "complete" else done


def _spoken(part: Progress) -> str:
    if part.errors:
        return say("{n} 处要改", "{n} to mend", n=part.errors)
    if part.doubts:
        return say("{n} 处疑点待说明", "{n} doubts to explain", n=part.doubts)
    return say("已填 {a} 项，共 {t} 项", "{a} of {t} answered", a=part.answered, t=part.total)


class _PartDelegate(QStyledItemDelegate):
    """A line: name at the left, sign at the right in the colour of its state, a bar before the current one."""

    def __init__(self, view: PartsList, context: FormContext) -> None:
        super().__init__(view)
        self._view = view
        self._scale = context.scale

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(10, self._view.fontMetrics().height() + self._scale(18))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stub leaves the option's fields out
        current = index.row() == self._view.currentRow()
        painter.save()
        if current:
            painter.fillRect(rect, QColor(COLOURS.card))
            painter.fillRect(
                QRect(rect.left(), rect.top(), self._scale(3), rect.height()), QColor(COLOURS.accent)
            )
        sign = str(index.data(_SIGN) or "")
        metrics = self._view.fontMetrics()
        width = metrics.horizontalAdvance(sign)
        inner = rect.adjusted(self._scale(12), 0, -self._scale(8), 0)
        align = Qt.AlignmentFlag.AlignVCenter
        tone = {"wrong": "bad", "doubtful": "attention", "complete": "good"}.get(str(index.data(_STATE)))
        painter.setPen(QColor(tone_colours(tone)[0] if tone is not None else COLOURS.ink_faint))  # type: ignore[arg-type]
        painter.drawText(inner, align | Qt.AlignmentFlag.AlignRight, sign)
        painter.setPen(QColor(COLOURS.ink if current else COLOURS.ink_soft))
        room = inner.width() - width - self._scale(8)
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, align | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()
