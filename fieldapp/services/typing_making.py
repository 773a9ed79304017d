"""Making the lines of the to-type list from changed facts, marks, and the records as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldapp.common.ids import derived_id
from fieldapp.register.entities import Entity, Household, Person
from fieldapp.register.typing_line import Belief, TypingLine, TypingState, believed, in_typing_order
from fieldapp.register.typing_order import STATUS, TypingOrder
from fieldapp.register.values import Value
from fieldapp.store.places import place_of

if TYPE_CHECKING:
    from fieldapp.store import Store
    from fieldapp.store.typing import ChangedFact, FactKey, TypingMark

__all__ = ["MadeLine", "line_id", "make_lines"]

_SOURCES = {"visit": "走访", "effect": "走访", "correction": "更正", "import": "导入", "pull": "其他干部上报"}
_NEW, _LEFT = "新增成员", "减少成员"


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A line with the values behind its texts, for marking it."""

    line: TypingLine
    now: Value
    national: Value


@dataclass
class _Bench:
    """What making needs: the order, and the records looked up once."""

    order: TypingOrder
    facts: Mapping[FactKey, ChangedFact]
    marks: Mapping[FactKey, TypingMark]
    records: Mapping[tuple[str, str], Entity]
    villages: Mapping[str, str]
    new: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a fact stands: its line's state, its value, what the national system shows, and whether the member is new."""

    state: TypingState
    now: Value
    national: Value
    is_new: bool


def line_id(list_name: str, entity_id: str, name: str) -> str:
    """Return the id of a fact's line, the same on every machine."""
    return derived_id("typing", list_name, entity_id, name)


def make_lines(store: Store, order: TypingOrder) -> list[MadeLine]:
    """Return every line that waits, is typed, or was sent back, in typing order."""
    facts = {(f.list, f.entity_id, f.name): f for f in store.changed_facts(order.lists)}
    marks = {mark.key: mark for mark in store.typing_marks()}
    fresh = store.unnumbered_persons()
    keys = dict.fromkeys([*facts, *marks])
    for person in fresh:
        wanted = (STATUS, *order.names("persons"))
        keys |= dict.fromkeys(("persons", person.id, name) for name in wanted)
    records = store.records((key[0], key[1]) for key in keys)
    homes = {("households", _home(record)) for record in records.values()}
    people = {("persons", str(r.get("person_id"))) for r in records.values() if r.get("person_id")}
    records |= store.records([*homes, *people])
    bench = _Bench(order, facts, marks, records, store.village_names(), frozenset(p.id for p in fresh))
    made = [line for key in keys if (line := _made(bench, key)) is not None]
    by_id = {each.line.id: each for each in made}
    return [by_id[line.id] for line in in_typing_order(each.line for each in made)]


def _made(bench: _Bench, key: FactKey) -> MadeLine | None:
    list_name, entity_id, name = key
    record = bench.records.get((list_name, entity_id))
    home = bench.records.get(("households", _home(record))) if record else None
    if bench.order.place(list_name, name) is None or record is None:
        return None
    if not isinstance(home, Household) or home.status != "active":
        return None
    if record.status != "active" and name != STATUS:
        return None
    is_new = list_name == "persons" and entity_id in bench.new
    now: Value = record.status if name == STATUS else record.get(name)
    fact, mark = bench.facts.get(key), bench.marks.get(key)
    first = None if is_new else fact.before if fact else (mark.national if mark else now)
    belief = Belief(mark.state, mark.value, mark.national) if mark else None
    state, national = believed(belief, first, now)
    if state is None or (name == STATUS and list_name != "persons"):
        return None
    line = _line(bench, record, home, name, _Standing(state, now, national, is_new))
    # A new member's empty fields ask for nothing.
    return None if is_new and not line.value and not line.before else MadeLine(line, now, national)


def _line(bench: _Bench, record: Entity, home: Household, name: str, it: _Standing) -> TypingLine:
    key = record.LIST, record.id, name
    place = bench.order.places[record.LIST, name]
    fact, mark = bench.facts.get(key), bench.marks.get(key)
    shown = mark if mark is not None and it.state == mark.state else None
    comes_or_goes = name == STATUS
    return TypingLine(
        id=line_id(*key),
        list=record.LIST,
        entity_id=record.id,
        name=name,
        household_id=home.id,
        house_no=home.house_no,
        head_name=home.head_name,
        place=f"{bench.villages.get(home.area_code, '')}{home.group_name}",
        sort_key=place_of(home.area_code, home.group_name, home.house_no),
        subject=_subject(bench, record),
        tab=place.tab,
        tab_name=bench.order.tabs[place.tab].zh,
        field=place.field,
        label=place.label,
        kind="new" if it.is_new else "left" if comes_or_goes else "change",
        before="" if comes_or_goes else bench.order.typed(record.LIST, name, it.national),
        value=_status_text(record, it.is_new, bench)
        if comes_or_goes
        else bench.order.typed(record.LIST, name, it.now),
        since=fact.since if fact else "",
        source=_SOURCES.get(fact.kind, "") if fact else "",
        author_name=fact.author_name if fact else "",
        state=it.state,
        note=shown.note if shown else "",
        by_name=shown.by_name if shown else "",
        at=shown.at if shown else "",
    )


def _status_text(record: Entity, is_new: bool, bench: _Bench) -> str:
    what, why = (_NEW, "joined_reason") if is_new else (_LEFT, "left_reason")
    prop = bench.order.schema.property("persons", why)
    reason = bench.order.schema.label(prop.codes or "", str(record.get(why) or "")) if prop else ""
    return f"{what}：{reason}" if reason else what


def _subject(bench: _Bench, record: Entity) -> str:
    """Return whom or what of the household a line is about: a member, a year of income, a measure."""
    if isinstance(record, Person):
        return record.name
    match record.LIST:
        case "incomes":
            return f"{record.get('year')}年度"
        case "measures":
            person = bench.records.get(("persons", str(record.get("person_id") or "")))
            item = str(record.get("item") or "")
            return f"{person.get('name')} {item}" if person else item
        case "pairings":
            return str(record.get("staff_name") or "")
    return ""


def _home(record: Entity) -> str:
    return record.id if record.LIST == "households" else str(record.get("household_id"))
