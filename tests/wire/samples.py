"""Records, keys and batches that the tests of this room share."""

from __future__ import annotations

import dataclasses

from fieldapp.wire.batch import FIRST_PREV, BatchHeader, seal_batch
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.records import PATCH, VISIT, Record
from fieldapp.wire.visits import AttachmentRef, VisitBody

COUNTY = "411025"
DEVICE = SigningKey(bytes(range(32)))
SEALING = SealingKey(bytes(range(1, 33)))
RECEIPT = SigningKey(bytes(range(2, 34)))


def uid(number: int) -> str:
    return f"01900000-0000-7000-8000-{number:012d}"


def visit_body(number: int = 1) -> VisitBody:
    photo = AttachmentRef("photo.jpg", "image/jpeg", 1000, "ab" * 32, 1100, b"k" * 32)
    return VisitBody(
        household=uid(number + 100),
        form_id="visit",
        form_version="2026110101",
        form_sha256="cd" * 32,
        xml="<data><note>墙面有裂缝 😀</note></data>",
        visit_date="2026-11-20",
        entered_at="2026-11-20T08:00:00Z",
        source="onsite",
        status="met",
        attachments=(photo,),
    )


def visit(number: int = 1) -> Record:
    return Record(uid(number), VISIT, "person-1", "2026-11-20T08:00:00.5Z", visit_body(number).to_json())


def patch(number: int = 2) -> Record:
    body = {"list": "households", "entity": uid(7), "fields": {"phone": ["", "13800000000"]}}
    return Record(uid(number), PATCH, "person-1", "2026-11-20T08:01:00Z", body)  # type: ignore[arg-type]


def header(**changes: object) -> BatchHeader:
    plain = BatchHeader(
        batch=uid(900),
        county=COUNTY,
        device=DEVICE.key_id,
        epoch=1,
        bseq=1,
        prev=FIRST_PREV,
        journal_seq=12,
        journal_head="ee" * 32,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def batch(*records: Record) -> bytes:
    return seal_batch(records, header(), signing=DEVICE, county_sealing=SEALING.public)


def known_device(key: str) -> bytes | None:
    return DEVICE.public if key == DEVICE.key_id else None
