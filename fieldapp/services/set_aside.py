"""What was typed and did not become a fact: answers set aside on this laptop, and records the county did not take up.

Nothing of it is lost: the answer stands in its visit, the record in its batch. Here a person sees what became of it and says
when it is dealt with; what may be written by hand is corrected at its household, with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import HeldAnswer, SentRecord, Store

__all__ = ["SetAside", "SetAsideLine"]

_MOST = 500
_OUTCOMES: dict[str, tuple[str, str]] = {
    "rejected": ("县里退回", "returned by the county"),
    "id_conflict": ("编号和别的记录冲突", "its id belongs to another record"),
    "unanswered": ("县里的回执没有提到它", "the county's receipt does not name it"),
    "conflict": ("和别人的改动不一致，等县里核对", "differs from somebody else's change; the county decides"),
    "held": ("县里暂存，等人核实", "kept by the county for a person to look at"),
}
_DETAILS: dict[str, tuple[str, str]] = {
    "unknown-household": ("县里没有这户", "the county has no such household"),
    "other-household": ("这条记录属于另一户", "it belongs to another household"),
    "unknown-entity": ("县里没有这条记录", "the county has no such record"),
    "read-only": ("这个角色只能查看", "this role only looks"),
    "out-of-scope": ("不在您负责的范围", "outside your area"),
    "no-longer-paired": ("已经不由您结对", "no longer paired with you"),
    "unknown-kind": ("县里的程序较旧，还不认识", "the county's program is older"),
    "server-fault": ("县里处理时出了故障", "a fault in the county"),
}
_WHOLE = {"visit": ("走访记录", "visit"), "entry": ("填表记录", "filled form"), "patch": ("改动", "change")}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideLine:
    """One line: whose, what was said, why it is no fact. ``place`` is (list, record, property), empty names for none.

    ``here`` tells that it waits on this laptop and may be put away; the rest waits in the county.
    """

    id: str
    here: bool
    household_id: str
    head_name: str
    village: str
    fact_zh: str
    fact_en: str
    text: str
    reason_zh: str
    reason_en: str
    at: str
    place: tuple[str, str, str]


class SetAside:
    """Reading what was set aside, and putting it away once it is dealt with."""

    def __init__(self, store: Store, schema: RegisterSchema) -> None:
        self._store = store
        self._schema = schema

    def lines(self) -> list[SetAsideLine]:
        """Return what waits, newest first: answers of this laptop, then records in the county."""
        answers = self._store.held_answers()[:_MOST]
        records = self._store.unsettled_records(_MOST)
        wanted = {each.household_id for each in answers} | {each.household_id for each in records}
        names = self._store.household_names(sorted(wanted))
        return [self._answer(each, names) for each in answers] + [
            self._record(each, names) for each in records
        ]

    def put_away(self, ids: Sequence[str]) -> None:
        """Say that answers are dealt with; they stay on record. Undone by :meth:`take_back`."""
        self._store.settle_held(ids, settled=True)

    def take_back(self, ids: Sequence[str]) -> None:
        """Let answers wait again."""
        self._store.settle_held(ids, settled=False)

    def _answer(self, held: HeldAnswer, names: dict[str, tuple[str, str, str]]) -> SetAsideLine:
        head, village, _ = names.get(held.household_id, ("", "", ""))
        fact_zh, fact_en = self._fact(held.list, held.name)
        return SetAsideLine(
            id=held.id,
            here=True,
            household_id=held.household_id,
            head_name=head,
            village=village,
            fact_zh=fact_zh,
            fact_en=fact_en,
            text=held.text,
            reason_zh=held.reason_zh,
            reason_en=held.reason_en,
            at=held.at,
            place=(held.list, held.entity_id, held.name),
        )

    def _record(self, sent: SentRecord, names: dict[str, tuple[str, str, str]]) -> SetAsideLine:
        head, village, _ = names.get(sent.household_id, ("", "", ""))
        what_zh, what_en = _WHOLE.get(sent.kind, (sent.kind, sent.kind))
        list_zh, list_en = self._fact(sent.list, "")
        why = [_OUTCOMES.get(sent.outcome or "", ("", "")), _DETAILS.get(sent.detail, ("", ""))]
        return SetAsideLine(
            id=sent.id,
            here=False,
            household_id=sent.household_id,
            head_name=head,
            village=village,
            fact_zh=f"{list_zh}{what_zh}" if sent.kind == "patch" else what_zh,
            fact_en=f"{what_en}: {list_en}" if sent.kind == "patch" else what_en,
            text="",
            reason_zh="：".join(zh for zh, _ in why if zh),
            reason_en=": ".join(en for _, en in why if en),
            at=sent.at,
            place=(sent.list, sent.entity_id, ""),
        )

    def _fact(self, list_name: str, name: str) -> tuple[str, str]:
        spec = self._schema.lists.get(list_name)
        if spec is None:
            return list_name, list_name
        prop = spec.properties.get(name)
        if prop is not None:
            return prop.zh, prop.en
        return (name, name) if name else (spec.zh, spec.en)
