"""The pages that people read: which there are, where they point to, and which commands they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT

__all__ = ["anchors_of", "links_of", "pages", "retired_terms", "shown_commands"]

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)>\s]+)>?[^)]*\)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_COMMAND = re.compile(r"python3 (?:\S*/)?start\.py(?P<rest>[^\n`#]*)")
_RETIRED = "| no longer used | now |"


def pages() -> list[Path]:
    """Return every page: those beside ``pyproject.toml`` and everything below ``docs/``."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links_of(text: str) -> Iterator[str]:
    """Yield the targets of a page's links and pictures that stay in this repository; what stands in code is no link."""
    for match in _LINK.finditer(_CODE.sub("", text)):
        if not _ELSEWHERE.match(match[1]):
            yield match[1]


def anchors_of(text: str) -> set[str]:
    """Return the anchors of a page's headings, as they are made from their words."""
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(_CODE.sub("", text)))
    return {heading.strip().replace(" ", "-") for heading in words}


def shown_commands(text: str) -> Iterator[list[str]]:
    """Yield the arguments of every ``start.py`` command that a page shows; ``…`` stands for more of the same."""
    for match in _COMMAND.finditer(text):
        arguments = [word for word in match["rest"].split() if word != "…"]
        if arguments:
            yield arguments


def retired_terms() -> dict[str, str]:
    """Return the glossary's words that are no longer used, with the word of today."""
    table = (ROOT / "docs" / "glossary.md").read_text("utf-8").split(_RETIRED)[1]
    rows = (line.strip("| ").split(" | ") for line in table.splitlines()[2:] if line.startswith("|"))
    return {old.strip(): new.strip() for old, new in rows}
