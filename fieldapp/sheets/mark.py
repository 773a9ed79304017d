"""The mark on every sheet: household number and version, as a QR code and in letters that can be typed.

The version is a digest of all facts that the sheets of a household say, so that scanning or typing it tells whether a
paper is out of date: a reprint of the same facts has the same version, on every machine and in every profile.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldapp.register.entities import Entity
from fieldapp.sheets.paper import HouseholdPaper

__all__ = ["PaperMark", "qr_svg", "read_mark", "version_of", "version_of_records"]

_PREFIX = "FIELDAPP:1:"
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_MARK = re.compile(r"^FIELDAPP:1:(?P<house_no>[^:]*):(?P<version>[0-9A-Z]{4}-?[0-9A-Z]{4})$")


@dataclass(frozen=True, slots=True)
class PaperMark:
    """What the QR code says: which household, and the version of its facts."""

    house_no: str
    version: str

    @property
    def text(self) -> str:
        return f"{_PREFIX}{self.house_no}:{self.version}"


def read_mark(text: str) -> PaperMark | None:
    """Return the mark of a scanned text; None when it is none of ours."""
    found = _MARK.match(text.strip().upper())
    if not found:
        return None
    version = found["version"].replace("-", "")
    return PaperMark(found["house_no"], f"{version[:4]}-{version[4:]}")


def version_of(paper: HouseholdPaper) -> str:
    """Return the version of a household's facts: eight letters and digits (Crockford base 32), as ``7K3M-9QXA``."""
    return version_of_records(
        {
            "households": [paper.household],
            "persons": [*paper.members, *paper.former_members],
            "incomes": paper.incomes,
            "measures": paper.measures,
            "issues": paper.issues,
            "leads": paper.leads,
            "pairings": paper.pairings,
            "visits": [each.visit for each in paper.visits],
        }
    )


def version_of_records(lists: Mapping[str, Iterable[Entity]]) -> str:
    """Return the version of the facts in a household's records, by list: what ``version_of`` says of a paper made of them."""
    facts = {name: sorted((_facts(record) for record in records), key=str) for name, records in lists.items()}
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode("utf-8")).digest()
    letters = base64.b32encode(digest[:5]).decode("ascii").translate(_LETTERS)
    return f"{letters[:4]}-{letters[4:]}"


def _facts(record: Entity) -> list[object]:
    known = {name: value for name, value in record.values().items() if value not in (None, "", [])}
    return [record.id, record.status, known]


def qr_svg(text: str) -> str:
    """Return a QR code (error correction M, no quiet zone: the sheet leaves the room) as SVG text."""
    import segno

    stream = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        stream, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True
    )
    return stream.getvalue().decode("utf-8")
