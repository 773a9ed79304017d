"""The body of a ``patch`` record: household facts that a person changed, field by field, old value and new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.wire.canonical import Json
from fieldapp.wire.facts import Scalar, fact_json, read_fact
from fieldapp.wire.fields import Fields
from fieldapp.wire.problems import BAD_RECORD

__all__ = ["PatchBody", "Scalar"]

_MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class PatchBody:
    """A change to one entity (``list`` is ``households``, ``persons``, ``issues`` …) of one household.

    ``base_version`` is the entity's version as last received from the county, 0 for one the county has not told of:
    local edits do not raise it, or the merge would take somebody else's change for seen. ``visit`` names the visit that
    said so, ``reason`` why it was changed otherwise. ``status`` is the record's own status, old and new, when it
    changes (``active`` to ``left`` …); ``fields`` may then be empty.
    """

    list: str
    entity: str
    household: str
    base_version: int
    create: bool
    fields: Mapping[str, tuple[Scalar, Scalar]]
    visit: str | None = None
    reason: str | None = None
    status: tuple[str, str] | None = None

    def to_json(self) -> dict[str, Json]:
        changed: dict[str, Json] = {}
        for name, (old, new) in self.fields.items():
            changed[name] = [fact_json(old), fact_json(new)]
        return {
            "list": self.list,
            "entity": self.entity,
            "household": self.household,
            "base_version": self.base_version,
            "create": self.create,
            "fields": changed,
            "visit": self.visit,
            "reason": self.reason,
            "status": list(self.status) if self.status else None,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Json]) -> PatchBody:
        """Read a body. Raises bad-record naming the field."""
        fields = Fields(body)
        try:
            status = _status(body.get("status"))
            return cls(
                list=fields.text("list", longest=32),
                entity=fields.identifier("entity"),
                household=fields.identifier("household"),
                base_version=fields.integer("base_version"),
                create=fields.flag("create"),
                fields=_changes(fields.mapping("fields"), empty=status is not None),
                visit=fields.optional_identifier("visit"),
                reason=fields.optional_text("reason", longest=500),
                status=status,
            )
        except ValueError as error:
            raise BAD_RECORD(detail=f"patch: {error}") from None


def _status(value: object) -> tuple[str, str] | None:
    match value:
        case None:
            return None
        case [str() as old, str() as new] if 0 < len(new) <= 32 and len(old) <= 32:
            return old, new
    raise ValueError("status")


def _changes(values: Mapping[str, object], *, empty: bool) -> dict[str, tuple[Scalar, Scalar]]:
    if not (values or empty) or len(values) > _MOST_FIELDS:
        raise ValueError("fields")
    changes: dict[str, tuple[Scalar, Scalar]] = {}
    for name, pair in values.items():
        if not isinstance(pair, list) or len(pair) != 2 or not 0 < len(name) <= 64:
            raise ValueError("fields")
        changes[name] = (read_fact(pair[0]), read_fact(pair[1]))
    return changes
