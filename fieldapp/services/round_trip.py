"""Rows of the register out to Excel, edited in WPS, back as differences that a person accepts row by row.

What is accepted is one change with the file's name as its reason; who may write what decides as for any correction, and
taking it back is another change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.exchange.round_trip import (
    Difference,
    Heading,
    LeftOut,
    SentRow,
    compare,
    read_back,
    write_round_trip,
)
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.entities import Household, Person
from fieldapp.register.gate import proposed as proposed_text
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.register.values import Refusal, Value, misfit
from fieldapp.services.print_log import PrintLog

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Entity, Staff
    from fieldapp.register.schema import Property, RegisterSchema
    from fieldapp.store import Store, WorkRow

__all__ = [
    "Accepted",
    "ColumnChoice",
    "Difference",
    "ExportOrder",
    "LeftOut",
    "Returned",
    "RoundTrip",
    "TripList",
]

TripList = Literal["households", "persons"]
_CONTEXT: Mapping[str, tuple[str, ...]] = {
    "households": ("行政村", "帮扶责任人"),
    "persons": ("行政村", "村民小组", "户编号", "户主姓名"),
}
_NEVER = frozenset({"household_id", "area_code", "member_count"})
_LONGEST_REASON = 500
_NOT_YOURS = ("这一项由县里或村级文书核定，不能在这里改", "the county or the village clerk decides this")


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column one may export, whether this person may change it on the way back, and whether the clerk confirms that."""

    name: str
    zh: str
    en: str
    editable: bool
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """Which rows and columns, what for, and how identity numbers are shown."""

    list: TripList
    household_ids: tuple[str, ...]
    columns: tuple[str, ...]
    purpose: str
    id_format: IdFormat = DEFAULT_FORMAT


@dataclass(frozen=True, slots=True)
class Returned:
    """What a returned workbook would change, and the rows that are not taken. ``waiting`` are the keys of differences
    that the clerk has already been asked to confirm, ``asking`` of those that will wait for the clerk when accepted.
    """

    name: str
    rows: int
    differences: tuple[Difference, ...]
    left_out: tuple[LeftOut, ...]
    waiting: frozenset[tuple[str, str, str]] = frozenset()
    sheet: str = ""
    asking: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting wrote. ``facts`` are in the register, ``proposed`` wait for the clerk, ``held`` for somebody who
    may write them; ``undo`` takes it back.
    """

    change_id: str
    facts: int
    held: int
    undo: Change
    proposed: int = 0


class RoundTrip:
    """The round trips of the person who unlocked the vault."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema
        self._log = PrintLog(store, person, clock)

    def columns(self, list_name: TripList) -> list[ColumnChoice]:
        """Return the columns one may export, in the register's order."""
        keeps = self._gate()
        return [
            ColumnChoice(
                prop.name, prop.zh, prop.en, may := self._may_write(prop), may and keeps(list_name, prop.name)
            )
            for prop in self._schema.lists[list_name].properties.values()
            if prop.name not in _NEVER
        ]

    def export(
        self,
        order: ExportOrder,
        path: Path,
        progress: ProgressSink = silent,
        cancel: CancelToken | None = None,
    ) -> int:
        """Write the workbook and return its rows; noted before it is written. Raises DISK-001, DISK-002, TASK-001."""
        rows = self._rows(order)
        self._log.exported(
            f"trip_{order.list}",
            order.household_ids,
            form=order.id_format,
            purpose=order.purpose,
            to=path.name,
        )
        spec = self._schema.lists[order.list]
        props = [spec.properties[name] for name in order.columns]

        def step(number: int) -> None:
            if cancel is not None:
                cancel.check()
            if number % 50 == 0 or number == len(rows):
                progress(Progress(number, len(rows), "正在写表格", "Writing the workbook"))

        write_round_trip(
            path,
            spec.zh,
            _CONTEXT[order.list],
            [Heading(prop, self._may_write(prop)) for prop in props],
            rows,
            schema=self._schema,
            id_format=order.id_format,
            county=self._store.site.county_code,
            day=self._clock.today(),
            step=step,
        )
        return len(rows)

    def read(self, path: Path, password: str | None = None) -> Returned:
        """Return what the workbook would change; nothing is written. Raises BOOK and TRIP errors."""
        book = read_back(path, self._schema, password, county=self._store.site.county_code)
        wanted = [(row.base.list, row.base.record_id) for row in book.rows]
        homes = [("households", row.base.household_id) for row in book.rows]
        current = self._store.records(list(dict.fromkeys([*wanted, *homes])))
        found, left = compare(book, current, self._schema, _who(current), self._refusal)
        mine = self._waiting()
        waiting = frozenset(one.key for one in found if mine.get(one.key) == proposed_text(one.new))
        keeps = self._gate()
        asking = frozenset(one.key for one in found if keeps(one.list, one.name))
        return Returned(book.name, len(book.rows), tuple(found), tuple(left), waiting, book.sheet, asking)

    def accept(self, returned: Returned, keys: Collection[tuple[str, str, str]], note: str = "") -> Accepted:
        """Write the accepted cells as one change. Cells with a problem are passed over. Raises DISK-001.

        What the clerk's gate keeps is proposed instead of written.
        """
        wanted = set(keys)
        taken = [one for one in returned.differences if one.key in wanted and one.problem is None]
        current = self._store.records(list(dict.fromkeys((one.list, one.record_id) for one in taken)))
        reason = f"Excel 往返 {returned.name}{'：' if note else ''}{note}"[:_LONGEST_REASON]
        change = self._change(_patches(taken, current), reason)
        done = self._store.apply(change)
        back = [
            EntityPatch(
                p.list,
                p.entity_id,
                p.household_id,
                p.base_version,
                {name: FieldChange(field.new, field.old) for name, field in p.fields.items()},
            )
            for p in change.patches
        ]
        waiting = self._waiting()
        told = [(p.list, p.entity_id, name, f.new) for p in change.patches for name, f in p.fields.items()]
        proposed = sum(waiting.get(one[:3]) == proposed_text(one[3]) for one in told)
        facts = len(told) - proposed - len(done.held)
        undo = self._change(back, f"撤销 {reason}"[:_LONGEST_REASON])
        return Accepted(change.id, facts, len(done.held), undo, proposed)

    def undo(self, accepted: Accepted) -> int:
        """Put the old values back as a new change, where nobody has changed them since; return how many facts."""
        was = accepted.undo
        current = self._store.records([(patch.list, patch.entity_id) for patch in was.patches])
        waiting = self._waiting()
        patches = []
        for patch in was.patches:
            entity = current.get((patch.list, patch.entity_id))
            if entity is None:
                continue
            # A fact that is only proposed is taken back by typing what the register says.
            fields = {
                name: f
                for name, f in patch.fields.items()
                if entity.get(name) == f.old
                or waiting.get((patch.list, patch.entity_id, name)) == proposed_text(f.old)
            }
            if fields:
                patches.append(
                    EntityPatch(patch.list, patch.entity_id, patch.household_id, entity.version, fields)
                )
        if patches:
            self._store.apply(self._change(patches, was.reason))
        return sum(len(patch.fields) for patch in patches)

    def _waiting(self) -> dict[tuple[str, str, str], str]:
        """Return what of this person's own waits for the clerk, as a proposal carries it."""
        return {
            (one.list, one.entity_id, one.name): str(one.get("new"))
            for one in self._store.proposals(("waiting",), author_id=self._person.id)
        }

    def _change(self, patches: Sequence[EntityPatch], reason: str) -> Change:
        return Change(
            id=self._ids.new(),
            at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=tuple(patches),
            reason=reason,
        )

    def _rows(self, order: ExportOrder) -> list[SentRow]:
        lines = self._lines(order.household_ids)
        homes = self._store.records([("households", home) for home in order.household_ids])
        if order.list == "households":
            found = (homes.get(("households", home)) for home in order.household_ids)
            return [
                SentRow(
                    "households", home.id, home.id, home.version, home.values(), _home_context(lines, home.id)
                )
                for home in found
                if home is not None
            ]
        rows = []
        for person in self._store.members_of(order.household_ids):
            home = homes.get(("households", person.household_id))
            line = lines.get(person.household_id)
            context = (
                line.village_name if line else "",
                *(
                    (home.group_name, home.house_no, home.head_name)
                    if isinstance(home, Household)
                    else ("", "", "")
                ),
            )
            rows.append(
                SentRow("persons", person.id, person.household_id, person.version, person.values(), context)
            )
        return rows

    def _lines(self, household_ids: Sequence[str]) -> dict[str, WorkRow]:
        keys = self._store.household_keys(household_ids)
        return {line.household_id: line for line in self._store.worklist_rows(keys)}

    def _may_write(self, prop: Property) -> bool:
        if prop.write == "county" or prop.name == "household_id":
            return False
        # Asked each time: before the first sync the laptop does not know the role.
        known = self._store.staff(self._person.id) or self._person
        return prop.write == "form" or known.role != "helper"

    def _gate(self) -> Callable[[str, str], bool]:
        """Tell of a fact whether this person's change of it waits for the clerk."""
        gate = self._store.gate()
        role = (self._store.staff(self._person.id) or self._person).role
        return lambda list_name, name: gate.keeps(role, list_name, name)

    def _refusal(self, list_name: str, prop: Property, value: Value) -> tuple[str, str] | None:
        """Why a value would not be written, told before anybody accepts it."""
        if not self._may_write(prop):
            return _NOT_YOURS
        if value is None:
            names = prop.name == self._schema.lists[list_name].label
            return ("不能为空", "it must not be empty") if names else None
        if prop.column and prop.type == "decimal" and Decimal(str(value)) * 100 % 1:
            return "金额最多写到分（两位小数）", "an amount has at most two decimals"
        why: Refusal | None = misfit(prop, value, self._schema)
        return (why.zh, why.en) if why else None


def _home_context(lines: Mapping[str, WorkRow], home: str) -> tuple[str, ...]:
    line = lines.get(home)
    return (line.village_name, line.helper_name) if line else ("", "")


def _who(current: Mapping[tuple[str, str], Entity]) -> Callable[[Entity], str]:
    def named(entity: Entity) -> str:
        if isinstance(entity, Person):
            home = current.get(("households", entity.household_id))
            head = home.head_name if isinstance(home, Household) else ""
            return f"{entity.name}（{head}户）" if head else entity.name
        return str(entity.get("head_name") or "")

    return named


def _patches(taken: Sequence[Difference], current: Mapping[tuple[str, str], Entity]) -> list[EntityPatch]:
    by_record: dict[tuple[str, str], dict[str, FieldChange]] = defaultdict(dict)
    for one in taken:
        by_record[one.list, one.record_id][one.name] = FieldChange(one.now, one.new)
    homes = {(one.list, one.record_id): one.household_id for one in taken}
    return [
        EntityPatch(key[0], key[1], homes[key], current[key].version, fields)
        for key, fields in by_record.items()
        if key in current
    ]
