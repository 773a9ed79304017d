"""The content of 一口清: the figures of a village, town or county on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.sheets import blocks
from fieldapp.sheets.blocks import Block
from fieldapp.sheets.settings import Reader
from fieldapp.sheets.wording import Wording, date_zh

__all__ = ["Figure", "FigurePart", "Figures", "figures_content"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its label and number with the unit, as it is printed."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FigurePart:
    """Figures under a heading. Those of a part may overlap."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a place on a day."""

    place: str
    parts: tuple[FigurePart, ...]


def figures_content(figures: Figures, said: Reader, words: Wording) -> dict[str, object]:
    """Return the page's texts."""
    made: list[Block] = []
    for number, part in enumerate(figures.parts):
        made.append(blocks.section(f"{'一二三四五六七八九十'[number]}、{part.title}"))
        made.append(blocks.pairs(_items(part.figures), label_mm=48))
    return {
        "title": f"{figures.place}{said.text('title')}",
        "subtitle": f"截至{date_zh(words.today.isoformat())}",
        "head": None,
        "blocks": [*made, blocks.note(said.text("hint"))],
        "plates": [],
    }


def _items(figures: Sequence[Figure]) -> list[Block]:
    return [blocks.pair(figure.label, figure.text) for figure in figures]
