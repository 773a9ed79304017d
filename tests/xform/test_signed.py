"""``extract-signed()``: what a key holder signed comes out, anything else does not."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fieldapp.common.errors import KnownError
from fieldapp.xform import FormSession, load_form
from tests.xform.scenario import environment, form, open_form, value

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_PUBLIC = b64encode(_KEY.public_key().public_bytes_raw()).decode()


def _verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed(message: str) -> bytes:
    return _KEY.sign(message.encode()) + message.encode()


def _form(key: str = _PUBLIC) -> bytes:
    return form(
        "<scanned/><said/>",
        f'<bind nodeset="/data/said" calculate="extract-signed(/data/scanned, \'{key}\')"/>',
        '<input ref="/data/scanned"/>',
    )


def _said(scanned: str, key: str = _PUBLIC) -> str:
    session = FormSession.start(load_form(_form(key)), replace(environment(), verify=_verify))
    session.set("/data/scanned", scanned)
    return value(session, "/data/said")


def test_what_was_signed_comes_out() -> None:
    assert _said(b64encode(_signed("低保户 0042")).decode()) == "低保户 0042"


def test_line_breaks_of_a_scanner_do_not_matter() -> None:
    text = b64encode(_signed("低保户 0042")).decode()
    assert _said(f" {text[:40]}\n{text[40:]}\n") == "低保户 0042"


@pytest.mark.parametrize("place", [0, 63, 64, -1])
def test_a_changed_byte_leaves_nothing(place: int) -> None:
    changed = bytearray(_signed("低保户 0042"))
    changed[place] ^= 1
    assert _said(b64encode(bytes(changed)).decode()) == ""


@pytest.mark.parametrize("scanned", ["", "blah", "不是编码", b64encode(b"x" * 63).decode()])
def test_what_is_too_short_or_no_base64_says_nothing(scanned: str) -> None:
    assert _said(scanned) == ""


@pytest.mark.parametrize("key", ["", "blah", b64encode(b"k" * 36).decode(), b64encode(b"k" * 32).decode()])
def test_another_or_malformed_key_leaves_nothing(key: str) -> None:
    assert _said(b64encode(_signed("低保户 0042")).decode(), key) == ""


def test_without_anyone_to_check_signatures_the_function_refuses() -> None:
    with pytest.raises(KnownError) as caught:
        open_form(_form())
    assert caught.value.code == "FORM-017"
    assert "extract-signed" in caught.value.zh
