"""Enrolling this laptop with a one-time code."""

from __future__ import annotations

from fieldapp.sync.identity import DeviceIdentity
from fieldapp.sync.transport import Transport
from fieldapp.wire.code import EnrolmentCode
from fieldapp.wire.enrolment import ask_enrolment, open_answer
from fieldapp.wire.keys import SealingKey, SigningKey

__all__ = ["enrol"]


def enrol(
    transport: Transport,
    code: EnrolmentCode,
    *,
    signing: SigningKey,
    sealing: SealingKey,
    person: str = "",
) -> DeviceIdentity:
    """Enrol with a one-time code. Keep the two keys before calling: after a lost answer the same request is answered
    the same, and another key would find the code used.

    Raises SYNC-00x, code-unknown, code-expired, code-wrong, other-county (the server is not the code's county).
    """
    request = ask_enrolment(code, sign_pub=signing.public, seal_pub=sealing.public, person=person)
    reply = transport.send("POST", "/v1/enrol", body=request.to_bytes())
    answer = open_answer(reply.content, code, request)
    return DeviceIdentity(
        county=answer.county,
        county_name=answer.county_name,
        device=answer.device,
        person=answer.person,
        person_name=answer.person_name,
        epoch=answer.epoch,
        address=transport.address,
        ca=answer.ca,
        keys=answer.keys,
        signing=signing,
        sealing=sealing,
    )
