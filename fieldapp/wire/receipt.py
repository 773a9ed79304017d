"""The receipt ``HVR1``: the county's signed word on every record of a batch. “Sent” means this, nothing less.

The server stores a receipt's bytes with the batch and answers every replay with the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

from fieldapp.wire.canonical import Json
from fieldapp.wire.container import sign_document, split_document
from fieldapp.wire.fields import Fields
from fieldapp.wire.keys import SigningKey, key_id
from fieldapp.wire.limits import MAX_RECORDS
from fieldapp.wire.problems import BAD_CONTAINER, SIGNATURE

__all__ = ["FINAL", "Outcome", "Receipt", "Status", "open_receipt", "sign_receipt"]

_MAGIC = b"HVR1"

Status: TypeAlias = Literal[
    "stored", "duplicate", "applied", "merged", "conflict", "held", "id_conflict", "rejected"
]
_STATUSES = frozenset(get_args(Status))
#: The county has the record and will not ask for it again; ``rejected`` and ``id_conflict`` go to the tray.
FINAL: frozenset[Status] = frozenset({"stored", "duplicate", "applied", "merged", "conflict", "held"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record. ``seq`` is its place in the county's change feed (0 = none); ``detail`` is the
    case of a conflict, the reason of a hold, the code of a rejection.
    """

    id: str
    status: Status
    seq: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The county's word on a batch. ``device`` and ``key`` are the ids of device and of the device's key."""

    county: str
    device: str
    key: str
    epoch: int
    bseq: int
    batch: str
    sha256: str
    journal_seq: int
    journal_head: str
    server_time: str
    outcomes: tuple[Outcome, ...]

    def to_json(self) -> dict[str, Json]:
        return {
            "v": 1,
            "county": self.county,
            "device": self.device,
            "key": self.key,
            "epoch": self.epoch,
            "bseq": self.bseq,
            "batch": self.batch,
            "sha256": self.sha256,
            "journal_seq": self.journal_seq,
            "journal_head": self.journal_head,
            "server_time": self.server_time,
            "outcomes": [[item.id, item.status, item.seq, item.detail] for item in self.outcomes],
        }


def sign_receipt(receipt: Receipt, key: SigningKey) -> bytes:
    """Return the receipt's bytes, signed with the county's receipt key."""
    return sign_document(_MAGIC, {**receipt.to_json(), "signer": key.key_id}, key)


def open_receipt(data: bytes, county_receipt: bytes) -> Receipt:
    """Check and read a receipt. Raises bad-container or signature."""
    document = split_document(_MAGIC, data)
    if document.content.get("signer") != key_id(county_receipt):
        raise SIGNATURE()
    document.check(county_receipt)
    fields = Fields(document.content)
    try:
        return Receipt(
            county=fields.text("county", longest=12),
            device=fields.identifier("device"),
            key=fields.text("key", longest=16),
            epoch=fields.integer("epoch", least=1),
            bseq=fields.integer("bseq", least=1),
            batch=fields.identifier("batch"),
            sha256=fields.digest("sha256"),
            journal_seq=fields.integer("journal_seq"),
            journal_head=fields.digest("journal_head"),
            server_time=fields.moment("server_time"),
            outcomes=_outcomes(document.content.get("outcomes")),
        )
    except ValueError as error:
        raise BAD_CONTAINER(detail=f"receipt: {error}") from None


def _outcomes(value: object) -> tuple[Outcome, ...]:
    if not isinstance(value, list) or len(value) > MAX_RECORDS:
        raise ValueError("outcomes")
    return tuple(_outcome(item) for item in value)


def _outcome(item: object) -> Outcome:
    match item:
        case [str() as identifier, str() as status, int() as seq, str() as detail] if status in _STATUSES:
            return Outcome(identifier, cast("Status", status), seq, detail)
    raise ValueError("outcomes")
