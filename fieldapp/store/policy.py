"""The county's policy on this laptop: the files it has published, or those that ship with the program.

A file that this version cannot read is refused when it comes, so that a slip in the county never stops a laptop.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from sqlalchemy import Connection

from fieldapp.register.code_overrides import CODES_FILE, with_county_codes
from fieldapp.register.effects import EffectRule, shipped_rules
from fieldapp.register.policy import YearPolicy, read_policy, shipped_policy
from fieldapp.register.schema import register_schema
from fieldapp.store.settings import read_setting, write_setting

__all__ = ["county_codes", "effect_rules", "keep_policy", "year_policies"]

_KEY = "policy"
_YEARS = "years.toml"
_EFFECTS = "effects/"


def keep_policy(connection: Connection, name: str, text: str) -> None:
    """Keep a policy file (``years.toml``, ``effects/….toml``). Raises ValueError, KeyError or TypeError when broken."""
    if name == _YEARS and not _years(text):
        raise ValueError("no policy in it")
    if name.startswith(_EFFECTS):
        _rules(text)
    if name == CODES_FILE:
        with_county_codes(register_schema(), text)
    write_setting(connection, _KEY, {**_files(connection), name: text})


def year_policies(connection: Connection) -> tuple[YearPolicy, ...]:
    """Return the visit policy by year, newest first."""
    text = _files(connection).get(_YEARS)
    return _years(text) if text is not None else shipped_policy()


def effect_rules(connection: Connection) -> tuple[EffectRule, ...]:
    """Return the rules for what follows from answers, as the county runs them."""
    files = [text for name, text in sorted(_files(connection).items()) if name.startswith(_EFFECTS)]
    return tuple(rule for text in files for rule in _rules(text)) if files else shipped_rules()


def county_codes(connection: Connection) -> str | None:
    """Return the county's own codes (``codes.toml``), or None when it has none."""
    return _files(connection).get(CODES_FILE)


def _files(connection: Connection) -> Mapping[str, str]:
    files: Mapping[str, str] = read_setting(connection, _KEY) or {}
    return files


def _years(text: str) -> tuple[YearPolicy, ...]:
    return read_policy(tomllib.loads(text)["policy"])


def _rules(text: str) -> tuple[EffectRule, ...]:
    return tuple(EffectRule(**row) for row in tomllib.loads(text)["rule"])
