"""The head of a household page: name, numbers, place, and category and risk as two separate axes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fieldapp.register.identity import mask_phone
from fieldapp.register.schema import RegisterSchema
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.wording import due_text, due_tone, group_label

if TYPE_CHECKING:
    from fieldapp.register.verdict import Standing
    from fieldapp.services.households import HouseholdFile

__all__ = ["Badge", "HouseholdHead", "head_of"]


@dataclass(frozen=True, slots=True)
class Badge:
    """A word on a coloured ground."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class HouseholdHead:
    """The first card of the page."""

    name: str
    place: str
    house_no: str
    phone: str
    members: str
    helper: str
    due: Badge
    done: str
    badges: tuple[Badge, ...]


def head_of(
    file: HouseholdFile, schema: RegisterSchema, today: date, *, full: bool, door: bool
) -> HouseholdHead:
    """Return the head; at the door it says neither category nor risk."""
    household = file.household
    helper = next((pair for pair in file.pairings if pair.ended is None), None)
    due_on = file.due.due_on.isoformat() if file.due.due_on else None
    return HouseholdHead(
        name=household.head_name,
        place=" ".join(
            part
            for part in (
                file.town_name,
                file.village_name,
                group_label(household.group_name),
                household.door_no,
            )
            if part
        ),
        house_no=household.house_no,
        phone=household.phone if full else mask_phone(household.phone),
        members=say("{n} 人", "{n} members", n=len(file.members) or household.member_count),
        helper=" ".join(part for part in ((helper.staff_name, helper.unit_name) if helper else ()) if part),
        due=Badge(due_text(file.due.state, due_on, file.due.required, today), due_tone(file.due.state)),
        done=say(
            "今年 {done}/{required} 次",
            "{done} of {required} this year",
            done=file.due.done,
            required=file.due.required,
        ),
        badges=() if door else tuple(_badges(file, schema)),
    )


def _badges(file: HouseholdFile, schema: RegisterSchema) -> list[Badge]:
    household = file.household
    badges = [Badge(schema.label("household_type", household.household_type), "neutral")]
    if household.monitor_kind:
        badges.append(Badge(schema.label("monitor_kind", household.monitor_kind), "accent"))
        if household.risk_cleared is not None:
            badges.append(
                Badge(say("风险已消除", "risk cleared"), "good")
                if household.risk_cleared
                else Badge(say("风险未消除", "risk not cleared"), "attention")
            )
    flags = (
        ("low_income_allowance", say("低保", "low-income allowance")),
        ("extreme_hardship", say("特困供养", "extreme hardship")),
        ("elder_alone", say("独居老人", "elder alone")),
        ("instant_help", say("即时帮扶", "helped at once")),
        ("relocated", say("易地搬迁", "relocated")),
    )
    badges += [Badge(label, "neutral") for name, label in flags if household.get(name) is True]
    badges.append(_verdict(file.verdict.standing))
    risks = household.get("risks")
    if isinstance(risks, list):
        badges += [Badge(schema.label("risk", code), "neutral") for code in risks]
    return badges


def _verdict(standing: Standing) -> Badge:
    """Return 一超过、两不愁、三保障 of the household in a word; the sheet says which part is missing."""
    match standing:
        case "yes":
            return Badge(say("一超过两不愁三保障：达标", "all guarantees met"), "good")
        case "no":
            return Badge(say("一超过两不愁三保障：未达标", "a guarantee is not met"), "attention")
    return Badge(say("一超过两不愁三保障：待核实", "guarantees not all known"), "neutral")
