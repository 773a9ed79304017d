"""What a person may change about the own vault, and what the laptop is."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.workspace import Workspace
from tests.services.asking import first
from tests.services.world import PASSWORD, World, form_version


def test_a_new_password_opens_and_the_old_one_no_longer(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    clerk.settings.change_password(PASSWORD, "新的密码-2027")
    clerk.close()
    laptop = offline.laptop("clerk")
    (card,) = laptop.people()
    with pytest.raises(KnownError) as caught:
        laptop.unlock(card.id, PASSWORD)
    assert caught.value.code == "VAULT-003"
    assert offline.keep(laptop.unlock(card.id, "新的密码-2027")).count() == offline.share("clerk")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [(PASSWORD, "1234567", "LAPTOP-003"), ("不是这个密码", "新的密码-2027", "VAULT-003")],
)
def test_a_weak_or_unproven_change_leaves_the_password(offline: World, old: str, new: str, code: str) -> None:
    clerk = offline.unlocked("clerk")
    with pytest.raises(KnownError) as caught:
        clerk.settings.change_password(old, new)
    assert caught.value.code == code
    clerk.close()
    assert offline.unlocked("clerk").count() == offline.share("clerk")


def test_the_laptop_tells_what_it_is_in_both_languages_and_no_secret(clerk: Workspace) -> None:
    facts = clerk.settings.facts()
    assert all(zh and en and value for zh, en, value in facts)
    told = {en: value for _, en, value in facts}
    assert told["County"] == "襄城县（测试）"
    assert told["County server"].startswith("http://127.0.0.1:")
    assert told["Forms"] == f"visit {form_version()}"
    assert told["Enrolment epoch"] == "1"


def test_the_journal_grows_with_every_change(clerk: Workspace) -> None:
    def entries() -> int:
        return int(next(value for _, en, value in clerk.settings.facts() if en == "Journal entries"))

    before = entries()
    home = first(clerk)
    clerk.households.correct(home, "households", home, "phone", "13812345678", "更正")
    assert entries() == before + 1
