"""What is asked of the findings, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.register.checks import Finding, Level

__all__ = ["FindingFilter", "FindingLine", "RuleCount"]


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings: all parts must hold; an empty part asks for nothing. ``passed``: those passed, else those open."""

    levels: frozenset[Level] = field(default_factory=frozenset)
    area_code: str = ""
    staff_id: str = ""
    household_id: str = ""
    rule_id: str = ""
    text: str = ""
    passed: bool = False


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with whom it is about, and how it was passed (empty texts while it is open)."""

    id: int
    finding: Finding
    head_name: str
    house_no: str
    village_name: str
    group_name: str
    helper_name: str
    pass_id: str = ""
    reason: str = ""
    passed_on: str = ""
    passed_by: str = ""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many findings a rule has, in how many households."""

    rule_id: str
    level: Level
    findings: int
    households: int
