"""``extract-signed``: contents that somebody vouches for, for example on a printed QR code."""

from __future__ import annotations

import base64
import binascii

from fieldapp.xform.errors import NO_VERIFIER
from fieldapp.xform.expr.functions.registry import Registry
from fieldapp.xform.expr.runtime import Context

__all__ = ["FUNCTIONS"]

_registry = Registry()
FUNCTIONS = _registry.functions
_SIGNATURE_BYTES = 64
_KEY_BYTES = 32


def _decoded(text: str) -> bytes:
    """Return what a Base64 text says, nothing where it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


@_registry.plain("extract-signed", "ss", "string", world=True)
def _extract_signed(c: Context, text: str, key: str) -> str:
    """The message behind a 64-byte Ed25519 signature, or nothing when the signature is not of ``key`` (JavaRosa).

    Both arguments are Base64. Raises FORM-017 where there is nobody to check signatures.
    """
    if c.run.verify is None:
        raise NO_VERIFIER()
    signed, public_key = _decoded(text), _decoded(key)
    signature, message = signed[:_SIGNATURE_BYTES], signed[_SIGNATURE_BYTES:]
    if len(signature) < _SIGNATURE_BYTES or len(public_key) != _KEY_BYTES:
        return ""
    if not c.run.verify(public_key, message, signature):
        return ""
    return message.decode("utf-8", "replace")
