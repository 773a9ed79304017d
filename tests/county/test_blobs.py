"""Attachments: in parts, resumable, checked, for the sender's eyes only."""

from __future__ import annotations

import hashlib

import pytest

from fieldapp.county.blobs import announce, blob_path, blob_state, missing, receive_part
from fieldapp.county.devices import revoke_device
from fieldapp.county.setup import County
from fieldapp.wire.blob import seal_blob
from fieldapp.wire.limits import BLOB_PART_BYTES
from fieldapp.wire.problems import WireError
from tests.county.world import Laptop

CONTENT = seal_blob(bytes(range(256)) * 3000).content
DIGEST = hashlib.sha256(CONTENT).hexdigest()
PARTS = [CONTENT[at : at + BLOB_PART_BYTES] for at in range(0, len(CONTENT), BLOB_PART_BYTES)]


def test_a_photo_arrives_in_parts(county: County, helper: Laptop) -> None:
    device = helper.device
    assert announce(county, device, DIGEST, len(CONTENT)).offset == 0
    assert missing(county, device, [DIGEST]) == [DIGEST]
    offset = 0
    for part in PARTS:
        offset = receive_part(county, device, DIGEST, offset, part).offset
    assert blob_state(county, device, DIGEST).complete
    assert missing(county, device, [DIGEST]) == []
    assert blob_path(county, device.id, DIGEST).read_bytes() == CONTENT
    assert announce(county, device, DIGEST, len(CONTENT)).complete


def test_a_wrong_place_is_told_with_the_right_one(county: County, helper: Laptop) -> None:
    device = helper.device
    announce(county, device, DIGEST, len(CONTENT))
    receive_part(county, device, DIGEST, 0, PARTS[0])
    for offset in (0, 5, len(PARTS[0]) + 1):
        with pytest.raises(WireError) as caught:
            receive_part(county, device, DIGEST, offset, PARTS[1])
        assert (caught.value.slug, caught.value.extra) == ("offset-mismatch", {"offset": len(PARTS[0])})


def test_bytes_left_behind_by_a_crash_are_cut_off(county: County, helper: Laptop) -> None:
    device = helper.device
    announce(county, device, DIGEST, len(CONTENT))
    receive_part(county, device, DIGEST, 0, PARTS[0])
    with blob_path(county, device.id, DIGEST).open("ab") as stream:
        stream.write(b"half a part that no row knows of" * 40_000)
    receive_part(county, device, DIGEST, len(PARTS[0]), PARTS[1])
    assert blob_path(county, device.id, DIGEST).read_bytes() == CONTENT


def test_a_wrong_whole_starts_over(county: County, helper: Laptop) -> None:
    device = helper.device
    announce(county, device, DIGEST, 10)
    with pytest.raises(WireError) as caught:
        receive_part(county, device, DIGEST, 0, b"0123456789")
    assert caught.value.slug == "digest-mismatch"
    assert blob_state(county, device, DIGEST).offset == 0


def test_limits_hold(county: County, helper: Laptop) -> None:
    device = helper.device
    with pytest.raises(WireError) as huge:
        announce(county, device, DIGEST, 10**9)
    announce(county, device, DIGEST, 10)
    with pytest.raises(WireError) as beyond:
        receive_part(county, device, DIGEST, 0, b"01234567890")
    with pytest.raises(WireError) as part:
        receive_part(county, device, DIGEST, 0, bytes(BLOB_PART_BYTES + 1))
    with pytest.raises(WireError) as other:
        announce(county, device, DIGEST, 11)
    found = [caught.value.slug for caught in (huge, beyond, part, other)]
    assert found == ["too-large", "too-large", "too-large", "bad-request"]


def test_nobody_learns_of_another_laptops_photos(county: County, helper: Laptop, clerk: Laptop) -> None:
    announce(county, helper.device, DIGEST, len(CONTENT))
    with pytest.raises(WireError) as caught:
        blob_state(county, clerk.device, DIGEST)
    assert caught.value.slug == "blob-unknown"
    with pytest.raises(WireError) as write:
        receive_part(county, clerk.device, DIGEST, 0, PARTS[0])
    assert write.value.slug == "blob-unknown"


def test_a_revoked_laptop_sends_no_photos(county: County, helper: Laptop) -> None:
    announce(county, helper.device, DIGEST, len(CONTENT))
    revoke_device(county, helper.device_id)
    with pytest.raises(WireError) as told:
        announce(county, helper.device, DIGEST, 5)
    with pytest.raises(WireError) as sent:
        receive_part(county, helper.device, DIGEST, 0, PARTS[0])
    assert (told.value.slug, sent.value.slug) == ("device-revoked", "device-revoked")
