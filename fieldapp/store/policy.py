"""The county's policy on this laptop: the files it has published, or those that ship with the program.

A file that this version cannot read is refused when it comes, so that a slip in the county never stops a laptop.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from sqlalchemy import Connection

from fieldapp.register.campaigns import Campaign, read_campaigns
from fieldapp.register.code_overrides import CODES_FILE
from fieldapp.register.effects import EffectRule, read_effects, shipped_rules
from fieldapp.register.form_offers import OFFERS_FILE, FormOffer, read_offers, shipped_offers
from fieldapp.register.gate import GATE_FILE, Gate, read_gate, shipped_gate
from fieldapp.register.groups import GROUPS_FILE, GroupBook, read_groups, shipped_groups
from fieldapp.register.policy import YearPolicy, read_policy, shipped_policy
from fieldapp.register.policy_files import (
    CAMPAIGNS,
    EFFECTS,
    RULES,
    SAMPLES,
    YEARS,
    check_policy_file,
    read_drawn,
)
from fieldapp.register.rules import RuleBook, read_rules, shipped_rulebook
from fieldapp.store.settings import read_setting, write_setting

__all__ = [
    "campaigns",
    "county_codes",
    "effect_rules",
    "form_offers",
    "gate_of",
    "group_book",
    "keep_policy",
    "rule_book",
    "year_policies",
]

_KEY = "policy"


def keep_policy(connection: Connection, name: str, text: str) -> None:
    """Keep a policy file (``years.toml``, ``rules.toml``, ``campaigns.toml``, ``effects/….toml`` …). Raises ValueError."""
    check_policy_file(name, text)
    write_setting(connection, _KEY, {**_files(connection), name: text})


def year_policies(connection: Connection) -> tuple[YearPolicy, ...]:
    """Return the visit policy by year, newest first."""
    text = _files(connection).get(YEARS)
    return _years(text) if text is not None else shipped_policy()


def effect_rules(connection: Connection) -> tuple[EffectRule, ...]:
    """Return the rules for what follows from answers, as the county runs them."""
    files = [text for name, text in sorted(_files(connection).items()) if name.startswith(EFFECTS)]
    return tuple(rule for text in files for rule in read_effects(text)) if files else shipped_rules()


def rule_book(connection: Connection) -> RuleBook:
    """Return the county's policy values with their days."""
    text = _files(connection).get(RULES)
    return read_rules(text) if text is not None else shipped_rulebook()


def campaigns(connection: Connection) -> tuple[tuple[Campaign, frozenset[str] | None], ...]:
    """Return the county's campaigns, soonest deadline first, each with its drawn households where it is a sample."""
    files = _files(connection)
    text = files.get(CAMPAIGNS)
    if text is None:
        return ()
    drawn = {name: read_drawn(content) for name, content in files.items() if name.startswith(SAMPLES)}
    return tuple(
        (each, drawn.get(f"{SAMPLES}{each.id}.toml", frozenset()) if each.sample else None)
        for each in read_campaigns(text)
    )


def form_offers(connection: Connection) -> tuple[FormOffer, ...]:
    """Return which forms are offered for a household, to whom and when."""
    text = _files(connection).get(OFFERS_FILE)
    return read_offers(text) if text is not None else shipped_offers()


def county_codes(connection: Connection) -> str | None:
    """Return the county's own codes (``codes.toml``), or None when it has none."""
    return _files(connection).get(CODES_FILE)


def gate_of(connection: Connection) -> Gate:
    """Return which changes of a helper wait for the village clerk."""
    text = _files(connection).get(GATE_FILE)
    return read_gate(text) if text is not None else shipped_gate()


def group_book(connection: Connection) -> GroupBook:
    """Return the county's groups of households."""
    text = _files(connection).get(GROUPS_FILE)
    return read_groups(text) if text is not None else shipped_groups()


def _files(connection: Connection) -> Mapping[str, str]:
    files: Mapping[str, str] = read_setting(connection, _KEY) or {}
    return files


def _years(text: str) -> tuple[YearPolicy, ...]:
    return read_policy(tomllib.loads(text)["policy"])
