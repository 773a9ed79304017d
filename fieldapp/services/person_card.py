"""The card of a person who uses this laptop: all that stands in the clear about anybody."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.common.files import atomic_write

__all__ = ["PersonCard", "read_card", "write_card"]

_CARD = "card.json"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Who uses this laptop; nothing about households."""

    id: str
    name: str
    role: str


def read_card(folder: Path) -> PersonCard | None:
    """Return the card of a person's folder; None while an enrolment is unfinished or when the card is damaged."""
    try:
        return PersonCard(**json.loads((folder / _CARD).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_card(folder: Path, card: PersonCard) -> None:
    """Write the card: the last step of an enrolment. Raises DISK-001, DISK-002."""
    atomic_write(folder / _CARD, json.dumps(asdict(card), ensure_ascii=False).encode())
