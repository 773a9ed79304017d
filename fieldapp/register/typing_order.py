"""The order in which the national system's pages ask for facts, and how they want a value typed.

Data in ``resources/layouts/national_tabs.toml``: a page that moves is a changed file, not a changed program.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fieldapp.common.resources import resources_dir
from fieldapp.register.schema import Property, RegisterSchema, register_schema
from fieldapp.register.values import Value

__all__ = ["STATUS", "Tab", "TypingOrder", "load_typing_order", "typing_order"]

#: The record's own status among its facts: a member who came or left.
STATUS = "status"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: the tab's number, the field's number in it, and the label on the page."""

    tab: int
    field: int
    label: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the national system."""

    key: str
    zh: str
    en: str
    list: str


@dataclass(frozen=True)
class TypingOrder:
    """The tabs in order, and where each fact stands in them."""

    tabs: tuple[Tab, ...]
    places: Mapping[tuple[str, str], Place]
    schema: RegisterSchema
    date_format: str
    month_format: str

    @functools.cached_property
    def lists(self) -> frozenset[str]:
        """The lists of the register that have a tab."""
        return frozenset(tab.list for tab in self.tabs)

    def place(self, list_name: str, name: str) -> Place | None:
        """Return where a fact stands, None for one that the national system does not have."""
        return self.places.get((list_name, name))

    def names(self, list_name: str) -> tuple[str, ...]:
        """Return the facts of a list in typing order, without the status."""
        return tuple(name for (of, name) in self.places if of == list_name and name != STATUS)

    def typed(self, list_name: str, name: str, value: Value) -> str:
        """Return a value as it is typed there: labels for codes, 是/否, dates as the page wants them."""
        prop = self.schema.property(list_name, name)
        if value is None or value == "" or value == [] or prop is None:
            return "" if value is None or prop is not None else str(value)
        if prop.type == "boolean":
            return "是" if value else "否"
        if prop.codes is not None:
            return self._labels(prop, value)
        text = str(value)
        match prop.type:
            case "date":
                return _formatted(text, self.date_format)
            case "month":
                return _formatted(f"{text}-01", self.month_format)
            case "id_number":
                return text.upper()
            case _:
                return text

    def _labels(self, prop: Property, value: Value) -> str:
        codes = value if isinstance(value, list) else [str(value)]
        return "、".join(self.schema.label(prop.codes or "", code) for code in codes)


def _formatted(text: str, wanted: str) -> str:
    try:
        return date.fromisoformat(text).strftime(wanted)
    except ValueError:
        return text


def load_typing_order(path: Path, schema: RegisterSchema | None = None) -> TypingOrder:
    """Read a file of tabs. Raises KeyError or ValueError when it names a fact the register does not know."""
    schema = schema or register_schema()
    raw = tomllib.loads(path.read_text("utf-8"))
    tabs: list[Tab] = []
    places: dict[tuple[str, str], Place] = {}
    for number, row in enumerate(raw["tab"]):
        tab = Tab(row["key"], row["zh"], row["en"], row["list"])
        tabs.append(tab)
        for at, field in enumerate(row["fields"]):
            key = tab.list, str(field["p"])
            if key in places:
                raise ValueError(f"{tab.key}: {key[1]} stands in two places")
            places[key] = Place(number, at, _label(field, tab, schema))
    return TypingOrder(tuple(tabs), places, schema, raw["date"], raw["month"])


def _label(field: Mapping[str, Any], tab: Tab, schema: RegisterSchema) -> str:
    name = str(field["p"])
    prop = schema.property(tab.list, name)
    if prop is None and name != STATUS:
        raise KeyError(f"{tab.key}: the register knows no {tab.list}.{name}")
    return str(field["h"]) if prop is None or "h" in field else prop.zh


@functools.lru_cache(maxsize=1)
def typing_order() -> TypingOrder:
    """Return the order that ships with the program."""
    return load_typing_order(resources_dir() / "layouts" / "national_tabs.toml")
