"""Corrections in memory, judged by the register's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.register.income_sums import IncomeSum
from fieldapp.register.schema import Property, register_schema
from fieldapp.register.values import Refusal, convert
from fieldapp.services.corrections import BatchRow, Corrected, CorrectionLine

__all__ = ["FakeCorrections"]


@dataclass
class FakeCorrections:
    """Knows three facts; ``done`` are the batches, ``undone`` what was taken back."""

    heads: Mapping[str, str]
    values: dict[tuple[str, str], str] = field(default_factory=dict)
    done: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    lines: list[CorrectionLine] = field(default_factory=list)
    offer: IncomeSum | None = None

    def properties(self) -> list[Property]:
        known = register_schema().lists["households"].properties
        return [known[name] for name in ("group_name", "arable_mu", "electricity")]

    def rows(self, name: str, household_ids: Sequence[str]) -> list[BatchRow]:
        return [
            BatchRow(
                id,
                self.heads[id],
                "杨庄村 一组",
                self.values.get((name, id), ""),
                self.values.get((name, id), ""),
            )
            for id in household_ids
        ]

    def refusal(self, name: str, text: str) -> Refusal | None:
        prop = register_schema().lists["households"].properties[name]
        value = convert(prop, text, register_schema())
        return value if isinstance(value, Refusal) else None

    def batch(self, name: str, texts: Mapping[str, str], reason: str) -> Corrected:
        self.done.append((name, dict(texts), reason))
        self.values.update({(name, id): text for id, text in texts.items()})
        return Corrected(f"change-{len(self.done)}", len(texts), 0, 0)

    def of_household(self, household_id: str) -> list[CorrectionLine]:
        return list(self.lines)

    def income_offer(self, household_id: str) -> IncomeSum | None:
        return self.offer

    def take_sums(self, household_id: str) -> Corrected:
        self.offer = None
        return Corrected("sums", 3, 0, 0)

    def undo(self, change_id: str) -> Corrected:
        self.undone.append(change_id)
        return Corrected("back", 1, 0, 0)

    def take_back(self, done: Corrected, reason: str) -> Corrected:
        self.undone.append(done.change_id)
        name, texts, _ = self.done[-1]
        self.values.update({(name, id): "" for id in texts})
        return Corrected("back", done.facts, 0, 0)
