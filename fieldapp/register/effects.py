"""What follows from an answer: rule data in ``resources/policy/effects``, run by one pure function.

The same visit gives the same records on laptop and county, with ids derived from visit and rule, so that nothing
doubles whichever side ran first (architecture decision 1).
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping, Set
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

    A question of a roster sets it off once for each row that answers so. In ``set``, a text that starts with ``$`` takes
    that answer (of the row first); ``$visit_date``, ``$visit_id`` and ``$household_id`` are always there. One that starts
    with ``@`` is the id of what another rule makes of the same visit, and of the same row when both are about one.
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
    rows: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[EntityPatch, ...]:
    """Return the records that follow from a visit's answers, by question name; each only once per visit, rule and row.

    ``rows`` are the answers of the rosters by place (``members[2]``).
    """
    known = {**answers, "visit_date": visit_date, "household_id": household_id, "visit_id": visit_id}
    own = [rule for rule in rules if rule.form == form]
    patches = []
    for rule in own:
        for place, told in {"": answers, **(rows or {})}.items():
            if not _sets_off(rule, told):
                continue
            asked_here = {each.id for each in own if place and each.when in told}

            def id_of(rule_id: str, place: str = place, here: Set[str] = asked_here) -> str:
                return derived_id("effect", visit_id, rule_id, *([place] if rule_id in here else []))

            facts: dict[str, Value] = {"household_id": household_id}
            for name, text in rule.set.items():
                facts[name] = _fact(text, {**known, **told} if place else known, id_of)
            fields = {name: FieldChange(None, value) for name, value in facts.items() if value is not None}
            patches.append(EntityPatch(rule.list, id_of(rule.id), household_id, 0, fields))
    return tuple(patches)


def _sets_off(rule: EffectRule, told: Mapping[str, str]) -> bool:
    answer = told.get(rule.when)
    return bool(answer) if rule.equals == ANY else answer == rule.equals


def _fact(text: str, known: Mapping[str, str], id_of: Callable[[str], str]) -> Value:
    if text.startswith("$"):
        return known.get(text[1:]) or None
    return id_of(text[1:]) if text.startswith("@") else text
