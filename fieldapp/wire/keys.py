"""Key pairs of laptops and counties: Ed25519 signs, X25519 opens what was sealed by HPKE (RFC 9180).

Raw 32-byte keys travel and are stored; the objects here wrap them. A key id is the first 16 hex digits of the
SHA-256 of the public key.
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from fieldapp.wire.problems import BAD_SEAL

__all__ = ["KEY_BYTES", "SIGNATURE_BYTES", "SUITE", "SealingKey", "SigningKey", "key_id", "seal", "verify"]

#: The suite's name in container headers, so that another (SM2/SM4, ML-KEM) can follow.
SUITE = "hpke-x25519-hkdfsha256-aes256gcm"
KEY_BYTES = 32
SIGNATURE_BYTES = 64

_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def key_id(public: bytes) -> str:
    """Return the id of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


class SigningKey:
    """An Ed25519 key pair."""

    __slots__ = ("_key", "key_id", "public")

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public = self._key.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    @classmethod
    def generate(cls) -> SigningKey:
        """Return a fresh key pair."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        return self._key.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        return self._key.sign(message)


class SealingKey:
    """An X25519 key pair that opens what was sealed to its public half."""

    __slots__ = ("_key", "key_id", "public")

    def __init__(self, private: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(private)
        self.public = self._key.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    @classmethod
    def generate(cls) -> SealingKey:
        """Return a fresh key pair."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        return self._key.private_bytes_raw()

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return the plaintext. Raises bad-seal when the key, ``info`` or a byte is another one."""
        try:
            return _HPKE.decrypt(sealed, self._key, info=info)
        except (InvalidTag, ValueError):
            raise BAD_SEAL() from None


def seal(public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Seal ``plaintext`` to the X25519 key ``public``; ``info`` is bound to it. Random: twice gives two texts."""
    return _HPKE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public), info=info)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether ``signature`` is ``public``'s over ``message``; malformed keys and signatures are False."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
