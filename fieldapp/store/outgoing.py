"""What a change sends: a visit is one record; each register patch is a record of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from fieldapp.common.ids import derived_id
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.store.errors import RECORD_TOO_LARGE
from fieldapp.store.facts import FieldKey
from fieldapp.store.judging import OWN_DAYS, STATUS
from fieldapp.wire.canonical import encode
from fieldapp.wire.limits import MAX_RECORD_BYTES
from fieldapp.wire.patches import PatchBody
from fieldapp.wire.records import ENTRY, PATCH, VISIT
from fieldapp.wire.visits import CommentBody, VisitBody

__all__ = ["outgoing_rows"]

#: What the record's frame and the references of 32 photos may add to a body on its way.
_FRAME_BYTES = 32 * 1024


def outgoing_rows(
    change: Change,
    own_visit: EntityPatch | None,
    patches: Iterable[EntityPatch],
    states: Mapping[FieldKey, int],
) -> list[dict[str, Any]]:
    """Return the outbox rows of a change, in order. Raises STORE-005 when a record would be too large to travel."""
    if change.kind == "pull":
        return []
    rows = []
    if own_visit is not None:
        rows.append(_visit_row(change, own_visit))
    for patch in patches:
        rows += _patch_rows(change, patch, states, len(rows))
    for row in rows:
        size = len(encode(row["body"]))
        if size > MAX_RECORD_BYTES - _FRAME_BYTES:
            limit = MAX_RECORD_BYTES - _FRAME_BYTES
            raise RECORD_TOO_LARGE(size_kb=-(-size // 1024), limit_kb=limit // 1024)
    return rows


def _row(change: Change, patch: EntityPatch, *, id: str, kind: str, body: Any, photos: Any) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "author": change.author,
        "at": change.at,
        "body": body,
        "attachments": dict(photos),
        "change_id": change.id,
        "household_id": patch.household_id,
        "list": patch.list,
        "entity_id": patch.entity_id,
    }


def _visit_row(change: Change, visit: EntityPatch) -> dict[str, Any]:
    document = change.document
    assert document is not None  # only a visit with its document is an own visit
    facts = {name: field.new for name, field in visit.fields.items() if name != "household_id"}
    body = VisitBody(
        household=visit.household_id,
        form_id=document.form_id,
        form_version=document.form_version,
        form_sha256=document.form_sha256,
        xml=document.submission_xml.decode("utf-8"),
        visit_date=str(facts[OWN_DAYS[visit.list]]),
        entered_at=str(facts.get("entered_at") or change.at),
        source=str(facts.get("source") or "onsite"),
        status=str(facts.get("outcome") or ("met" if visit.list == "visits" else "filled")),
        facts=facts,
        comments=tuple(CommentBody(c.ref, c.text, c.author, c.at) for c in document.comments),
    )
    photos = document.attachments
    kind = VISIT if visit.list == "visits" else ENTRY
    return _row(change, visit, id=visit.entity_id, kind=kind, body=body.to_json(), photos=photos)


def _patch_rows(
    change: Change, patch: EntityPatch, states: Mapping[FieldKey, int], number: int
) -> list[dict[str, Any]]:
    """Return the record of a patch; fields that this laptop wrote at an older version go in one of their own."""
    by_base: dict[int, dict[str, FieldChange]] = defaultdict(dict)

    def base_of(name: str) -> int:
        return min(states.get((patch.list, patch.entity_id, name), patch.base_version), patch.base_version)

    for name, field in patch.fields.items():
        by_base[base_of(name)][name] = field
    status_base = base_of(STATUS)
    if patch.status is not None or patch.creates:
        by_base.setdefault(status_base, {})
    rows: list[dict[str, Any]] = []
    for base, fields in sorted(by_base.items()):
        status = patch.status if base == status_base else None
        body = PatchBody(
            list=patch.list,
            entity=patch.entity_id,
            household=patch.household_id,
            base_version=base,
            create=patch.creates,
            fields={name: (field.old, field.new) for name, field in fields.items()},
            visit=change.visit_id,
            reason=change.reason or None,
            status=(_status(status.old), _status(status.new)) if status else None,
        )
        id = derived_id("patch", change.id, str(number + len(rows)))
        rows.append(_row(change, patch, id=id, kind=PATCH, body=body.to_json(), photos={}))
    return rows


def _status(value: object) -> str:
    return "" if value is None else str(value)
