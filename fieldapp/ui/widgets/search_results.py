"""What the search box found: a list below it, by kind. The keyboard stays in the box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px, sized_font
from fieldapp.ui.viewmodels.search import SearchLine
from fieldapp.ui.widgets.controls import label

__all__ = ["SearchResults"]

_LINE_ROLE = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WIDTH, _HEIGHT = 520, 460


class SearchResults(QFrame):
    """``opened`` carries the line that was chosen."""

    opened = Signal(object)  # SearchLine

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("surface", "card")
        self.setAccessibleName(say("搜索结果", "Search results"))
        self._list = QListWidget()
        self._list.setAccessibleName(say("搜索结果", "Search results"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_Painter(self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.itemClicked.connect(self._clicked)
        self._nothing = label(
            say(
                "没有找到。可以试试姓名、拼音首字母（如 zs）、身份证后 4 位、电话、户编号、村名、问题里的词，或页面的名字。",
                "Nothing found. Try a name, pinyin initials, last 4 of an ID, a phone, a village, a word, or a page.",
            ),
            ink="soft",
            wrap=True,
        )
        self._foot = label(
            say("↑↓ 选择，回车打开，Esc 关闭", "↑↓ to choose, Enter opens, Esc closes"),
            ink="faint",
            ratio=0.93,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.addWidget(self._nothing)
        column.addWidget(self._list, 1)
        column.addWidget(self._foot)
        self.hide()

    @property
    def line(self) -> SearchLine | None:
        """The marked line."""
        chosen = self._list.selectedItems()
        line = chosen[0].data(_LINE_ROLE) if chosen else None
        return line if isinstance(line, SearchLine) else None

    def show_lines(self, lines: Sequence[SearchLine], below: QWidget) -> None:
        """Show what was found below the box, the first thing marked."""
        self._list.clear()
        for line in lines:
            item = QListWidgetItem(line.title)
            item.setData(_LINE_ROLE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.title} {line.detail}".strip())
            item.setToolTip(line.detail)
            if not line.opens:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._list.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self.place(below)
        self.show()
        self.raise_()
        self.move_by(1)

    def place(self, below: QWidget) -> None:
        """Stand below the box, as wide and high as the window allows."""
        window = self._window
        corner = below.mapTo(window, below.rect().bottomRight())
        width = min(max(px(_WIDTH), below.width()), window.width() - px(16))
        rows = sum(self._list.sizeHintForRow(row) for row in range(self._list.count()))
        wished = rows + self._foot.sizeHint().height() + px(34) if rows else px(110)
        height = min(wished, px(_HEIGHT), window.height() - corner.y() - px(16))
        self.setGeometry(max(px(8), corner.x() - width + 1), corner.y() + px(4), width, height)

    def move_by(self, step: int) -> None:
        """Mark the next line, past the heads, staying inside."""
        row = self._list.currentRow()
        for _ in range(abs(step)):
            beyond = row + (1 if step > 0 else -1)
            while 0 <= beyond < self._list.count() and not self._opens(beyond):
                beyond += 1 if step > 0 else -1
            if not 0 <= beyond < self._list.count():
                break
            row = beyond
        if row >= 0 and self._opens(row):
            self._list.setCurrentRow(row)
            if row == 1:
                self._list.scrollToTop()

    def open_marked(self) -> None:
        """Open the marked line."""
        if self.line is not None and self.line.opens:
            self.opened.emit(self.line)

    def _opens(self, row: int) -> bool:
        return bool(self._list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled)

    def _clicked(self, item: QListWidgetItem) -> None:
        self._list.setCurrentItem(item)
        self.open_marked()


class _Painter(QStyledItemDelegate):
    """A head small and soft; a line with its title in ink and its detail at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        line: SearchLine = index.data(_LINE_ROLE)
        marked = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.fillRect(rect, QColor(COLOURS.selection if marked else COLOURS.card))
        inner = rect.adjusted(px(10), 0, -px(10), 0)
        if not line.opens:
            painter.setFont(sized_font(0.9, bold=True))
            painter.setPen(QColor(COLOURS.ink_faint))
            painter.drawText(inner, _LEFT, line.title)
            return
        if marked:
            painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), QColor(COLOURS.accent))
        font = sized_font(1.0)
        metrics = QFontMetrics(font)
        room = inner.width()
        wide = min(metrics.horizontalAdvance(line.title), room if not line.detail else int(room * 0.55))
        painter.setFont(font)
        painter.setPen(QColor(COLOURS.ink))
        title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, wide + 1)
        painter.drawText(inner, _LEFT, title)
        rest = inner.adjusted(wide + px(14), 0, 0, 0)
        painter.setPen(QColor(COLOURS.ink_soft))
        painter.drawText(
            rest, _RIGHT, metrics.elidedText(line.detail, Qt.TextElideMode.ElideRight, rest.width())
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option
        line: SearchLine = index.data(_LINE_ROLE)
        height = QFontMetrics(sized_font(1.0)).height()
        return QSize(px(100), height + px(12 if line.opens else 8))
