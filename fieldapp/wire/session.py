"""How a laptop proves its key: it signs the county's nonce, bound to the county and the key."""

from __future__ import annotations

from fieldapp.wire.canonical import encode
from fieldapp.wire.keys import SigningKey, verify

__all__ = ["NONCE_BYTES", "challenge_holds", "sign_challenge"]

NONCE_BYTES = 32
_CONTEXT = b"fieldapp session 1\n"


def sign_challenge(key: SigningKey, county: str, nonce: str) -> bytes:
    """Return the signature that answers ``nonce``."""
    return key.sign(_message(key.key_id, county, nonce))


def challenge_holds(public: bytes, device_key: str, county: str, nonce: str, signature: bytes) -> bool:
    """Tell whether ``signature`` answers ``nonce`` for the key ``device_key``, whose public half is ``public``."""
    return verify(public, _message(device_key, county, nonce), signature)


def _message(device_key: str, county: str, nonce: str) -> bytes:
    return _CONTEXT + encode({"county": county, "key": device_key, "nonce": nonce})
