"""The one write path: a change becomes rows, history, journal entry, outbox records, index and summaries at once.

Everything happens in one transaction of the vault's writer: after it, all of it is durable; a full disk or a power
cut before its end leaves nothing of it. A change is applied once, however often it comes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from fieldapp.common.ids import derived_id
from fieldapp.register.change import Change, EntityPatch, Held
from fieldapp.register.entities import Entity
from fieldapp.store.errors import NOT_STORABLE
from fieldapp.store.facts import Writing, field_states, load_entities, since_of, write_patches, write_visit
from fieldapp.store.gating import gatekeeping, keep_at_the_gate
from fieldapp.store.judging import Ruling, rule_on
from fieldapp.store.outgoing import outgoing_rows
from fieldapp.store.policy import gate_of
from fieldapp.store.rolling import Rolling
from fieldapp.store.search_index import SEARCHED
from fieldapp.store.tables import changes, documents, held, outbox
from fieldapp.wire.canonical import encode

__all__ = ["Applied", "Writes"]


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a change did. ``journal_seq`` is its entry; ``repeated`` tells that it was there already (then
    nothing was written); ``facts`` counts history lines; ``record_ids`` are what will be sent.
    """

    change_id: str
    journal_seq: int
    repeated: bool = False
    facts: int = 0
    record_ids: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()


class Writes(Rolling):
    """Applying changes."""

    def apply(self, change: Change) -> Applied:
        """Write a change once, durably, whole or not at all.

        Facts that the change's kind may not write are held for a person, not refused (see ``judging``).
        Raises STORE-004 (a text that cannot be stored), STORE-005 (a record too large to travel), DISK-001.
        """
        payload = _payload(change)
        with self._write() as connection:
            if (seq := _applied_before(connection, change)) is not None:
                return Applied(change.id, seq, repeated=True)
            keys = {(patch.list, patch.entity_id) for patch in change.patches}
            current = load_entities(connection, self.site.county_code, keys)
            ruling = self._through_the_gate(
                connection, change, rule_on(change, current, self.site.schema), current
            )
            held_now = (*change.held, *ruling.held)
            head = self.vault.journal.append(connection, f"change.{change.kind}", payload)
            connection.execute(insert(changes).values(_change_row(change, head.seq)))
            _keep_held(connection, change, held_now, self._now())
            records = self._send(connection, change, ruling)
            facts = self._write_register(connection, change, ruling, current)
        return Applied(
            change.id,
            head.seq,
            facts=facts,
            record_ids=tuple(row["id"] for row in records),
            held=held_now,
        )

    def _through_the_gate(
        self,
        connection: Connection,
        change: Change,
        ruling: Ruling,
        current: dict[tuple[str, str], Entity],
    ) -> Ruling:
        """Turn what waits for the clerk into proposals; those taken back count among the records of now."""
        county = self.site.county_code
        since = since_of(change, ruling.own_visit)
        keeping = gatekeeping(connection, county, gate_of(connection), change, since)
        if keeping is not None:
            current.update({("proposals", each.id): each for each in keeping.waiting.values()})
        return keep_at_the_gate(change, ruling, current, keeping)

    def _send(self, connection: Connection, change: Change, ruling: Ruling) -> list[dict[str, Any]]:
        states = field_states(connection, self.site.county_code, ruling.patches)
        rows = outgoing_rows(change, ruling.own_visit, ruling.patches, states)
        if rows:
            connection.execute(insert(outbox), rows)
        return rows

    def _write_register(
        self,
        connection: Connection,
        change: Change,
        ruling: Ruling,
        current: Mapping[tuple[str, str], Entity],
    ) -> int:
        if ruling.own_visit is not None:
            write_visit(connection, self.site.county_code, ruling.own_visit)
            connection.execute(insert(documents).values(_document_row(change, ruling.own_visit)))
        writing = Writing(change, since_of(change, ruling.own_visit), self.site)
        facts = write_patches(connection, ruling.patches, current, writing)
        own = [ruling.own_visit] if ruling.own_visit else []
        self._refresh(connection, **_touched([*own, *ruling.patches], current))
        return facts


def _applied_before(connection: Connection, change: Change) -> int | None:
    """Return the journal entry of the change, or of the visit it is about, when it was applied already."""
    seq = connection.execute(select(changes.c.seq).where(changes.c.id == change.id)).scalar()
    if seq is None and change.document is not None:
        seq = connection.execute(
            select(changes.c.seq)
            .join(documents, documents.c.visit_id == changes.c.visit_id)
            .where(documents.c.visit_id == change.visit_id, changes.c.kind.in_(("visit", "form")))
        ).scalar()
    return None if seq is None else int(seq)


def _touched(
    patches: Iterable[EntityPatch], current: Mapping[tuple[str, str], Entity]
) -> dict[str, set[str]]:
    """Return which households' derived rows the patches touch; a person who moved touches both houses."""
    touched: dict[str, set[str]] = {"placed": set(), "searched": set(), "counted": set()}
    for patch in patches:
        before = current.get((patch.list, patch.entity_id))
        homes = {patch.household_id}
        if before is not None and isinstance(was := before.get("household_id"), str):
            homes.add(was)
        if "household_id" in patch.fields:
            homes.add(str(patch.fields["household_id"].new))
        if patch.list == "households":
            touched["placed"] |= homes
        touched["counted"] |= homes
        names = {*patch.fields, *(["status"] if patch.status or before is None else [])}
        if names & SEARCHED.get(patch.list, frozenset()):
            touched["searched"] |= homes
    return touched


def _keep_held(connection: Connection, change: Change, some: tuple[Held, ...], at: str) -> None:
    homes = {(patch.list, patch.entity_id): patch.household_id for patch in change.patches}
    first = change.patches[0].household_id if change.patches else ""
    rows = [
        {
            "id": derived_id("held", change.id, str(number)),
            "change_id": change.id,
            "household_id": homes.get((one.list, one.entity_id), first),
            "list": one.list,
            "entity_id": one.entity_id,
            "name": one.name,
            "value": one.text,
            "reason_zh": one.reason_zh,
            "reason_en": one.reason_en,
            "at": at,
            "author": change.author,
        }
        for number, one in enumerate(some)
    ]
    if rows:
        connection.execute(insert(held), rows)


def _change_row(change: Change, seq: int) -> dict[str, Any]:
    return {
        "seq": seq,
        "id": change.id,
        "at": change.at,
        "author": change.author,
        "author_name": change.author_name,
        "kind": change.kind,
        "visit_id": change.visit_id,
        "reason": change.reason,
    }


def _document_row(change: Change, visit: EntityPatch) -> dict[str, Any]:
    document = change.document
    assert document is not None  # an own visit has one
    return {
        "visit_id": visit.entity_id,
        "household_id": visit.household_id,
        "form_id": document.form_id,
        "form_version": document.form_version,
        "form_sha256": document.form_sha256,
        "instance_id": document.instance_id,
        "xml": zlib.compress(document.submission_xml),
        "attachments": dict(document.attachments),
        "comments": [[c.ref, c.text, c.author, c.at] for c in document.comments],
    }


def _payload(change: Change) -> bytes:
    """Return the canonical bytes of a change, whose hash the journal keeps. Raises STORE-004."""
    document = change.document
    told = {
        **_change_row(change, 0),
        "patches": [
            {
                "list": patch.list,
                "id": patch.entity_id,
                "household": patch.household_id,
                "base": patch.base_version,
                "fields": {name: [field.old, field.new] for name, field in patch.fields.items()},
                "status": [patch.status.old, patch.status.new] if patch.status else None,
            }
            for patch in change.patches
        ],
        "held": [[one.list, one.entity_id, one.name, one.text] for one in change.held],
        "document": document
        and {
            "form": [document.form_id, document.form_version, document.form_sha256],
            "instance": document.instance_id,
            "xml": hashlib.sha256(document.submission_xml).hexdigest(),
            "attachments": dict(document.attachments),
            "comments": [[c.ref, c.text, c.author, c.at] for c in document.comments],
        },
    }
    try:
        return encode(told)
    except ValueError:
        raise NOT_STORABLE() from None
