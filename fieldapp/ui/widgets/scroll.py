"""A page that scrolls up and down only, and follows the keyboard focus."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from fieldapp.ui.theme import px

__all__ = ["PageScroll"]


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
        if now is not None and self.widget().isAncestorOf(now):
            self.ensureWidgetVisible(now, px(20), px(40))
