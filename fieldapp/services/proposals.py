"""The clerk's gate: what waits, what it would change, and deciding it; and for the helper, what came of it.

A decision on the proposals of one visit is one change: the facts (naming the visit they come from) and the proposals'
state together. A new member's facts, and the facts of a member who left, are decided together. What the register has
overtaken since is never overwritten unless the clerk says so, having seen both values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.gate import APPROVAL, REMOVED, STATUS, proposed, standing_of, value_of
from fieldapp.register.values import Refusal, Value, convert, misfit
from fieldapp.services.errors import NO_COMMENT, NO_SUCH_PROPOSAL, NOT_THE_CLERK, REFUSED_VALUE
from fieldapp.services.prefill import OF_PERSON
from fieldapp.services.proposal_lines import ProposalLine, from_labels, line_of

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Entity, Proposal, Staff
    from fieldapp.register.schema import Property, RegisterSchema
    from fieldapp.store import Store

__all__ = ["Decided", "ProposalLine", "Proposals"]

_LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision did: how many proposals, which were left because the register says otherwise by now or does not
    take them, and the changes that would take it back.
    """

    done: int
    left: tuple[ProposalLine, ...] = ()
    undo: tuple[Change, ...] = ()


@dataclass
class _Act:
    """One decision being put together for the proposals of one household and visit."""

    patches: dict[tuple[str, str], EntityPatch] = field(default_factory=dict)
    proposals: list[EntityPatch] = field(default_factory=list)


class Proposals:
    """Proposals, as the person who unlocked the vault may see and decide them."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema

    def decides(self) -> bool:
        """Tell whether this person decides proposals: clerk, town and county do."""
        from fieldapp.register.roles import role_of

        known = self._store.staff(self._person.id) or self._person
        return role_of(known.role).corrects

    def count(self) -> int:
        """Return how many wait for a decision."""
        return self._store.waiting_count()

    def waiting(self) -> list[ProposalLine]:
        """Return what waits: by household and visit, a record's facts together."""
        return self._lines(self._store.proposals(("waiting",)))

    def of_household(self, household_id: str) -> list[ProposalLine]:
        """Return what waits in one household and what came back, oldest first."""
        states = ("waiting", "returned", "corrected")
        return self._lines(self._store.proposals(states, household_id=household_id))

    def returned(self) -> list[ProposalLine]:
        """Return this person's own proposals that came back and were not proposed again or put away."""
        return self._lines(self._store.proposals(("returned",), author_id=self._person.id))

    def mine(self) -> list[ProposalLine]:
        """Return what of this person's own waits or came back."""
        return self._lines(self._store.proposals(("waiting", "returned"), author_id=self._person.id))

    def confirm(self, ids: Sequence[str], *, overtaken_too: bool = False) -> Decided:
        """Make the proposals facts. Those that the register has overtaken are left, unless ``overtaken_too``.

        Raises GATE-001, GATE-002, DISK-001.
        """
        return self._decide(ids, "confirmed", overtaken_too=overtaken_too)

    def correct(self, id: str, text: str, reason: str) -> Decided:
        """Make the proposal a fact with another value. Raises GATE-001, GATE-002, GATE-003, REG-002, DISK-001."""
        if not reason.strip():
            raise NO_COMMENT()
        (proposal,) = self._asked([id])
        prop = self._schema.property(proposal.list, proposal.name)
        if prop is None or proposal.name in (STATUS, APPROVAL):
            raise NO_SUCH_PROPOSAL()
        value = convert(prop, from_labels(prop, text, self._schema), self._schema)
        if isinstance(value, Refusal):
            raise REFUSED_VALUE(field=prop.zh, field_en=prop.en, reason=value.zh, reason_en=value.en)
        return self._decide([id], "corrected", overtaken_too=True, note=reason, values={id: value})

    def give_back(self, ids: Sequence[str], note: str) -> Decided:
        """Send proposals back to the helper with a comment. Raises GATE-001, GATE-002, GATE-003, DISK-001."""
        if not note.strip():
            raise NO_COMMENT()
        return self._decide(ids, "returned", note=note)

    def choices(self, id: str) -> tuple[str, ...]:
        """Return what a value may be chosen from, as it is read; empty where it is typed."""
        proposal = next((each for each in self._store.proposals(("waiting",)) if each.id == id), None)
        prop = self._property(proposal) if proposal is not None else None
        if prop is None or proposal is None or proposal.name in (STATUS, APPROVAL):
            return ()
        if prop.type == "boolean":
            return ("是", "否")
        return tuple(code.zh for code in self._schema.codes[prop.codes].codes) if prop.codes else ()

    def put_away(self, ids: Sequence[str]) -> None:
        """A helper has seen what came back (or takes a waiting one back). Raises GATE-001, DISK-001."""
        mine = [
            each
            for each in self._store.proposals(("waiting", "returned"), author_id=self._person.id)
            if each.id in ids
        ]
        if not mine:
            raise NO_SUCH_PROPOSAL()
        patches = tuple(_proposal_patch(each, {"state": "withdrawn"}) for each in mine)
        self._store.apply(self._change(patches, None, ""))

    def undo(self, decided: Decided) -> None:
        """Take a decision back: new changes, nothing is erased. Raises DISK-001."""
        for change in decided.undo:
            self._store.apply(replace(change, at=self._now()))

    def _asked(self, ids: Sequence[str]) -> list[Proposal]:
        """Return the proposals with what belongs to them. Raises GATE-001, GATE-002."""
        if not self.decides():
            raise NOT_THE_CLERK()
        waiting = self._store.proposals(("waiting",))
        found = [each for each in waiting if each.id in set(ids)]
        if not found:
            raise NO_SUCH_PROPOSAL()
        return found

    def _decide(
        self,
        ids: Sequence[str],
        state: str,
        *,
        overtaken_too: bool = False,
        note: str = "",
        values: Mapping[str, Value] | None = None,
    ) -> Decided:
        asked = _together(self._asked(ids), self._store.proposals(("waiting",)))
        records = self._records(asked)
        left: list[Proposal] = []
        done = 0
        undo: list[Change] = []
        for (home, visit_id), group in _by_visit(asked).items():
            act = _Act()
            for proposal in group:
                value = (values or {}).get(proposal.id, value_of(proposal.get("new")))
                if state != "returned" and not self._takes(proposal, value, records, overtaken_too):
                    left.append(proposal)
                    continue
                chosen = state if state != "corrected" or proposal.id in (values or {}) else "confirmed"
                self._enter(act, proposal, chosen, value, note, records)
            if not act.proposals:
                continue
            done += len(act.proposals)
            reason = self._reason(group[0], note)
            patches = (*act.patches.values(), *act.proposals)
            self._store.apply(self._change(patches, visit_id or None, reason))
            undo.append(self._undoing(home, act, visit_id, records))
        return Decided(done, tuple(self._lines(left)), tuple(undo))

    def _takes(
        self,
        proposal: Proposal,
        value: Value,
        records: Mapping[tuple[str, str], Entity],
        overtaken_too: bool,
    ) -> bool:
        if proposal.name == APPROVAL:
            return True
        record = records.get((proposal.list, proposal.entity_id))
        now = record.get(proposal.name) if record is not None else None
        standing = standing_of(proposal, now, record.status if record is not None else None)
        if standing == "ended" or standing == "stale" and not overtaken_too:
            return False
        prop = self._property(proposal)
        return proposal.name == STATUS or prop is not None and misfit(prop, value, self._schema) is None

    def _enter(
        self,
        act: _Act,
        proposal: Proposal,
        state: str,
        value: Value,
        note: str,
        records: Mapping[tuple[str, str], Entity],
    ) -> None:
        """Add a proposal's fact and its state to the decision."""
        decision: dict[str, Value] = {
            "state": state,
            "decided_by": self._person.name,
            "decided_on": self._clock.today().isoformat(),
        }
        if state == "corrected":
            decision["decided_value"] = proposed(value)
        if note and state != "confirmed":
            decision["note"] = note.strip()[:_LONGEST_NOTE]
        act.proposals.append(_proposal_patch(proposal, decision))
        if state == "returned" or proposal.name == APPROVAL:
            return
        key = (proposal.list, proposal.entity_id)
        record = records.get(key)
        patch = act.patches.get(key) or EntityPatch(
            *key, proposal.household_id, record.version if record is not None else 0, {}
        )
        if proposal.name == STATUS:
            was = record.status if record is not None else "active"
            act.patches[key] = replace(patch, status=FieldChange(was, value))
            return
        was_value = record.get(proposal.name) if record is not None else None
        fields = {**patch.fields, proposal.name: FieldChange(was_value, value)}
        if record is None:
            fields["household_id"] = FieldChange(None, proposal.household_id)
        status = patch.status
        if record is not None and record.status == REMOVED:
            status = FieldChange(REMOVED, "active")
        act.patches[key] = replace(patch, fields=fields, status=status)

    def _undoing(
        self, home: str, act: _Act, visit_id: str, records: Mapping[tuple[str, str], Entity]
    ) -> Change:
        """Return the change that takes a decision back: facts as they were, proposals waiting again."""
        patches = []
        for key, patch in act.patches.items():
            if key not in records:
                status = FieldChange("active", REMOVED)
                patches.append(EntityPatch(*key, home, 1, {}, status))
                continue
            fields = {name: FieldChange(change.new, change.old) for name, change in patch.fields.items()}
            back = FieldChange(patch.status.new, patch.status.old) if patch.status else None
            patches.append(replace(patch, fields=fields, status=back))
        for each in act.proposals:
            fields = {name: FieldChange(change.new, change.old) for name, change in each.fields.items()}
            patches.append(replace(each, fields=fields))
        return self._change(tuple(patches), visit_id or None, "撤销信息员的处理")

    def _reason(self, proposal: Proposal, note: str) -> str:
        helper = proposal.get("author_name") or "帮扶责任人"
        text = f"信息员处理{helper}的填报" + (f"：{note.strip()}" if note.strip() else "")
        return text[:_LONGEST_NOTE]

    def _property(self, proposal: Proposal) -> Property | None:
        return self._schema.property(proposal.list, proposal.name)

    def _records(self, some: Iterable[Proposal]) -> dict[tuple[str, str], Entity]:
        homes = {("households", each.household_id) for each in some}
        chosen = {("persons", id) for each in some if each.name == OF_PERSON for id in _told(each)}
        return self._store.records({(each.list, each.entity_id) for each in some} | homes | chosen)

    def _lines(self, some: Sequence[Proposal]) -> list[ProposalLine]:
        records = self._records(some)
        names = _new_names(some)
        lines = [line_of(each, records, names, self._schema) for each in some]
        return sorted(
            lines,
            key=lambda line: (
                line.area_code,
                line.group_name,
                line.head_name,
                line.household_id,
                line.proposed_on,
                line.visit_id,
                line.entity_id,
                line.order,
            ),
        )

    def _change(self, patches: tuple[EntityPatch, ...], visit_id: str | None, reason: str) -> Change:
        return Change(
            id=self._ids.new(),
            at=self._now(),
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=patches,
            visit_id=visit_id,
            reason=reason,
        )

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _together(asked: Sequence[Proposal], waiting: Sequence[Proposal]) -> list[Proposal]:
    """Add what is decided along: the other facts of a new record, and of one that is to end."""
    whole = {
        (each.entity_id, each.author_id)
        for each in asked
        if each.get("creates") is True or each.name in (STATUS, "left_reason")
    }
    chosen = {each.id for each in asked}
    more = [
        each
        for each in waiting
        if each.id not in chosen
        and (each.entity_id, each.author_id) in whole
        and (each.get("creates") is True or each.name in (STATUS, "left_reason"))
    ]
    return [*asked, *more]


def _by_visit(some: Sequence[Proposal]) -> dict[tuple[str, str], list[Proposal]]:
    """Group by household and visit; a record's facts from two visits stay together, under the first one."""
    groups: dict[tuple[str, str], list[Proposal]] = defaultdict(list)
    made_in: dict[str, tuple[str, str]] = {}
    for each in some:
        key = (each.household_id, each.visit_id)
        if each.get("creates") is True:
            key = made_in.setdefault(each.entity_id, key)
        groups[key].append(each)
    return groups


def _new_names(some: Sequence[Proposal]) -> dict[str, str]:
    """Return the names of members that are only proposed yet, by id."""
    return {
        each.entity_id: str(value_of(each.get("new")) or "")
        for each in some
        if each.get("creates") is True and each.name == "name"
    }


def _told(proposal: Proposal) -> set[str]:
    """Return the members that a proposal about a record's member names."""
    told = (proposal.get("old"), proposal.get("new"), proposal.get("decided_value"))
    return {str(id) for each in told if each and (id := value_of(each))}


def _proposal_patch(proposal: Proposal, values: Mapping[str, Value]) -> EntityPatch:
    fields = {name: FieldChange(proposal.get(name), value) for name, value in values.items()}
    return EntityPatch("proposals", proposal.id, proposal.household_id, proposal.version, fields)
