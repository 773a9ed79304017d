"""The laptop's own tables beside the register's: what was done, what waits, what came back, and derived rows.

They are plain Core tables with metadata of their own, since no model is shared with the county. ``summaries`` and the
full-text table ``search`` (made in the migration) are derived: they can be rebuilt from the rest.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

__all__ = [
    "METADATA",
    "attachments",
    "batches",
    "changes",
    "documents",
    "drafts",
    "findings",
    "form_lists",
    "forms",
    "held",
    "outbox",
    "settings",
    "summaries",
    "typing_marks",
    "unchecked",
    "unread_rows",
]

METADATA = MetaData()


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


def _integer(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


#: Every accepted change once, in order; ``seq`` is its journal entry's.
changes = Table(
    "changes",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("at"),
    _text("author"),
    _text("author_name"),
    _text("kind"),
    _text("visit_id", null=True),
    _text("reason"),
)

#: The finished form of a visit; ``xml`` is compressed (zlib).
documents = Table(
    "documents",
    METADATA,
    Column("visit_id", Text, primary_key=True),
    _text("household_id"),
    _text("form_id"),
    _text("form_version"),
    _text("form_sha256"),
    _text("instance_id"),
    Column("xml", LargeBinary, nullable=False),
    Column("attachments", JSON, nullable=False),
    Column("comments", JSON),
    Index("documents_household", "household_id"),
)

#: Photos and signatures; the bytes are sealed files of the vault. ``owner_id`` is the draft's id, which becomes the
#: visit's. ``blob_*``: the sealed copy that is sent.
attachments = Table(
    "attachments",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("owner_id"),
    _text("name"),
    _text("media_type"),
    _integer("size_bytes"),
    _text("sha256"),
    Column("thumbnail", LargeBinary),
    _text("blob_digest", null=True),
    Column("blob_key", LargeBinary),
    _text("blob_frozen_at", null=True),
    _text("blob_sent_at", null=True),
    Index("attachments_owner", "owner_id"),
)

#: Forms being filled in. A discarded one is kept 30 days.
drafts = Table(
    "drafts",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("household_id"),
    _text("head_name"),
    _text("form_id"),
    _text("form_version"),
    _text("source"),
    _text("saved_at"),
    Column("content", LargeBinary, nullable=False),
    Column("attachments", JSON, nullable=False),
    _text("discarded_at", null=True),
    Index("drafts_household", "household_id"),
)

#: Every record that travels, in order. ``batch_id`` once sealed; ``outcome`` is the county's word.
outbox = Table(
    "outbox",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("kind"),
    _text("author"),
    _text("at"),
    Column("body", JSON, nullable=False),
    Column("attachments", JSON, nullable=False),
    _text("change_id"),
    _text("household_id"),
    _text("list"),
    _text("entity_id"),
    _text("batch_id", null=True),
    _text("outcome", null=True),
    _integer("county_seq", null=True),
    _text("detail", null=True),
    Index("outbox_waiting", "seq", sqlite_where=text("batch_id IS NULL")),
    Index("outbox_batch", "batch_id"),
    Index("outbox_unsent_household", "household_id", sqlite_where=text("outcome IS NULL")),
    Index("outbox_unsent_entity", "list", "entity_id", sqlite_where=text("outcome IS NULL")),
)

#: Sealed batches and the county's receipts, byte for byte.
batches = Table(
    "batches",
    METADATA,
    Column("id", Text, primary_key=True),
    _integer("epoch"),
    _integer("bseq"),
    _text("prev"),
    _text("sha256"),
    _integer("journal_seq"),
    _text("journal_head"),
    _integer("records"),
    Column("sealed", LargeBinary, nullable=False),
    _text("frozen_at"),
    Column("receipt", LargeBinary),
    _text("received_at", null=True),
    UniqueConstraint("epoch", "bseq", name="batches_position"),
)

#: What was answered and not taken over, with the reason, until a person decides.
held = Table(
    "held",
    METADATA,
    Column("id", Text, primary_key=True),
    _text("change_id"),
    _text("household_id"),
    _text("list"),
    _text("entity_id"),
    _text("name"),
    _text("value"),
    _text("reason_zh"),
    _text("reason_en"),
    _text("at"),
    _text("author"),
    _text("resolved_at", null=True),
    Index("held_household", "household_id"),
)

#: Published forms, never changed; ``seq`` is the order in which they came. ``xml`` is compressed (zlib).
forms = Table(
    "forms",
    METADATA,
    Column("seq", Integer, primary_key=True),
    _text("form_id"),
    _text("version"),
    _text("sha256"),
    Column("xml", LargeBinary, nullable=False),
    UniqueConstraint("form_id", "version", name="forms_version"),
)

form_lists = Table(
    "form_lists",
    METADATA,
    Column("form_seq", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

settings = Table(
    "settings",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

#: What was marked of the to-type list (待录入清单), one row a fact: the value it was about, and what the national system had
#: before it.
typing_marks = Table(
    "typing_marks",
    METADATA,
    Column("list", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    _text("household_id"),
    _text("state"),
    Column("value", JSON, nullable=False),
    Column("national", JSON, nullable=False),
    _text("note"),
    _text("by_id"),
    _text("by_name"),
    _text("at"),
)

#: Rows of the feed that this version cannot read, kept for one that can.
unread_rows = Table(
    "unread_rows",
    METADATA,
    Column("list", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("row", JSON, nullable=False),
)

#: One row for each active household: what the work list sorts, filters and shows. ``key`` is the row of ``search`` too.
summaries = Table(
    "summaries",
    METADATA,
    Column("key", Integer, primary_key=True),
    Column("household_id", Text, nullable=False, unique=True),
    _text("place"),
    _text("area_code"),
    _text("group_name"),
    _text("household_type"),
    _integer("monitored"),
    Column("entered", Integer, nullable=False, server_default="0"),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("required", Integer, nullable=False, server_default="0"),
    _text("due_on", null=True),
    _text("last_visit", null=True),
    Column("helper_name", Text, nullable=False, server_default=""),
    Column("open_issues", Integer, nullable=False, server_default="0"),
    Column("unsent", Integer, nullable=False, server_default="0"),
    Column("absent", Integer, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("attempt_weeks", Integer, nullable=False, server_default="0"),
    Column("open_tasks", Integer, nullable=False, server_default="0"),
    _text("task_on", null=True),
    Index(
        "summaries_place",
        "place",
        "entered",
        "done",
        "required",
        "due_on",
        "household_type",
        "monitored",
        "group_name",
        "absent",
        "attempts",
        "open_tasks",
        "task_on",
    ),
)

#: What the data checks found, by household; derived, and written anew for a household as a whole.
findings = Table(
    "findings",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(
        _text(name)
        for name in (
            *("household_id", "rule_id", "level", "list", "entity_id"),
            *("property", "zh", "en", "subject", "key"),
        )
    ),
    Index("findings_household", "household_id"),
    Index("findings_rule", "rule_id"),
)

#: Households that were touched since they were checked; ``mark`` grows with every touch.
unchecked = Table(
    "unchecked",
    METADATA,
    Column("household_id", Text, primary_key=True),
    _integer("mark"),
)
