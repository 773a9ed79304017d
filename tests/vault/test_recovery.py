from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.vault import (
    Vault,
    answer_challenge,
    from_digit_groups,
    open_with_answer,
    read_challenge,
    recovery_challenge,
    to_digit_groups,
)
from fieldapp.vault.keyslots import HPKE, KeySlots
from fieldapp.vault.recovery import _CHALLENGE, _HEAD, _answer_info
from tests.vault.conftest import CHEAP, PASSWORD, Home, unhurried

COUNTY = X25519PrivateKey.from_private_bytes(b"\x09" * 32)
PUBLIC = COUNTY.public_key().public_bytes_raw()
PRIVATE = COUNTY.private_bytes_raw()


@pytest.fixture
def asking(home: Home) -> Home:
    """A closed vault with a draft in it, whose recovery slot is the county's."""
    with home.create(recovery_public_key=PUBLIC, vault_id="襄城-0017") as vault:
        vault.drafts.put("d", b"draft")
    return home


def answer(home: Home, reply: bytes, new_password: str = "新的密码") -> Vault:
    return open_with_answer(
        home.folder, reply, new_password, clock=home.clock, state_dir=home.state, cost=CHEAP
    )


def test_the_county_lets_a_cadre_back_in_without_a_network(asking: Home) -> None:
    challenge = recovery_challenge(asking.folder)
    asked = read_challenge(challenge)
    assert asked.vault_id == "襄城-0017"
    with answer(asking, answer_challenge(challenge, PRIVATE)) as vault:
        assert vault.drafts.get("d") == b"draft"
    asking.open("新的密码").close()
    with pytest.raises(KnownError, match="VAULT-003"):
        asking.open(PASSWORD)
    assert not (asking.folder / "recovery-pending.json").exists()


def test_the_whole_exchange_can_be_read_over_a_telephone(asking: Home) -> None:
    heard = from_digit_groups(to_digit_groups(recovery_challenge(asking.folder)))
    reply = to_digit_groups(answer_challenge(heard, PRIVATE))
    assert len(reply.split()) == 43
    answer(asking, from_digit_groups(reply)).close()


def test_waiting_after_wrong_tries_ends_with_the_answer(asking: Home) -> None:
    for _ in range(3):
        with pytest.raises(KnownError, match="VAULT-003"):
            asking.open("wrong")
    answer(asking, answer_challenge(recovery_challenge(asking.folder), PRIVATE)).close()
    asking.open("新的密码").close()


def test_whoever_overhears_challenge_and_answer_holds_no_key(asking: Home) -> None:
    challenge = recovery_challenge(asking.folder)
    reply = answer_challenge(challenge, PRIVATE)
    thief = asking.folder / "recovery-pending.json"
    thief.unlink()  # the fresh private key never left the laptop
    with pytest.raises(KnownError, match="VAULT-020"):
        answer(asking, reply)
    recovery_challenge(asking.folder)
    with pytest.raises(KnownError, match="VAULT-022"):
        answer(asking, reply)


def test_an_answer_to_an_earlier_challenge_does_not_fit(asking: Home) -> None:
    first = answer_challenge(recovery_challenge(asking.folder), PRIVATE)
    second = answer_challenge(recovery_challenge(asking.folder), PRIVATE)
    with pytest.raises(KnownError, match="VAULT-022"):
        answer(asking, first)
    asking.open().close()
    answer(asking, second).close()


def test_a_sealed_key_that_is_not_this_vaults_changes_nothing(asking: Home) -> None:
    """Anyone can seal something to the fresh key; only the right data key may set a new password."""
    challenge = recovery_challenge(asking.folder)
    fresh = X25519PublicKey.from_public_bytes(read_challenge(challenge).fresh_public_key)
    forged = b"FAA1" + HPKE.encrypt(b"z" * 32, fresh, info=_answer_info(challenge))
    before = (asking.folder / "keyslots.json").read_bytes()
    with pytest.raises(KnownError, match="VAULT-022"):
        answer(asking, forged)
    assert (asking.folder / "keyslots.json").read_bytes() == before


def test_another_countys_key_cannot_answer(asking: Home) -> None:
    other = X25519PrivateKey.from_private_bytes(b"\x0a" * 32).private_bytes_raw()
    with pytest.raises(KnownError, match="VAULT-021"):
        answer_challenge(recovery_challenge(asking.folder), other)


def test_older_data_is_taken_on_by_an_answer_only_knowingly(asking: Home) -> None:
    database = asking.folder / "register.db"
    old = database.read_bytes()
    with asking.open() as vault, vault.writer() as connection:
        vault.journal.append(connection, "later", b"")
    database.write_bytes(old)
    reply = answer_challenge(recovery_challenge(asking.folder), PRIVATE)
    with pytest.raises(KnownError, match="VAULT-011"):
        answer(asking, reply)
    open_with_answer(
        asking.folder,
        reply,
        "新的密码",
        clock=asking.clock,
        state_dir=asking.state,
        accept_changed=True,
        cost=CHEAP,
    ).close()
    asking.open("新的密码").close()


def test_a_vault_without_a_recovery_slot_says_so(home: Home) -> None:
    home.create().close()
    with pytest.raises(KnownError, match="VAULT-020"):
        recovery_challenge(home.folder)


@unhurried
@given(data=st.data())
def test_a_changed_challenge_is_never_answered_as_if_it_were_whole(data: st.DataObject) -> None:
    slot = KeySlots.create(
        "v", b"k" * 32, password="p", recovery_public_key=PUBLIC, cost=CHEAP
    ).recovery_slot()
    whole = _HEAD.pack(_CHALLENGE, 1, 1, bytes.fromhex(slot.key_id), PUBLIC) + b"v" + slot.sealed
    assert answer_challenge(whole, PRIVATE)
    changed = bytearray(whole)
    position = data.draw(st.integers(0, len(whole) - 1))
    changed[position] ^= 1 << data.draw(st.integers(0, 7))
    fresh_key = range(14, 46)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    for challenge in (bytes(changed), cut):
        if challenge is not cut and position in fresh_key:
            continue  # another fresh key is another asker: the answer is useless to this laptop
        with pytest.raises(KnownError, match="VAULT-021"):
            answer_challenge(challenge, PRIVATE)


@unhurried
@given(content=st.binary(max_size=300))
def test_digits_give_the_bytes_back_however_they_are_spaced(content: bytes) -> None:
    text = to_digit_groups(content)
    assert from_digit_groups(text) == content
    assert from_digit_groups(text.replace(" ", "").replace("\n", "－")) == content
    full_width = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert from_digit_groups(full_width) == content


@unhurried
@given(content=st.binary(min_size=4, max_size=60), data=st.data())
def test_a_mistyped_digit_and_swapped_neighbours_are_named_by_group(
    content: bytes, data: st.DataObject
) -> None:
    digits = to_digit_groups(content).replace("\n", " ").replace(" ", "")
    position = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[position]]))
    with pytest.raises(KnownError) as error:
        from_digit_groups(digits[:position] + other + digits[position + 1 :])
    assert error.value.code == "VAULT-023"
    assert error.value.details["group"] == position // 6 + 1
    if position % 6 < 5 and digits[position] != digits[position + 1]:
        swapped = digits[:position] + digits[position + 1] + digits[position] + digits[position + 2 :]
        with pytest.raises(KnownError) as error:
            from_digit_groups(swapped)
        assert error.value.details["group"] == position // 6 + 1


def test_a_forgotten_and_a_swapped_group_are_noticed() -> None:
    groups = to_digit_groups(bytes(range(40))).split()
    for damaged in (
        groups[:5] + groups[6:],
        groups[:-1],
        [*groups[:3], groups[4], groups[3], *groups[5:]],
        groups + groups[-1:],
        [],
    ):
        with pytest.raises(KnownError, match="VAULT-023"):
            from_digit_groups(" ".join(damaged))


@unhurried
@given(text=st.text(max_size=60) | st.from_regex(r"[0-9]{6,18}", fullmatch=True))
def test_any_other_text_is_a_mistyped_group_and_nothing_worse(text: str) -> None:
    code = None
    try:
        content = from_digit_groups(text)
        assert from_digit_groups(to_digit_groups(content)) == content
    except KnownError as error:
        code = error.code
    assert code in (None, "VAULT-023")
