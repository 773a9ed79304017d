"""Which font the interface is set in: the system's Chinese sans, else the one that ships with the program."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from fieldapp.common.resources import resources_dir

__all__ = ["interface_family"]

#: In this order: Windows, UOS/Kylin/Debian, macOS for developers, then older Linux desktops.
_SYSTEM = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "思源黑体",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)


def interface_family() -> str:
    """Return the family to use; loads our own font when the system has no Chinese sans. Empty = Qt's default."""
    for family in _SYSTEM:
        if QFontDatabase.hasFamily(family):
            return family
    for path in sorted((resources_dir() / "fonts").glob("NotoSansSC*.[ot]t[fc]")):
        number = QFontDatabase.addApplicationFont(str(path))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if families:
            return families[0]
    from fieldapp.common.log import logger

    logger("ui").warning("no Chinese font found; text may show as boxes")
    return ""
