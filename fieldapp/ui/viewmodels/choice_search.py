"""Finding a choice among many by typing: part of its label, its code, or the first letters of its pinyin (``ezn``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from fieldapp.xform import Choice

__all__ = ["ChoiceSearch"]


class ChoiceSearch:
    """Answers which choices fit what is typed. Pinyin is looked up once, with the first Latin letter typed."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._labels = [_folded(choice.label) for choice in choices]
        self._codes = [choice.value.lower() for choice in choices]
        self._initials: list[str] | None = None

    def matches(self, typed: str, most: int) -> list[int]:
        """Return the positions of at most ``most`` fitting choices; those that begin with the text come first."""
        wanted = _folded(typed)
        if not wanted:
            return list(range(min(most, len(self._labels))))
        texts = [self._labels, self._codes]
        if wanted.isascii() and wanted.isalpha():
            texts.append(self._pinyin())
        begins: list[int] = []
        contains: list[int] = []
        for position in range(len(self._labels)):
            found = [text[position].find(wanted) for text in texts]
            if 0 in found:
                begins.append(position)
            elif max(found) > 0:
                contains.append(position)
            if len(begins) >= most:
                break
        return (begins + contains)[:most]

    def _pinyin(self) -> list[str]:
        if self._initials is None:
            # Imported late: only somebody who types Latin letters needs it, and it takes a tenth of a second.
            from pypinyin import Style, lazy_pinyin

            self._initials = [
                "".join(lazy_pinyin(label, style=Style.FIRST_LETTER)).lower() for label in self._labels
            ]
        return self._initials


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
