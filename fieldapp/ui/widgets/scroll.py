"""A page that scrolls up and down only, and follows the keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldapp.ui.theme import px

__all__ = ["PageScroll", "scrolled_column"]


# As numbers: the unlock window must not build PySide6's Qt namespace (see controls).
_NEVER = 1
_NO_FOCUS = 0


class PageScroll(QScrollArea):
    """Holds one column; never scrolls sideways."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        if content.property("surface") is None:
            content.setProperty("surface", "ground")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setProperty("horizontalScrollBarPolicy", _NEVER)
        self.setProperty("focusPolicy", _NO_FOCUS)
        self.setWidget(content)
        self.verticalScrollBar().setSingleStep(px(32))
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.widget().isAncestorOf(now):
            return
        if now.height() > self.viewport().height():  # all of it is not to be seen: then where it begins
            top = now.mapTo(self.widget(), QPoint(0, 0))
            self.ensureVisible(top.x(), top.y(), px(20), px(40))
        else:
            self.ensureWidgetVisible(now, px(20), px(40))


def scrolled_column(page: QWidget) -> QVBoxLayout:
    """Return the one column of a page that fills it, and scrolls where a small screen or large type leave less than it needs."""
    content = QWidget()
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(PageScroll(content))
    return QVBoxLayout(content)
