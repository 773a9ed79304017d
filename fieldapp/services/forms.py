"""The published forms on this laptop, ready to be opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fieldapp.services.form_map import FormMap, map_form
from fieldapp.xform import FormDefinition, load_form

__all__ = ["OpenForm", "open_form"]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form with its lists, ready for a session, and the map of what belongs to the register."""

    definition: FormDefinition
    map: FormMap


@lru_cache(maxsize=16)
def _map_of(xml: bytes) -> FormMap:
    return map_form(xml)


def open_form(xml: bytes, lists: Mapping[str, bytes]) -> OpenForm:
    """Load a compiled form with its lists. Raises FORM errors of the engine."""
    return OpenForm(load_form(xml, dict(lists)), _map_of(xml))
