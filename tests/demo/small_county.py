"""The small county, generated once for all tests of this folder and read with the importer's reader."""

from __future__ import annotations

import atexit
import functools
import tempfile
from datetime import date
from pathlib import Path

from fieldapp.demo.generate import SMALL, GeneratedCounty, generate_county
from fieldapp.exchange import (
    BookReading,
    HouseholdRecord,
    LedgerReading,
    PersonRecord,
    read_register_book,
    read_visit_ledger,
    shipped_layouts,
)

TODAY = date(2026, 11, 22)
SEED = 20261122


@functools.cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="县 ")
    atexit.register(folder.cleanup)
    return Path(folder.name)


@functools.cache
def county() -> GeneratedCounty:
    """Return the small county."""
    return generate_county(_folder(), seed=SEED, today=TODAY, scale=SMALL)


@functools.cache
def register() -> BookReading:
    """Return what its one town's workbook says."""
    (book,) = county().register_books
    return read_register_book(book, shipped_layouts(), today=TODAY)


@functools.cache
def ledger() -> LedgerReading:
    """Return what its visit ledger says."""
    (book,) = county().ledgers
    return read_visit_ledger(book, shipped_layouts(), today=TODAY)


def households(*, listed: bool | None = None) -> list[HouseholdRecord]:
    """Return the households, only the listed or only the ordinary ones when asked."""
    return [house for house in register().households if listed in (None, is_listed(house))]


def is_listed(house: HouseholdRecord) -> bool:
    """Tell whether a household is on the county's lists."""
    return house.facts["household_type"] == "out_of_poverty" or "monitor_kind" in house.facts


def people() -> list[PersonRecord]:
    """Return every person of the county."""
    return [person for house in register().households for person in house.persons]
