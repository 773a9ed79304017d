"""The answers of a submission by question name: what the effect rules read, the same on laptop and county."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from fieldapp.wire.problems import BAD_RECORD

__all__ = ["AnswerRow", "Answers", "flat_answers", "read_answers", "repeats_of"]

_REPEAT = "http://www.w3.org/2002/xforms}repeat"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The answers of one row of a repeat; ``place`` is where it stands (``members[2]``), the same whoever reads it."""

    place: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands once in a submission, and what stands in its repeats."""

    flat: Mapping[str, str]
    rows: tuple[AnswerRow, ...] = ()


def flat_answers(xml: str | bytes, repeats: Collection[str] = ()) -> dict[str, str]:
    """Return the leaf answers outside the repeats by question name. Raises bad-record, see :func:`read_answers`."""
    return dict(read_answers(xml, repeats).flat)


def read_answers(xml: str | bytes, repeats: Collection[str] = ()) -> Answers:
    """Return the leaf answers by question name, those of repeats row by row: no name there is theirs alone.

    ``repeats`` are the form's own (:func:`repeats_of`); without them a repeat with a single row cannot be told from a
    group. Raises bad-record for anything but plain, well-formed XML: a document type (and with it every entity bomb) is
    refused before it is read.
    """
    root = _root(xml)
    flat: dict[str, str] = {}
    rows: list[AnswerRow] = []
    known = frozenset(repeats)
    todo: list[tuple[ElementTree.Element, str, str, dict[str, str]]] = [(root, "/" + _name(root), "", flat)]
    while todo:
        node, ref, place, into = todo.pop()
        counts = Counter(child.tag for child in node)
        numbers: Counter[str] = Counter()
        inner = []
        for child in node:
            name = _name(child)
            at = f"{ref}/{name}"
            if counts[child.tag] > 1 or at in known:
                numbers[name] += 1
                told: dict[str, str] = {}
                here = f"{place}{name}[{numbers[name]}]"
                rows.append(AnswerRow(here, told))
                if not len(child) and child.text:
                    told[name] = child.text
                inner.append((child, at, f"{here}/", told))
            elif len(child):
                inner.append((child, at, place, into))
            elif child.text:
                into.setdefault(name, child.text)
        todo.extend(inner)
    return Answers(flat, tuple(rows))


@functools.lru_cache(maxsize=64)
def repeats_of(form: bytes) -> frozenset[str]:
    """Return the repeats of a published form as refs (``/data/members``); none of a form that cannot be read."""
    found: set[str] = set()
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _REPEAT and "nodeset" in attributes:
            found.add(attributes["nodeset"])

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(form, True)
    except (expat.ExpatError, ValueError):
        return frozenset()
    return frozenset(found)


def _name(node: ElementTree.Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _root(xml: str | bytes) -> ElementTree.Element:
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda tag, attributes: builder.start(tag, attributes)
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError) as error:
        raise BAD_RECORD(detail=f"submission: {type(error).__name__}") from None


def _refuse(*_: object) -> NoReturn:
    raise ValueError("document type")
