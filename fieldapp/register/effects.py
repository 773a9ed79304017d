"""What follows from an answer: rule data in ``resources/policy/effects``, run by one pure function.

The same visit gives the same records on laptop and county, with ids derived from visit and rule, so that nothing
doubles whichever side ran first (architecture decision 1).
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldapp.common.ids import derived_id
from fieldapp.common.resources import resources_dir
from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.values import Value

__all__ = ["EffectRule", "effects_of", "load_rules", "read_effects", "shipped_rules"]


#: ``equals`` of a rule that any answer sets off.
ANY = "*"


@dataclass(frozen=True, slots=True)
class EffectRule:
    """When the answer ``when`` has the value ``equals`` (``*``: any answer), make a record in ``list`` with these facts.

    In ``set``, a text that starts with ``$`` takes that answer; ``$visit_date``, ``$visit_id`` and ``$household_id`` are
    always there. One that starts with ``@`` is the id of what another rule makes of the same visit.
    """

    id: str
    form: str
    when: str
    equals: str
    list: str
    set: Mapping[str, str]


def load_rules(folder: Path) -> tuple[EffectRule, ...]:
    """Read every rule file of a folder. Rule ids must be unique."""
    rules = [rule for path in sorted(folder.glob("*.toml")) for rule in read_effects(path.read_text("utf-8"))]
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError("two effect rules share an id")
    return tuple(rules)


def read_effects(text: str) -> tuple[EffectRule, ...]:
    """Read the rules of one file. Raises KeyError, TypeError or ValueError when it is broken."""
    return tuple(EffectRule(**row) for row in tomllib.loads(text)["rule"])


@functools.lru_cache(maxsize=1)
def shipped_rules() -> tuple[EffectRule, ...]:
    """Return the rules that ship with the program."""
    return load_rules(resources_dir() / "policy" / "effects")


def effects_of(
    rules: tuple[EffectRule, ...],
    *,
    form: str,
    visit_id: str,
    household_id: str,
    visit_date: str,
    answers: Mapping[str, str],
) -> tuple[EntityPatch, ...]:
    """Return the records that follow from a visit's answers, by question name; each only once per visit and rule."""
    known = {**answers, "visit_date": visit_date, "household_id": household_id, "visit_id": visit_id}
    patches = []
    for rule in rules:
        answer = answers.get(rule.when)
        if rule.form != form or not (answer if rule.equals == ANY else answer == rule.equals):
            continue
        facts: dict[str, Value] = {"household_id": household_id}
        for name, text in rule.set.items():
            facts[name] = _fact(text, known, visit_id)
        fields = {name: FieldChange(None, value) for name, value in facts.items() if value is not None}
        patches.append(
            EntityPatch(rule.list, derived_id("effect", visit_id, rule.id), household_id, 0, fields)
        )
    return tuple(patches)


def _fact(text: str, known: Mapping[str, str], visit_id: str) -> Value:
    if text.startswith("$"):
        return known.get(text[1:]) or None
    return derived_id("effect", visit_id, text[1:]) if text.startswith("@") else text
