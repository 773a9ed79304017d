"""What the program says: each sentence once, in Chinese and English beside each other.

Chinese is the language of the program and needs no compiled catalogue; English serves reviewers and support.
``docs/decisions/020-interface-text.md`` has the reason for pairs in place of ``.ts`` files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fieldapp.common.errors import KnownError

__all__ = ["Language", "choose", "error_remedy", "error_sentence", "language", "say", "set_language"]

Language = Literal["zh", "en"]
_active: list[Language] = ["zh"]


def language() -> Language:
    """Return the language in use."""
    return _active[0]


def set_language(chosen: Language) -> None:
    """Switch the language of everything built from now on; windows already open keep theirs."""
    _active[0] = chosen


def say(zh: str, en: str, **values: object) -> str:
    """Return the sentence in the language in use, with ``{name}`` places filled from ``values``."""
    chosen = zh if _active[0] == "zh" else en
    return chosen.format(**values) if values else chosen


def error_sentence(error: KnownError) -> str:
    """Return what happened, as the catalogue words it."""
    return choose(error.zh, error.en)


def error_remedy(error: KnownError) -> str:
    """Return what the person can do about it."""
    return choose(error.remedy_zh, error.remedy_en)


def choose(zh: str, en: str) -> str:
    """Return one of two texts that come from data (error catalogue, progress labels, log lines)."""
    return zh if _active[0] == "zh" else en
