"""Data checks: rules as data (``resources/checks``), run over a household; doubles over the whole register.

The way of a check: :func:`shipped_rules` reads and compiles the rules once → :func:`run_checks` looks at one
:class:`CheckContext` → findings that open the field which mends them → :func:`open_findings` leaves out what a person
has passed with a reason.
"""

from fieldapp.register.checks.context import CheckContext
from fieldapp.register.checks.duplicates import (
    Duplicate,
    PersonRow,
    normalised_name,
    same_name_and_birth,
    same_number,
    same_phone,
)
from fieldapp.register.checks.finding import LEVEL_ZH, LEVELS, Finding, Level, open_findings
from fieldapp.register.checks.near import NEAR_REASONS, NearPair, NearReason, near_duplicates
from fieldapp.register.checks.passing import pass_id, pass_patch, passed_reasons, unpass_patch
from fieldapp.register.checks.rules import CheckRule, RuleBook, load_rules, shipped_rules
from fieldapp.register.checks.running import run_checks

__all__ = [
    "LEVELS",
    "LEVEL_ZH",
    "NEAR_REASONS",
    "CheckContext",
    "CheckRule",
    "Duplicate",
    "Finding",
    "Level",
    "NearPair",
    "NearReason",
    "PersonRow",
    "RuleBook",
    "load_rules",
    "near_duplicates",
    "normalised_name",
    "open_findings",
    "pass_id",
    "pass_patch",
    "passed_reasons",
    "run_checks",
    "same_name_and_birth",
    "same_number",
    "same_phone",
    "shipped_rules",
    "unpass_patch",
]
