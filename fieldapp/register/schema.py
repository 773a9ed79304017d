"""The register's properties as declared in ``resources/register.toml``, and the code lists they use."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from fieldapp.common.resources import resources_dir

__all__ = [
    "Code",
    "CodeList",
    "ListSpec",
    "Property",
    "RegisterSchema",
    "Writer",
    "load_schema",
    "register_schema",
]

Writer = Literal["form", "clerk", "county"]
PropertyType = Literal[
    "text", "integer", "decimal", "boolean", "date", "month", "code", "codes", "id_number", "phone"
]


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what is stored, and its label in Chinese (as the national system prints it) and English."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class CodeList:
    """An ordered code list with the other spellings met in workbooks.

    Terms change with the year (A175): ``former`` holds the labels a code had before, oldest first, each with the last day
    it was used; ``valid`` the first and last day of a code that has not always been there ("" = open).
    """

    name: str
    codes: tuple[Code, ...]
    aliases: Mapping[str, str]
    former: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    valid: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @functools.cached_property
    def by_code(self) -> Mapping[str, Code]:
        return {code.code: code for code in self.codes}

    @functools.cached_property
    def _by_label(self) -> Mapping[str, str]:
        former = {label: code for code, labels in self.former.items() for label, _ in labels}
        return {**former, **self.aliases, **{code.zh: code.code for code in self.codes}}

    def code_of(self, label: str) -> str | None:
        """Return the code of a Chinese label or alias, or None."""
        return self._by_label.get(label)

    def label(self, code: str | None, on: date | None = None) -> str:
        """Return the Chinese label of today, or of a day; an unknown code is shown as itself, nothing as an empty text."""
        if not code:
            return ""
        if on is not None:
            then = next((zh for zh, last in self.former.get(code, ()) if on.isoformat() <= last), None)
            if then is not None:
                return then
        known = self.by_code.get(code)
        return known.zh if known else code

    def offered(self, on: date) -> tuple[Code, ...]:
        """Return the codes that may be chosen on a day; what has ended stays readable and is not offered."""
        return tuple(code for code in self.codes if _holds(self.valid.get(code.code), on.isoformat()))


def _holds(span: tuple[str, str] | None, day: str) -> bool:
    if span is None:
        return True
    first, last = span
    return first <= day and (not last or day <= last)


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a list: its type, unit, code list and who may write it."""

    name: str
    zh: str
    en: str
    type: PropertyType
    write: Writer
    codes: str | None = None
    unit: str = ""
    column: bool = False


@dataclass(frozen=True)
class ListSpec:
    """One list of the register (``households``, ``persons`` …) with its properties in order."""

    name: str
    zh: str
    en: str
    label: str
    properties: Mapping[str, Property]

    @functools.cached_property
    def columns(self) -> tuple[str, ...]:
        """The properties that are typed columns of the table."""
        return tuple(name for name, prop in self.properties.items() if prop.column)


@dataclass(frozen=True)
class RegisterSchema:
    """All lists and code lists. Immutable; one instance serves the whole program."""

    lists: Mapping[str, ListSpec]
    codes: Mapping[str, CodeList]

    def property(self, list_name: str, name: str) -> Property | None:
        """Return the property, or None when the register does not know it."""
        spec = self.lists.get(list_name)
        return spec.properties.get(name) if spec else None

    def label(self, code_list: str, code: str | None, on: date | None = None) -> str:
        """Return the Chinese label of a code, of today or of a day."""
        return self.codes[code_list].label(code, on)


def load_schema(register: Path, codes: Path) -> RegisterSchema:
    """Read the two declaration files. Raises KeyError or ValueError when they contradict each other."""
    raw = tomllib.loads(register.read_text("utf-8"))
    raw_codes = tomllib.loads(codes.read_text("utf-8"))
    aliases, former, valid = (raw_codes.get(part, {}) for part in ("aliases", "former", "valid"))
    code_lists = {
        name: CodeList(
            name,
            tuple(Code(*row) for row in rows),
            aliases.get(name, {}),
            {code: tuple(map(tuple, labels)) for code, labels in former.get(name, {}).items()},
            {code: tuple(span) for code, span in valid.get(name, {}).items()},
        )
        for name, rows in raw_codes["lists"].items()
    }
    lists = {}
    for name, body in raw.items():
        properties = {row["name"]: Property(**row) for row in body["properties"]}
        if len(properties) < len(body["properties"]):
            raise ValueError(f"{name}: a property is named twice")
        for prop in properties.values():
            if (prop.type in ("code", "codes")) != (prop.codes is not None):
                raise ValueError(
                    f"{name}.{prop.name}: a code list belongs to code properties, and only there"
                )
            if prop.codes is not None and prop.codes not in code_lists:
                raise KeyError(f"{name}.{prop.name}: unknown code list {prop.codes}")
        lists[name] = ListSpec(name, body["zh"], body["en"], body["label"], properties)
    return RegisterSchema(lists, code_lists)


@functools.lru_cache(maxsize=1)
def register_schema() -> RegisterSchema:
    """Return the schema that ships with the program."""
    folder = resources_dir()
    return load_schema(folder / "register.toml", folder / "codes" / "lists.toml")
