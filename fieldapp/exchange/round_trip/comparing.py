"""What a returned workbook would change: cell by cell, against the row as it left and the register as it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from fieldapp.exchange.cells import Unreadable, shown
from fieldapp.exchange.round_trip.taking_back import ReturnedBook, ReturnedRow
from fieldapp.exchange.round_trip.writing import cell_of
from fieldapp.register.entity import Entity
from fieldapp.register.schema import Property, RegisterSchema
from fieldapp.register.values import Value, display

__all__ = ["Difference", "LeftOut", "compare"]

WhyLeft = Literal["added", "changed", "twice", "gone"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell: as it left, as the register has it now, as the file has it. ``problem`` says why it cannot be taken
    (Chinese, English), ``remedy`` what to do about it, ``raw`` what stands in a cell that cannot be read;
    ``conflict`` that the register has moved on since the export.
    """

    row: int
    list: str
    record_id: str
    household_id: str
    who: str
    name: str
    prop: Property
    at_export: Value
    now: Value
    new: Value
    conflict: bool = False
    problem: tuple[str, str] | None = None
    remedy: tuple[str, str] = ("", "")
    raw: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.list, self.record_id, self.name

    def texts(self, schema: RegisterSchema) -> tuple[str, str, str]:
        """Return the three values as a person reads them."""
        at, now, new = (display(self.prop, value, schema) for value in (self.at_export, self.now, self.new))
        return at, now, new


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken, and why."""

    row: int
    why: WhyLeft


def compare(
    book: ReturnedBook,
    current: Mapping[tuple[str, str], Entity],
    schema: RegisterSchema,
    who: Callable[[Entity], str],
    refusal: Callable[[str, Property, Value], tuple[str, str] | None],
) -> tuple[list[Difference], list[LeftOut]]:
    """Return the differences in the order of the sheet, and the rows left out."""
    left = [
        *(LeftOut(number, "added") for number in book.added),
        *(LeftOut(number, "changed") for number in book.changed),
        *(LeftOut(number, "twice") for number in book.twice),
    ]
    found: list[Difference] = []
    for row in book.rows:
        entity = current.get((row.base.list, row.base.record_id))
        if entity is None or entity.status != "active":
            left.append(LeftOut(row.number, "gone"))
            continue
        found += _of_row(row, entity, schema, who(entity), refusal)
    return found, sorted(left, key=lambda one: one.row)


def _of_row(
    row: ReturnedRow,
    entity: Entity,
    schema: RegisterSchema,
    who: str,
    refusal: Callable[[str, Property, Value], tuple[str, str] | None],
) -> list[Difference]:
    found = []
    for name, cell in row.cells.items():
        prop = schema.property(row.base.list, name)
        assert prop is not None  # only known facts have a reader
        before, now = _blank(row.base.values.get(name)), _blank(entity.get(name))
        new = None if isinstance(cell, Unreadable) else _blank(cell)
        if isinstance(cell, Unreadable) and _as_it_left(row, name, prop, before, schema):
            continue
        problem, remedy = _unreadable(cell, prop) if isinstance(cell, Unreadable) else (None, ("", ""))
        if problem is None:
            if new in (before, now) and _same_kind(new, before if new == before else now):
                continue
            problem = refusal(row.base.list, prop, new)
        found.append(
            Difference(
                row.number,
                row.base.list,
                row.base.record_id,
                row.base.household_id,
                who,
                name,
                prop,
                before,
                now,
                new,
                conflict=before != now,
                problem=problem,
                remedy=remedy,
                raw=row.raw.get(name, ""),
            )
        )
    return found


def _as_it_left(row: ReturnedRow, name: str, prop: Property, before: Value, schema: RegisterSchema) -> bool:
    """Whether nobody touched a cell whose text our own reading does not take: an old number, a term that is gone."""
    return row.raw.get(name) == shown(cell_of(prop, before, schema, "plain"))


def _blank(value: Value) -> Value:
    return None if value in ("", []) else value


def _same_kind(one: Value, other: Value) -> bool:
    return isinstance(one, bool) == isinstance(other, bool)


def _unreadable(cell: Unreadable, prop: Property) -> tuple[tuple[str, str], tuple[str, str]]:
    told: dict[str, object] = {"column": prop.zh, "sheet": "", "other_row": "", "value": "", **cell.details}
    error = cell.spec(**told)
    why = error.zh.split("。")[0].split("；")[0], error.en.split(";")[0]
    return why, (error.remedy_zh, error.remedy_en)
