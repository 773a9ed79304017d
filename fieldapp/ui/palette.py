"""The colours, by what they mean. Every text colour reads at 4.5:1 or better on the grounds it is used on (tested)."""

from __future__ import annotations

from typing import Literal

__all__ = ["COLOURS", "Tone", "all_colours", "tone_colours"]

Tone = Literal["neutral", "accent", "good", "attention", "bad"]


class COLOURS:
    """Hex colours; never made an instance of. ``…_ground`` is the pale surface behind the colour of the same name."""

    ground = "#f2f4f6"
    card = "#ffffff"
    line = "#dde3e9"
    line_strong = "#b9c3cd"
    ink = "#17222e"
    ink_soft = "#4a5865"
    ink_faint = "#66737f"
    accent = "#1b5fbd"
    accent_dark = "#154c98"
    accent_ground = "#e7f0fb"
    good = "#17683f"
    good_ground = "#e5f3eb"
    attention = "#8a5300"
    attention_ground = "#fdf2dc"
    bad = "#a8261c"
    bad_ground = "#fcebe9"
    neutral_ground = "#e9edf1"
    nav = "#16263a"
    nav_hover = "#21364f"
    nav_ink = "#d3dde8"
    nav_faint = "#93a5b8"
    selection = "#dbe8f8"
    zebra = "#f8fafb"


def tone_colours(tone: Tone) -> tuple[str, str]:
    """Return ink and ground of a tone."""
    return {
        "neutral": (COLOURS.ink_soft, COLOURS.neutral_ground),
        "accent": (COLOURS.accent, COLOURS.accent_ground),
        "good": (COLOURS.good, COLOURS.good_ground),
        "attention": (COLOURS.attention, COLOURS.attention_ground),
        "bad": (COLOURS.bad, COLOURS.bad_ground),
    }[tone]


def all_colours() -> dict[str, str]:
    """Return every colour by name, for the stylesheet."""
    return {name: value for name, value in vars(COLOURS).items() if not name.startswith("_")}
