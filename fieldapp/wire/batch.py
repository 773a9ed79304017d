"""The batch ``HVB1``: what a laptop sends up, the same bytes over HTTP and on a USB stick.

The sealed bytes are random: the sender stores them before the first send and sends exactly those again. The
header is readable by whoever carries the stick, so it holds no digest of the plaintext (it would confirm guesses).
Checks come in the order of their price: sizes, header, device, signature, seal, lines. A bad line does not spoil
the others; it comes out as a :class:`~fieldapp.wire.records.BadRecord`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fieldapp.wire.canonical import Json
from fieldapp.wire.container import Container, header_prefix, sign_container, split_container
from fieldapp.wire.fields import Fields
from fieldapp.wire.keys import SUITE, SealingKey, SigningKey, key_id
from fieldapp.wire.limits import MAX_PLAIN_BYTES, MAX_RECORDS, MAX_WIRE_BYTES
from fieldapp.wire.packing import COMPRESSION, join_lines, pack, split_lines, unpack
from fieldapp.wire.problems import BAD_CONTAINER, BAD_SEAL, DEVICE_UNKNOWN, TOO_LARGE
from fieldapp.wire.records import BadRecord, Record, encode_record, read_line

__all__ = [
    "FIRST_PREV",
    "Batch",
    "BatchHeader",
    "batch_digest",
    "open_batch",
    "read_batch_header",
    "seal_batch",
]

_MAGIC = b"HVB1"
#: ``prev`` of the first batch of an epoch.
FIRST_PREV = "0" * 64


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """The readable part. ``device`` and ``county_key`` are key ids; ``bseq`` counts from 1 within ``epoch``;
    ``prev`` is the digest of the previous batch; the journal's head lets the county notice a laptop set back.
    """

    batch: str
    county: str
    device: str
    epoch: int
    bseq: int
    prev: str
    journal_seq: int
    journal_head: str
    county_key: str = ""
    n: int = 0
    pt_len: int = 0

    def to_json(self) -> dict[str, Json]:
        return {
            "v": 1,
            "batch": self.batch,
            "county": self.county,
            "device": self.device,
            "county_key": self.county_key,
            "epoch": self.epoch,
            "bseq": self.bseq,
            "prev": self.prev,
            "n": self.n,
            "pt_len": self.pt_len,
            "comp": COMPRESSION,
            "seal": SUITE,
            "journal_seq": self.journal_seq,
            "journal_head": self.journal_head,
        }


@dataclass(frozen=True, slots=True)
class Batch:
    """An opened batch; ``sha256`` names its bytes, ``lines`` are the raw records as they were signed."""

    header: BatchHeader
    sha256: str
    lines: tuple[bytes, ...]
    records: tuple[Record | BadRecord, ...]


def batch_digest(data: bytes) -> str:
    """Return the SHA-256 of a batch's bytes, which the receipt and the next batch's ``prev`` name."""
    return hashlib.sha256(data).hexdigest()


def seal_batch(
    records: Sequence[Record], header: BatchHeader, *, signing: SigningKey, county_sealing: bytes
) -> bytes:
    """Seal ``records`` to the county and sign them with the device's key.

    The header's ``device``, ``county_key``, ``n`` and ``pt_len`` are filled in here. Raises too-large, bad-record.
    """
    if len(records) > MAX_RECORDS:
        raise TOO_LARGE(detail=f"{len(records)} records", limit=MAX_RECORDS)
    plain = join_lines([encode_record(record) for record in records])
    if len(plain) > MAX_PLAIN_BYTES:
        raise TOO_LARGE(detail=f"{len(plain)} bytes", limit=MAX_PLAIN_BYTES)
    filled = {
        **header.to_json(),
        "device": signing.key_id,
        "county_key": key_id(county_sealing),
        "n": len(records),
        "pt_len": len(plain),
    }
    prefix, info = header_prefix(_MAGIC, filled)
    data = sign_container(prefix, pack(plain, county_sealing, info), signing)
    if len(data) > MAX_WIRE_BYTES:
        raise TOO_LARGE(detail=f"{len(data)} bytes", limit=MAX_WIRE_BYTES)
    return data


def read_batch_header(data: bytes) -> BatchHeader:
    """Return the header of a batch without checking its signature, to see whose it is and which number it has."""
    return _header(split_container(_MAGIC, data, limit=MAX_WIRE_BYTES))


def open_batch(
    data: bytes, *, county_sealing: SealingKey, device_public: Callable[[str], bytes | None]
) -> Batch:
    """Check and open a batch. ``device_public`` gives a device's Ed25519 key by its id, or None.

    Raises bad-container, too-large, device-unknown, signature, bad-seal; nothing else, whatever the bytes are.
    """
    container = split_container(_MAGIC, data, limit=MAX_WIRE_BYTES)
    header = _header(container)
    public = device_public(header.device)
    if public is None or key_id(public) != header.device:
        raise DEVICE_UNKNOWN()
    container.check(public)
    if header.county_key != county_sealing.key_id:
        raise BAD_SEAL()
    plain = unpack(
        container.ciphertext, county_sealing, container.info, length=header.pt_len, limit=MAX_PLAIN_BYTES
    )
    lines = split_lines(plain)
    if len(lines) != header.n:
        raise BAD_CONTAINER(detail="record count")
    records = tuple(read_line(line, number) for number, line in enumerate(lines, 1))
    return Batch(header, batch_digest(data), tuple(lines), records)


def _header(container: Container) -> BatchHeader:
    fields = Fields(container.header)
    try:
        if (fields.integer("v"), fields.text("comp"), fields.text("seal")) != (1, COMPRESSION, SUITE):
            raise BAD_CONTAINER(detail="version")
        return BatchHeader(
            batch=fields.identifier("batch"),
            county=fields.text("county", longest=12),
            device=fields.text("device", longest=16),
            county_key=fields.text("county_key", longest=16),
            epoch=fields.integer("epoch", least=1),
            bseq=fields.integer("bseq", least=1),
            prev=fields.digest("prev"),
            n=fields.integer("n", most=MAX_RECORDS),
            pt_len=fields.integer("pt_len", most=MAX_PLAIN_BYTES),
            journal_seq=fields.integer("journal_seq"),
            journal_head=fields.digest("journal_head"),
        )
    except ValueError as error:
        raise BAD_CONTAINER(detail=f"header: {error}") from None
