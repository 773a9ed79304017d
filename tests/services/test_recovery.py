"""A forgotten password is recovered with the county's card, and with nothing else."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.recovery import read_card
from fieldapp.services.recovery import ask_for_recovery, open_with_county_answer
from fieldapp.vault import answer_challenge
from fieldapp.wire.keys import SealingKey
from tests.services.world import PASSWORD, World

NEW_PASSWORD = "换一句新的话-2026"


def _card_key(offline: World) -> SealingKey:
    card = next(offline.county.folder.glob("*恢复卡*"))
    rows = [line.strip() for line in card.read_text("utf-8").splitlines() if line.startswith("    ")]
    return read_card("-".join(rows))


def test_the_countys_card_opens_a_vault_whose_password_is_forgotten(offline: World) -> None:
    laptop = offline.laptop("clerk")
    [person] = laptop.people()
    answer = answer_challenge(ask_for_recovery(laptop, person.id), _card_key(offline).private)
    workspace = open_with_county_answer(laptop, person.id, answer, NEW_PASSWORD)
    try:
        assert workspace.count()[0] > 0
    finally:
        workspace.close()
    laptop.unlock(person.id, NEW_PASSWORD).close()
    with pytest.raises(KnownError, match="VAULT-003"):
        laptop.unlock(person.id, PASSWORD)


def test_another_countys_card_answers_nothing(offline: World) -> None:
    laptop = offline.laptop("clerk")
    [person] = laptop.people()
    with pytest.raises(KnownError, match="VAULT-02"):
        answer_challenge(ask_for_recovery(laptop, person.id), SealingKey.generate().private)
    laptop.unlock(person.id, PASSWORD).close()


def test_a_recovered_vault_wants_a_password_of_some_length(offline: World) -> None:
    laptop = offline.laptop("clerk")
    [person] = laptop.people()
    with pytest.raises(KnownError, match="LAPTOP-003"):
        open_with_county_answer(laptop, person.id, b"", "short")
