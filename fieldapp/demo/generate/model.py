"""What the generator makes before it is written: families, with facts by the register's property names."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.demo.generate.geography import Village
from fieldapp.demo.generate.scale import Kind
from fieldapp.register.values import Value

__all__ = ["Cadre", "Facts", "Family", "Member", "Slot", "VisitNote"]

Facts = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Slot:
    """A household to be made: where, of which kind, how many persons."""

    village: Village
    kind: Kind
    size: int


@dataclass(slots=True)
class Member:
    """A person with what the generator needs beside the facts."""

    age: int
    facts: Facts

    def text(self, name: str) -> str:
        value = self.facts.get(name)
        return "" if value is None else str(value)

    @property
    def states(self) -> list[str]:
        """The health codes."""
        health = self.facts.get("health")
        return health if isinstance(health, list) else []


@dataclass(frozen=True, slots=True)
class Cadre:
    """A cadre with post, unit and telephone."""

    name: str
    sex: str
    politics: str
    post: str
    unit: str
    phone: str
    village: Village | None = None


@dataclass(frozen=True, slots=True)
class VisitNote:
    """A visit of the ledger: its facts, and who went."""

    facts: Facts
    visitor: Cadre


@dataclass(slots=True)
class Family:
    """A household with all that the books say of it."""

    house_no: str
    slot: Slot
    members: list[Member]
    facts: Facts
    incomes: list[Facts] = field(default_factory=list)
    measures: list[Facts] = field(default_factory=list)
    helper: Cadre | None = None
    pairings: list[tuple[Cadre, Facts]] = field(default_factory=list)
    visits: list[VisitNote] = field(default_factory=list)

    @property
    def head(self) -> Member:
        return self.members[0]

    @property
    def monitored(self) -> bool:
        return self.slot.kind in ("unstable", "marginal")
