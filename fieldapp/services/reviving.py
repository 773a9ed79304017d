"""Writing a record that may be there already, or was taken back: the same id, as the record is now."""

from __future__ import annotations

from dataclasses import replace

from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.entities import Entity
from fieldapp.register.gate import REMOVED

__all__ = ["as_now"]


def as_now(patch: EntityPatch, now: Entity | None) -> EntityPatch:
    """Return a patch for the record as it is now: what it says already is left out; one that was taken back comes back with what
    the patch says and nothing of before.
    """
    if now is None:
        return replace(patch, base_version=0)
    fields = {name: change for name, change in patch.fields.items() if now.get(name) != change.new}
    if now.status != REMOVED:
        return replace(patch, base_version=now.version, fields=fields)
    gone = {
        name: FieldChange(value, None)
        for name, value in now.values().items()
        if value is not None and name not in patch.fields
    }
    return replace(
        patch, base_version=now.version, fields={**gone, **fields}, status=FieldChange(REMOVED, "active")
    )
