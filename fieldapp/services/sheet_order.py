"""What a sheet of another office is read for and how, what it would do, and what accepting did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from fieldapp.services.foreign_rows import SheetLine

__all__ = ["Checked", "SheetOrder", "SheetUse", "Taken"]

SheetUse = Literal["payments", "facts", "list"]


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """What is read how. ``code`` (an income item) and ``month`` are of a payment list, ``flag`` a fact of persons or
    households that a list says is so, ``year`` that of the incomes where no column tells it.
    """

    path: Path
    sheet: str
    header_row: int
    headings: tuple[str, ...]
    mapping: Mapping[int, str]
    use: SheetUse
    code: str = ""
    month: str = ""
    flag: str = ""
    password: str | None = None
    year: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sheet would do; nothing is written. ``counts`` by state."""

    order: SheetOrder
    lines: tuple[SheetLine, ...]
    rows: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What accepting did: facts and items written (or proposed to the clerk), and the changes that did it. ``asked`` are the
    lines of months that another list has paid, where nobody has said yet whether to replace or to add.
    """

    lines: int
    change_ids: tuple[str, ...]
    asked: int = 0
