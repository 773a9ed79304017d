"""Which fonts a sheet is set in: the shipped ones, or the PC's own 仿宋 and 小标宋 where they are installed.

The shipped fonts are always the fallback, so that a sheet never depends on a PC. Nothing of the PC's is copied.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldapp.common.resources import resources_dir
from fieldapp.sheets.errors import FONTS_MISSING

__all__ = ["SHIPPED", "FontChoice", "FontFile", "choice_among", "fonts_dir", "installed_choice", "load_fonts"]

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
RARE = ("Rare Ming A", "Rare Ming B")
_FILES = {
    SERIF: "NotoSerifSC-Regular.otf",
    SANS: "NotoSansSC-Regular.otf",
    RARE[0]: "RareMingA.ttf",
    RARE[1]: "RareMingB.ttf",
}
_BOLD_FILES = ("NotoSerifSC-Bold.ttf", "NotoSansSC-Bold.ttf")
_FANGSONG = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong")
_XIAOBIAOSONG = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05")
_HEITI = ("SimHei", "黑体", "STHeiti")


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face on disk; ``index`` is its number in a collection (.ttc)."""

    path: Path
    index: int = 0


@dataclass(frozen=True)
class FontChoice:
    """The family of text, titles and heads. ``own`` are the files of families that are the PC's own."""

    text: str = SERIF
    title: str = SERIF
    head: str = SANS
    own: tuple[tuple[str, FontFile], ...] = ()

    @property
    def text_chain(self) -> tuple[str, ...]:
        """The families tried in order for a character of the text."""
        return tuple(dict.fromkeys((self.text, SERIF, *RARE, SANS)))

    @property
    def title_chain(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.title, *self.text_chain)))

    @property
    def head_chain(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.head, SANS, *self.text_chain)))

    @property
    def rare_chain(self) -> tuple[str, ...]:
        """The families for a name that the text family cannot set wholly."""
        return (*RARE, *self.text_chain)

    def file_of(self, family: str) -> FontFile:
        """Return the regular face of a family of the chains."""
        return dict(self.own).get(family) or FontFile(fonts_dir() / _FILES[family])


#: The fonts that ship with the program.
SHIPPED = FontChoice()


def fonts_dir() -> Path:
    """Return the folder of the shipped fonts, which the screen uses too."""
    return resources_dir() / "fonts"


def load_fonts(choice: FontChoice) -> Any:
    """Return Typst's font book: the shipped files and the choice's own. Raises SHEET-003 when a shipped file is gone."""
    folder = fonts_dir()
    missing = [name for name in (*_FILES.values(), *_BOLD_FILES) if not (folder / name).is_file()]
    if missing:
        raise FONTS_MISSING(files="、".join(missing))
    paths = [str(folder), *(str(file.path) for _, file in choice.own)]
    return importlib.import_module("typst").Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=paths
    )


def choice_among(installed: Mapping[str, FontFile]) -> FontChoice:
    """Return the best choice among a PC's families: 仿宋 for text, 方正小标宋 for titles, 黑体 for heads."""
    text = _first(_FANGSONG, installed) or SERIF
    title = _first(_XIAOBIAOSONG, installed) or SERIF
    head = _first(_HEITI, installed) or SANS
    own = {family: installed[family] for family in (text, title, head) if family in installed}
    return FontChoice(text, title, head, tuple(own.items()))


def _first(wished: Sequence[str], installed: Mapping[str, FontFile]) -> str | None:
    return next((family for family in wished if family in installed), None)


@functools.lru_cache(maxsize=1)
def installed_choice() -> FontChoice:
    """Look once through the PC's fonts (up to a second) and return the choice; the shipped one where nothing fits."""
    fonts = importlib.import_module("typst").Fonts(include_system_fonts=True, include_embedded_fonts=False)
    regular = {
        info.family: FontFile(Path(info.path), info.index)
        for info in fonts.fonts()
        if info.path and info.style == "normal" and 300 <= info.weight <= 500
    }
    return choice_among(regular)
