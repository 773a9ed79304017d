"""What a rule may speak of: the kinds of values, and every fact of every list with its kind.

The facts are the register's properties (``resources/register.toml``) and the *derived* facts that
:mod:`fieldapp.register.checks.facts` works out of them, such as the age or what the identity number says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fieldapp.register.schema import Property, RegisterSchema

__all__ = [
    "CODES",
    "DATE",
    "MONTH",
    "NUMBER",
    "TEXT",
    "TRUTH",
    "Kind",
    "Vocabulary",
    "basis_of",
    "vocabulary_of",
]

KindName = Literal["text", "number", "truth", "date", "month", "code", "codes"]


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a value; ``codes`` names the code list of a code."""

    name: KindName
    codes: str | None = None


TEXT, NUMBER, TRUTH = Kind("text"), Kind("number"), Kind("truth")
DATE, MONTH, CODES = Kind("date"), Kind("month"), Kind("codes")

Vocabulary = Mapping[str, Mapping[str, Kind]]

_BY_TYPE: Mapping[str, Kind] = {
    "integer": NUMBER,
    "decimal": NUMBER,
    "boolean": TRUTH,
    "date": DATE,
    "month": MONTH,
    "text": TEXT,
    "id_number": TEXT,
    "phone": TEXT,
}
#: Derived facts by list: kind, and the properties they are worked out of (what a pass of a finding holds on to).
_DERIVED: Mapping[str, Mapping[str, tuple[Kind, tuple[str, ...]]]] = {
    "households": {
        "listed": (TRUTH, ("household_type", "monitor_kind")),
        "monitored": (TRUTH, ("monitor_kind",)),
        "at_risk": (TRUTH, ("monitor_kind", "risk_cleared")),
    },
    "persons": {
        "age": (NUMBER, ("birth_date", "id_number")),
        "school_age": (NUMBER, ("birth_date", "id_number")),
        "at_school": (TRUTH, ("school_state", "education")),
        "id_length": (NUMBER, ("id_number",)),
        "id_placeholder": (TRUTH, ("id_number",)),
        "id_problem": (TEXT, ("id_number",)),
        "id_problem_zh": (TEXT, ("id_number",)),
        "id_problem_en": (TEXT, ("id_number",)),
        "id_birth_date": (DATE, ("id_number",)),
        "id_upgraded": (TEXT, ("id_number",)),
        "id_sex": (Kind("code", "sex"), ("id_number",)),
        "id_disability_kind": (Kind("code", "disability_kind"), ("id_number",)),
        "id_disability_level": (Kind("code", "disability_level"), ("id_number",)),
    },
    "incomes": {"line": (NUMBER, ("line",))},
    "measures": {"in_force": (TRUTH, ("state",))},
}


def _kind(prop: Property) -> Kind:
    if prop.type in ("code", "codes"):
        return Kind(prop.type, prop.codes)
    return _BY_TYPE[prop.type]


def vocabulary_of(schema: RegisterSchema) -> dict[str, Mapping[str, Kind]]:
    """Return every fact of the register a rule may read, by list and name; each row also has its ``id``."""
    return {
        name: {
            "id": TEXT,
            **{prop.name: _kind(prop) for prop in spec.properties.values()},
            **{fact: kind for fact, (kind, _) in _DERIVED.get(name, {}).items()},
        }
        for name, spec in schema.lists.items()
    }


def basis_of(list_name: str, fact: str) -> tuple[str, ...]:
    """Return the stored properties behind a fact: the fact itself, or what a derived one is worked out of."""
    derived = _DERIVED.get(list_name, {}).get(fact)
    return derived[1] if derived else (fact,)
