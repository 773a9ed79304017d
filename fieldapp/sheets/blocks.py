"""The blocks of the short papers, as ``papers.typ`` sets them: headings, pairs, tables, notes, lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Block", "note", "pair", "pairs", "section", "sign", "table"]

Block = dict[str, object]


def section(text: str) -> Block:
    """Return a heading."""
    return {"kind": "section", "text": text}


def note(text: str) -> Block:
    """Return small text."""
    return {"kind": "note", "text": text}


def pair(label: str, value: str, *, name: bool = False, wide: bool = False) -> Block:
    """Return a label with its value; ``name``: set as a name."""
    return {"label": label, "value": value or "—", "name": name, "wide": wide}


def pairs(items: Sequence[Block], *, beside: int = 2, label_mm: int = 27) -> Block:
    """Return labels and values, some beside each other."""
    return {"kind": "pairs", "items": list(items), "pairs": beside, "label_mm": label_mm}


def table(
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    empty: str,
    *,
    aligns: Sequence[str] = (),
    names: Sequence[int] = (),
) -> Block:
    """Return a table; a width of 0 takes what is left, ``names`` are columns of names."""
    return {
        "kind": "table",
        "heads": list(heads),
        "widths": list(widths),
        "rows": [list(row) for row in rows],
        "empty": empty,
        "aligns": list(aligns),
        "names": list(names),
    }


def sign(text: str, *who: str) -> Block:
    """Return lines to sign on, under a sentence."""
    return {"kind": "sign", "text": text, "who": list(who)}
