"""Writes little XLSForms for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldapp.authoring import Finding, check_form

__all__ = ["checked", "write_form"]

Rows = Sequence[Mapping[str, str]]


def _table(name: str, rows: Rows) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [f"| {name} |" + " |" * len(columns), "| | " + " | ".join(columns) + " |"]
    lines += ["| | " + " | ".join(row.get(column, "") for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def write_form(folder: Path, survey: Rows, **sheets: Rows) -> Path:
    """Write an XLSForm in markdown and return its path."""
    path = folder / "form.md"
    tables = [_table("survey", survey), *(_table(name, rows) for name, rows in sheets.items())]
    path.write_text("\n\n".join(tables) + "\n", "utf-8")
    return path


def checked(folder: Path, survey: Rows, **sheets: Rows) -> list[Finding]:
    """Return what the check finds in such a form."""
    return check_form(write_form(folder, survey, **sheets))
