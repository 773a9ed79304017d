"""Campaigns: how far each is, by village and by helper, with the names behind every number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fieldapp.services.errors import NO_SUCH_CAMPAIGN

if TYPE_CHECKING:
    from fieldapp.register.campaigns import Campaign
    from fieldapp.store import CoverLine, Store

__all__ = ["CampaignProgress", "Campaigns", "Share"]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a village's or helper's households a campaign has reached; the names lie behind ``rest``."""

    name: str
    done: int
    total: int
    rest: tuple[str, ...]  # household ids not reached yet, in the order people go


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """A campaign with its shares. ``days_left`` is negative after the deadline."""

    id: str
    name: str
    kind: str
    round: int
    level: str
    form: str
    requirement: str
    starts_on: date
    deadline: date
    days_left: int
    sampled: bool
    whole: Share
    villages: tuple[Share, ...]
    helpers: tuple[Share, ...]
    lines: tuple[CoverLine, ...]


class Campaigns:
    """What the county has set going, as far as this laptop's households go."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, today: date) -> list[CampaignProgress]:
        """Return the campaigns that have begun, soonest deadline first."""
        return [
            self._progress(campaign, drawn, today)
            for campaign, drawn in self._store.campaigns()
            if campaign.starts_on <= today
        ]

    def progress(self, campaign_id: str, today: date) -> CampaignProgress:
        """Return one campaign. Raises PLAN-004."""
        for campaign, drawn in self._store.campaigns():
            if campaign.id == campaign_id:
                return self._progress(campaign, drawn, today)
        raise NO_SUCH_CAMPAIGN()

    def _progress(self, campaign: Campaign, drawn: frozenset[str] | None, today: date) -> CampaignProgress:
        lines = tuple(self._store.coverage(campaign, drawn))
        return CampaignProgress(
            id=campaign.id,
            name=campaign.name,
            kind=campaign.kind,
            round=campaign.round,
            level=campaign.level,
            form=campaign.form,
            requirement=campaign.requirement,
            starts_on=campaign.starts_on,
            deadline=campaign.deadline,
            days_left=(campaign.deadline - today).days,
            sampled=campaign.sample is not None,
            whole=_share(campaign.name, lines),
            villages=_shares(lines, lambda line: line.village_name),
            helpers=_shares(lines, lambda line: line.helper_name),
            lines=lines,
        )


def _share(name: str, lines: tuple[CoverLine, ...]) -> Share:
    rest = tuple(line.household_id for line in lines if line.done_on is None)
    return Share(name, len(lines) - len(rest), len(lines), rest)


def _shares(lines: tuple[CoverLine, ...], name_of: Callable[[CoverLine], str]) -> tuple[Share, ...]:
    some: dict[str, list[CoverLine]] = {}
    for line in lines:
        some.setdefault(name_of(line), []).append(line)
    return tuple(_share(name, tuple(found)) for name, found in some.items())
