"""Sheets of other offices that were taken in on this laptop, newest first, and taking one back as a whole.

Taking back is a change of its own. Of a payment list it takes out the parts that the list put into the items, and puts back those it
replaced: what another list has paid since stays. An item that the door has corrected is left as it is, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from fieldapp.common.errors import KnownError
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.entities import Entity, IncomeItem, Proposal
from fieldapp.register.gate import REMOVED
from fieldapp.register.payments import Part, parts_text, read_parts, total_of
from fieldapp.register.values import Value, canonical_decimal
from fieldapp.services.corrections import Corrections
from fieldapp.services.errors import CHANGED_SINCE, NO_CORRECTION, SHEET_WAITS

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store, ToldFact

__all__ = ["SheetImport", "SheetImports", "TakenBack"]

_SETTING = "sheet_imports"
_MOST = 60
_AT_ONCE = 400
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class SheetImport:
    """One act of accepting: the file, what it was used for, how many lines, and the changes it made. ``back_at`` is the moment
    it was taken back, empty while it stands.
    """

    id: str
    name: str
    use: str
    item: str
    at: str
    by: str
    lines: int
    change_ids: tuple[str, ...]
    back_at: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking back did: records put back, and records that were changed since and stayed."""

    records: int
    kept: int


class SheetImports:
    """The sheets that the person who unlocked the vault has taken in."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._corrections = Corrections(store, person, clock=clock, ids=ids, schema=schema)

    def all(self) -> list[SheetImport]:
        """Return what was taken in, newest first."""
        kept = self._store.setting(_SETTING) or []
        return [SheetImport(**{**one, "change_ids": tuple(one["change_ids"])}) for one in kept]

    def note(self, name: str, use: str, item: str, lines: int, change_ids: Sequence[str]) -> SheetImport:
        """Remember what was accepted. Raises DISK-001."""
        made = SheetImport(
            self._ids.new(), name, use, item, self._now(), self._person.name, lines, tuple(change_ids)
        )
        self._keep([made, *self.all()])
        return made

    def take_back(self, import_id: str) -> TakenBack:
        """Take one back. Raises CORR-001 when it is not here or was taken back, CORR-002 when nothing of it stands any more,
        LIST-002 while the clerk has not confirmed it, DISK-001.
        """
        found = next((one for one in self.all() if one.id == import_id and not one.back_at), None)
        if found is None:
            raise NO_CORRECTION()
        told = [self._store.correction(change_id) for change_id in found.change_ids]
        facts = [fact for change in told if change is not None for fact in change.facts]
        if all(fact.list == Proposal.LIST for fact in facts):
            raise SHEET_WAITS()
        done = [self._back(change_id, found) for change_id in found.change_ids]
        records, kept = sum(one.records for one in done), sum(one.kept for one in done)
        if not records:
            raise CHANGED_SINCE(fields=found.item or found.name, fields_en=found.item or found.name)
        now = self._now()
        self._keep(
            SheetImport(**{**asdict(one), "change_ids": one.change_ids, "back_at": now})
            if one.id == import_id
            else one
            for one in self.all()
        )
        return TakenBack(records, kept)

    def _back(self, change_id: str, made: SheetImport) -> TakenBack:
        if made.use == "payments":
            return self._payments_back(change_id, made)
        try:
            undone = self._corrections.undo(change_id)
        except KnownError as error:
            if error.code != CHANGED_SINCE.code:
                raise
            told = self._store.correction(change_id)
            return TakenBack(0, len(told.facts) if told else 0)
        return TakenBack(undone.facts + undone.proposed, undone.kept)

    def _payments_back(self, change_id: str, made: SheetImport) -> TakenBack:
        told = self._store.correction(change_id)
        if told is None:
            raise NO_CORRECTION()
        paid = [fact for fact in told.facts if fact.list == IncomeItem.LIST and fact.name == "paid"]
        current = self._store.records([(fact.list, fact.entity_id) for fact in paid])
        patches = []
        for fact in paid:
            entity = current.get((fact.list, fact.entity_id))
            if entity is not None and (patch := _without(entity, fact)) is not None:
                patches.append(patch)
        for start in range(0, len(patches), _AT_ONCE):
            self._store.apply(self._change(patches[start : start + _AT_ONCE], made))
        return TakenBack(len(patches), len(paid) - len(patches))

    def _change(self, patches: Sequence[EntityPatch], made: SheetImport) -> Change:
        return Change(
            id=self._ids.new(),
            at=self._now(),
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=tuple(patches),
            reason=f"撤回导入的表格 {made.name}"[:_LONGEST_REASON],
        )

    def _keep(self, imports: Iterable[SheetImport]) -> None:
        kept = [{**asdict(one), "change_ids": list(one.change_ids)} for one in imports]
        self._store.put_setting(_SETTING, kept[:_MOST])

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _without(entity: Entity, fact: ToldFact) -> EntityPatch | None:
    """Return the item without what a change put in and with what it replaced; None where that is not there any more, or where the
    door has said another amount since.
    """
    now = read_parts(str(entity.get("paid") or ""))
    was, became = read_parts(str(fact.before or "")), read_parts(str(fact.value or ""))
    put_in, replaced = Counter(became) - Counter(was), Counter(was) - Counter(became)
    corrected = Decimal(str(entity.get("amount") or 0)) != total_of(str(entity.get("paid") or ""))
    if entity.status == REMOVED or corrected or Counter(now) & put_in != put_in:
        return None
    parts = tuple((Counter(now) - put_in + replaced).elements())
    if not parts:
        return EntityPatch(
            fact.list, fact.entity_id, fact.household_id, entity.version, {}, FieldChange("active", REMOVED)
        )
    total = canonical_decimal(_sum(parts))
    facts: dict[str, Value] = {"paid": parts_text(parts) or None, "amount": total, "lump": total}
    fields = {
        name: FieldChange(entity.get(name), value)
        for name, value in facts.items()
        if entity.get(name) != value
    }
    return EntityPatch(fact.list, fact.entity_id, fact.household_id, entity.version, fields)


def _sum(parts: Iterable[Part]) -> Decimal:
    return sum((part.amount for part in parts), Decimal(0))
