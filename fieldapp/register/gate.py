"""The village clerk as gatekeeper (信息员把关): which changes of a helper wait before they are facts. Data, not code.

What waits becomes a proposal (待确认变更), one a fact, whose id follows from the change and the fact, so that a laptop and
the county make the same one.
"""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fieldapp.common.ids import derived_id
from fieldapp.common.resources import resources_dir
from fieldapp.register.proceedings import Proposal
from fieldapp.register.values import Value

__all__ = [
    "APPROVAL",
    "GATE_FILE",
    "REMOVED",
    "STATUS",
    "Gate",
    "Standing",
    "kind_of",
    "proposal_id",
    "proposed",
    "read_gate",
    "shipped_gate",
    "standing_of",
    "value_of",
]

#: The name of the policy file.
GATE_FILE = "gate.toml"
#: The name under which a record's own status is proposed (减少 …).
STATUS = "status"
#: The name under which a form's approval is proposed; ``list`` is then where the form is filed.
APPROVAL = "approval"
#: The status of a record whose making was taken back.
REMOVED = "removed"
_EVERYTHING = "*"

#: How a proposal stands to the register of now. ``stale``: the register has moved on since; ``same``: it says so already;
#: ``ended``: the record is no longer there.
Standing = Literal["fits", "stale", "same", "ended"]


@dataclass(frozen=True, slots=True)
class Gate:
    """Whose changes to which facts wait for the clerk, and which forms must be approved."""

    on: bool
    roles: frozenset[str] = frozenset()
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    approval: frozenset[str] = frozenset()

    def holds(self, role: str) -> bool:
        """Tell whether changes of this role pass the gate."""
        return self.on and role in self.roles

    def keeps(self, role: str, list_name: str, name: str) -> bool:
        """Tell whether this role's change to a fact (or ``status``) waits."""
        names = self.facts.get(list_name, frozenset())
        return self.holds(role) and (name in names or _EVERYTHING in names)

    def keeps_whole(self, role: str, list_name: str) -> bool:
        """Tell whether this role's new records of a list wait, and with them every one of their facts."""
        return self.holds(role) and _EVERYTHING in self.facts.get(list_name, frozenset())

    def asks_approval(self, role: str, form_id: str) -> bool:
        """Tell whether a form that this role has filled in must be approved."""
        return self.holds(role) and form_id in self.approval


def read_gate(text: str) -> Gate:
    """Read a policy file. Raises ValueError, KeyError or TypeError when it is broken."""
    raw = tomllib.loads(text)
    if not isinstance(raw["on"], bool):
        raise TypeError("on must be true or false")
    facts = {str(name): _names(some) for name, some in raw["facts"].items()}
    return Gate(raw["on"], _names(raw["roles"]), facts, _names(raw.get("approval", [])))


def _names(some: object) -> frozenset[str]:
    if not isinstance(some, list) or not all(isinstance(each, str) for each in some):
        raise TypeError("a list of names is expected")
    return frozenset(some)


@functools.lru_cache(maxsize=1)
def shipped_gate() -> Gate:
    """Return the gate that ships with the program."""
    return read_gate((resources_dir() / "policy" / "gate.toml").read_text("utf-8"))


def proposal_id(change_id: str, list_name: str, entity_id: str, name: str) -> str:
    """Return the id of what a change proposes for a fact."""
    return derived_id("proposal", change_id, list_name, entity_id, name)


def proposed(value: Value) -> str:
    """Return a value as a proposal carries it."""
    return json.dumps(value, ensure_ascii=False)


def value_of(text: Value) -> Value:
    """Return the value of what a proposal carries; nothing where it carries nothing, the text where it is no JSON."""
    if not isinstance(text, str) or not text:
        return None
    try:
        value: Value = json.loads(text)
    except ValueError:
        return text
    return value


def standing_of(proposal: Proposal, now: Value, status: str | None) -> Standing:
    """Tell how a proposal stands to the register: ``now`` is the fact's value, ``status`` the record's (None: not there)."""
    old, new = value_of(proposal.get("old")), value_of(proposal.get("new"))
    if proposal.get("creates") is True and status == REMOVED:
        return "fits"  # the decision that made it was taken back
    if status is None:
        return "fits" if proposal.get("creates") is True else "ended"
    if proposal.name == STATUS:
        now = status
    elif status != "active":
        return "ended"
    if _blank(now) == _blank(new):
        return "same"
    return (
        "fits" if _blank(now) == _blank(old) or proposal.get("creates") is True and now is None else "stale"
    )


def _blank(value: Value) -> Value:
    return None if value in ("", []) else value


_KINDS: Mapping[str, str] = {
    "persons": "members",
    "incomes": "income",
    "income_items": "income",
    "dwellings": "house",
    "visits": "approval",
    "entries": "approval",
}
_HOUSE = frozenset({"house_area", "house_structure", "house_year"})


def kind_of(list_name: str, name: str) -> str:
    """Return what a proposal is about: members | income | guarantees | house | approval | other."""
    if list_name == "households":
        if name in _HOUSE:
            return "house"
        return "guarantees" if name.endswith("_ok") else "other"
    return _KINDS.get(list_name, "other")
