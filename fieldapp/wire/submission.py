"""The answers of a submission by question name: what the effect rules read, the same on laptop and county."""

from __future__ import annotations

from collections import Counter
from typing import NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from fieldapp.wire.problems import BAD_RECORD

__all__ = ["flat_answers"]


def flat_answers(xml: str | bytes) -> dict[str, str]:
    """Return the leaf answers by question name; repeated parts are left out, since no name is theirs alone.

    Raises bad-record for anything but plain, well-formed XML: a document type (and with it every entity bomb) is
    refused before it is read.
    """
    answers: dict[str, str] = {}
    todo = [_root(xml)]
    while todo:
        node = todo.pop()
        names = Counter(child.tag for child in node)
        for child in node:
            if names[child.tag] > 1:
                continue
            if len(child):
                todo.append(child)
            elif child.text:
                answers.setdefault(child.tag.rsplit("}", 1)[-1], child.text)
    return answers


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
