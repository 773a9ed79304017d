"""What a column may mean, and what its heading suggests. A person confirms; next month the same heading is known.

The words are data: ``resources/layouts/headings.toml`` explains them.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fieldapp.common.resources import resources_dir
from fieldapp.exchange.texts import folded
from fieldapp.register.schema import RegisterSchema, register_schema

__all__ = [
    "AMOUNT",
    "HOUSE_NO",
    "ID_NUMBER",
    "MONTH",
    "NAME",
    "PERSON_NO",
    "YEAR",
    "Headings",
    "guess",
    "load_headings",
    "shipped_headings",
    "target_label",
    "targets",
]

#: Whom a row is about: never a name, which only helps to find slips.
ID_NUMBER, PERSON_NO, HOUSE_NO, NAME = "key.id_number", "key.person_no", "key.house_no", "check.name"
#: What was paid, and in which month, where the list says so itself.
AMOUNT, MONTH = "pay.amount", "pay.month"
#: Of which year an income is, where the sheet says so itself.
YEAR = "key.year"
_OWN = (ID_NUMBER, PERSON_NO, HOUSE_NO, NAME, AMOUNT, MONTH, YEAR)
_LISTS = ("persons", "households", "incomes")
_NEVER = frozenset(
    {
        "household_id",
        "house_no",
        "area_code",
        "person_no",
        "id_number",
        "line_no",
        "member_count",
        "merged_into",
        "merge_note",
        "year",
    }
)
#: A unit behind a heading: 金额(元), 金额:万元, 补助金额/元.
_UNIT_BEHIND = re.compile(r"[(\[:/](?:单位:)?([^()\[\]:/]{1,4})[)\]]?$")


@dataclass(frozen=True)
class Headings:
    """The words by folded heading with their meaning and rank, how the meanings of our own are called, and the units of money
    in yuan.
    """

    words: Mapping[str, tuple[str, int]]
    labels: Mapping[str, tuple[str, str]]
    units: Mapping[str, Decimal]

    def unit_of(self, heading: str) -> str:
        """Return the unit of money that a heading tells, empty for none."""
        behind = _UNIT_BEHIND.search(folded(heading))
        return behind[1] if behind and behind[1] in self.units else ""

    def meaning(self, heading: str) -> tuple[str, int] | None:
        """Return what a heading says, whatever unit of money stands behind it, and the word's rank."""
        text = folded(heading)
        return self.words.get(text) or (
            self.words.get(_UNIT_BEHIND.sub("", text)) if self.unit_of(heading) else None
        )


def load_headings(path: Path, schema: RegisterSchema | None = None) -> Headings:
    """Read a file of words. Raises KeyError for a meaning that does not exist, ValueError for a word of two meanings, a meaning of
    our own without a name, or a unit that is worth nothing.
    """
    schema = schema or register_schema()
    raw = tomllib.loads(path.read_text("utf-8"))
    words: dict[str, tuple[str, int]] = {}
    labels: dict[str, tuple[str, str]] = {}
    for row in raw["meaning"]:
        target = str(row["target"])
        if target in _OWN:
            labels[target] = (str(row["zh"]), str(row["en"]))
        elif target not in _facts(schema):
            raise KeyError(target)
        for rank, word in enumerate(row["words"]):
            if (there := words.setdefault(folded(word), (target, rank))) != (target, rank):
                raise ValueError(f"{word}: {there[0]}, {target}")
    if missing := set(_OWN) - set(labels):
        raise ValueError(f"no name: {sorted(missing)}")
    units = {folded(unit): Decimal(str(worth)) for unit, worth in raw["units"].items()}
    if any(worth <= 0 for worth in units.values()):
        raise ValueError("units")
    return Headings(words, labels, units)


@functools.lru_cache(maxsize=1)
def shipped_headings() -> Headings:
    """Return the words that ship with the program."""
    return load_headings(resources_dir() / "layouts" / "headings.toml")


def targets(schema: RegisterSchema) -> list[str]:
    """Return what a column may mean, in the order of the list to choose from."""
    return [*_OWN, *_facts(schema)]


def _facts(schema: RegisterSchema) -> list[str]:
    return [
        f"{name}.{prop.name}"
        for name in _LISTS
        for prop in schema.lists[name].properties.values()
        if prop.name not in _NEVER
    ]


def target_label(target: str, schema: RegisterSchema) -> tuple[str, str]:
    """Return a meaning in Chinese and English."""
    if target in _OWN:
        return shipped_headings().labels[target]
    list_name, _, name = target.partition(".")
    prop = schema.property(list_name, name)
    spec = schema.lists.get(list_name)
    if prop is None or spec is None:
        return target, target
    return f"{spec.zh}：{prop.zh}", f"{spec.en}: {prop.en}"


def guess(headings: Sequence[str], schema: RegisterSchema) -> dict[int, str]:
    """Return a meaning for each column that has an evident one. Each meaning has one column: that of the better word, else the
    first.
    """
    words = shipped_headings()
    known: dict[str, str] = {}
    for name in reversed(_LISTS):
        for prop in schema.lists[name].properties.values():
            if prop.name not in _NEVER:
                known[folded(prop.zh)] = f"{name}.{prop.name}"
    best: dict[str, tuple[int, int]] = {}
    for at, heading in enumerate(headings):
        target, rank = words.meaning(heading) or (known.get(folded(heading), ""), 0)
        if target and (target not in best or rank < best[target][0]):
            best[target] = rank, at
    return dict(sorted((at, target) for target, (_, at) in best.items()))
