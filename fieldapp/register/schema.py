"""The register's properties as declared in ``resources/register.toml``, and the code lists they use."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
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
    """An ordered code list with the other spellings met in workbooks."""

    name: str
    codes: tuple[Code, ...]
    aliases: Mapping[str, str]

    @functools.cached_property
    def by_code(self) -> Mapping[str, Code]:
        return {code.code: code for code in self.codes}

    @functools.cached_property
    def _by_label(self) -> Mapping[str, str]:
        return {**self.aliases, **{code.zh: code.code for code in self.codes}}

    def code_of(self, label: str) -> str | None:
        """Return the code of a Chinese label or alias, or None."""
        return self._by_label.get(label)

    def label(self, code: str | None) -> str:
        """Return the Chinese label; an unknown code is shown as itself, nothing as an empty text."""
        if not code:
            return ""
        known = self.by_code.get(code)
        return known.zh if known else code


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

    def label(self, code_list: str, code: str | None) -> str:
        """Return the Chinese label of a code."""
        return self.codes[code_list].label(code)


def load_schema(register: Path, codes: Path) -> RegisterSchema:
    """Read the two declaration files. Raises KeyError or ValueError when they contradict each other."""
    raw = tomllib.loads(register.read_text("utf-8"))
    raw_codes = tomllib.loads(codes.read_text("utf-8"))
    aliases = raw_codes.get("aliases", {})
    code_lists = {
        name: CodeList(name, tuple(Code(*row) for row in rows), aliases.get(name, {}))
        for name, rows in raw_codes["lists"].items()
    }
    lists = {}
    for name, body in raw.items():
        properties = {row["name"]: Property(**row) for row in body["properties"]}
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
