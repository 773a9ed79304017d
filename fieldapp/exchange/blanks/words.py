"""Placeholders of a blank: 【户主姓名】, 【证件号码|后四位】. Which there are is told by a vocabulary; here is how they are read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from fieldapp.exchange.blanks.errors import NOTHING_TO_FILL, UNKNOWN_WORDS
from fieldapp.register.id_formats import IdFormat, format_id_number, format_of_word

__all__ = [
    "FillSet",
    "Found",
    "Level",
    "Value",
    "Vocabulary",
    "check_words",
    "levels_in",
    "put_words",
    "words_in",
]

#: Whom a word is about: everybody (今天), a household, a member.
Level = Literal["all", "household", "member"]
Value = str | int | Decimal
_WORD = re.compile(r"【\s*([^【】\r\n]{1,60}?)\s*】")
_PARTS = re.compile(r"\s*[|｜:：]\s*")
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words one may write, with their level; ``numbers`` are those that are certificate numbers."""

    levels: Mapping[str, Level]
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FillSet:
    """What one household fills in: its own values, and a mapping a member, by word."""

    values: Mapping[str, Value]
    members: Sequence[Mapping[str, Value]] = ()
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A placeholder and where it stands (“登记表!B3”, “第 2 段”)."""

    word: str
    form: IdFormat | None
    where: str
    level: Level | None


def words_in(text: str, where: str, vocabulary: Vocabulary) -> Iterator[Found]:
    """Yield the placeholders of a text; ``level`` is None for a word nobody knows."""
    for match in _WORD.finditer(text):
        word, told, form = _read(match[1])
        known = vocabulary.levels.get(word)
        if told and (form is None or word not in vocabulary.numbers):
            known, form = None, None
        yield Found(word if known else match[1], form, where, known)


def levels_in(text: str, vocabulary: Vocabulary) -> set[Level]:
    """Return whom a text speaks of."""
    return {found.level for found in words_in(text, "", vocabulary) if found.level is not None}


def check_words(found: Sequence[Found], vocabulary: Vocabulary, name: str) -> None:
    """Raise BLANK-003 when a word is not known, with the nearest known one, BLANK-004 when there is none at all."""
    if not found:
        raise NOTHING_TO_FILL(name=name)
    unknown = [each for each in found if each.level is None]
    if not unknown:
        return
    told = []
    for each in unknown[:_SHOWN]:
        near = difflib.get_close_matches(_read(each.word)[0], vocabulary.levels, 1, 0.5)
        hint = f"（是不是【{near[0]}】）" if near else ""
        told.append(f"{each.where}【{each.word}】{hint}")
    raise UNKNOWN_WORDS(count=len(unknown), words="；".join(told) + ("……" if len(unknown) > _SHOWN else ""))


def put_words(text: str, values: Mapping[str, Value], default: IdFormat, numbers: frozenset[str]) -> Value:
    """Return a text with its placeholders replaced; a number where the text is one placeholder and the value is one.

    A word without a value becomes nothing. What is put in never has placeholders of its own replaced.
    """
    alone = _WORD.fullmatch(text.strip())
    if alone is not None:
        return _value(alone[1], values, default, numbers)
    return _WORD.sub(lambda match: str(_value(match[1], values, default, numbers)), text)


def _value(written: str, values: Mapping[str, Value], default: IdFormat, numbers: frozenset[str]) -> Value:
    word, _, form = _read(written)
    value = values.get(word, "")
    return format_id_number(value, form or default) if word in numbers and isinstance(value, str) else value


def _read(written: str) -> tuple[str, str, IdFormat | None]:
    """Return the word, what is asked behind it, and the form of number that this means."""
    word, *told = _PARTS.split(written.strip(), maxsplit=1)
    return word, "".join(told), format_of_word(told[0]) if told else None


def rows_of(
    sets: Sequence[FillSet], common: Mapping[str, Value], *, members: bool
) -> list[Mapping[str, Value]]:
    """Return the values of each row of a repeated pattern: one a household, or one a member; 序号 counts them."""
    rows: list[Mapping[str, Value]] = []
    for each in sets:
        parts = each.members if members else ({},)
        rows += [{**common, **each.values, **part} for part in parts]
    return [{**row, "序号": number} for number, row in enumerate(rows, 1)]


def printable(text: str) -> str:
    """Leave out characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff"
    )
