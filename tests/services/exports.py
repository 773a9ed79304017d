"""Exports of the national system for tests: a household as the laptop has it, with what the system shows otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from fieldapp.exchange import shipped_layouts
from fieldapp.exchange.writing import BookWriter
from fieldapp.register.values import Value
from fieldapp.services.workspace import Workspace

__all__ = ["export_of"]


def export_of(
    workspace: Workspace,
    path: Path,
    home: str,
    *,
    household: Mapping[str, Value] | None = None,
    members: Mapping[str, Mapping[str, Value]] | None = None,
    without: frozenset[str] = frozenset(),
) -> Path:
    """Write the export of one household; ``household`` and ``members`` (by person id) override what it says."""
    file = workspace.households.file(home)
    layout = shipped_layouts().register
    sheet_layout = layout.sheet("persons")
    book = BookWriter(path, title="export", day=date(2026, 11, 22))
    sheet = book.sheet(
        sheet_layout, name="（自定义）监测对象信息", title="导出", note="", header_row=layout.header_row
    )
    facts = {**file.household.values(), **(household or {})}
    for member in file.members:
        if member.id in without:
            continue
        sheet.write(
            {
                "area": {"county": "", "town": file.town_name, "village": file.village_name},
                "households": facts,
                "persons": {**member.values(), **(members or {}).get(member.id, {})},
            }
        )
    book.close()
    return path
