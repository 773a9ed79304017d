"""The batch container: what goes in comes out, and nothing else gets through."""

from __future__ import annotations

import hashlib
import struct
import tracemalloc
from collections.abc import Mapping

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.wire.batch import batch_digest, open_batch, read_batch_header, seal_batch
from fieldapp.wire.container import header_prefix, sign_container
from fieldapp.wire.keys import SealingKey, SigningKey, key_id, seal
from fieldapp.wire.limits import MAX_RECORDS, MAX_WIRE_BYTES
from fieldapp.wire.problems import WireError
from fieldapp.wire.records import BadRecord, Record, encode_record
from tests.wire.samples import DEVICE, SEALING, batch, header, known_device, patch, uid, visit


def refusal(data: bytes, sealing: SealingKey = SEALING) -> str:
    with pytest.raises(WireError) as caught:
        open_batch(data, county_sealing=sealing, device_public=known_device)
    return caught.value.slug


def forged(plain: bytes, *, frame: bytes | None = None, members: Mapping[str, object] | None = None) -> bytes:
    """Return a batch rightly signed and sealed around whatever a hostile laptop wants to say."""
    values: dict[str, object] = {
        **header().to_json(),
        "county_key": key_id(SEALING.public),
        "n": plain.count(b"\n"),
        "pt_len": len(plain),
        **(members or {}),
    }
    prefix, info = header_prefix(b"HVB1", values)
    squeezed = zstd.compress(plain) if frame is None else frame
    return sign_container(prefix, seal(SEALING.public, squeezed, info), DEVICE)


def test_records_come_out_as_they_went_in() -> None:
    data = batch(visit(), patch())
    opened = open_batch(data, county_sealing=SEALING, device_public=known_device)
    assert opened.records == (visit(), patch())
    assert opened.sha256 == hashlib.sha256(data).hexdigest() == batch_digest(data)
    assert (opened.header.n, opened.header.device, opened.header.batch) == (2, DEVICE.key_id, uid(900))
    assert opened.lines == (encode_record(visit()), encode_record(patch()))


def test_sealing_twice_gives_other_bytes_so_they_must_be_frozen() -> None:
    assert batch(visit()) != batch(visit())


def test_nothing_of_the_plaintext_and_no_digest_of_it_is_readable() -> None:
    data = batch(visit())
    line = encode_record(visit())
    for secret in ("墙面有裂缝".encode(), hashlib.sha256(line).hexdigest().encode(), uid(101).encode()):
        assert secret not in data


def test_the_header_can_be_read_without_any_key() -> None:
    assert read_batch_header(batch(visit())).batch == uid(900)


def test_another_county_cannot_open_it() -> None:
    assert refusal(batch(visit()), SealingKey.generate()) == "bad-seal"


def test_an_unknown_device_is_refused() -> None:
    stranger = SigningKey.generate()
    data = seal_batch([visit()], header(), signing=stranger, county_sealing=SEALING.public)
    assert refusal(data) == "device-unknown"


def test_a_signature_of_somebody_else_is_refused() -> None:
    data = batch(visit())
    other = SigningKey.generate().sign(hashlib.sha512(data[:-64]).digest())
    assert refusal(data[:-64] + other) == "signature"


def test_a_key_filed_under_a_wrong_id_is_not_trusted() -> None:
    stranger = SigningKey.generate()
    with pytest.raises(WireError) as caught:
        open_batch(batch(visit()), county_sealing=SEALING, device_public=lambda _: stranger.public)
    assert caught.value.slug == "device-unknown"


whole = batch(visit(), patch())


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(whole) - 1), st.integers(1, 255))
def test_no_changed_byte_gets_through(place: int, mask: int) -> None:
    changed = bytearray(whole)
    changed[place] ^= mask
    assert refusal(bytes(changed)) in {
        "bad-container",
        "signature",
        "device-unknown",
        "too-large",
        "bad-seal",
    }


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(whole) - 1), st.binary(min_size=1, max_size=30))
def test_no_cut_or_longer_batch_gets_through(place: int, tail: bytes) -> None:
    assert refusal(whole[:place]) in {"bad-container", "signature"}
    assert refusal(whole + tail) == "bad-container"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_noise_is_refused(noise: bytes, with_magic: bool) -> None:
    assert refusal(b"HVB1" + noise if with_magic else noise) == "bad-container"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_a_hostile_laptop_with_a_good_key_cannot_crash_the_opening(plain: bytes) -> None:
    data = forged(plain)
    if plain and not plain.endswith(b"\n"):
        assert refusal(data) == "bad-container"
        return
    opened = open_batch(data, county_sealing=SEALING, device_public=known_device)
    assert all(isinstance(record, BadRecord) for record in opened.records)


def test_a_bad_line_does_not_spoil_the_others() -> None:
    changed = encode_record(visit(3)).replace(b"2026-11-20T", b"2026-11-21T")
    lines = [encode_record(visit()), b"not json", changed, b'{"id":"x"}', encode_record(patch())]
    opened = open_batch(forged(b"\n".join(lines) + b"\n"), county_sealing=SEALING, device_public=known_device)
    first, garbage, altered, nameless, last = opened.records
    assert (first, last) == (visit(), patch())
    assert isinstance(garbage, BadRecord)
    assert (garbage.id, garbage.error.slug, garbage.raw) == ("#2", "bad-record", b"not json")
    assert isinstance(altered, BadRecord)
    assert (altered.id, altered.error.slug) == (uid(3), "digest-mismatch")
    assert isinstance(nameless, BadRecord)
    assert (nameless.id, nameless.error.slug) == ("#4", "bad-record")


def test_a_record_over_the_limit_is_refused_alone() -> None:
    long = b'{"a":"' + b"x" * 300_000 + b'"}'
    opened = open_batch(
        forged(encode_record(visit()) + b"\n" + long + b"\n"),
        county_sealing=SEALING,
        device_public=known_device,
    )
    assert opened.records[0] == visit()
    assert isinstance(opened.records[1], BadRecord)
    assert opened.records[1].error.slug == "too-large"


def test_a_decompression_bomb_stops_at_the_promised_length() -> None:
    bomb = zstd.compress(b"\n" * (200 * 1024 * 1024))
    data = forged(b"", frame=bomb, members={"pt_len": 1000})
    tracemalloc.start()
    try:
        assert refusal(data) == "bad-container"
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_frame_that_asks_for_a_huge_window_is_refused() -> None:
    options: dict[int, int] = {
        zstd.CompressionParameter.window_log: 27,
        zstd.CompressionParameter.content_size_flag: 0,
    }
    squeezer = zstd.ZstdCompressor(options=options)
    frame = squeezer.compress(b"\n") + squeezer.flush()
    assert refusal(forged(b"\n", frame=frame)) == "bad-container"


@pytest.mark.parametrize(
    "members",
    [
        {"v": 2},
        {"comp": "gzip"},
        {"seal": "none"},
        {"epoch": 0},
        {"bseq": -1},
        {"bseq": True},
        {"prev": "zz"},
        {"batch": "x"},
        {"n": MAX_RECORDS + 1},
        {"pt_len": 2**40},
        {"journal_head": 5},
        {"county": ""},
    ],
)
def test_a_header_with_a_wrong_member_is_refused(members: dict[str, object]) -> None:
    assert refusal(forged(b"", members=members)) == "bad-container"


def test_a_frame_with_something_behind_it_is_refused() -> None:
    assert refusal(forged(b"\n", frame=zstd.compress(b"\n") + b"x")) == "bad-container"


def test_header_lengths_that_lie_are_refused() -> None:
    for length in (0, 1, 20_000, 2**32 - 1):
        assert refusal(b"HVB1" + struct.pack(">I", length) + whole[8:]) == "bad-container"


def test_a_batch_over_the_wire_limit_is_refused_before_it_is_read() -> None:
    assert refusal(b"HVB1" + bytes(MAX_WIRE_BYTES)) == "too-large"


def test_too_many_records_do_not_become_a_batch() -> None:
    with pytest.raises(WireError) as caught:
        batch(*[patch()] * (MAX_RECORDS + 1))
    assert caught.value.slug == "too-large"


def test_members_of_a_newer_program_are_kept_with_the_line() -> None:
    record = Record(uid(5), "visit", "person-1", "2026-11-20T08:00:00Z", {"future": [1, {"a": None}]})
    opened = open_batch(batch(record), county_sealing=SEALING, device_public=known_device)
    assert opened.records == (record,)
