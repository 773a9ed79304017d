"""A forgotten password: the laptop asks, the county's recovery card answers, a new password opens. No network needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldapp.services.errors import WEAK_PASSWORD
from fieldapp.services.settings import LEAST_PASSWORD

if TYPE_CHECKING:
    from fieldapp.services.laptop import Laptop
    from fieldapp.services.workspace import Workspace

__all__ = ["ask_for_recovery", "open_with_county_answer"]


def ask_for_recovery(laptop: Laptop, person_id: str) -> bytes:
    """Return the challenge to hand to the county: a file, or digits over the telephone.

    Whoever overhears it owns nothing. Raises LAPTOP-001, VAULT-020 when the vault has no recovery slot.
    """
    from fieldapp.vault import recovery_challenge

    return recovery_challenge(laptop.vault_folder(person_id))


def open_with_county_answer(laptop: Laptop, person_id: str, answer: bytes, new_password: str) -> Workspace:
    """Open a person's vault by the county's answer and set a new password. Raises LAPTOP-001, LAPTOP-003, VAULT-022."""
    if len(new_password) < LEAST_PASSWORD:
        raise WEAK_PASSWORD(least=LEAST_PASSWORD)
    return laptop.open_recovered(person_id, answer, new_password)
