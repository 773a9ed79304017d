"""Enrolment: a laptop proves that it holds a one-time code; the county answers with its keys, signed by its root.

The code pins the root key, so the answer needs no trust in the network; the answer names the digest of the request,
so it cannot be somebody else's.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.wire.canonical import Json, encode, parse_object
from fieldapp.wire.code import EnrolmentCode, code_mac, mac_key
from fieldapp.wire.container import sign_document, split_document
from fieldapp.wire.fields import Fields, base64_text
from fieldapp.wire.keys import KEY_BYTES, SigningKey
from fieldapp.wire.problems import BAD_CONTAINER, BAD_REQUEST, OTHER_COUNTY

__all__ = ["CountyKeys", "EnrolmentAnswer", "EnrolmentRequest", "ask_enrolment", "open_answer", "sign_answer"]

_MAGIC = b"HVE1"


@dataclass(frozen=True, slots=True)
class CountyKeys:
    """The county's public keys: ``root`` signs the others, ``sealing`` takes batches, ``receipt`` and ``bundle``
    sign, ``recovery`` (X25519, private half on paper) opens a forgotten vault.
    """

    root: bytes
    sealing: bytes
    receipt: bytes
    bundle: bytes
    recovery: bytes

    def to_json(self) -> dict[str, Json]:
        return {
            "root": base64_text(self.root),
            "sealing": base64_text(self.sealing),
            "receipt": base64_text(self.receipt),
            "bundle": base64_text(self.bundle),
            "recovery": base64_text(self.recovery),
        }

    @classmethod
    def read(cls, values: Mapping[str, object]) -> CountyKeys:
        """Read them from JSON; raises ValueError naming the key."""
        fields = Fields(values)
        names = ("root", "sealing", "receipt", "bundle", "recovery")
        return cls(*(fields.octets(name, length=KEY_BYTES) for name in names))


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What a laptop sends. ``person`` is whom the enrolment file named, or empty; the county goes by the code."""

    code_id: str
    sign_pub: bytes
    seal_pub: bytes
    person: str
    mac: str

    def to_bytes(self) -> bytes:
        return encode({**self._bound(), "mac": self.mac})

    @property
    def sha256(self) -> str:
        """The digest that the answer names."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def holds(self, key: bytes) -> bool:
        """Tell whether the MAC was made with the code whose :func:`~fieldapp.wire.code.mac_key` is ``key``."""
        return hmac.compare_digest(self.mac, code_mac(key, self._bound()))

    @classmethod
    def read(cls, data: bytes) -> EnrolmentRequest:
        """Read a request. Raises bad-request."""
        try:
            fields = Fields(parse_object(data))
            return cls(
                fields.text("code_id", longest=32),
                fields.octets("sign_pub", length=KEY_BYTES),
                fields.octets("seal_pub", length=KEY_BYTES),
                fields.text("person", longest=64, empty=True),
                fields.digest("mac"),
            )
        except ValueError as error:
            raise BAD_REQUEST(detail=str(error)) from None

    def _bound(self) -> dict[str, Json]:
        return {
            "code_id": self.code_id,
            "sign_pub": base64_text(self.sign_pub),
            "seal_pub": base64_text(self.seal_pub),
            "person": self.person,
        }


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """What the county says to a new device: its id, whose it is, in which epoch, and the county's keys and CA."""

    request_sha256: str
    county: str
    county_name: str
    device: str
    person: str
    person_name: str
    epoch: int
    keys: CountyKeys
    ca: str
    server_time: str


def ask_enrolment(
    code: EnrolmentCode, *, sign_pub: bytes, seal_pub: bytes, person: str = ""
) -> EnrolmentRequest:
    """Return the request for ``code``; it holds a MAC and never the code."""
    bare = EnrolmentRequest(code.code_id, sign_pub, seal_pub, person, "")
    mac = code_mac(mac_key(code.secret), bare._bound())
    return EnrolmentRequest(code.code_id, sign_pub, seal_pub, person, mac)


def sign_answer(answer: EnrolmentAnswer, root: SigningKey) -> bytes:
    """Return the answer's bytes, signed with the county's root key."""
    content: dict[str, Json] = {
        "v": 1,
        "request": answer.request_sha256,
        "county": answer.county,
        "county_name": answer.county_name,
        "device": answer.device,
        "person": answer.person,
        "person_name": answer.person_name,
        "epoch": answer.epoch,
        "keys": answer.keys.to_json(),
        "ca": answer.ca,
        "server_time": answer.server_time,
    }
    return sign_document(_MAGIC, content, root)


def open_answer(data: bytes, code: EnrolmentCode, request: EnrolmentRequest) -> EnrolmentAnswer:
    """Check and read the answer to ``request``.

    Raises other-county when its root key is not the one the code pins, signature, bad-container.
    """
    document = split_document(_MAGIC, data)
    fields = Fields(document.content)
    try:
        answer = EnrolmentAnswer(
            request_sha256=fields.digest("request"),
            county=fields.text("county", longest=12),
            county_name=fields.text("county_name", longest=64, empty=True),
            device=fields.identifier("device"),
            person=fields.text("person", longest=64),
            person_name=fields.text("person_name", longest=64, empty=True),
            epoch=fields.integer("epoch", least=1),
            keys=CountyKeys.read(fields.mapping("keys")),
            ca=fields.text("ca", longest=32 * 1024, empty=True),
            server_time=fields.moment("server_time"),
        )
    except ValueError as error:
        raise BAD_CONTAINER(detail=f"answer: {error}") from None
    if hashlib.sha256(answer.keys.root).digest() != code.root_sha256:
        raise OTHER_COUNTY()
    document.check(answer.keys.root)
    if answer.request_sha256 != request.sha256:
        raise OTHER_COUNTY()
    return answer
