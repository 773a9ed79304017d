"""The published forms on this laptop, ready to be opened."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fieldapp.services.form_map import FormMap, map_form
from fieldapp.xform import FormDefinition, load_form

__all__ = ["OpenForm", "map_of", "open_form", "title_of"]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form with its lists, ready for a session, and the map of what belongs to the register."""

    definition: FormDefinition
    map: FormMap


@lru_cache(maxsize=32)
def map_of(xml: bytes) -> FormMap:
    """Return what of a form belongs to the register, and where."""
    return map_form(xml)


@lru_cache(maxsize=64)
def title_of(xml: bytes) -> str:
    """Return a compiled form's title, without loading the form."""
    head = xml.partition(b"<h:title>")[2].partition(b"</h:title>")[0]
    return html.unescape(head.decode("utf-8"))


def open_form(xml: bytes, lists: Mapping[str, bytes]) -> OpenForm:
    """Load a compiled form with its lists. Raises FORM errors of the engine."""
    return OpenForm(load_form(xml, dict(lists)), map_of(xml))
