"""Layouts: where a workbook keeps which fact, as data in ``resources/layouts``, so that a changed export is a changed file.

The words of the files are explained at the top of ``national.toml``.
"""

from __future__ import annotations

import fnmatch
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fieldapp.common.resources import resources_dir
from fieldapp.exchange.texts import folded
from fieldapp.register.schema import Property, RegisterSchema, register_schema

__all__ = ["Column", "Layout", "Layouts", "SheetKind", "SheetLayout", "load_layout", "shipped_layouts"]

SheetKind = Literal[
    "villages",
    "staff",
    "persons",
    "households",
    "jobs",
    "incomes",
    "measures",
    "pairings",
    "visits",
    "units",
]
Cleaning = Literal["", "name", "key"]
_WORDS = frozenset(
    {
        *("h", "also", "to", "required", "on_error", "join", "flag", "items", "as", "clears"),
        *("may_be_empty", "default"),
    }
)

#: Targets that are not properties of the register: where the village is, and what only the row itself needs.
_AREA = frozenset({"province", "city", "county", "town", "village", "village_code"})
_LINE = frozenset(
    {
        "name",
        "post",
        "unit_name",
        "phone",
        "member_count",
        "head_name",
        "person_no",
        "id_number",
        "visitor_phone",
        "kind",
        "contact_name",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its headings, the fact it holds, and what a bad or empty cell means."""

    heading: str
    headings: frozenset[str]
    list_name: str = ""
    name: str = ""
    prop: Property | None = None
    required: bool = False
    refuses_row: bool = False
    join: bool = False
    flag: str = ""
    items: str = ""
    cleaning: Cleaning = ""
    clears: bool = False
    may_be_empty: bool = False
    default: str = ""

    @property
    def target(self) -> str:
        """The fact as ``list.property``, empty for a column that is known but kept out of the register."""
        return f"{self.list_name}.{self.name}" if self.list_name else ""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One kind of sheet: how it is named, and its columns in the order of the export."""

    kind: SheetKind
    zh: str
    en: str
    patterns: tuple[str, ...]
    write_name: str
    columns: tuple[Column, ...]

    def named(self, sheet_name: str) -> bool:
        """Tell whether a sheet of this name is meant."""
        name = folded(sheet_name)
        return any(fnmatch.fnmatchcase(name, _folded_pattern(pattern)) for pattern in self.patterns)

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which the workbook is refused."""
        return tuple(column for column in self.columns if column.required)


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one kind of workbook."""

    name: str
    zh: str
    en: str
    header_row: int
    sheets: tuple[SheetLayout, ...]
    roles: Mapping[str, str]

    def sheet(self, kind: SheetKind, index: int = 0) -> SheetLayout:
        """Return the ``index``-th sheet layout of a kind. Raises IndexError when there is none."""
        return [sheet for sheet in self.sheets if sheet.kind == kind][index]

    def role_of(self, post: str) -> str:
        """Return the role (a code of ``register.roles``) that a post means."""
        return self.roles.get(folded(post), "helper")


@dataclass(frozen=True, slots=True)
class Layouts:
    """The layouts that the readers use."""

    register: Layout
    ledger: Layout
    units: Layout


def _folded_pattern(pattern: str) -> str:
    """Fold the words of a pattern as names are folded, and keep its stars."""
    return "*".join(folded(words) for words in pattern.split("*"))


def load_layout(path: Path, schema: RegisterSchema | None = None) -> Layout:
    """Read a layout file. Raises KeyError or ValueError when it names a fact the register does not know."""
    schema = schema or register_schema()
    raw = tomllib.loads(path.read_text("utf-8"))
    lists = {name: tuple(_column(row, name, schema) for row in rows) for name, rows in raw["columns"].items()}
    sheets = tuple(
        SheetLayout(
            row["kind"],
            row["zh"],
            row["en"],
            tuple(row["names"]),
            row["write"],
            lists[row["columns"]],
        )
        for row in raw["sheet"]
    )
    for name, columns in lists.items():
        _check_spellings(name, columns)
    roles = {folded(post): role for role, posts in raw.get("posts", {}).items() for post in posts}
    return Layout(raw["name"], raw["zh"], raw["en"], int(raw["header_row"]), sheets, roles)


def _column(row: Mapping[str, Any], list_key: str, schema: RegisterSchema) -> Column:
    if unknown := row.keys() - _WORDS:
        raise ValueError(f"{list_key}: {row.get('h')}: unknown words {sorted(unknown)}")
    list_name, _, name = str(row.get("to", "")).partition(".")
    prop = _property(list_key, list_name, name, schema)
    spellings = frozenset(folded(text) for text in (row["h"], *row.get("also", ())))
    flag = str(row.get("flag", ""))
    if flag and (prop is None or flag not in schema.codes[prop.codes or ""].by_code):
        raise ValueError(f"{list_key}: {row['h']}: the flag {flag} is no code of {list_name}.{name}")
    return Column(
        heading=str(row["h"]),
        headings=spellings,
        list_name=list_name,
        name=name,
        prop=prop,
        required=bool(row.get("required", False)),
        refuses_row=row.get("on_error") == "row",
        join=bool(row.get("join", False)),
        flag=flag,
        items=str(row.get("items", "")),
        cleaning=row.get("as", ""),
        clears=bool(row.get("clears", False)),
        may_be_empty=bool(row.get("may_be_empty", False)),
        default=str(row.get("default", "")),
    )


def _check_spellings(list_key: str, columns: tuple[Column, ...]) -> None:
    seen: set[str] = set()
    for column in columns:
        if twice := seen & column.headings:
            raise ValueError(f"{list_key}: {column.heading}: another column is called {sorted(twice)} too")
        seen |= column.headings


def _property(list_key: str, list_name: str, name: str, schema: RegisterSchema) -> Property | None:
    if not list_name:
        return None
    if list_name in ("area", "line"):
        if name not in (_AREA if list_name == "area" else _LINE):
            raise KeyError(f"{list_key}: unknown fact {list_name}.{name}")
        return None
    prop = schema.property(list_name, name)
    if prop is None:
        raise KeyError(f"{list_key}: the register knows no {list_name}.{name}")
    return prop


@functools.lru_cache(maxsize=1)
def shipped_layouts() -> Layouts:
    """Return the layouts that ship with the program."""
    folder = resources_dir() / "layouts"
    return Layouts(*(load_layout(folder / f"{name}.toml") for name in ("national", "visit_ledger", "units")))
