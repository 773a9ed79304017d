"""A laptop and a county meet for the first time."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.wire.code import EnrolmentCode, mac_key
from fieldapp.wire.enrolment import (
    CountyKeys,
    EnrolmentAnswer,
    EnrolmentRequest,
    ask_enrolment,
    open_answer,
    sign_answer,
)
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.problems import WireError
from fieldapp.wire.session import challenge_holds, sign_challenge
from tests.wire.samples import COUNTY, DEVICE, RECEIPT, SEALING, uid

ROOT = SigningKey(bytes(range(9, 41)))
CODE = EnrolmentCode(b"0123456789abcdef", hashlib.sha256(ROOT.public).digest())
REQUEST = ask_enrolment(CODE, sign_pub=DEVICE.public, seal_pub=SEALING.public, person=uid(3))
ANSWER = EnrolmentAnswer(
    request_sha256=REQUEST.sha256,
    county=COUNTY,
    county_name="襄城县",
    device=uid(1),
    person=uid(3),
    person_name="李干部",
    epoch=1,
    keys=CountyKeys(
        ROOT.public, SEALING.public, RECEIPT.public, RECEIPT.public, SealingKey.generate().public
    ),
    ca="",
    server_time="2026-11-20T08:00:00Z",
)


def test_the_request_proves_the_code_without_carrying_it() -> None:
    sent = REQUEST.to_bytes()
    assert CODE.secret not in sent
    assert CODE.secret.hex().encode() not in sent
    assert EnrolmentRequest.read(sent).holds(mac_key(CODE.secret))


@pytest.mark.parametrize("change", [{"sign_pub": b"x" * 32}, {"seal_pub": b"x" * 32}, {"person": "other"}])
def test_nobody_can_put_another_key_or_person_into_a_request(change: dict[str, object]) -> None:
    changed = dataclasses.replace(REQUEST, **change)  # type: ignore[arg-type]
    assert not changed.holds(mac_key(CODE.secret))


def test_a_wrong_code_does_not_hold() -> None:
    assert not REQUEST.holds(mac_key(b"another secret.."))


def test_the_answer_is_accepted_from_the_pinned_county_only() -> None:
    signed = sign_answer(ANSWER, ROOT)
    assert open_answer(signed, CODE, REQUEST) == ANSWER
    other = dataclasses.replace(CODE, root_sha256=b"x" * 32)
    with pytest.raises(WireError) as caught:
        open_answer(signed, other, REQUEST)
    assert caught.value.slug == "other-county"


def test_an_answer_signed_by_an_impostor_who_names_the_right_root_is_refused() -> None:
    with pytest.raises(WireError) as caught:
        open_answer(sign_answer(ANSWER, SigningKey.generate()), CODE, REQUEST)
    assert caught.value.slug == "signature"


def test_an_answer_to_somebody_else_is_refused() -> None:
    other = ask_enrolment(CODE, sign_pub=RECEIPT.public, seal_pub=SEALING.public)
    with pytest.raises(WireError) as caught:
        open_answer(sign_answer(ANSWER, ROOT), CODE, other)
    assert caught.value.slug == "other-county"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_a_malformed_request_is_a_bad_request(data: bytes) -> None:
    with pytest.raises(WireError) as caught:
        EnrolmentRequest.read(data)
    assert caught.value.slug == "bad-request"


def test_a_challenge_is_answered_for_one_county_and_one_key() -> None:
    signature = sign_challenge(DEVICE, COUNTY, "nonce")
    assert challenge_holds(DEVICE.public, DEVICE.key_id, COUNTY, "nonce", signature)
    assert not challenge_holds(DEVICE.public, DEVICE.key_id, "411024", "nonce", signature)
    assert not challenge_holds(DEVICE.public, DEVICE.key_id, COUNTY, "other", signature)
    assert not challenge_holds(RECEIPT.public, DEVICE.key_id, COUNTY, "nonce", signature)
    assert not challenge_holds(DEVICE.public, DEVICE.key_id, COUNTY, "nonce", b"")
