"""The area tree of a county as the books tell it: names of town and village against the 12-digit statistics code.

County 6 digits, town 9, village 12 (data rules C1). The rows of a book name a village; its code comes from the sheet of
villages in the same book, or from the areas the caller already knows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from fieldapp.exchange.texts import folded
from fieldapp.register.entities import Area

__all__ = ["VILLAGE_CODE", "AreaBook", "common_area"]

VILLAGE_CODE = re.compile(r"\d{12}")
_VILLAGE_SUFFIX = re.compile(r"(村民委员会|居民委员会|村委会|居委会|社区居委会)$")
_COUNTY_DIGITS, _TOWN_DIGITS = 6, 9


class AreaBook:
    """Finds the code of a village by its names, and collects the tree."""

    def __init__(self, known: Iterable[Area] = ()) -> None:
        self._areas: dict[str, Area] = {}
        self._villages: dict[tuple[str, str], str] = {}
        self._towns: dict[str, str] = {}
        known = list(known)
        names = {area.code: area.name for area in known}
        for area in known:
            if area.level == "village":
                self._villages[_plain(names.get(area.parent, "")), _plain(area.name)] = area.code
            elif area.level == "town":
                self._towns[_plain(area.name)] = area.code

    def add_village(self, code: str, county: str, town: str, village: str) -> None:
        """Take a village of 12 digits into the tree, with its town and county."""
        county_code, town_code = code[:_COUNTY_DIGITS], code[:_TOWN_DIGITS]
        self._areas.setdefault(county_code, Area(code=county_code, parent="", name=county, level="county"))
        self._areas.setdefault(town_code, Area(code=town_code, parent=county_code, name=town, level="town"))
        self._areas[code] = Area(code=code, parent=town_code, name=village, level="village")
        self._villages[_plain(town), _plain(village)] = code
        self._towns[_plain(town)] = town_code

    def village_code(self, town: str, village: str) -> str | None:
        """Return the code of a village, or None when nobody told it."""
        return self._villages.get((_plain(town), _plain(village)))

    def place_code(self, town: str, village: str) -> str:
        """Return the code of the narrowest place named: village, else town, else the county; empty when unknown."""
        if village:
            return self.village_code(town, village) or ""
        if town:
            return self._towns.get(_plain(town), "")
        return next((code for code in self._areas if len(code) == _COUNTY_DIGITS), "")

    def areas(self) -> list[Area]:
        """Return the areas that were added, parents before children."""
        return sorted(self._areas.values(), key=lambda area: (len(area.code), area.code))


def common_area(codes: Iterable[str]) -> str:
    """Return the narrowest area that holds all the villages: a village, a town, a county, or nothing."""
    prefix = os.path.commonprefix(list(codes))
    for digits in (12, _TOWN_DIGITS, _COUNTY_DIGITS):
        if len(prefix) >= digits:
            return prefix[:digits]
    return ""


def _plain(name: str) -> str:
    """Return a place name without what exports add to it (王庄村村委会 → 王庄村)."""
    return _VILLAGE_SUFFIX.sub("", folded(name))
