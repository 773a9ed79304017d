"""The sealed copy of a photo."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.wire.blob import CHUNK_BYTES, open_blob, seal_blob
from fieldapp.wire.limits import MAX_BLOB_BYTES
from fieldapp.wire.problems import WireError


def slug(content: bytes, key: bytes, digest: str | None = None) -> str:
    with pytest.raises(WireError) as caught:
        open_blob(content, key, digest or hashlib.sha256(content).hexdigest())
    return caught.value.slug


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_a_photo_of_any_size_reads_back(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    sealed = seal_blob(plain)
    assert sealed.digest == hashlib.sha256(sealed.content).hexdigest()
    assert open_blob(sealed.content, sealed.key, sealed.digest) == plain


def test_each_copy_has_its_own_key() -> None:
    first, second = seal_blob(b"photo"), seal_blob(b"photo")
    assert first.key != second.key
    assert first.content != second.content


def test_another_blob_under_the_name_is_noticed() -> None:
    first, second = seal_blob(b"one"), seal_blob(b"two")
    assert slug(second.content, first.key, first.digest) == "digest-mismatch"


def test_a_wrong_key_does_not_open_it() -> None:
    sealed = seal_blob(b"photo")
    assert slug(sealed.content, bytes(32)) == "bad-blob"
    assert slug(sealed.content, b"short") == "bad-blob"


def test_swapped_and_cut_chunks_are_noticed_even_under_a_new_digest() -> None:
    sealed = seal_blob(bytes(3 * CHUNK_BYTES))
    body = len(sealed.content) - 3 * (CHUNK_BYTES + 16)
    head, chunks = sealed.content[:body], sealed.content[body:]
    one = CHUNK_BYTES + 16
    assert slug(head + chunks[one : 2 * one] + chunks[:one] + chunks[2 * one :], sealed.key) == "bad-blob"
    assert slug(head + chunks[: 2 * one], sealed.key) == "bad-blob"
    assert slug(head, sealed.key) == "bad-blob"


small = seal_blob(b"a photo of a wall")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(small.content) - 1), st.integers(1, 255))
def test_no_changed_byte_gets_through(place: int, mask: int) -> None:
    changed = bytearray(small.content)
    changed[place] ^= mask
    assert slug(bytes(changed), small.key) == "bad-blob"


@given(st.binary(max_size=80))
def test_noise_is_no_blob(noise: bytes) -> None:
    assert slug(b"HVA1" + noise, bytes(32)) == "bad-blob"


def test_an_attachment_over_the_limit_is_refused() -> None:
    with pytest.raises(WireError) as caught:
        seal_blob(bytes(MAX_BLOB_BYTES + 1))
    assert caught.value.slug == "too-large"
