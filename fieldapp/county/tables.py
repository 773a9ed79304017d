"""The county's own tables beside the register's: laptops, codes, sessions, batches, attachments, feed, cases.

``county_code`` stands first in every key and index (a distributed PostgreSQL demands it); numbers that grow are
64 bit; the signed raw bytes stay beside the columns taken from them. Moments are ISO-8601 texts in UTC, which sort.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, Table
from sqlmodel import Field, SQLModel

from fieldapp.tables.history import FactRow, FieldStateRow
from fieldapp.tables.register import TABLES, AreaRow, StaffRow, UnitRow

__all__ = [
    "AdminRow",
    "BatchRow",
    "BlobRow",
    "CaseRow",
    "CodeRow",
    "CounterRow",
    "DeviceRow",
    "FeedRow",
    "FormRow",
    "LineRow",
    "PolicyRow",
    "RecordRow",
    "SchemaRow",
    "SessionRow",
    "county_tables",
    "table_of",
]


class SchemaRow(SQLModel, table=True):
    """Which version of the tables this database has."""

    __tablename__ = "county_schema"

    county_code: str = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)
    migrated_at: str = ""


class AdminRow(SQLModel, table=True):
    """An administrator of the server; ``password_hash`` is Argon2id in PHC notation."""

    __tablename__ = "county_admins"

    county_code: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    password_hash: str
    created_at: str = ""


class DeviceRow(SQLModel, table=True):
    """One person on one laptop: public keys, place in the batch chain, number of the last bundle."""

    __tablename__ = "county_devices"
    __table_args__ = (Index("county_devices_key", "county_code", "key_id", unique=True),)

    county_code: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    person_id: str
    key_id: str
    sign_pub: bytes = Field(sa_type=LargeBinary)
    seal_pub: bytes = Field(sa_type=LargeBinary)
    epoch: int = Field(default=1, sa_type=BigInteger)
    status: str = "active"
    enrolled_at: str = ""
    last_seen_at: str = ""
    last_bseq: int = Field(default=0, sa_type=BigInteger)
    last_sha256: str = ""
    bundle_seq: int = Field(default=0, sa_type=BigInteger)
    journal_seq: int = Field(default=0, sa_type=BigInteger)
    journal_head: str = ""


class CodeRow(SQLModel, table=True):
    """A one-time enrolment code: never the secret itself, only the key of its MAC."""

    __tablename__ = "county_codes"

    county_code: str = Field(primary_key=True)
    code_id: str = Field(primary_key=True)
    mac_key: bytes = Field(sa_type=LargeBinary)
    person_id: str
    issued_by: str = ""
    issued_at: str = ""
    expires_at: str = ""
    wrong_tries: int = 0
    state: str = "open"
    request_sha256: str = ""
    answer: bytes = Field(default=b"", sa_type=LargeBinary)


class SessionRow(SQLModel, table=True):
    """A session of a laptop: the digest of its token and the nonce it was opened with, which cannot be used again."""

    __tablename__ = "county_sessions"
    __table_args__ = (Index("county_sessions_nonce", "county_code", "nonce", unique=True),)

    county_code: str = Field(primary_key=True)
    token_sha256: str = Field(primary_key=True)
    nonce: str
    device_id: str
    expires_at: str


class BatchRow(SQLModel, table=True):
    """A batch as it was signed, and the receipt that answers it for ever."""

    __tablename__ = "county_batches"
    __table_args__ = (Index("county_batches_chain", "county_code", "device_id", "epoch", "bseq"),)

    county_code: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    device_id: str
    epoch: int = Field(sa_type=BigInteger)
    bseq: int = Field(sa_type=BigInteger)
    sha256: str
    prev: str
    received_at: str
    in_chain: bool
    raw: bytes = Field(sa_type=LargeBinary)
    receipt: bytes = Field(sa_type=LargeBinary)


class LineRow(SQLModel, table=True):
    """Every line of every batch with what became of it, the rejected ones too."""

    __tablename__ = "county_lines"
    __table_args__ = (
        Index("county_lines_record", "county_code", "record_id"),
        Index("county_lines_status", "county_code", "status"),
    )

    county_code: str = Field(primary_key=True)
    batch_id: str = Field(primary_key=True)
    line_no: int = Field(primary_key=True, sa_type=BigInteger)
    record_id: str
    status: str
    seq: int = Field(default=0, sa_type=BigInteger)
    detail: str = ""
    raw: bytes = Field(sa_type=LargeBinary)


class RecordRow(SQLModel, table=True):
    """The first good arrival of a record id: its key keeps it single, however often it comes."""

    __tablename__ = "county_records"

    county_code: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    kind: str
    author: str
    at: str
    sha256: str
    device_id: str
    batch_id: str
    line_no: int = Field(sa_type=BigInteger)
    seq: int = Field(default=0, sa_type=BigInteger)


class BlobRow(SQLModel, table=True):
    """A sealed attachment of a device: how long it will be and how much of it is here. The bytes are in a file."""

    __tablename__ = "county_blobs"

    county_code: str = Field(primary_key=True)
    device_id: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    length: int = Field(sa_type=BigInteger)
    offset: int = Field(default=0, sa_type=BigInteger)
    announced_at: str = ""
    completed_at: str = ""


class CounterRow(SQLModel, table=True):
    """The change counter of a town ("" = the whole county), bumped in the transaction that makes the change."""

    __tablename__ = "county_counters"

    county_code: str = Field(primary_key=True)
    town: str = Field(primary_key=True)
    value: int = Field(default=0, sa_type=BigInteger)


class FeedRow(SQLModel, table=True):
    """Where a thing last changed in its town's feed. One row a thing: a laptop that was away gets its last state."""

    __tablename__ = "county_feed"
    __table_args__ = (
        Index("county_feed_order", "county_code", "town", "seq", unique=True),
        Index("county_feed_household", "county_code", "household_id"),
    )

    county_code: str = Field(primary_key=True)
    list: str = Field(primary_key=True)
    entity_id: str = Field(primary_key=True)
    town: str
    seq: int = Field(sa_type=BigInteger)
    household_id: str = ""
    area_code: str = ""


class CaseRow(SQLModel, table=True):
    """A conflict: the county's value and the laptop's, both kept until a person decides."""

    __tablename__ = "county_cases"
    __table_args__ = (Index("county_cases_household", "county_code", "household_id", "state"),)

    county_code: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    list: str
    entity_id: str
    household_id: str
    name: str
    kept: Any = Field(default=None, sa_type=JSON)
    kept_version: int = Field(default=1, sa_type=BigInteger)
    kept_writer: str = ""
    offered: Any = Field(default=None, sa_type=JSON)
    base_version: int = Field(default=0, sa_type=BigInteger)
    record_id: str
    device_id: str
    author: str
    opened_at: str
    state: str = "open"


class FormRow(SQLModel, table=True):
    """A published form: immutable, named by its content's digest."""

    __tablename__ = "county_forms"

    county_code: str = Field(primary_key=True)
    form_id: str = Field(primary_key=True)
    version: str = Field(primary_key=True)
    sha256: str
    title: str = ""
    xml: bytes = Field(sa_type=LargeBinary)
    published_at: str = ""
    state: str = "current"


class PolicyRow(SQLModel, table=True):
    """A policy file in force (visit plan by year, effect rules), as TOML text."""

    __tablename__ = "county_policy"

    county_code: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    text: str
    published_at: str = ""


_OWN: tuple[type[SQLModel], ...] = (
    SchemaRow,
    AdminRow,
    DeviceRow,
    CodeRow,
    SessionRow,
    BatchRow,
    LineRow,
    RecordRow,
    BlobRow,
    CounterRow,
    FeedRow,
    CaseRow,
    FormRow,
    PolicyRow,
)


def table_of(model: type[SQLModel]) -> Table:
    """Return the Core table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def county_tables() -> list[Table]:
    """Return every table of a county's database; the laptop's, declared in the same metadata, stay out."""
    register: tuple[type[SQLModel], ...] = (
        *TABLES.values(),
        FactRow,
        FieldStateRow,
        AreaRow,
        StaffRow,
        UnitRow,
    )
    return [table_of(model) for model in (*_OWN, *register)]
