"""What is kept of a draft: its answers, notes and audit log, and what the register said when the form was opened.

What the register said makes the merge three-way. An answer that is still what the form was filled in with says nothing, even
when somebody else has corrected the fact while the draft lay open; and what a person did type was typed over the value
of then, so the county must hear that version and keep both when another laptop was faster.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fieldapp.register.entities import Entity
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value
from fieldapp.services.draft_notes import (
    Comment,
    PassedDoubt,
    read_comments,
    read_passed,
    told_comments,
    told_passed,
)
from fieldapp.services.form_map import FormMap

__all__ = ["DraftContent", "SeenRecord", "read_content", "seen_records"]

_VERSION = 1


@dataclass(frozen=True, slots=True)
class SeenRecord:
    """A record as it was when the form was opened: its version, and the facts that the form asks for."""

    version: int
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class DraftContent:
    """The session's own bytes (XML), the records seen, by id, the audit log, empty where the form asks for none,
    comments by question and passed doubts by key.
    """

    answers: bytes
    seen: Mapping[str, SeenRecord] = field(default_factory=dict)
    audit: bytes = b""
    comments: Mapping[str, Comment] = field(default_factory=dict)
    passed: Mapping[str, PassedDoubt] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return what the store keeps."""
        seen = {id: [record.version, dict(record.facts)] for id, record in self.seen.items()}
        told: dict[str, object] = {"v": _VERSION, "seen": seen, "answers": self.answers.decode("utf-8")}
        if self.audit:
            told["audit"] = self.audit.decode("utf-8")
        if self.comments:
            told["comments"] = told_comments(self.comments)
        if self.passed:
            told["passed"] = told_passed(self.passed)
        return json.dumps(told, ensure_ascii=False).encode()


def read_content(content: bytes) -> DraftContent:
    """Return what :meth:`DraftContent.to_bytes` made; what an older program did not keep is empty."""
    told = json.loads(content)
    seen = {id: SeenRecord(version, facts) for id, (version, facts) in told["seen"].items()}
    return DraftContent(
        told["answers"].encode(),
        seen,
        told.get("audit", "").encode(),
        read_comments(told.get("comments", [])),
        read_passed(told.get("passed", [])),
    )


def seen_records(form: FormMap, entities: Iterable[Entity], schema: RegisterSchema) -> dict[str, SeenRecord]:
    """Return the records by id with the facts that the form may change."""
    asked: dict[str, set[str]] = {}
    for container in form.containers:
        names = asked.setdefault(container.list, set())
        names |= set(container.properties.values())
        if container.list in schema.lists:
            names.add(schema.lists[container.list].label)
    return {
        entity.id: SeenRecord(
            entity.version, {name: entity.get(name) for name in sorted(asked.get(entity.LIST, ()))}
        )
        for entity in entities
    }
