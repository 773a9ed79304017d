"""A household's facts as lines: label, value, since when and from which visit, and whether one may correct it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from fieldapp.register.entities import Entity
from fieldapp.register.schema import Property, RegisterSchema
from fieldapp.register.values import display, typed
from fieldapp.ui.dates import long_day
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import language, say

if TYPE_CHECKING:
    from fieldapp.services.households import FactOrigin, HouseholdFile

__all__ = ["SECTIONS", "Fact", "Section", "fact_at", "fact_of", "facts_of", "guarantees"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the register as the page shows it. ``text`` is empty when nothing is known."""

    list_name: str
    entity_id: str
    name: str
    label: str
    text: str
    raw: str
    origin: str
    before: str
    writable: bool
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Section:
    """A card of facts: the property names in order."""

    zh: str
    en: str
    names: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.zh if language() == "zh" else self.en


GUARANTEES = ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok")
SECTIONS: Sequence[Section] = (
    Section(
        "户情",
        "About the household",
        (
            "out_of_poverty_year",
            "identified_month",
            "cleared_month",
            "clear_way",
            "low_income_allowance",
            "extreme_hardship",
            "no_labour",
            "elder_alone",
            "relocated",
            "moved_to",
            "natural_village",
        ),
    ),
    Section(
        "住房", "Dwelling", ("house_area", "house_structure", "house_year", "house_grade", "sanitary_toilet")
    ),
    Section(
        "土地和生产生活条件",
        "Land and living",
        (
            "arable_mu",
            "forest_mu",
            "returned_forest_mu",
            "orchard_mu",
            "pasture_mu",
            "water_mu",
            "road_kind",
            "road_km",
            "electricity",
            "broadcast",
            "fuel",
            "cooperative",
            "leading_enterprise",
        ),
    ),
    Section(
        "人群分类",
        "Groups",
        (
            "instant_help",
            "hardship_care",
            "spending_hardship",
            "other_low_income",
            "nobody_supports",
            "resettlement",
            "turned_urban",
        ),
    ),
)


def facts_of(
    section: Sequence[str], file: HouseholdFile, schema: RegisterSchema, *, clerk: bool
) -> list[Fact]:
    """Return the household's facts of a section, known ones with their origin, unknown ones with an empty text."""
    lines = (fact_of(file.household, name, file, schema, clerk=clerk) for name in section)
    return [line for line in lines if line is not None]


def fact_of(
    entity: Entity, name: str, file: HouseholdFile, schema: RegisterSchema, *, clerk: bool
) -> Fact | None:
    """Return one fact of any record of the household; None for a property the register does not know."""
    prop = schema.property(entity.LIST, name)
    if prop is None:
        return None
    value = entity.get(name)
    origin = file.facts.get((entity.LIST, entity.id, name))
    before = display(prop, origin.value_before, schema) if origin else ""
    return Fact(
        list_name=entity.LIST,
        entity_id=entity.id,
        name=name,
        label=prop.zh if language() == "zh" else prop.en,
        text=display(prop, value, schema),
        raw=typed(value),
        origin=_origin_text(origin, _visit_days(file)),
        before=before,
        writable=_writable(prop, clerk=clerk),
    )


def fact_at(
    list_name: str, entity_id: str, name: str, file: HouseholdFile, schema: RegisterSchema, *, clerk: bool
) -> Fact | None:
    """Return a fact by its place in the register; None when the record is not (or no longer) in the household."""
    records: Iterable[Entity] = chain(
        (file.household,),
        file.members,
        file.incomes,
        file.measures,
        file.issues,
        file.leads,
        *file.others.values(),
    )
    found = next((record for record in records if (record.LIST, record.id) == (list_name, entity_id)), None)
    return None if found is None else fact_of(found, name, file, schema, clerk=clerk)


def guarantees(file: HouseholdFile, schema: RegisterSchema, *, clerk: bool) -> list[Fact]:
    """Return 两不愁三保障 and water: yes, no or not yet known, each with word and tone."""
    lines = []
    for fact in facts_of(GUARANTEES, file, schema, clerk=clerk):
        value = file.household.get(fact.name)
        text, tone = _guarantee_words(value)
        lines.append(dataclasses.replace(fact, text=text, tone=tone))
    return lines


def _guarantee_words(value: object) -> tuple[str, Tone]:
    if value is True:
        return say("有保障", "assured"), "good"
    if value is False:
        return say("有问题", "problem"), "bad"
    return say("未了解", "not known"), "neutral"


def _writable(prop: Property, *, clerk: bool) -> bool:
    return prop.write == "form" or (clerk and prop.write == "clerk")


def _visit_days(file: HouseholdFile) -> Mapping[str, str]:
    return {line.visit.id: line.visit.visit_date for line in file.visits}


def _origin_text(origin: FactOrigin | None, visit_days: Mapping[str, str]) -> str:
    if origin is None:
        return ""
    since = long_day(origin.since)
    if origin.visit_id and (day := visit_days.get(origin.visit_id)):
        return say("{day} 走访", "visit {day}", day=day)
    if origin.author_name:
        return say("{since} {who}", "{since} {who}", since=since, who=origin.author_name)
    return say("{since} 台账", "register {since}", since=since)
