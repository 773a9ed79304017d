"""The laptop before anybody unlocked it: who uses it, unlocking, enrolling with a code.

Each person has a vault of one's own under ``people/<vault id>``; beside it a card with name and role, which is all
that is in the clear. A folder without a card is an enrolment that was interrupted: the same code and password take it
up again with the same keys.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.common.files import atomic_write

__all__ = ["PersonCard", "PersonFolder", "people_of"]

_CARD = "card.json"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Who uses this laptop; nothing about households."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class PersonFolder:
    """A person's folder on this laptop: card and vault."""

    path: Path

    @property
    def vault(self) -> Path:
        return self.path / "vault"

    def card(self) -> PersonCard | None:
        """Return the card; None while an enrolment is unfinished or when the card is damaged."""
        try:
            return PersonCard(**json.loads((self.path / _CARD).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_card(self, card: PersonCard) -> None:
        """Write the card: the last step of an enrolment. Raises DISK-001, DISK-002."""
        atomic_write(self.path / _CARD, json.dumps(asdict(card), ensure_ascii=False).encode())


def people_of(data_dir: Path) -> list[PersonFolder]:
    """Return the folders of everybody on this laptop, unfinished enrolments too, in order of enrolment."""
    people = data_dir / "people"
    return [PersonFolder(path) for path in sorted(people.iterdir())] if people.is_dir() else []
