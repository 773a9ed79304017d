"""What travels hidden beside each row: which record it is, its version, the values it left with, and a digest over all.

It stands in the row itself, so that sorting, filtering and deleting rows take it along; the digest tells when WPS has
filled it down or somebody has changed it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.register.values import Value

__all__ = ["BaseRow", "SentRow", "sealed", "unsealed"]


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row to write: the record, who it is for people, and what stands around it only to be looked at."""

    list: str
    record_id: str
    household_id: str
    version: int
    values: Mapping[str, Value]
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BaseRow:
    """What a row was when it left. ``county`` is the county whose register it left."""

    list: str
    record_id: str
    household_id: str
    version: int
    values: Mapping[str, Value] = field(default_factory=dict)
    county: str = ""


def sealed(row: SentRow, names: tuple[str, ...], county: str = "") -> tuple[str, str, str, str]:
    """Return the hidden cells of a row: record, version, digest, the values of ``names`` as they leave."""
    base = {
        "county": county,
        "list": row.list,
        "home": row.household_id,
        "values": {name: row.values.get(name) for name in names},
    }
    text = json.dumps(base, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    version = str(row.version)
    return row.record_id, version, _digest(row.record_id, version, text), text


def unsealed(record_id: str, version: str, digest: str, text: str) -> BaseRow | None:
    """Return the row as it left; None when the hidden cells do not belong together any more."""
    if not record_id or _digest(record_id, version, text) != digest:
        return None
    told = json.loads(text)
    return BaseRow(
        told["list"], record_id, told["home"], int(version), told["values"], told.get("county", "")
    )


def _digest(record_id: str, version: str, text: str) -> str:
    return hashlib.sha256("\x1f".join((record_id, version, text)).encode()).hexdigest()[:16]
