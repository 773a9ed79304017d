"""Who this laptop is to the county: device, person, keys on both sides, address. It lives in that person's vault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.wire.enrolment import CountyKeys
from fieldapp.wire.fields import Fields, base64_text
from fieldapp.wire.keys import KEY_BYTES, SealingKey, SigningKey

__all__ = ["DeviceIdentity", "read_identity"]


@dataclass(frozen=True)
class DeviceIdentity:
    """The enrolment of one person on one laptop."""

    county: str
    county_name: str
    device: str
    person: str
    person_name: str
    epoch: int
    address: str
    ca: str
    keys: CountyKeys
    signing: SigningKey
    sealing: SealingKey

    def to_bytes(self) -> bytes:
        """Return what the vault keeps. It holds the private keys."""
        return json.dumps(
            {
                "county": self.county,
                "county_name": self.county_name,
                "device": self.device,
                "person": self.person,
                "person_name": self.person_name,
                "epoch": self.epoch,
                "address": self.address,
                "ca": self.ca,
                "keys": self.keys.to_json(),
                "signing": base64_text(self.signing.private),
                "sealing": base64_text(self.sealing.private),
            },
            ensure_ascii=False,
        ).encode()


def read_identity(data: bytes) -> DeviceIdentity:
    """Return the identity that a vault kept. Raises ValueError when it is none, which is a bug of ours."""
    values: Mapping[str, object] = json.loads(data)
    fields = Fields(values)
    return DeviceIdentity(
        county=fields.text("county"),
        county_name=fields.text("county_name", empty=True),
        device=fields.identifier("device"),
        person=fields.text("person"),
        person_name=fields.text("person_name", empty=True),
        epoch=fields.integer("epoch", least=1),
        address=fields.text("address", longest=512),
        ca=fields.text("ca", longest=32 * 1024, empty=True),
        keys=CountyKeys.read(fields.mapping("keys")),
        signing=SigningKey(fields.octets("signing", length=KEY_BYTES)),
        sealing=SealingKey(fields.octets("sealing", length=KEY_BYTES)),
    )
