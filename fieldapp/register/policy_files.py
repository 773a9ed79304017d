"""Checking a policy file before it is put in force: the county on publishing, a laptop on receiving."""

from __future__ import annotations

import tomllib

from fieldapp.register.campaigns import read_campaigns
from fieldapp.register.code_overrides import CODES_FILE, with_county_codes
from fieldapp.register.effects import read_effects
from fieldapp.register.form_offers import OFFERS_FILE, read_offers
from fieldapp.register.gate import GATE_FILE, read_gate
from fieldapp.register.groups import GROUPS_FILE, read_groups
from fieldapp.register.policy import read_policy
from fieldapp.register.rules import read_rules
from fieldapp.register.schema import register_schema

__all__ = ["CAMPAIGNS", "EFFECTS", "RULES", "SAMPLES", "YEARS", "check_policy_file", "read_drawn"]

YEARS = "years.toml"
RULES = "rules.toml"
CAMPAIGNS = "campaigns.toml"
#: Drawn samples, one file a campaign: ``samples/<campaign id>.toml``.
SAMPLES = "samples/"
EFFECTS = "effects/"


def check_policy_file(name: str, text: str) -> None:
    """Read a policy file as the programs will. Raises ValueError with what is wrong where (Chinese / English)."""
    try:
        if name == YEARS:
            if not read_policy(tomllib.loads(text).get("policy", [])):
                raise ValueError("没有一行 [[policy]] / no [[policy]]")
        elif name == RULES:
            read_rules(text)
        elif name == CODES_FILE:
            with_county_codes(register_schema(), text)
        elif name == OFFERS_FILE:
            read_offers(text)
        elif name == CAMPAIGNS:
            read_campaigns(text)
        elif name == GATE_FILE:
            read_gate(text)
        elif name == GROUPS_FILE:
            read_groups(text)
        elif name.startswith(EFFECTS):
            read_effects(text)
        elif name.startswith(SAMPLES):
            read_drawn(text)
        else:
            tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"不是 TOML：{error} / no TOML") from error
    except KeyError as error:
        raise ValueError(f"缺 {error.args[0]} / {error.args[0]} is missing") from error
    except (TypeError, AttributeError) as error:
        raise ValueError(f"写法不对：{error} / not as it must be written") from error


def read_drawn(text: str) -> frozenset[str]:
    """Return the household ids of a drawn sample."""
    households = tomllib.loads(text)["households"]
    if not isinstance(households, list):
        raise ValueError("households 应是一个名单 / households must be a list")
    return frozenset(map(str, households))
