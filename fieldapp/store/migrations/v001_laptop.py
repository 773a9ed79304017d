"""The laptop's own tables as of revision 001: changes, documents, outbox, drafts, forms, settings, derived rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fieldapp.store.migrations.columns import blob, json, number, text

__all__ = ["make_derived", "make_forms", "make_outbox", "make_shelves"]


def _key(name: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(name)


def make_outbox() -> None:
    """Make what was done, what waits to be sent, and what came back."""
    op.create_table(
        "changes",
        number("seq"),
        *(text(name) for name in ("id", "at", "author", "author_name", "kind")),
        text("visit_id", null=True),
        text("reason"),
        _key("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "outbox",
        number("seq"),
        *(text(name) for name in ("id", "kind", "author", "at")),
        json("body"),
        json("attachments"),
        *(text(name) for name in ("change_id", "household_id", "list", "entity_id")),
        text("batch_id", null=True),
        text("outcome", null=True),
        number("county_seq", null=True),
        text("detail", null=True),
        _key("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("outbox_waiting", "outbox", ["seq"], sqlite_where=sa.text("batch_id IS NULL"))
    op.create_index("outbox_batch", "outbox", ["batch_id"])
    unsent = sa.text("outcome IS NULL")
    op.create_index("outbox_unsent_household", "outbox", ["household_id"], sqlite_where=unsent)
    op.create_index("outbox_unsent_entity", "outbox", ["list", "entity_id"], sqlite_where=unsent)
    op.create_table(
        "batches",
        text("id"),
        number("epoch"),
        number("bseq"),
        text("prev"),
        text("sha256"),
        number("journal_seq"),
        text("journal_head"),
        number("records"),
        blob("sealed"),
        text("frozen_at"),
        blob("receipt", null=True),
        text("received_at", null=True),
        _key(),
        sa.UniqueConstraint("epoch", "bseq", name="batches_position"),
    )


def make_forms() -> None:
    """Make published forms, finished forms, and what was not taken over from them."""
    op.create_table(
        "forms",
        number("seq"),
        *(text(name) for name in ("form_id", "version", "sha256")),
        blob("xml"),
        _key("seq"),
        sa.UniqueConstraint("form_id", "version", name="forms_version"),
    )
    lists = (number("form_seq"), text("name"), blob("content"))
    op.create_table("form_lists", *lists, sa.PrimaryKeyConstraint("form_seq", "name"))
    op.create_table(
        "documents",
        *(text(name) for name in ("visit_id", "household_id", "form_id", "form_version", "form_sha256")),
        text("instance_id"),
        blob("xml"),
        json("attachments"),
        _key("visit_id"),
    )
    op.create_index("documents_household", "documents", ["household_id"])
    op.create_table(
        "held",
        *(text(name) for name in ("id", "change_id", "household_id", "list", "entity_id", "name", "value")),
        *(text(name) for name in ("reason_zh", "reason_en", "at", "author")),
        text("resolved_at", null=True),
        _key(),
    )
    op.create_index("held_household", "held", ["household_id"])


def make_shelves() -> None:
    """Make drafts, attachments, settings, and rows kept for a later version."""
    op.create_table(
        "attachments",
        *(text(name) for name in ("id", "owner_id", "name", "media_type")),
        number("size_bytes"),
        text("sha256"),
        blob("thumbnail", null=True),
        text("blob_digest", null=True),
        blob("blob_key", null=True),
        text("blob_frozen_at", null=True),
        text("blob_sent_at", null=True),
        _key(),
    )
    op.create_index("attachments_owner", "attachments", ["owner_id"])
    names = ("id", "household_id", "head_name", "form_id", "form_version", "source", "saved_at")
    op.create_table(
        "drafts",
        *(text(name) for name in names),
        blob("content"),
        json("attachments"),
        text("discarded_at", null=True),
        _key(),
    )
    op.create_index("drafts_household", "drafts", ["household_id"])
    op.create_table("settings", text("key"), json("value"), _key("key"))
    op.create_table(
        "unread_rows", text("list"), text("id"), json("row"), sa.PrimaryKeyConstraint("list", "id")
    )


def make_derived() -> None:
    """Make the work list's rows and the search index, whose rows have the same keys.

    ``search`` keeps no text of its own (contentless), may forget a row, and has prefix indexes for one to three
    characters, since every keystroke is a prefix.
    """
    op.create_table(
        "summaries",
        number("key"),
        *(text(name) for name in ("household_id", "place", "area_code", "group_name", "household_type")),
        number("monitored"),
        *(number(name, default="0") for name in ("entered", "done", "required")),
        text("due_on", null=True),
        text("last_visit", null=True),
        text("helper_name", default=""),
        *(number(name, default="0") for name in ("open_issues", "unsent")),
        _key("key"),
        sa.UniqueConstraint("household_id"),
    )
    due = ["entered", "done", "required", "due_on"]
    op.create_index(
        "summaries_place", "summaries", ["place", *due, "household_type", "monitored", "group_name"]
    )
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(names, pinyin, numbers, content='', contentless_delete=1,"
        " tokenize='unicode61', prefix='1 2 3')"
    )
