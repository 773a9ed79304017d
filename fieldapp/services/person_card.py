"""The card of a person who uses this laptop: all that stands in the clear about anybody."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.common.files import atomic_write

__all__ = ["PersonCard", "has_card", "read_card", "shown_card", "write_card"]

_CARD = "card.json"
#: Stands for the name of somebody whose card cannot be read, until the vault is opened and the card written anew.
_UNREADABLE = "（姓名看不清，请用密码打开）"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Who uses this laptop; nothing about households."""

    id: str
    name: str
    role: str


def read_card(folder: Path) -> PersonCard | None:
    """Return the card of a person's folder; None while an enrolment is unfinished or when the card is damaged."""
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        card = PersonCard(**json.loads((folder / _CARD).read_text("utf-8")))
        if all(isinstance(text, str) for text in asdict(card).values()) and card.id:
            return card
    return None


def has_card(folder: Path) -> bool:
    """Tell whether the enrolment of this folder was finished, be its card legible or not."""
    return (folder / _CARD).exists()


def shown_card(folder: Path) -> PersonCard | None:
    """Return the card to be shown: of a damaged one, a stand-in by which its vault can still be opened."""
    if not has_card(folder):
        return None
    return read_card(folder) or PersonCard(folder.name, _UNREADABLE, "")


def write_card(folder: Path, card: PersonCard) -> None:
    """Write the card: the last step of an enrolment. Raises DISK-001, DISK-002."""
    atomic_write(folder / _CARD, json.dumps(asdict(card), ensure_ascii=False).encode())
