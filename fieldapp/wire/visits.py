"""The body of a ``visit`` or ``entry`` record: the submission as the form engine wrote it, and what is needed to file it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.wire.canonical import Json
from fieldapp.wire.facts import Scalar, fact_json, read_facts
from fieldapp.wire.fields import Fields, base64_text
from fieldapp.wire.keys import KEY_BYTES
from fieldapp.wire.limits import MAX_BLOB_BYTES, MAX_RECORD_BYTES
from fieldapp.wire.problems import BAD_RECORD

__all__ = ["AttachmentRef", "CommentBody", "VisitBody"]

_MOST_ATTACHMENTS = 32
_MOST_COMMENTS = 2_000


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """A photo or signature of a visit: its name in the form, the sealed copy's digest and the key that opens it."""

    name: str
    media_type: str
    size_bytes: int
    blob: str
    blob_bytes: int
    key: bytes

    def to_json(self) -> dict[str, Json]:
        return {
            "name": self.name,
            "media_type": self.media_type,
            "size_bytes": self.size_bytes,
            "blob": self.blob,
            "blob_bytes": self.blob_bytes,
            "key": base64_text(self.key),
        }

    @classmethod
    def read(cls, fields: Fields) -> AttachmentRef:
        """Read it from JSON; raises ValueError naming the field."""
        return cls(
            fields.text("name"),
            fields.text("media_type", longest=64),
            fields.integer("size_bytes", most=MAX_BLOB_BYTES),
            fields.digest("blob"),
            fields.integer("blob_bytes", least=1, most=MAX_BLOB_BYTES * 2),
            fields.octets("key", length=KEY_BYTES),
        )


@dataclass(frozen=True, slots=True)
class CommentBody:
    """What a person noted beside a question (``ref``) of the form."""

    ref: str
    text: str
    author: str
    at: str

    def to_json(self) -> dict[str, Json]:
        return {"ref": self.ref, "text": self.text, "author": self.author, "at": self.at}

    @classmethod
    def read(cls, fields: Fields) -> CommentBody:
        """Read it from JSON; raises ValueError naming the field."""
        return cls(
            fields.text("ref", longest=1_024),
            fields.text("text", longest=4_000),
            fields.text("author"),
            fields.moment("at"),
        )


@dataclass(frozen=True, slots=True)
class VisitBody:
    """A visit. ``visit_date`` is when it took place, ``entered_at`` when it was typed, ``source`` how it was
    recorded (on the spot, from paper, by phone), ``status`` what came of it; ``supersedes`` the visit it corrects;
    ``facts`` the visit's own facts by the register's property names (how, outcome, visitor, summary …). ``comments`` are
    left out of the body when there are none: laptops of an older version send none.
    """

    household: str
    form_id: str
    form_version: str
    form_sha256: str
    xml: str
    visit_date: str
    entered_at: str
    source: str
    status: str
    attachments: tuple[AttachmentRef, ...] = ()
    supersedes: str | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    comments: tuple[CommentBody, ...] = ()

    def to_json(self) -> dict[str, Json]:
        body: dict[str, Json] = {
            "household": self.household,
            "form": {"id": self.form_id, "version": self.form_version, "sha256": self.form_sha256},
            "xml": self.xml,
            "visit_date": self.visit_date,
            "entered_at": self.entered_at,
            "source": self.source,
            "status": self.status,
            "attachments": [attachment.to_json() for attachment in self.attachments],
            "supersedes": self.supersedes,
            "facts": {name: fact_json(value) for name, value in self.facts.items()},
        }
        if self.comments:
            body["comments"] = [comment.to_json() for comment in self.comments]
        return body

    @classmethod
    def from_json(cls, body: Mapping[str, Json]) -> VisitBody:
        """Read a body. Raises bad-record naming the field; members it does not know are left alone."""
        fields = Fields(body)
        try:
            form = Fields(fields.mapping("form"))
            return cls(
                household=fields.identifier("household"),
                form_id=form.text("id", longest=128),
                form_version=form.text("version", longest=64, empty=True),
                form_sha256=form.digest("sha256"),
                xml=fields.text("xml", longest=MAX_RECORD_BYTES),
                visit_date=fields.day("visit_date"),
                entered_at=fields.moment("entered_at"),
                source=fields.text("source", longest=32),
                status=fields.text("status", longest=32),
                attachments=tuple(
                    AttachmentRef.read(item) for item in fields.objects("attachments", most=_MOST_ATTACHMENTS)
                ),
                supersedes=fields.optional_identifier("supersedes"),
                facts=read_facts(fields.mapping("facts")) if "facts" in body else {},
                comments=tuple(
                    CommentBody.read(item) for item in fields.objects("comments", most=_MOST_COMMENTS)
                )
                if "comments" in body
                else (),
            )
        except ValueError as error:
            raise BAD_RECORD(detail=f"visit: {error}") from None
