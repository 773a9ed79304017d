"""The colours, by what they mean. Every text colour reads at 4.5:1 or better on the grounds it is used on (tested)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["COLOURS", "Colours", "Tone", "tone_colours"]

Tone = Literal["neutral", "accent", "good", "attention", "bad"]


@dataclass(frozen=True, slots=True)
class Colours:
    """Hex colours. ``…_ground`` is the pale surface behind the colour of the same name."""

    ground: str = "#f2f4f6"
    card: str = "#ffffff"
    line: str = "#dde3e9"
    line_strong: str = "#b9c3cd"
    ink: str = "#17222e"
    ink_soft: str = "#4a5865"
    ink_faint: str = "#66737f"
    accent: str = "#1b5fbd"
    accent_dark: str = "#154c98"
    accent_ground: str = "#e7f0fb"
    good: str = "#17683f"
    good_ground: str = "#e5f3eb"
    attention: str = "#8a5300"
    attention_ground: str = "#fdf2dc"
    bad: str = "#a8261c"
    bad_ground: str = "#fcebe9"
    neutral_ground: str = "#e9edf1"
    nav: str = "#16263a"
    nav_hover: str = "#21364f"
    nav_ink: str = "#d3dde8"
    nav_faint: str = "#93a5b8"
    selection: str = "#dbe8f8"
    zebra: str = "#f8fafb"


COLOURS = Colours()


def tone_colours(tone: Tone) -> tuple[str, str]:
    """Return ink and ground of a tone."""
    return {
        "neutral": (COLOURS.ink_soft, COLOURS.neutral_ground),
        "accent": (COLOURS.accent, COLOURS.accent_ground),
        "good": (COLOURS.good, COLOURS.good_ground),
        "attention": (COLOURS.attention, COLOURS.attention_ground),
        "bad": (COLOURS.bad, COLOURS.bad_ground),
    }[tone]
