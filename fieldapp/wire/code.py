"""The one-time enrolment code: 128 random bits and the SHA-256 of the county's root key, for typing or as a file.

Typed form: 20 groups of five characters (:mod:`fieldapp.wire.typed`). The secret itself is never sent: the laptop
sends :attr:`EnrolmentCode.code_id` and a MAC.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldapp.wire.canonical import encode, parse_object
from fieldapp.wire.fields import Fields
from fieldapp.wire.problems import BAD_ENROLMENT
from fieldapp.wire.typed import read_typed, typed_text

__all__ = ["SECRET_BYTES", "EnrolmentCode", "EnrolmentFile", "code_mac", "mac_key", "read_code"]

SECRET_BYTES = 16
_VERSION = 1
_HASH_BYTES = 32
_KIND = "enrolment"


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """The code: who holds ``secret`` may enrol once; ``root_sha256`` pins the county it may enrol with."""

    secret: bytes = field(repr=False)
    root_sha256: bytes

    @property
    def code_id(self) -> str:
        """The code's name, which may be sent and logged: a hash that does not lead back to the secret."""
        return hashlib.sha256(b"fieldapp enrolment id\n" + self.secret).hexdigest()[:32]

    def text(self) -> str:
        """Return the typed form: 20 groups joined by hyphens."""
        return typed_text(bytes([_VERSION]) + self.secret + self.root_sha256, _KIND)


@dataclass(frozen=True, slots=True)
class EnrolmentFile:
    """The code as a small file for a USB stick, with where to go and whom to trust on the way (``ca``, PEM)."""

    code: EnrolmentCode
    county: str
    county_name: str
    url: str
    ca: str
    person: str
    expires_at: str

    def to_bytes(self) -> bytes:
        return encode(
            {
                "v": 1,
                "code": self.code.text(),
                "county": self.county,
                "county_name": self.county_name,
                "url": self.url,
                "ca": self.ca,
                "person": self.person,
                "expires_at": self.expires_at,
            }
        )

    @classmethod
    def read(cls, data: bytes) -> EnrolmentFile:
        """Read a file. Raises bad-enrolment."""
        if len(data) > 64 * 1024:
            raise BAD_ENROLMENT(zh="文件太大", en="the file is too large")
        try:
            fields = Fields(parse_object(data))
            return cls(
                read_code(fields.text("code")),
                fields.text("county", longest=12),
                fields.text("county_name", longest=64, empty=True),
                fields.text("url", longest=512),
                fields.text("ca", longest=32 * 1024, empty=True),
                fields.text("person", longest=64, empty=True),
                fields.moment("expires_at"),
            )
        except ValueError as error:
            raise BAD_ENROLMENT(zh=f"文件内容不对（{error}）", en=f"malformed file ({error})") from None


def read_code(text: str) -> EnrolmentCode:
    """Read a typed code, with or without hyphens and spaces. Raises bad-enrolment naming the group that is wrong."""
    body = read_typed(text, _KIND, 1 + SECRET_BYTES + _HASH_BYTES)
    if body[0] != _VERSION:
        raise BAD_ENROLMENT(zh="登记码版本太新", en="the code is of a newer version")
    return EnrolmentCode(body[1 : 1 + SECRET_BYTES], body[1 + SECRET_BYTES :])


def mac_key(secret: bytes) -> bytes:
    """Return the key of the code's MAC; the county stores this instead of the secret."""
    return HKDF(SHA256(), 32, salt=None, info=b"fieldapp enrolment mac 1").derive(secret)


def code_mac(key: bytes, content: Mapping[str, object]) -> str:
    """Return the MAC in hex of an enrolment request under :func:`mac_key`."""
    return hmac.new(key, encode(content), hashlib.sha256).hexdigest()
