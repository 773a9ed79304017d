"""Rows of the household page: members, income by year, measures, problems, and visits with their ladder."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

from fieldapp.register.entities import IncomeYear, Issue, Measure, Person
from fieldapp.register.gate import APPROVAL
from fieldapp.register.identity import age_on, mask_id_number, mask_phone
from fieldapp.register.policy import income_line_of
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value, as_text
from fieldapp.ui.dates import long_day, moment, month, short_day
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell, cells

if TYPE_CHECKING:
    from fieldapp.services.households import HouseholdFile, VisitLine

__all__ = [
    "IncomeBar",
    "Rung",
    "TimeKind",
    "VisitEntry",
    "approvals_of",
    "income_bars",
    "issue_cells",
    "measure_cells",
    "member_cells",
    "visit_entries",
]


TimeKind = Literal["visit", "form", "matter", "help", "correction"]


@dataclass(frozen=True, slots=True)
class IncomeBar:
    """Net income a head of a year in yuan (None = not known), and the year's line (None = 待县里填)."""

    year: int
    per_head: float | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of what is where: 已保存 → 已封装 → 县里已收到."""

    label: str
    reached: bool


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A line of the time line, most often a visit. ``opens``: it can be read as it was filled in; ``undo`` is the
    correction that can be taken back.
    """

    visit_id: str
    day: str
    title: str
    entered: str
    lines: tuple[str, ...]
    rungs: tuple[Rung, ...]
    tone: Tone
    kind: TimeKind = "visit"
    opens: bool = True
    undo: str = ""


def member_cells(
    members: Sequence[Person], schema: RegisterSchema, today: date, *, full_numbers: bool
) -> list[tuple[Cell, ...]]:
    """Return a row a member; numbers are masked unless asked for."""
    rows = []
    for person in members:
        number = person.id_number if full_numbers else mask_id_number(person.id_number)
        phone = person.phone if full_numbers else mask_phone(person.phone)
        rows.append(
            cells(
                person.name,
                schema.label("relationship", person.relationship),
                _sex_and_age(person, schema, today),
                number or "—",
                _labels(schema, "health", person.get("health")) or "—",
                schema.label("labour", _code(person.get("labour"))) or "—",
                _occupation(person, schema) or "—",
                phone or "—",
            )
        )
    return rows


def _sex_and_age(person: Person, schema: RegisterSchema, today: date) -> str:
    parts = [schema.label("sex", person.sex)]
    with contextlib.suppress(ValueError):  # no date of birth, or one that was never checked
        parts.append(say("{n} 岁", "{n}", n=age_on(date.fromisoformat(person.birth_date or ""), today)))
    return " · ".join(part for part in parts if part)


def _occupation(person: Person, schema: RegisterSchema) -> str:
    if school := schema.label("school_state", _code(person.get("school_state"))):
        return school
    place = schema.label("work_place", _code(person.get("work_place")))
    months = as_text(person.properties, "work_months")
    if place and months:
        return say("{place}务工 {n} 个月", "works {place}, {n} months", place=place, n=months)
    return say("{place}务工", "works {place}", place=place) if place else ""


def _labels(schema: RegisterSchema, code_list: str, value: Value) -> str:
    codes = value if isinstance(value, list) else [str(value)] if value else []
    return "、".join(schema.label(code_list, code) for code in codes)


def _code(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def income_bars(incomes: Sequence[IncomeYear]) -> list[IncomeBar]:
    """Return the years oldest first."""
    bars = [
        IncomeBar(income.year, _number(income.per_capita), income_line_of(income.year)) for income in incomes
    ]
    return sorted(bars, key=lambda bar: bar.year)


def _number(text: str | None) -> float | None:
    try:
        return float(Decimal(text)) if text else None
    except InvalidOperation:
        return None


def measure_cells(measures: Sequence[Measure], schema: RegisterSchema) -> list[tuple[Cell, ...]]:
    """Return a row a measure: group, what, from–to, amount, state."""
    rows = []
    for measure in measures:
        span = " – ".join(part for part in (month(measure.started), month(measure.ended)) if part)
        amount = as_text(measure.properties, "amount")
        rows.append(
            cells(
                schema.label("measure_group", measure.group),
                measure.item,
                span or "—",
                say("{n} 元", "{n} yuan", n=amount) if amount else "—",
                schema.label("measure_state", measure.state) or "—",
            )
        )
    return rows


def issue_cells(issues: Sequence[Issue], schema: RegisterSchema, today: date) -> list[tuple[Cell, ...]]:
    """Return a row a problem: kind, what, found, deadline, state."""
    rows: list[tuple[Cell, ...]] = []
    for issue in issues:
        still_open = issue.state != "closed"
        late = still_open and bool(issue.deadline) and str(issue.deadline) < today.isoformat()
        deadline = short_day(issue.deadline, today) or "—"
        rows.append(
            (
                Cell(schema.label("issue_kind", issue.kind)),
                Cell(issue.description, tooltip=issue.description),
                Cell(short_day(issue.found_on, today) or "—", tooltip=long_day(issue.found_on)),
                Cell(
                    say("{day} 已过", "{day} passed", day=deadline) if late else deadline,
                    "attention" if late else "neutral",
                ),
                Cell(schema.label("issue_state", issue.state), "accent" if still_open else "good"),
            )
        )
    return rows


def visit_entries(
    visits: Sequence[VisitLine],
    schema: RegisterSchema,
    today: date,
    approvals: Mapping[str, tuple[str, str]] | None = None,
    readable: Collection[str] = (),
) -> list[VisitEntry]:
    """Return the time line, newest first. Late entry is said in words and has no warning colour. ``readable`` can be
    read as they were filled in. ``approvals`` are of the
    visits that the village clerk must approve: state and comment.
    """
    asked = approvals or {}
    return [
        replace(_visit_entry(line, schema, today, asked.get(line.visit.id)), opens=line.visit.id in readable)
        for line in visits
    ]


def approvals_of(file: HouseholdFile) -> dict[str, tuple[str, str]]:
    """Return which visits of a household the village clerk must approve: state and comment, by visit."""
    asked = file.others.get("proposals", ())
    return {
        str(each.get("entity_id")): (str(each.get("state")), str(each.get("note") or ""))
        for each in asked
        if each.get("name") == APPROVAL and each.get("list") == "visits"
    }


def _visit_entry(
    line: VisitLine, schema: RegisterSchema, today: date, approval: tuple[str, str] | None
) -> VisitEntry:
    visit = line.visit
    title = " · ".join(
        part
        for part in (
            schema.label("visit_mode", visit.mode),
            schema.label("visit_outcome", visit.outcome),
            visit.visitor_name,
        )
        if part
    )
    entered = schema.label("visit_source", visit.source)
    if visit.entered_at and long_day(visit.entered_at) != visit.visit_date:
        entered = say(
            "{source}，{at}录入", "{source}, typed {at}", source=entered, at=moment(visit.entered_at, today)
        )
    return VisitEntry(
        visit.id,
        visit.visit_date,
        title,
        entered,
        _visit_lines(line, schema),
        (*_rungs(line, today), *_approval(approval)),
        "bad" if line.ladder == "returned" else "neutral",
    )


def _visit_lines(line: VisitLine, schema: RegisterSchema) -> tuple[str, ...]:
    visit = line.visit
    changed = (
        say("更新了 {n} 项台账", "{n} facts updated", n=line.facts_changed) if line.facts_changed else ""
    )
    photos = as_text(visit.properties, "photo_count")
    extras = " · ".join(
        part
        for part in (
            schema.label("signing", _code(visit.get("signing"))),
            say("照片 {n} 张", "{n} photos", n=photos) if photos not in ("", "0") else "",
            changed,
        )
        if part
    )
    said = [
        (say("情况", "Summary"), visit.summary),
        (say("诉求", "Requests"), as_text(visit.properties, "requests")),
        (say("帮办", "Solved"), as_text(visit.properties, "solved")),
    ]
    return tuple(f"{label}：{text}" for label, text in said if text) + ((extras,) if extras else ())


def _approval(asked: tuple[str, str] | None) -> tuple[Rung, ...]:
    """Return the last step of a visit that must be approved; none for the others."""
    if asked is None:
        return ()
    state, note = asked
    if state == "returned":
        return (Rung(say("信息员退回：{note}", "sent back by the clerk: {note}", note=note), False),)
    return (Rung(say("信息员已审核", "approved by the clerk"), state == "confirmed"),)


def _rungs(line: VisitLine, today: date) -> tuple[Rung, ...]:
    if line.visit.source == "imported":
        return (Rung(say("县里台账", "county's ledger"), True),)
    order = {"saved": 0, "sealed": 1, "received": 2, "returned": 2}[line.ladder]
    last = say("「县里已收到」", "received by the county")
    if line.ladder == "returned":
        last = say("县里退回", "returned by the county")
    elif line.receipt_at:
        last = say("「县里已收到」{at}", "received {at}", at=moment(line.receipt_at, today))
    steps = (say("已保存", "saved"), say("已封装", "sealed"), last)
    return tuple(Rung(step, number <= order) for number, step in enumerate(steps))
