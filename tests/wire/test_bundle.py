"""What the county tells one laptop."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.wire.bundle import Bundle, BundleHeader, open_bundle, seal_bundle
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.problems import WireError
from tests.wire.samples import COUNTY, RECEIPT, SEALING, uid

header = BundleHeader(COUNTY, uid(1), 7, "changes", "2026-11-20T08:00:00Z")
items: list[Mapping[str, object]] = [
    {"kind": "household", "id": uid(2), "head": "张三"},
    {"kind": "policy", "lines": [7500, None]},
]
sealed = seal_bundle(header, items, cursor="c9", more=True, signing=RECEIPT, device_sealing=SEALING.public)


def opened(
    data: bytes = sealed,
    *,
    county: str = COUNTY,
    device: str = uid(1),
    county_bundle: bytes = RECEIPT.public,
    sealing: SealingKey = SEALING,
    last_seq: int = 0,
) -> Bundle:
    return open_bundle(
        data, county=county, device=device, county_bundle=county_bundle, sealing=sealing, last_seq=last_seq
    )


def test_a_bundle_reads_back_on_its_own_device() -> None:
    bundle = opened()
    assert (bundle.header, list(bundle.items), bundle.cursor, bundle.more) == (header, items, "c9", True)


def test_the_register_is_not_readable_on_the_way() -> None:
    assert "张三".encode() not in sealed


def test_the_same_number_may_come_again_and_a_lower_one_may_not() -> None:
    assert opened(last_seq=7).header.seq == 7
    with pytest.raises(WireError) as caught:
        opened(last_seq=8)
    assert caught.value.slug == "bundle-stale"


def test_another_county_device_or_signer_is_refused() -> None:
    with pytest.raises(WireError) as county:
        opened(county="411024")
    with pytest.raises(WireError) as device:
        opened(device=uid(2))
    with pytest.raises(WireError) as key:
        opened(sealing=SealingKey.generate())
    with pytest.raises(WireError) as signer:
        opened(county_bundle=SigningKey.generate().public)
    found = [caught.value.slug for caught in (county, device, key, signer)]
    assert found == ["other-county", "bad-seal", "bad-seal", "signature"]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(sealed) - 1), st.integers(1, 255))
def test_no_changed_byte_gets_through(place: int, mask: int) -> None:
    changed = bytearray(sealed)
    changed[place] ^= mask
    with pytest.raises(WireError):
        opened(bytes(changed))
