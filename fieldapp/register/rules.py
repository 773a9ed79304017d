"""Policy values with effective dates (lines, periods, ages, deadlines, rates), asked by name and day. Data, not code.

``resources/policy/rules.toml`` says what each value means and holds presets: sets of values with the days on which they
are in force. A county publishes its own copy; a new year is a new preset in it. A value the county must set itself is
``None`` here and 待县里填 on the screen (requirements A087, A120–A145, A175).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from fieldapp.common.resources import resources_dir

__all__ = [
    "UNSET",
    "Preset",
    "RuleBook",
    "RuleName",
    "RuleValue",
    "leading_unit",
    "load_rules",
    "read_rules",
    "shipped_rulebook",
]

#: What a value that the county must set says in the file.
UNSET = "待县里填"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
RuleType = Literal["integer", "decimal", "percent", "range", "day", "months", "text", "weekday", "boolean"]
RuleValue = int | float | bool | str | tuple[int, int]
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class RuleName:
    """What a value means. ``row`` is the requirement it comes from."""

    name: str
    zh: str
    en: str
    type: RuleType
    unit: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """A set of values in force from a day to a day; ``None`` is a value that the county must set."""

    id: str
    zh: str
    en: str
    valid_from: date
    valid_to: date | None
    history: bool
    source: str
    values: Mapping[str, RuleValue | None]

    def holds(self, on: date) -> bool:
        """Whether the preset is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The county's rules: names, all presets in the order of the file, and which of them the county uses."""

    names: Mapping[str, RuleName]
    presets: tuple[Preset, ...]
    use: tuple[str, ...]

    def rule(self, name: str, on: date) -> RuleValue | None:
        """Return the value in force on a day; None where the county has yet to set it. Raises KeyError for no such name."""
        spec = self.names[name]
        for preset in self.in_force(on):
            if preset.values.get(spec.name) is not None:
                return preset.values[spec.name]
        return None

    def number(self, name: str, on: date) -> float | None:
        """Return a number's value on a day, or None."""
        value = self.rule(name, on)
        return float(value) if isinstance(value, int | float) else None

    def whole(self, name: str, on: date) -> int | None:
        """Return a whole number's value on a day, or None."""
        value = self.rule(name, on)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def pair(self, name: str, on: date) -> tuple[int, int] | None:
        """Return first and last (ages, months) on a day, or None."""
        value = self.rule(name, on)
        return value if isinstance(value, tuple) else None

    def weekday(self, name: str, on: date) -> int | None:
        """Return a day of the week as ``date.weekday()`` counts it, or None."""
        value = self.rule(name, on)
        return WEEKDAYS.index(value) if isinstance(value, str) and value in WEEKDAYS else None

    def day(self, name: str, on: date) -> date | None:
        """Return a day of the year (``MM-DD``) in the year of ``on``, or None."""
        value = self.rule(name, on)
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            return None
        return date.fromisoformat(f"{on.year:04d}-{value}")

    def in_force(self, on: date) -> tuple[Preset, ...]:
        """Return the presets the county uses that hold on a day, the one that began last first."""
        used = [preset for preset in self.presets if preset.id in self.use and preset.holds(on)]
        return tuple(
            sorted(used, key=lambda preset: (preset.valid_from, self.use.index(preset.id)), reverse=True)
        )

    def unset(self, on: date) -> tuple[RuleName, ...]:
        """Return what the county has yet to set on a day."""
        return tuple(spec for name, spec in self.names.items() if self.rule(name, on) is None)


def leading_unit(rules: RuleBook, issue_kind: str | None, on: date) -> str:
    """Return the unit that leads in problems of a kind (requirement A012); empty where the county has not set it."""
    name = f"lead_unit_{issue_kind}"
    return (
        str(rules.rule(name, on) or "") if name in rules.names else ""
    )  # an older file does not know the name


def load_rules(path: Path) -> RuleBook:
    """Read a rule file."""
    return read_rules(path.read_text("utf-8"))


@functools.lru_cache(maxsize=1)
def shipped_rulebook() -> RuleBook:
    """Return the rules that ship with the program."""
    return load_rules(resources_dir() / "policy" / "rules.toml")


def read_rules(text: str) -> RuleBook:
    """Read the text of a rule file. Raises ValueError with what is wrong where (Chinese / English)."""
    told = tomllib.loads(text)
    names = {name: _name(name, row) for name, row in told.get("names", {}).items()}
    if not names:
        raise ValueError("[names] 是空的，没有一个可用的项 / no [names]")
    presets = tuple(_preset(row, names) for row in told.get("preset", []))
    ids = [preset.id for preset in presets]
    use = tuple(str(each) for each in told.get("use", []))
    if len(set(ids)) != len(ids):
        raise ValueError("两套预设用了同一个 id / two presets share an id")
    if not use:
        raise ValueError("use 没有写用哪一套预设 / use names no preset")
    for each in use:
        if each not in ids:
            raise ValueError(f"use 里的「{each}」没有这套预设 / no preset “{each}”")
    return RuleBook(names, presets, use)


def _name(name: str, row: Mapping[str, object]) -> RuleName:
    kind = next((each for each in get_args(RuleType) if each == row.get("type")), None)
    if kind is None:
        raise ValueError(f"names.{name}：type「{row.get('type')}」不认识 / unknown type")
    if not row.get("zh") or not row.get("en"):
        raise ValueError(f"names.{name}：缺 zh 或 en / zh or en is missing")
    return RuleName(
        name, str(row["zh"]), str(row["en"]), kind, str(row.get("unit", "")), str(row.get("row", ""))
    )


def _preset(row: Mapping[str, object], names: Mapping[str, RuleName]) -> Preset:
    for needed in ("id", "zh", "from"):
        if not row.get(needed):
            raise ValueError(f"有一套预设缺 {needed} / a preset lacks {needed}")
    where = f"预设 {row['id']}"
    valid_from, valid_to = _date(row, "from", where), _date(row, "to", where)
    assert valid_from is not None
    if valid_to is not None and valid_to < valid_from:
        raise ValueError(f"{where}：to 早于 from / it ends before it begins")
    values = row.get("values", {})
    if not isinstance(values, dict):
        raise ValueError(f"{where}：values 应是一张表 / values must be a table")
    return Preset(
        id=str(row["id"]),
        zh=str(row["zh"]),
        en=str(row.get("en") or row["zh"]),
        valid_from=valid_from,
        valid_to=valid_to,
        history=bool(row.get("history", False)),
        source=str(row.get("source", "")),
        values={name: _value(names.get(name), name, value, where) for name, value in values.items()},
    )


def _date(row: Mapping[str, object], key: str, where: str) -> date | None:
    text = str(row.get(key) or "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{where}：{key}「{text}」不是日期，应写成 2026-01-01 / not a date") from None


def _value(spec: RuleName | None, name: str, value: object, where: str) -> RuleValue | None:
    if spec is None:
        raise ValueError(f"{where}：{name} 不在 [names] 里 / {name} is not among the names")
    if value == UNSET:
        return None
    read = _READERS[spec.type](value)
    if read is None:
        raise ValueError(
            f"{where}：{spec.zh}（{name}）的值「{value}」不合要求，应是{_WANTED[spec.type]} / not a {spec.type}"
        )
    return read


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _decimal(value: object) -> float | int | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None


def _percent(value: object) -> float | int | None:
    number = _decimal(value)
    return number if number is not None and number <= 100 else None


def _range(value: object) -> tuple[int, int] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    first, last = map(_integer, value)
    return (first, last) if first is not None and last is not None and first <= last else None


def _months(value: object) -> tuple[int, int] | None:
    if not isinstance(value, list) or len(value) != 2 or not all(str(each).isdigit() for each in value):
        return None
    first, last = (int(str(each)) for each in value)
    return (first, last) if 1 <= first <= 12 and 1 <= last <= 12 else None


def _day(value: object) -> str | None:
    """A day that every year has: 29 February is none."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        date.fromisoformat(f"2023-{value}")
    except ValueError:
        return None
    return value


_READERS: Mapping[RuleType, Callable[[object], RuleValue | None]] = {
    "integer": _integer,
    "decimal": _decimal,
    "percent": _percent,
    "range": _range,
    "months": _months,
    "day": _day,
    "text": lambda value: value if isinstance(value, str) and value else None,
    "weekday": lambda value: value if isinstance(value, str) and value in WEEKDAYS else None,
    "boolean": lambda value: value if isinstance(value, bool) else None,
}
_WANTED = {
    "integer": "不小于 0 的整数",
    "decimal": "不小于 0 的数",
    "percent": "0 到 100 的数",
    "range": "[小, 大] 两个整数",
    "months": "[起月, 止月]，如 [10, 9]",
    "day": "月-日，如 06-30",
    "text": "文字",
    "weekday": "周一至周日中的一天",
    "boolean": "true 或 false",
}
