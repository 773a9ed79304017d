"""Passing a finding with a reason, as a record of the register: it travels, so that the township sees the reason too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fieldapp.common.ids import derived_id
from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.checks.finding import Finding
from fieldapp.register.entities import Entity, Staff
from fieldapp.register.values import Value

__all__ = ["LONGEST_REASON", "PASS_ENDED", "pass_id", "pass_patch", "passed_reasons", "unpass_patch"]

_LIST = "passes"
#: The status of a pass that was taken back.
PASS_ENDED = "closed"
#: What a record of the wire may hold.
LONGEST_REASON = 500


def pass_id(household_id: str, key: str) -> str:
    """Return the id of a finding's pass: two people who pass the same finding write the same record."""
    return derived_id("pass", household_id, key)


def pass_patch(
    finding: Finding, reason: str, author: Staff, day: date, before: Entity | None = None
) -> EntityPatch:
    """Return what passes a finding. ``before`` is the pass that is there already (``pass_id``), taken back or not.

    Raises ValueError for an error, which can only be mended, and for a reason that is blank or too long.
    """
    reason = reason.strip()
    if finding.level == "error":
        raise ValueError("an error cannot be passed")
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValueError("reason")
    values: dict[str, Value] = {
        "rule_id": finding.rule_id,
        "key": finding.key,
        "reason": reason,
        "passed_on": day.isoformat(),
        "text": finding.zh,
        "author_name": author.name,
    }
    home = finding.household_id
    if before is None:
        fields = {name: FieldChange(None, value) for name, value in values.items()}
        return EntityPatch(_LIST, pass_id(home, finding.key), home, 0, fields)
    fields = {
        name: FieldChange(before.get(name), value)
        for name, value in values.items()
        if before.get(name) != value
    }
    status = None if before.status == "active" else FieldChange(before.status, "active")
    return EntityPatch(_LIST, before.id, home, before.version, fields, status)


def unpass_patch(passed: Entity) -> EntityPatch:
    """Return what takes a pass back: the finding is open again, the reason stays in the history."""
    home = str(passed.get("household_id"))
    return EntityPatch(_LIST, passed.id, home, passed.version, {}, FieldChange(passed.status, PASS_ENDED))


def passed_reasons(passes: Iterable[Entity]) -> dict[str, str]:
    """Return the reasons of the passes in force by the finding's key, as ``open_findings`` takes them."""
    return {
        str(passed.get("key")): str(passed.get("reason") or "")
        for passed in passes
        if passed.status == "active"
    }
