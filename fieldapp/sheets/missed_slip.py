"""走访未遇联系单: a note for the door when nobody was at home.

Neighbours and passers-by read it. It carries the name, the place of the house, who came, when, how to call back and when
somebody comes again, and nothing else of the household: its data are no part of what this module is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.sheets.settings import Reader
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.wording import date_zh

__all__ = ["MissedSlip", "missed_content"]

_FIELDS = 4


@dataclass(frozen=True, kw_only=True)
class MissedSlip:
    """One note; what is empty is written by hand. ``address`` is village, group and door, without it only ``village``."""

    name: str = ""
    address: str = ""
    village: str = ""
    visited_on: str = ""
    visitor: str = ""
    phone: str = ""
    again_on: str = ""


def missed_content(slips: Sequence[MissedSlip], templates: TemplateFolder) -> dict[str, object]:
    """Return the words and the notes in their order. Raises SHEET-004 for a mistake in the settings."""
    reader = Reader("missed_slip.toml", templates.settings("missed_slip.toml"))
    fields = reader.texts("fields")
    if len(fields) != _FIELDS:
        raise reader.complain("fields", f"要 {_FIELDS} 项", f"needs {_FIELDS} texts")
    return {
        **{name: reader.text(name) for name in ("title", "greeting", "request", "thanks")},
        "fields": list(fields),
        "slips": [
            {
                "name": slip.name,
                "address": slip.address,
                "village": slip.village,
                "answers": [date_zh(slip.visited_on), slip.visitor, slip.phone, date_zh(slip.again_on)],
            }
            for slip in slips
        ],
    }
