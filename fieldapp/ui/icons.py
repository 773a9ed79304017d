"""Our icons, drawn in the colour and size of the place they stand in."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from fieldapp.common.resources import resources_dir
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.theme import px

__all__ = ["icon", "picture"]


def icon(name: str, colour: str = COLOURS.ink_soft, checked_colour: str | None = None) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg``; ``checked_colour`` is used by a checked button."""
    made = QIcon(picture(name, colour))
    if checked_colour is not None:
        made.addPixmap(picture(name, checked_colour), QIcon.Mode.Normal, QIcon.State.On)
    made.addPixmap(picture(name, COLOURS.line_strong), QIcon.Mode.Disabled)
    return made


def picture(name: str, colour: str, size: float = 18) -> QPixmap:
    """Return the icon as a pixmap of ``size`` design units, sharp on the screen in use."""
    return _picture(name, colour, px(size), QGuiApplication.primaryScreen().devicePixelRatio())


@functools.lru_cache(maxsize=256)
def _picture(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    # Imported late: the unlock window is painted before QtSvg is needed.
    from PySide6.QtSvg import QSvgRenderer

    source = (resources_dir() / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    pixmap = QPixmap(QSize(pixels, pixels) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
