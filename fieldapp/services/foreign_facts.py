"""Facts of another office's sheet against the register: of persons, of households, and of a household's income of a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fieldapp.common.ids import derived_id
from fieldapp.exchange.foreign import ForeignRow
from fieldapp.exchange.foreign.guessing import YEAR
from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.entities import Entity, Household, IncomeYear, Person
from fieldapp.register.schema import Property
from fieldapp.register.values import Value, display
from fieldapp.services.foreign_rows import LineState, Register, SheetLine, unreadable

__all__ = ["compare_facts", "merged"]


def compare_facts(rows: Sequence[ForeignRow], register: Register, year: int = 0) -> list[SheetLine]:
    """Return a line for each cell that differs from the register, and one for each row that is about nobody. Incomes are of the
    row's year, else of ``year``; the rows of a household's members tell its income once.
    """
    seen: Counter[str] = Counter()
    incomes: dict[tuple[str, int, str], Value] = {}
    lines = []
    for row in rows:
        person, home, line = register.about(row)
        if home is None:
            lines.append(line)
            continue
        of = int(str(row.values.get(YEAR) or year or 0))
        lines += _incomes(row, home, replace(line, who=line.head_name), of, register, incomes)
        about = f"{person.id if person is not None else home.id} {of if YEAR in row.values else ''}"
        seen[about] += 1
        if seen[about] > 1:
            if person is not None or not _income_targets(row):
                why = "这个人（户）在表里出现两次"
                lines.append(replace(line, state="twice", why_zh=why, why_en="stands twice in the sheet"))
            continue
        lines += _cells(row, person, home, line, register)
    return lines


def merged(patches: Iterable[EntityPatch]) -> list[EntityPatch]:
    """Return one patch a record: the cells of one record are one act."""
    found: dict[tuple[str, str], EntityPatch] = {}
    for patch in patches:
        key = patch.list, patch.entity_id
        there = found.get(key)
        found[key] = replace(there, fields={**there.fields, **patch.fields}) if there is not None else patch
    return list(found.values())


def _cells(
    row: ForeignRow, person: Person | None, home: Household, line: SheetLine, register: Register
) -> Iterator[SheetLine]:
    for target in (*row.values, *row.unreadable):
        list_name, _, name = target.partition(".")
        prop = register.schema.property(list_name, name)
        entity: Entity | None = {"persons": person, "households": home}.get(list_name)
        if prop is None or entity is None:
            continue
        patch = EntityPatch(list_name, entity.id, home.id, entity.version, {})
        told = replace(line, what_zh=prop.zh, what_en=prop.en)
        yield from _cell(row, target, prop, entity.get(name), patch, told, register)


def _income_targets(row: ForeignRow) -> list[str]:
    return [target for target in (*row.values, *row.unreadable) if target.startswith("incomes.")]


def _incomes(
    row: ForeignRow,
    home: Household,
    line: SheetLine,
    year: int,
    register: Register,
    told_before: dict[tuple[str, int, str], Value],
) -> Iterator[SheetLine]:
    for target in _income_targets(row):
        name = target.partition(".")[2]
        prop = register.schema.property(IncomeYear.LIST, name)
        if prop is None:
            continue
        told = replace(line, what_zh=f"{prop.zh} {year}", what_en=f"{prop.en} of {year}")
        value = row.values.get(target)
        key = (home.id, year, name)
        if key in told_before and target in row.values:
            if value is not None and told_before[key] != value:
                why = "同一户的几行写得不一样"
                yield replace(told, state="twice", why_zh=why, why_en="the rows of a household differ")
            continue
        if value is not None:
            told_before[key] = value
        now = register.incomes.get((home.id, year))
        id = now.id if now is not None else derived_id("income", home.id, str(year))
        first: dict[str, FieldChange] = {}
        if now is None:
            first = {"household_id": FieldChange(None, home.id), "year": FieldChange(None, year)}
        patch = EntityPatch(IncomeYear.LIST, id, home.id, now.version if now is not None else 0, first)
        yield from _cell(row, target, prop, now.get(name) if now is not None else None, patch, told, register)


def _cell(
    row: ForeignRow,
    target: str,
    prop: Property,
    old: Value,
    patch: EntityPatch,
    told: SheetLine,
    register: Register,
) -> Iterator[SheetLine]:
    schema = register.schema
    if target in row.unreadable:
        yield unreadable(told, target, row.unreadable[target], schema)
        return
    new = row.values[target]
    if new is None or new == old:
        return  # an empty cell says nothing
    told = replace(told, before=display(prop, old, schema), after=display(prop, new, schema))
    if prop.write == "county":
        why = "这一项由县里认定，只作比对"
        yield replace(told, state="changed", why_zh=why, why_en="decided by the county, only compared")
        return
    state: LineState = told.state if told.state == "name_differs" else "changed"
    fields = {**patch.fields, prop.name: FieldChange(old, new)}
    yield replace(told, state=state, patch=replace(patch, fields=fields))
