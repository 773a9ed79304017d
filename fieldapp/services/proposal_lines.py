"""A proposal as a person reads it: whose fact, from what to what, who said so at which visit, and what stands there now."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fieldapp.register.gate import APPROVAL, STATUS, Standing, kind_of, standing_of, value_of
from fieldapp.register.values import Value, display
from fieldapp.services.prefill import OF_PERSON

if TYPE_CHECKING:
    from fieldapp.register.entities import Entity, Proposal
    from fieldapp.register.schema import Property, RegisterSchema

__all__ = ["ProposalLine", "from_labels", "line_of"]

_STATUS_WORDS = {"active": "在户", "left": "减少", "removed": "注销", "closed": "办结"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """One proposal. ``subject`` is the member or household, ``item`` the fact; ``standing`` tells how it stands to the
    register, whose value of today is ``now_text``. ``unknown``: this program is older than the form it comes from.
    """

    id: str
    household_id: str
    head_name: str
    area_code: str
    group_name: str
    list: str
    entity_id: str
    name: str
    kind: str
    subject: str
    item: str
    old_text: str
    new_text: str
    now_text: str
    standing: Standing | Literal["unknown"]
    state: str
    creates: bool
    author_id: str
    author_name: str
    visit_id: str
    proposed_on: str
    decided_by: str
    decided_text: str
    note: str
    order: int


def from_labels(prop: Property, text: str, schema: RegisterSchema) -> str:
    """Return a typed value with codes in place of the words a person reads them by (健康、残疾)."""
    if prop.codes is None:
        return text
    known = schema.codes[prop.codes]
    parts = text.replace("、", " ").replace("，", " ").split() if prop.type == "codes" else [text.strip()]
    return " ".join(known.code_of(part) or part for part in parts)


def line_of(
    proposal: Proposal,
    records: Mapping[tuple[str, str], Entity],
    new_names: Mapping[str, str],
    schema: RegisterSchema,
) -> ProposalLine:
    """Return a proposal's line, from the records of now."""
    home = records.get(("households", proposal.household_id))
    record = records.get((proposal.list, proposal.entity_id))
    now: Value = None
    if record is not None:
        now = record.status if proposal.name == STATUS else record.get(proposal.name)
    standing: Standing | Literal["unknown"] = "fits"
    if proposal.name != APPROVAL:
        standing = standing_of(proposal, now, record.status if record is not None else None)
        if proposal.name != STATUS and schema.property(proposal.list, proposal.name) is None:
            standing = "unknown"
    told = proposal.get("decided_value")

    shown = functools.partial(_shown, proposal, schema=schema, records=records, new_names=new_names)
    spec = schema.lists.get(proposal.list)
    order = list(spec.properties).index(proposal.name) if spec and proposal.name in spec.properties else 999
    return ProposalLine(
        id=proposal.id,
        household_id=proposal.household_id,
        head_name=_text(home, "head_name"),
        area_code=_text(home, "area_code"),
        group_name=_text(home, "group_name"),
        list=proposal.list,
        entity_id=proposal.entity_id,
        name=proposal.name,
        kind=kind_of(proposal.list, proposal.name),
        subject=_subject(proposal, record, new_names, schema),
        item=_item(proposal, schema),
        old_text=shown(value_of(proposal.get("old"))),
        new_text=shown(value_of(proposal.get("new"))),
        now_text=shown(now),
        standing=standing,
        state=proposal.state,
        creates=proposal.get("creates") is True,
        author_id=proposal.author_id,
        author_name=str(proposal.get("author_name") or ""),
        visit_id=proposal.visit_id,
        proposed_on=str(proposal.get("proposed_on") or ""),
        decided_by=str(proposal.get("decided_by") or ""),
        decided_text=shown(value_of(told)) if told else "",
        note=str(proposal.get("note") or ""),
        order=order,
    )


def _subject(
    proposal: Proposal, record: Entity | None, new_names: Mapping[str, str], schema: RegisterSchema
) -> str:
    spec = schema.lists.get(proposal.list)
    if spec is None or proposal.list == "households":
        return ""
    if record is None:
        name = new_names.get(proposal.entity_id, "")
        return f"新增：{name}" if name else f"新增{spec.zh}"
    label = record.get(spec.label)
    return str(label) if label not in (None, "") else spec.zh


def _item(proposal: Proposal, schema: RegisterSchema) -> str:
    if proposal.name == STATUS:
        return "在户情况"
    if proposal.name == APPROVAL:
        return "整份表审核"
    prop = schema.property(proposal.list, proposal.name)
    return prop.zh if prop is not None else proposal.name


def _shown(
    proposal: Proposal,
    value: Value,
    *,
    schema: RegisterSchema,
    records: Mapping[tuple[str, str], Entity],
    new_names: Mapping[str, str],
) -> str:
    if proposal.name == OF_PERSON and value:
        return _text(records.get(("persons", str(value))), "name") or new_names.get(str(value), "")
    if proposal.name == STATUS:
        return _STATUS_WORDS.get(str(value), "") if value else ""
    if proposal.name == APPROVAL:
        return ""
    prop = schema.property(proposal.list, proposal.name)
    if prop is None:
        return "" if value is None else str(value)
    return display(prop, value, schema)


def _text(record: Entity | None, name: str) -> str:
    value = record.get(name) if record is not None else None
    return "" if value is None else str(value)
