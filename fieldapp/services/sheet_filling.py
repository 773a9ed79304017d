"""Our facts in the columns of another system's sheet (A168): the sheet that is looked at, or that system's own template, says which
column means what; the workbook that comes out has the same heading and can be taken in over there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.common.files import atomic_write
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.exchange.filled_sheet import filled_sheet
from fieldapp.exchange.foreign import rows_above
from fieldapp.exchange.foreign.guessing import HOUSE_NO, ID_NUMBER, NAME, PERSON_NO, YEAR
from fieldapp.register.entities import Entity, Household, IncomeYear, Person
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat, format_id_number
from fieldapp.register.values import display
from fieldapp.services.errors import MEANING_MISSING, REASON_WANTED
from fieldapp.services.print_log import PrintLog

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.services.sheet_order import SheetOrder
    from fieldapp.store import Store

__all__ = ["FillRequest", "SheetFilling"]

_AT_ONCE = 400
_SERIAL = frozenset({"序号", "编号", "行号"})
_NUMBERS = frozenset({"integer", "decimal"})


@dataclass(frozen=True, slots=True)
class FillRequest:
    """For whom, what for, and how certificates are shown."""

    household_ids: tuple[str, ...]
    purpose: str
    id_format: IdFormat = DEFAULT_FORMAT


@dataclass(frozen=True, slots=True)
class _Family:
    home: Household
    members: tuple[Person, ...]
    income: Entity | None


class SheetFilling:
    """Filling sheets for the person who unlocked the vault."""

    def __init__(self, store: Store, person: Staff, clock: Clock, schema: RegisterSchema) -> None:
        self._store = store
        self._schema = schema
        self._log = PrintLog(store, person, clock)

    def fill(
        self,
        order: SheetOrder,
        request: FillRequest,
        path: Path,
        progress: ProgressSink = silent,
        cancel: CancelToken | None = None,
    ) -> int:
        """Write the workbook and return its rows: one a member where a column is about a person, else one a household. What the
        register does not know stays empty, and so does a column without a meaning. Noted before it is written.

        Raises LIST-001 without a column that says whom or without a year for incomes, CORR-003 without a purpose, BOOK-0xx,
        DISK-001, DISK-002.
        """
        purpose = request.purpose.strip()
        if not purpose:
            raise REASON_WANTED()
        self._need(order)
        above = rows_above(order.path, order.sheet, order.header_row, order.password)
        by_member = any(
            target in (ID_NUMBER, PERSON_NO) or target.startswith("persons.")
            for target in order.mapping.values()
        )
        rows: list[list[str | float]] = []
        total = len(request.household_ids)
        for start in range(0, total, _AT_ONCE):
            if cancel is not None:
                cancel.check()
            progress(Progress(start, total, "正在填表格", "filling the sheet"))
            for family in self._families(request.household_ids[start : start + _AT_ONCE], order.year):
                for member in family.members if by_member else (None,):
                    rows.append(self._row(order, request.id_format, family, member, len(rows) + 1))
        self._log.exported(
            "sheet_filled", request.household_ids, path.name, form=request.id_format, purpose=purpose
        )
        atomic_write(path, filled_sheet(order.sheet, above, order.headings, rows))
        return len(rows)

    def _need(self, order: SheetOrder) -> None:
        given = set(order.mapping.values())
        missing = []
        if not given & {ID_NUMBER, PERSON_NO, HOUSE_NO}:
            missing.append(("身份证号、人口编号或户编号", "the identity, person or household number"))
        if any(target.startswith("incomes.") for target in given) and not order.year:
            missing.append(("收入是哪一年的", "the year of the incomes"))
        if missing:
            raise MEANING_MISSING(
                what="、".join(zh for zh, _ in missing), what_en=", ".join(en for _, en in missing)
            )

    def _families(self, ids: Sequence[str], year: int) -> Iterator[_Family]:
        for id in ids:
            file = self._store.household_file(id)
            income = next((one for one in file.incomes if one.year == year), None)
            yield _Family(file.household, file.members, income)

    def _row(
        self, order: SheetOrder, form: IdFormat, family: _Family, member: Person | None, number: int
    ) -> list[str | float]:
        cells: list[str | float] = []
        for at, heading in enumerate(order.headings):
            target = order.mapping.get(at)
            if target is None:
                cells.append(float(number) if heading in _SERIAL else "")
            else:
                cells.append(self._cell(target, form, family, member, order.year))
        return cells

    def _cell(
        self, target: str, form: IdFormat, family: _Family, member: Person | None, year: int
    ) -> str | float:
        home = family.home
        own: dict[str, str | float] = {
            ID_NUMBER: format_id_number(member.id_number, form) if member is not None else "",
            PERSON_NO: member.person_no if member is not None else "",
            HOUSE_NO: home.house_no,
            NAME: member.name if member is not None else home.head_name,
            YEAR: float(year) if year else "",
        }
        if target in own:
            return own[target]
        list_name, _, name = target.partition(".")
        entities: Mapping[str, Entity | None] = {
            Person.LIST: member,
            Household.LIST: home,
            IncomeYear.LIST: family.income,
        }
        entity, prop = entities.get(list_name), self._schema.property(list_name, name)
        if entity is None or prop is None or (value := entity.get(name)) is None:
            return ""
        if prop.type in _NUMBERS:
            return float(str(value))
        if prop.type in ("boolean", "code", "codes"):
            return display(prop, value, self._schema)
        return str(value)
