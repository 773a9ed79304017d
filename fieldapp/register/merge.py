"""Three-way merge by field: what happens to a fact when two laptops changed it (sync.md, “Meaning”)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fieldapp.register.change import FieldChange
from fieldapp.register.values import Value

__all__ = ["FieldState", "Verdict", "judge"]

Verdict = Literal["apply", "same", "conflict"]


@dataclass(frozen=True, slots=True)
class FieldState:
    """A fact as the county holds it: its value, the record version at which it was last written, and by which device."""

    value: Value
    version: int
    writer: str


def judge(state: FieldState, change: FieldChange, *, base_version: int, device: str) -> Verdict:
    """Decide on one field of a patch.

    ``same`` when the value is already so; ``apply`` when nobody wrote the field since the writer looked, or the last
    writer is this very device (a device must not conflict with itself); otherwise ``conflict``: the county's value
    stays and both are kept for a person.
    """
    if state.value == change.new:
        return "same"
    if state.version <= base_version or state.writer == device:
        return "apply"
    return "conflict"
