"""What the checks find, and how a person passes a doubt: with a reason, for as long as the facts stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["LEVELS", "LEVEL_ZH", "Finding", "Level", "digest_of", "open_findings"]

Level = Literal["error", "doubt", "hint"]
LEVELS: Final[tuple[Level, ...]] = ("error", "doubt", "hint")
#: As a county's checking lists call them.
LEVEL_ZH: Final[Mapping[Level, str]] = {"error": "错误", "doubt": "疑点", "hint": "提示"}
_DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, and the field that mends it.

    ``list``, ``entity_id`` and ``property`` open that field; ``entity_id`` is empty where a row is missing or the whole
    list is meant. ``subject`` names the records it is about. ``key`` is what a pass is kept under: it changes as soon as
    one of the values that the rule read changes.
    The sentences hold personal data: they are for the screen and for paper, never for a log.
    """

    rule_id: str
    level: Level
    household_id: str
    list: str
    entity_id: str
    property: str
    zh: str
    en: str
    subject: str
    key: str


def digest_of(values: Iterable[str]) -> str:
    """Return a short digest of values; the same values give the same digest on every machine."""
    digest = hashlib.sha256()
    for value in values:
        data = value.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.hexdigest()[: 2 * _DIGEST_BYTES]


def open_findings(findings: Iterable[Finding], passed: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the findings that still need somebody, in their order.

    ``passed`` holds reasons by :attr:`Finding.key`. An error cannot be passed, only mended, and a blank reason is none.
    """
    return tuple(
        finding for finding in findings if finding.level == "error" or not passed.get(finding.key, "").strip()
    )
