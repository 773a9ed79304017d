"""The table of requirements, ``docs/requirements.toml``, read and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LEVELS", "TABLE", "Requirement", "load_table", "read_table"]

TABLE = Path(__file__).resolve().parents[2] / "docs" / "requirements.toml"
#: core: needed in the first version; cfg: a county's setting, never code; ext: an extension.
LEVELS = ("core", "cfg", "ext")

_ID = re.compile(r"A\d{3}")
_FIELDS = {"id", "group", "level", "room", "zh", "text"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row: what is needed, how much, and which room of ``fieldapp/`` owns it."""

    id: str
    group: str
    level: str
    room: str
    zh: str
    text: str


def load_table(path: Path = TABLE) -> dict[str, Requirement]:
    """Return the rows of a file by id, in its order; ``ValueError`` names the row that is wrong."""
    return read_table(path.read_text("utf-8"))


def read_table(content: str) -> dict[str, Requirement]:
    """Return the rows of a TOML text by id, in its order; ``ValueError`` names the row that is wrong."""
    table: dict[str, Requirement] = {}
    for row in tomllib.loads(content)["requirement"]:
        requirement = _requirement(row)
        if requirement.id in table:
            raise ValueError(f"{requirement.id} stands twice")
        table[requirement.id] = requirement
    return table


def _requirement(row: Mapping[str, object]) -> Requirement:
    name = row.get("id")
    if set(row) != _FIELDS or not all(isinstance(value, str) and value.strip() for value in row.values()):
        raise ValueError(f"{name}: a row has the texts {sorted(_FIELDS)}")
    requirement = Requirement(**{field: str(value) for field, value in row.items()})
    if not _ID.fullmatch(requirement.id):
        raise ValueError(f"{name}: an id is A and three digits")
    if requirement.level not in LEVELS:
        raise ValueError(f"{name}: a level is one of {LEVELS}")
    return requirement
