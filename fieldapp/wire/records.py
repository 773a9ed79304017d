"""The record: what a person did, as one line of NDJSON with its own SHA-256.

``sha256`` is over the canonical JSON of the line without that member. It is made when the record is made and
travels to the county's archive, so a changed byte anywhere on the way is found. Members this version does not
know are part of the digest and are kept with the raw line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldapp.wire.canonical import Json, encode, parse_object
from fieldapp.wire.fields import Fields
from fieldapp.wire.limits import MAX_PLAIN_BYTES, MAX_RECORD_BYTES, MAX_RECORDS, MAX_WIRE_BYTES
from fieldapp.wire.problems import BAD_RECORD, DIGEST_MISMATCH, TOO_LARGE, WireError

__all__ = [
    "ENTRY",
    "PATCH",
    "VISIT",
    "BadRecord",
    "Record",
    "encode_record",
    "read_line",
    "record_digest",
    "take_batch",
]

VISIT = "visit"
PATCH = "patch"
#: A finished form that is no visit; its body has a visit's shape.
ENTRY = "entry"

#: Room for container, header, seal and the little that zstd adds to incompressible text.
_ENVELOPE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``author`` is a person's id, ``at`` the moment of making in UTC; ``body`` depends on ``kind``."""

    id: str
    kind: str
    author: str
    at: str
    body: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A line of a good batch that is no good record. ``id`` is ``#n`` (from 1) when it cannot be read."""

    id: str
    raw: bytes
    error: WireError


def record_digest(record: Record) -> str:
    """Return the record's SHA-256 in hex. Raises bad-record when its body has no canonical form."""
    return hashlib.sha256(_core(record)).hexdigest()


def encode_record(record: Record) -> bytes:
    """Return the record's line without line end. Raises bad-record or too-large."""
    core = _core(record)
    line = core[:-1] + b',"sha256":"' + hashlib.sha256(core).hexdigest().encode("ascii") + b'"}'
    if len(line) > MAX_RECORD_BYTES:
        raise TOO_LARGE(detail=f"record of {len(line)} bytes", limit=MAX_RECORD_BYTES)
    return line


def read_line(line: bytes, number: int) -> Record | BadRecord:
    """Read line ``number`` (from 1) of a batch; whatever is wrong with it is told in a BadRecord."""
    fallback = f"#{number}"
    if len(line) > MAX_RECORD_BYTES:
        return BadRecord(
            fallback, line, TOO_LARGE(detail=f"record of {len(line)} bytes", limit=MAX_RECORD_BYTES)
        )
    try:
        values = parse_object(line)
    except ValueError as error:
        return BadRecord(fallback, line, BAD_RECORD(detail=str(error)))
    fields = Fields(values)
    try:
        identifier = fields.identifier("id")
    except ValueError:
        return BadRecord(fallback, line, BAD_RECORD(detail="id"))
    try:
        told = fields.digest("sha256")
        record = Record(
            identifier,
            fields.text("kind", longest=64),
            fields.text("author", longest=64),
            fields.moment("at"),
            fields.mapping("body"),  # type: ignore[arg-type]  # parse_object made it of Json
        )
    except ValueError as error:
        return BadRecord(identifier, line, BAD_RECORD(detail=str(error)))
    values.pop("sha256")
    if hashlib.sha256(encode(values)).hexdigest() != told:
        return BadRecord(identifier, line, DIGEST_MISMATCH(detail="record"))
    return record


def take_batch(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the longest start of ``records`` that surely fits one batch, in order; at least one if there is any."""
    taken: list[Record] = []
    room = min(MAX_PLAIN_BYTES, MAX_WIRE_BYTES - _ENVELOPE_BYTES)
    for record in records:
        room -= len(encode_record(record)) + 1
        if len(taken) == MAX_RECORDS or room < 0:
            break
        taken.append(record)
    return tuple(taken)


def _core(record: Record) -> bytes:
    values = {
        "id": record.id,
        "kind": record.kind,
        "author": record.author,
        "at": record.at,
        "body": record.body,
    }
    try:
        return encode(values)
    except ValueError as error:
        raise BAD_RECORD(detail=str(error)) from None
