"""Looking at an export of the national system: what differs, what of the typed lines has arrived, and what a person decides.

Looking writes nothing into the register. Lines of the to-type list that the export shows are closed; taking the national
value is an ordinary change; keeping the local one puts it on the to-type list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.exchange import Finding, read_register_book, shipped_layouts
from fieldapp.exchange.difference_book import write_table
from fieldapp.exchange.differences import Comparison, Difference, LocalHousehold, compare
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.entities import Entity, Household, IncomeYear, Measure, Person
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat, format_id_number
from fieldapp.register.typing_line import TypingLine
from fieldapp.register.typing_order import STATUS
from fieldapp.register.values import Value, display
from fieldapp.services.print_log import PrintLog
from fieldapp.services.typing_list import KeptFact, TypingList

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Staff
    from fieldapp.store import Store

__all__ = ["CheckedExport", "DifferenceLine", "NationalCheck"]

_KINDS = {"differs": "两边不同", "only_local": "只有本地有", "only_national": "只有全国系统有"}
_HEADINGS = ("户编号", "户主", "对象", "项目", "本地", "全国系统", "差别", "本地何时起", "本地从哪来", "处理")


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A difference in words, with since when and from whom the local value is. ``on_list``: it is on the to-type list
    already; ``acceptable``: this person may take the national value.
    """

    difference: Difference
    label: str
    local: str
    national: str
    kind: str
    since: str = ""
    source: str = ""
    on_list: bool = False
    acceptable: bool = True


@dataclass(frozen=True, slots=True)
class CheckedExport:
    """What an export showed. ``arrived`` lines were closed by it; ``missing`` were marked as typed and are not in it."""

    name: str
    households: int
    lines: tuple[DifferenceLine, ...]
    arrived: int
    missing: tuple[TypingLine, ...]
    unknown_households: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def theirs(self) -> tuple[DifferenceLine, ...]:
        """What the national system shows otherwise though nobody here has changed it."""
        return tuple(line for line in self.lines if not line.on_list)


class NationalCheck:
    """Comparing exports with the register of this laptop."""

    def __init__(
        self, store: Store, person: Staff, typing: TypingList, *, clock: Clock, ids: IdSource
    ) -> None:
        self._store = store
        self._person = person
        self._typing = typing
        self._clock = clock
        self._ids = ids

    def look(self, path: Path, password: str | None = None) -> CheckedExport:
        """Compare an export and close the lines it shows. Raises BOOK-0xx, DISK-001."""
        reading = read_register_book(
            path,
            shipped_layouts(),
            today=self._clock.today(),
            password=password,
            areas=self._store.areas_here(),
        )
        found = compare(reading.households, self._local())
        before = self._typing.lines()
        arrived = {line.id for line in before if (line.list, line.entity_id, line.name) in found.same}
        self._typing.settle(arrived)
        seen = {d.household_id for d in found.differences} | _homes(before, arrived)
        missing = tuple(
            line
            for line in before
            if line.state == "typed" and line.id not in arrived and self._was_in(line, found, seen)
        )
        lines = tuple(self._lines(found.differences, [line for line in before if line.id not in arrived]))
        return CheckedExport(
            reading.name,
            found.households,
            lines,
            len(arrived),
            missing,
            tuple(found.unknown_households),
            tuple(reading.findings),
        )

    def accept(self, lines: Sequence[DifferenceLine]) -> int:
        """Take the national values over; return how many. What this person may not write is left out."""
        taken = [line for line in lines if line.acceptable]
        records = self._store.records((ln.difference.list, ln.difference.entity_id) for ln in taken)
        patches: dict[tuple[str, str], EntityPatch] = {}
        for line in taken:
            told = line.difference
            record = records.get((told.list, told.entity_id))
            if record is None:
                continue
            key = told.list, told.entity_id
            fields = dict(patches[key].fields) if key in patches else {}
            fields[told.name] = FieldChange(record.get(told.name), told.national)
            patches[key] = EntityPatch(*key, told.household_id, record.version, fields)
        if not patches:
            return 0
        self._store.apply(
            Change(
                id=self._ids.new(),
                at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                author=self._person.id,
                author_name=self._person.name,
                kind="import",
                patches=tuple(patches.values()),
                reason="按全国系统导出表更正",
            )
        )
        # The national system has these values: nothing of them is to be typed.
        ids = {(ln.difference.list, ln.difference.entity_id, ln.difference.name) for ln in taken}
        self._typing.settle(
            {line.id for line in self._typing.lines() if (line.list, line.entity_id, line.name) in ids}
        )
        return len(taken)

    def keep(self, lines: Iterable[DifferenceLine]) -> int:
        """Keep the local values: they go on the to-type list. Return how many."""
        facts = [
            KeptFact(d.list, d.entity_id, d.name, d.household_id, d.local, d.national)
            for d in (line.difference for line in lines)
            if d.entity_id and d.name != STATUS
        ]
        self._typing.keep(facts)
        return len(facts)

    def save(self, checked: CheckedExport, path: Path, *, id_format: IdFormat = DEFAULT_FORMAT) -> None:
        """Write the difference list as a workbook, identity numbers in the form asked for. Raises DISK-001, DISK-002."""
        rows = [
            (
                line.difference.house_no,
                line.difference.head_name,
                line.difference.subject,
                line.label,
                self._written(line, line.difference.local, line.local, id_format),
                self._written(line, line.difference.national, line.national, id_format),
                line.kind,
                line.since,
                line.source,
                "已在待录入清单" if line.on_list else "",
            )
            for line in checked.lines
        ]
        homes = tuple(dict.fromkeys(line.difference.household_id for line in checked.lines))
        PrintLog(self._store, self._person, self._clock).exported(
            "differences", homes, path.name, form=id_format
        )
        note = f"{checked.name}　{self._clock.today().isoformat()}　对照 {checked.households} 户，{len(rows)} 处不同"
        write_table(path, "差异清单", note, _HEADINGS, rows)

    def _written(self, line: DifferenceLine, value: Value, text: str, id_format: IdFormat) -> str:
        """Return a value as it leaves the program."""
        prop = self._store.site.schema.property(line.difference.list, line.difference.name)
        is_number = prop is not None and prop.type == "id_number"
        return format_id_number(str(value or ""), id_format) if is_number else text

    def _local(self) -> dict[str, LocalHousehold]:
        def grouped(list_name: str, *, ended: bool = False) -> dict[str, list[Entity]]:
            found: dict[str, list[Entity]] = {}
            for record in self._store.all_records(list_name):
                if (record.status != "active") == ended:
                    found.setdefault(str(record.get("household_id")), []).append(record)
            return found

        persons, left = grouped("persons"), grouped("persons", ended=True)
        incomes, measures = grouped("incomes"), grouped("measures")
        return {
            home.house_no: LocalHousehold(
                home,
                [p for p in persons.get(home.id, ()) if isinstance(p, Person)],
                [p for p in left.get(home.id, ()) if isinstance(p, Person)],
                [i for i in incomes.get(home.id, ()) if isinstance(i, IncomeYear)],
                [m for m in measures.get(home.id, ()) if isinstance(m, Measure)],
            )
            for home in self._store.all_records("households")
            if isinstance(home, Household) and home.house_no and home.status == "active"
        }

    def _was_in(self, line: TypingLine, found: Comparison, seen: Collection[str]) -> bool:
        """Whether the export spoke of the line's household at all."""
        return line.household_id in seen or any(
            key[1] in (line.household_id, line.entity_id) for key in found.same
        )

    def _lines(
        self, differences: Iterable[Difference], typing: Iterable[TypingLine]
    ) -> Iterable[DifferenceLine]:
        facts = {
            (f.list, f.entity_id, f.name): f
            for f in self._store.changed_facts({"households", "persons", "incomes", "measures"})
        }
        waiting = {(line.list, line.entity_id, line.name) for line in typing}
        may = self._may_write()
        schema = self._store.site.schema
        for d in differences:
            prop = schema.property(d.list, d.name)
            fact = facts.get((d.list, d.entity_id, d.name))

            def shown(value: Value, d: Difference = d) -> str:
                known = schema.property(d.list, d.name)
                return display(known, value, schema) if known else str(value or "")

            yield DifferenceLine(
                d,
                prop.zh if prop else "家庭成员",
                shown(d.local),
                shown(d.national),
                _KINDS[d.kind],
                fact.since if fact else "",
                fact.author_name if fact else "",
                (d.list, d.entity_id, d.name) in waiting,
                prop is not None and may(prop.write),
            )

    def _may_write(self) -> Callable[[str], bool]:
        known = self._store.staff(self._person.id) or self._person
        allowed = {"form"} if known.role == "helper" else {"form", "clerk"}
        return lambda write: write in allowed


def _homes(lines: Iterable[TypingLine], ids: Collection[str]) -> set[str]:
    return {line.household_id for line in lines if line.id in ids}
