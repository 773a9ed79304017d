"""Records that may be one person: found over the whole laptop, compared side by side, merged, and taken apart again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.register.change import Change
from fieldapp.register.checks import Finding, NearPair, NearReason, near_duplicates, pass_id, pass_patch
from fieldapp.register.checks.finding import digest_of
from fieldapp.register.person_merge import Moved, blank_alike, merge_patches, read_note, undo_patches
from fieldapp.register.values import display
from fieldapp.services.errors import MERGE_CHANGED, MERGE_NOT_POSSIBLE, MERGE_NOT_YOURS, NO_REASON

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.change import EntityPatch
    from fieldapp.register.entities import Person, Staff
    from fieldapp.register.schema import Property, RegisterSchema
    from fieldapp.store import Store

__all__ = ["CompareLine", "DuplicatePair", "Duplicates", "MergeLine"]

#: The rule under which it is kept that two records are two persons.
_RULE = "same-person"
_LONGEST_REASON = 500
_HIDDEN = frozenset({"household_id", "merged_into", "merge_note", "line_no"})
_REASONS: dict[NearReason, tuple[str, str]] = {
    "number": ("证件号码相同", "the same number"),
    "near_number": ("姓名同音，证件号码只差一处", "names sound alike, numbers differ in one place"),
    "name_and_birth": ("姓名和出生日期相同", "the same name and birth date"),
    "homophone": ("姓名同音，出生日期相同", "names sound alike, the same birth date"),
    "near_birth": ("姓名相同，出生日期只差一处", "the same name, birth dates differ in one place"),
}


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records that may be one person, each with name and household, and why."""

    first: str
    second: str
    first_text: str
    second_text: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One fact of both records, as a person reads it. ``choosable``: the kept record may take the other's value."""

    name: str
    zh: str
    en: str
    kept: str
    gone: str
    differs: bool
    choosable: bool


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge that was done."""

    gone_id: str
    gone_text: str
    kept_text: str


class Duplicates:
    """Records that may be one person, for the person who unlocked the vault."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema

    def pairs(
        self, progress: ProgressSink = silent, cancel: CancelToken | None = None
    ) -> list[DuplicatePair]:
        """Look over everybody on this laptop; the most certain first. Raises TASK-001."""
        progress(Progress(0, 0, "正在比对", "comparing"))
        rows = self._store.person_rows()
        if cancel is not None:
            cancel.check()
        found = near_duplicates(rows, self._store.read_aloud)
        people = self._store.persons({id for pair in found for id in (pair.first, pair.second)})
        known = {pair: self._difference(people[pair.first], people[pair.second]) for pair in found}
        passed = self._store.passes([pass_id(one.household_id, one.key) for one in known.values()])
        two = {str(each.get("key")) for each in passed.values() if each.status == "active"}
        texts = self._texts(list(people.values()))
        return [self._pair(pair, texts) for pair, one in known.items() if one.key not in two]

    def compare(self, kept_id: str, gone_id: str) -> list[CompareLine]:
        """Return both records side by side, differences first. Raises MERGE-001."""
        kept, gone = self._two(kept_id, gone_id)
        lines = [
            self._line(prop, kept, gone)
            for prop in self._schema.lists["persons"].properties.values()
            if prop.name not in _HIDDEN
        ]
        told = [line for line in lines if line.kept or line.gone]
        return sorted(told, key=lambda line: not line.differs)

    def merge(self, kept_id: str, gone_id: str, taken: Collection[str], reason: str) -> None:
        """Merge two records: the facts named in ``taken`` come from the one that goes; what speaks of it follows.

        Raises MERGE-001 when it cannot be, MERGE-002 when it is not this person's to do, FIND-002 without a reason.
        """
        self._must_be_clerk()
        _check_reason(reason)
        kept, gone = self._two(kept_id, gone_id)
        own = [name for name in taken if self._choosable(self._schema.property("persons", name))]
        try:
            patches = merge_patches(kept, gone, own, self._store.speaking_of(gone.id))
        except ValueError:
            raise MERGE_NOT_POSSIBLE() from None
        self._apply(patches, reason)

    def merges(self) -> list[MergeLine]:
        """Return the merges that can be undone."""
        gone = {person.id: person for person in self._store.merged_persons() if read_note(person) is not None}
        notes = {id: note for id, person in gone.items() if (note := read_note(person)) is not None}
        kept = self._store.persons({note.kept_id for note in notes.values()})
        texts = self._texts([*gone.values(), *kept.values()])
        return [MergeLine(id, texts[id], texts.get(note.kept_id, "")) for id, note in notes.items()]

    def undo(self, gone_id: str) -> None:
        """Take a merge apart: both records and what speaks of them become what they were.

        Raises MERGE-001 when there is none, MERGE-002 when it is not this person's to do, MERGE-003 naming what has
        been changed since.
        """
        self._must_be_clerk()
        gone = self._store.persons([gone_id]).get(gone_id)
        note = None if gone is None else read_note(gone)
        kept = None if note is None else self._store.persons([note.kept_id]).get(note.kept_id)
        if gone is None or note is None or kept is None:
            raise MERGE_NOT_POSSIBLE()
        result = undo_patches(kept, gone, self._store.records_at(note.references))
        moved = [one for one in result if isinstance(one, Moved)]
        if moved:
            zh, en = zip(*(self._moved_text(one) for one in moved), strict=True)
            raise MERGE_CHANGED(fields="、".join(dict.fromkeys(zh)), fields_en=", ".join(dict.fromkeys(en)))
        self._apply([one for one in result if not isinstance(one, Moved)], "撤销合并")

    def tell_apart(self, first_id: str, second_id: str, reason: str) -> None:
        """Keep that two records are two persons, with the reason; it holds while name, number and birth date stay."""
        _check_reason(reason)
        one = self._difference(*self._two(first_id, second_id))
        known = self._store.passes([pass_id(one.household_id, one.key)])
        before = next(iter(known.values()), None)
        self._apply([pass_patch(one, reason, self._person, self._clock.today(), before)], reason)

    def _difference(self, first: Person, second: Person) -> Finding:
        one, other = sorted((first, second), key=lambda person: person.id)
        facts = (
            text
            for person in (one, other)
            for text in (person.name, person.id_number, str(person.birth_date or ""))
        )
        subject = f"{one.id}+{other.id}"
        zh = f"{one.name}和{other.name}可能是同一个人。"
        en = f"{one.name} and {other.name} may be one person."
        home, key = one.household_id, f"{_RULE}/{subject}/{digest_of(facts)}"
        return Finding(_RULE, "doubt", home, "persons", one.id, "id_number", zh, en, subject, key)

    def _pair(self, pair: NearPair, texts: dict[str, str]) -> DuplicatePair:
        return DuplicatePair(
            pair.first, pair.second, texts[pair.first], texts[pair.second], *_REASONS[pair.reason]
        )

    def _texts(self, people: Sequence[Person]) -> dict[str, str]:
        homes = self._store.household_names(list({person.household_id for person in people}))
        told = {}
        for person in people:
            head, village, group = homes.get(person.household_id, ("", "", ""))
            told[person.id] = f"{person.name}（{village}{group} {head}户）"
        return told

    def _two(self, kept_id: str, gone_id: str) -> tuple[Person, Person]:
        found = self._store.persons([kept_id, gone_id])
        if kept_id == gone_id or len(found) != 2:
            raise MERGE_NOT_POSSIBLE()
        return found[kept_id], found[gone_id]

    def _line(self, prop: Property, kept: Person, gone: Person) -> CompareLine:
        one, other = kept.get(prop.name), gone.get(prop.name)
        return CompareLine(
            prop.name,
            prop.zh,
            prop.en,
            display(prop, one, self._schema),
            display(prop, other, self._schema),
            differs=not blank_alike(one, other),
            choosable=self._choosable(prop),
        )

    def _choosable(self, prop: Property | None) -> bool:
        return prop is not None and prop.write != "county" and prop.name not in _HIDDEN

    def _moved_text(self, moved: Moved) -> tuple[str, str]:
        prop = self._schema.property(moved.list, moved.name)
        spec = self._schema.lists[moved.list]
        return (f"{spec.zh}的{prop.zh}", f"{spec.en}: {prop.en}") if prop else (spec.zh, spec.en)

    def _must_be_clerk(self) -> None:
        known = self._store.staff(self._person.id) or self._person
        if known.role == "helper":
            raise MERGE_NOT_YOURS()

    def _apply(self, patches: Sequence[EntityPatch], reason: str) -> None:
        at = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        change = Change(
            id=self._ids.new(),
            at=at,
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=tuple(patches),
            reason=reason.strip(),
        )
        self._store.apply(change)


def _check_reason(reason: str) -> None:
    if not 0 < len(reason.strip()) <= _LONGEST_REASON:
        raise NO_REASON(most=_LONGEST_REASON)
