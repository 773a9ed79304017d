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

__all__ = ["EffectRule", "effects_of", "load_rules", "shipped_rules"]


@dataclass(frozen=True, slots=True)
class EffectRule:
    """When the answer ``when`` has the value ``equals``, make a record in ``list`` with these facts.

    In ``set``, a text that starts with ``$`` takes that answer; ``$visit_date`` and ``$household_id`` are always there.
    """

    id: str
    form: str
    when: str
    equals: str
    list: str
    set: Mapping[str, str]


def load_rules(folder: Path) -> tuple[EffectRule, ...]:
    """Read every rule file of a folder. Rule ids must be unique."""
    rules = [
        EffectRule(**row)
        for path in sorted(folder.glob("*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["rule"]
    ]
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError("two effect rules share an id")
    return tuple(rules)


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
    known = {**answers, "visit_date": visit_date, "household_id": household_id}
    patches = []
    for rule in rules:
        if rule.form != form or answers.get(rule.when) != rule.equals:
            continue
        facts: dict[str, Value] = {"household_id": household_id}
        for name, text in rule.set.items():
            facts[name] = known.get(text[1:]) or None if text.startswith("$") else text
        fields = {name: FieldChange(None, value) for name, value in facts.items() if value is not None}
        patches.append(
            EntityPatch(rule.list, derived_id("effect", visit_id, rule.id), household_id, 0, fields)
        )
    return tuple(patches)
