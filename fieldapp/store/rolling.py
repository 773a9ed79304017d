"""The summaries of today: rolled on when the day or the policy has changed, refreshed where something was written."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import Connection

from fieldapp.register.campaigns import Campaign
from fieldapp.register.effects import EffectRule
from fieldapp.register.form_offers import FormOffer
from fieldapp.register.policy import VisitPlan, YearPolicy, policy_for
from fieldapp.register.rules import RuleBook
from fieldapp.store.base import StoreBase, raw
from fieldapp.store.checking import mark_unchecked
from fieldapp.store.policy import (
    campaigns,
    effect_rules,
    form_offers,
    keep_policy,
    rule_book,
    year_policies,
)
from fieldapp.store.search_index import forget_households, index_households
from fieldapp.store.settings import read_setting, write_setting
from fieldapp.store.summaries import place_households, plan_signature, refresh, stale_households

__all__ = ["Rolling"]

#: Where the state of the summaries is kept among the settings.
_STATE_KEY = "summaries"


class Rolling(StoreBase):
    """Summaries that are right today. Everything that writes or reads the work list goes through here."""

    #: Counts the writes that changed the work list; saving a draft is none.
    generation = 0
    _derived = False
    _rolled_to: date | None = None
    _policies: tuple[YearPolicy, ...] | None = None
    _values: RuleBook | None = None

    @contextlib.contextmanager
    def _write(self) -> Iterator[Connection]:
        try:
            with super()._write() as connection:
                self._derived = False
                yield connection
                derived = self._derived
        except BaseException:
            self._rolled_to = None  # what was rolled in this transaction is undone with it
            raise
        if derived:
            self.generation += 1

    def policies(self) -> tuple[YearPolicy, ...]:
        """Return the county's visit policy by year, newest first."""
        if self._policies is None:
            with self._read() as connection:
                self._policies = year_policies(connection)
        return self._policies

    def effect_rules(self) -> tuple[EffectRule, ...]:
        """Return the county's rules for what follows from answers."""
        with self._read() as connection:
            return effect_rules(connection)

    def rule_book(self) -> RuleBook:
        """Return the county's policy values with their days."""
        if self._values is None:
            with self._read() as connection:
                self._values = rule_book(connection)
        return self._values

    def campaigns(self) -> tuple[tuple[Campaign, frozenset[str] | None], ...]:
        """Return the county's campaigns, each with its drawn households where it is a sample."""
        with self._read() as connection:
            return campaigns(connection)

    def form_offers(self) -> tuple[FormOffer, ...]:
        """Return which forms are offered for a household, as the county says."""
        with self._read() as connection:
            return form_offers(connection)

    def put_policy(self, name: str, text: str) -> None:
        """Take a policy file of the county. Raises ValueError, KeyError or TypeError when it is broken."""
        with self._write() as connection:
            keep_policy(connection, name, text)
            self._policies = self._values = None
            self._roll(connection)
            self._derived = True  # groups are policy, and the list may be filtered by them

    def _be_current(self) -> None:
        """Roll the summaries on to today, when somebody is about to read them."""
        if self._rolled_to != self._clock.today():
            with self._write() as connection:
                self._roll(connection)

    def _plan(self, connection: Connection, today: date) -> VisitPlan:
        return policy_for(today.year, year_policies(connection)).plan

    def _roll(self, connection: Connection) -> VisitPlan:
        """Bring the summaries to today's date and rules inside a write; return the rules in force."""
        today = self._clock.today()
        plan = self._plan(connection, today)
        state = read_setting(connection, _STATE_KEY)
        now = {
            "day": today.isoformat(),
            "rule": plan_signature(plan),
        }
        if state != now:
            was = date.fromisoformat(state["day"]) if state and state["rule"] == now["rule"] else None
            if was is not None and was.year == today.year and was < today:
                ids = stale_households(connection, self.site.county_code, was, today)
            else:
                ids = [row[0] for row in raw(connection).execute("SELECT household_id FROM summaries")]
            refresh(connection, self.site.county_code, ids, plan, today)
            write_setting(connection, _STATE_KEY, now)
            self._derived = True
        self._rolled_to = today
        return plan

    def _refresh(
        self,
        connection: Connection,
        *,
        placed: Collection[str] = (),
        searched: Collection[str] = (),
        counted: Collection[str] = (),
    ) -> None:
        """Bring derived rows in step with what was written: households whose own row changed (``placed``), whose
        names or numbers changed (``searched``), whose visits, issues, helpers or outbox changed (``counted``).
        """
        plan = self._roll(connection)
        county = self.site.county_code
        self._derived = True
        if placed:
            forget_households(connection, place_households(connection, county, placed))
        if placed or counted:
            refresh(connection, county, {*placed, *counted}, plan, self._clock.today())
            mark_unchecked(connection, {*placed, *counted})
        index_households(connection, county, searched)
