"""Which characters can be printed, asked before printing.

A missing glyph is silent in a plain PDF and stops a PDF/A without saying whose name it was. So every text is looked at
beforehand: a name that no font can set is refused with the person and the character; any other text gets 〓, the
printers' mark for a missing sort, and the sheet says which characters were replaced.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldapp.sheets.errors import NAME_GLYPH
from fieldapp.sheets.fonts import FontChoice, FontFile

__all__ = ["GETA", "GlyphBook", "MissingGlyph", "coverage"]

GETA = "〓"
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_DROP = dict.fromkeys([*_SELECTORS, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A name that cannot be set, and the character no font has."""

    name: str
    character: str


@functools.lru_cache(maxsize=16)
def coverage(file: FontFile) -> frozenset[int]:
    """Return the characters a face has (read once for each face)."""
    from fontTools.ttLib import TTFont

    with TTFont(file.path, fontNumber=file.index, lazy=True) as font:
        return frozenset(font.getBestCmap())


class GlyphBook:
    """Answers, for one choice of fonts, what can be set in which hand."""

    def __init__(self, fonts: FontChoice) -> None:
        self._chain = tuple(fonts.file_of(family) for family in fonts.text_chain)
        self._known: dict[str, bool] = {}

    def printable(self, character: str) -> bool:
        """Whether some font of the chain has the character; faces are opened only when one before lacks it."""
        known = self._known.get(character)
        if known is None:
            point = ord(character)
            known = character == "\n" or any(point in coverage(file) for file in self._chain)
            self._known[character] = known
        return known

    def plain(self, name: str) -> bool:
        """Whether the text family alone sets the whole name."""
        return coverage(self._chain[0]).issuperset(map(ord, name))

    def missing(self, names: Iterable[str]) -> list[MissingGlyph]:
        """Return the characters of names that cannot be printed, with the name, each once."""
        return [
            MissingGlyph(name, character)
            for name in dict.fromkeys(map(clean, names))
            for character in dict.fromkeys(name)
            if not self.printable(character)
        ]

    def refuse_missing(self, names: Iterable[str]) -> None:
        """Raise SHEET-002 when a name cannot be set, naming up to five persons and their characters."""
        missing = self.missing(names)
        if missing:
            shown = "、".join(dict.fromkeys(each.name for each in missing[:5]))
            characters = dict.fromkeys(
                f"「{each.character}」U+{ord(each.character):04X}" for each in missing[:5]
            )
            raise NAME_GLYPH(names=shown, characters="、".join(characters), missing=missing)

    def rare(self, names: Iterable[str]) -> list[str]:
        """Return the names, cleaned, that are to be set wholly in the rare-character hand."""
        return sorted({name for name in map(clean, names) if not self.plain(name)})

    def tidy(self, content: Mapping[str, object], replaced: set[str]) -> dict[str, object]:
        """Return the content of a sheet with every text cleaned and unprintable characters as 〓, noted in ``replaced``."""
        return {key: self._tidy(value, replaced) for key, value in content.items()}

    def _tidy(self, content: object, replaced: set[str]) -> object:
        if isinstance(content, str):
            return self._tidy_text(content, replaced)
        if isinstance(content, dict):
            return self.tidy(content, replaced)
        if isinstance(content, list | tuple):
            if content and isinstance(content[0], int):
                return content
            return [self._tidy(value, replaced) for value in content]
        return content

    def _tidy_text(self, text: str, replaced: set[str]) -> str:
        text = clean(text)
        bad = {character for character in set(text) if not self.printable(character)}
        replaced.update(bad)
        return text.translate(dict.fromkeys(map(ord, bad), GETA)) if bad else text


def clean(text: str) -> str:
    """Return the text without characters that have no shape: controls, zero-width ones, variation selectors."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ").translate(_DROP)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
