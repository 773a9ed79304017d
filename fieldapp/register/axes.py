"""The axes and flags by which policy picks households: category, monitoring, marks. They are never one list.

A name here is what policy files may use; each has one meaning in Python and one in SQL, and a property test holds them
together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fieldapp.register.entities import Household

__all__ = ["AXES", "Axis", "fits_any"]


@dataclass(frozen=True, slots=True)
class Axis:
    """A name, its label, whether a household is of it, and the same over the table of households, called h."""

    name: str
    zh: str
    en: str
    holds: Callable[[Household], bool]
    sql: str


def _flag(name: str, zh: str, en: str) -> Axis:
    return Axis(
        name,
        zh,
        en,
        lambda household: household.get(name) is True,
        f"ifnull(json_extract(h.properties, '$.{name}'), 0)",
    )


AXES: Mapping[str, Axis] = {
    axis.name: axis
    for axis in (
        Axis(
            "out_of_poverty",
            "脱贫户",
            "out of poverty",
            lambda household: household.household_type == "out_of_poverty",
            "h.household_type = 'out_of_poverty'",
        ),
        Axis(
            "monitored",
            "监测对象",
            "monitored",
            lambda household: household.monitor_kind is not None,
            "h.monitor_kind IS NOT NULL",
        ),
        Axis(
            "risk_open",
            "风险未消除",
            "risk not cleared",
            lambda household: household.monitor_kind is not None and household.risk_cleared is not True,
            "h.monitor_kind IS NOT NULL AND NOT ifnull(h.risk_cleared, 0)",
        ),
        Axis(
            "ordinary",
            "一般农户",
            "ordinary",
            lambda household: not household.listed,
            "h.household_type != 'out_of_poverty' AND h.monitor_kind IS NULL",
        ),
        _flag("elder_alone", "独居老人", "elder living alone"),
        _flag("extreme_hardship", "特困供养", "extreme hardship"),
        _flag("low_income_allowance", "低保", "low-income allowance"),
        _flag("instant_help", "即时帮扶", "helped at once"),
        _flag("relocated", "易地搬迁", "relocated"),
        _flag("no_labour", "整户无劳动能力", "no one able to work"),
    )
}


def fits_any(names: tuple[str, ...], household: Household) -> bool:
    """Tell whether a household is of any of the axes; no axes ask nothing."""
    return not names or any(AXES[name].holds(household) for name in names)
