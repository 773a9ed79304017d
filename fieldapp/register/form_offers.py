"""Which forms are offered for a household: data of the county (``policy/forms.toml``), judged by one pure function."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from fieldapp.common.resources import resources_dir
from fieldapp.register.entities import Entity, Household
from fieldapp.register.entity import E

__all__ = ["OFFERS_FILE", "FormOffer", "offer_for", "read_offers", "shipped_offers"]

OFFERS_FILE = "forms.toml"
When = Literal["any", "listed", "monitored", "leads", "issues"]
_WHEN = frozenset({"any", "listed", "monitored", "leads", "issues"})


@dataclass(frozen=True, slots=True)
class FormOffer:
    """One form: its group and why it fits (Chinese, English), to which roles (none named: all), when, what it takes up."""

    form_id: str
    group: tuple[str, str]
    why: tuple[str, str]
    when: str = "any"
    roles: frozenset[str] = frozenset()
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    years: frozenset[str] = frozenset()
    batch: bool = False

    def fits(self, household: Household, role: str, open_lists: Iterable[str] = ()) -> bool:
        """Tell whether the form is offered: ``open_lists`` names the lists with an open record of the household."""
        if self.roles and role not in self.roles:
            return False
        match self.when:
            case "listed":
                return household.listed
            case "monitored":
                return household.monitor_kind is not None and not household.risk_cleared
            case "leads" | "issues":
                return self.when in open_lists
        return True

    def takes_up(self, records: Iterable[E], year: int) -> tuple[E, ...]:
        """Return those of a list's records that the form begins with."""
        return tuple(record for record in records if self._takes(record, year))

    def _takes(self, record: Entity, year: int) -> bool:
        if record.LIST in self.years and record.get("year") != year:
            return False
        wanted = self.states.get(record.LIST)
        return wanted is None or record.get("state") in wanted


def read_offers(text: str) -> tuple[FormOffer, ...]:
    """Read the file. Raises KeyError, TypeError or ValueError when it is broken."""
    return tuple(_offer(row) for row in tomllib.loads(text)["form"])


def offer_for(offers: Iterable[FormOffer], form_id: str) -> FormOffer:
    """Return the offer of a form; one that the county has published and not described is an ad-hoc survey for all."""
    found = next((offer for offer in offers if offer.form_id == form_id), None)
    return found or FormOffer(
        form_id, ("专项调查", "Surveys"), ("县里发布的专项调查", "A survey of the county")
    )


@functools.lru_cache(maxsize=1)
def shipped_offers() -> tuple[FormOffer, ...]:
    """Return the offers that ship with the program."""
    return read_offers((resources_dir() / "policy" / OFFERS_FILE).read_text("utf-8"))


def _offer(row: Mapping[str, object]) -> FormOffer:
    when = str(row.get("when", "any"))
    if when not in _WHEN:
        raise ValueError(f"{row['id']}: unknown condition {when}")
    states, years, roles = row.get("states", {}), row.get("years", []), row.get("roles", [])
    if not (isinstance(states, dict) and isinstance(years, list) and isinstance(roles, list)):
        raise TypeError(f"{row['id']}: states, years or roles")
    return FormOffer(
        form_id=str(row["id"]),
        group=_pair(row["group"]),
        why=_pair(row["why"]),
        when=when,
        roles=frozenset(roles),
        states={name: frozenset(some) for name, some in states.items()},
        years=frozenset(years),
        batch=row.get("batch") is True,
    )


def _pair(told: object) -> tuple[str, str]:
    if not (isinstance(told, list) and len(told) == 2):
        raise ValueError("a Chinese and an English text")
    return str(told[0]), str(told[1])
