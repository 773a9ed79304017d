"""The county's signed word on a batch."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.wire.container import sign_document
from fieldapp.wire.keys import SigningKey
from fieldapp.wire.problems import WireError
from fieldapp.wire.receipt import Outcome, Receipt, open_receipt, sign_receipt
from tests.wire.samples import COUNTY, DEVICE, RECEIPT, uid

receipt = Receipt(
    county=COUNTY,
    device=uid(1),
    key=DEVICE.key_id,
    epoch=1,
    bseq=4,
    batch=uid(900),
    sha256="ab" * 32,
    journal_seq=9,
    journal_head="cd" * 32,
    server_time="2026-11-20T08:00:00Z",
    outcomes=(Outcome(uid(5), "stored", 77), Outcome("#2", "rejected", 0, "WIRE-006")),
)
signed = sign_receipt(receipt, RECEIPT)


def test_a_receipt_reads_back_under_the_countys_key() -> None:
    assert open_receipt(signed, RECEIPT.public) == receipt


def test_the_same_receipt_has_the_same_bytes() -> None:
    assert sign_receipt(receipt, RECEIPT) == signed


def test_another_countys_receipt_is_refused() -> None:
    with pytest.raises(WireError) as caught:
        open_receipt(signed, SigningKey.generate().public)
    assert caught.value.slug == "signature"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(signed) - 1), st.integers(1, 255))
def test_no_changed_byte_gets_through(place: int, mask: int) -> None:
    changed = bytearray(signed)
    changed[place] ^= mask
    with pytest.raises(WireError) as caught:
        open_receipt(bytes(changed), RECEIPT.public)
    assert caught.value.slug in {"bad-container", "signature"}


@pytest.mark.parametrize("outcomes", [None, [1], [["a", "lost", 0, ""]], [["a", "stored", "1", ""]], [["a"]]])
def test_outcomes_that_make_no_sense_are_refused_even_signed(outcomes: object) -> None:
    content = {**receipt.to_json(), "signer": RECEIPT.key_id, "outcomes": outcomes}
    with pytest.raises(WireError) as caught:
        open_receipt(sign_document(b"HVR1", content, RECEIPT), RECEIPT.public)
    assert caught.value.slug == "bad-container"


def test_a_document_of_another_kind_is_not_a_receipt() -> None:
    other = sign_document(b"HVE1", {**receipt.to_json(), "signer": RECEIPT.key_id}, RECEIPT)
    for data in (other, b"HVR1" + other[4:]):
        with pytest.raises(WireError):
            open_receipt(data, RECEIPT.public)


def test_a_full_receipt_of_a_thousand_records_fits() -> None:
    many = tuple(Outcome(uid(number), "conflict", 2**40, uid(number)) for number in range(1000))
    full = dataclasses.replace(receipt, outcomes=many)
    assert open_receipt(sign_receipt(full, RECEIPT), RECEIPT.public) == full
