"""What is written to the search index for a household, and what a typed text asks of it.

Every Chinese character is a word of its own and a name a phrase of them, so that 张三 finds exactly 张三 (trigrams find
nothing for two characters). Beside it the pinyin (full, initials, given name) and the numbers people quote: the
certificate and its last four characters, phones, the house number. What is typed is a beginning of a word.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fieldapp.store.readings import readings_of

__all__ = ["IndexedPerson", "index_texts", "is_meant", "match_expression"]

#: Stands between two names, so that no phrase reaches from one into the next; no query holds it.
_BETWEEN = " qq "
_LONGEST_QUERY = 60
_MOST_WORDS = 8
_NUMBER = re.compile(r"\d[\da-z]*")
_LATIN = re.compile(r"[a-z]+")
_RUNS = re.compile(r"\d[\da-z]*|[a-z]+|[^\W\d_a-z]+")


@dataclass(frozen=True, slots=True)
class IndexedPerson:
    """What of a person can be searched for."""

    name: str
    id_number: str = ""
    phone: str = ""


def index_texts(house_no: str, people: Iterable[IndexedPerson]) -> tuple[str, str, str]:
    """Return the texts of the columns names, pinyin, numbers."""
    names: dict[str, None] = {}
    numbers: dict[str, None] = {_plain(house_no): None}
    latin: dict[str, None] = {}
    for person in people:
        names[_name(person.name)] = None
        for column, run in _in_runs(person.name):  # NGUYEN THI HOA: each word as it is typed
            if column != "names":
                {"pinyin": latin, "numbers": numbers}[column][run] = None
        number = _plain(person.id_number)
        numbers[number] = numbers[_plain(person.phone)] = None
        if len(number) >= 4:
            numbers[number[:18][-4:]] = None
    spelt: dict[str, None] = {}
    for name in names:
        for syllables in readings_of(name):
            spelt["".join(syllables)] = spelt["".join(s[0] for s in syllables)] = None
            spelt["".join(syllables[1:])] = None
    return _BETWEEN.join(" ".join(name) for name in names if name), _joined(spelt | latin), _joined(numbers)


def match_expression(typed: str) -> str | None:
    """Return the FTS5 expression for what was typed; None when it holds nothing to look for.

    All of its parts must be found, in any order: ``张三 1234``, ``zs 138``, ``张san``.
    """
    parts = []
    for column, run in _runs(typed):
        sought = " ".join(run) if column == "names" else run
        parts.append(f'{column} : "{sought}"' + ("" if column == "names" else "*"))
    return " AND ".join(parts) or None


def is_meant(typed: str, person: IndexedPerson, house_no: str = "") -> bool:
    """Tell whether all that was typed is found in one person (or place, or page, by its name): as the index finds it."""
    texts = dict(zip(("names", "pinyin", "numbers"), index_texts(house_no, [person]), strict=True))
    runs = list(_runs(typed))
    return bool(runs) and all(
        " ".join(run) in texts[column]
        if column == "names"
        else any(word.startswith(run) for word in texts[column].split())
        for column, run in runs
    )


def _runs(typed: str) -> Iterator[tuple[str, str]]:
    """Yield what was typed in runs of one kind, each with the column it is sought in; of a long text the beginning."""
    return itertools.islice(_in_runs(typed, _LONGEST_QUERY), _MOST_WORDS)


def _in_runs(text: str, longest: int | None = None) -> Iterator[tuple[str, str]]:
    folded = unicodedata.normalize("NFKC", text).lower().replace("ü", "v")[:longest]
    for run in _RUNS.findall(_without_dots(folded)):
        if _NUMBER.fullmatch(run):
            yield "numbers", run
        elif _LATIN.fullmatch(run):
            yield "pinyin", run
        else:
            yield "names", run


def _name(text: str) -> str:
    """A name as it is indexed: folded, without spaces and dots (阿依古丽·买买提), letters small."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if char.isalnum())


def _without_dots(text: str) -> str:
    return re.sub(r"(?<=\w)[·・•‧.](?=\w)", "", text)


def _plain(number: str) -> str:
    folded = unicodedata.normalize("NFKC", number).lower()
    return "".join(char for char in folded if char.isascii() and char.isalnum())


def _joined(words: Iterable[str]) -> str:
    return " ".join(word for word in words if word)
