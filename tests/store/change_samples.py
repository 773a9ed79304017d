"""One household as the county sends it, and the changes people make to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.common.ids import derived_id
from fieldapp.register.change import Change, EntityPatch, FieldChange, VisitDocument
from fieldapp.register.values import Value
from fieldapp.store import Store
from tests.store.feed_samples import COUNTY, feed_row

__all__ = [
    "HOUSEHOLD",
    "PERSON",
    "VILLAGE",
    "correction",
    "household_row",
    "new_person",
    "one_household",
    "patch",
    "person_row",
    "uid",
    "visit",
    "visit_patch",
]

VILLAGE = f"{COUNTY}101201"


def uid(name: str) -> str:
    """Return a stable id for a name."""
    return derived_id("test", name)


HOUSEHOLD = uid("household")
PERSON = uid("person")


def household_row(
    id: str = HOUSEHOLD,
    *,
    version: int = 3,
    status: str = "active",
    fields: Mapping[str, int] | None = None,
    **values: Any,
) -> dict[str, Any]:
    told = {
        "house_no": "4100000001",
        "area_code": VILLAGE,
        "group_name": "二组",
        "head_name": "张三",
        "phone": "13800001234",
        "household_type": "out_of_poverty",
        "member_count": 1,
        "food_ok": True,
        **values,
    }
    kept = {name: value for name, value in told.items() if value is not None}
    return feed_row("households", id, kept, version=version, status=status, fields=dict(fields or {}))


def person_row(
    id: str = PERSON,
    household_id: str = HOUSEHOLD,
    *,
    version: int = 2,
    status: str = "active",
    **values: Any,
) -> dict[str, Any]:
    told = {
        "household_id": household_id,
        "name": "张三",
        "line_no": 1,
        "id_number": "419900197003071231",
        **values,
    }
    kept = {name: value for name, value in told.items() if value is not None}
    return feed_row("persons", id, kept, version=version, status=status)


def one_household(store: Store) -> None:
    """Fetch one village with one household of one person."""
    areas = [
        (COUNTY, "", "襄城县", "county"),
        (VILLAGE[:9], COUNTY, "山头店镇", "town"),
        (VILLAGE, VILLAGE[:9], "孙庄村", "village"),
    ]
    rows = [
        feed_row("areas", code, {"code": code, "parent": parent, "name": name, "level": level})
        for code, parent, name, level in areas
    ]
    store.apply_feed([*rows, household_row(), person_row()], "cursor-1")


def patch(
    fields: Mapping[str, tuple[Value, Value]],
    *,
    list_name: str = "households",
    entity_id: str = HOUSEHOLD,
    household_id: str = HOUSEHOLD,
    base: int = 3,
    status: tuple[str, str] | None = None,
) -> EntityPatch:
    changes = {name: FieldChange(old, new) for name, (old, new) in fields.items()}
    return EntityPatch(
        list_name, entity_id, household_id, base, changes, FieldChange(*status) if status else None
    )


def new_person(name: str, *, entity_id: str | None = None, **values: Value) -> EntityPatch:
    facts: dict[str, tuple[Value, Value]] = {"name": (None, name)}
    facts |= {field: (None, value) for field, value in values.items()}
    return patch(facts, list_name="persons", entity_id=entity_id or uid(name), base=0)


def visit_patch(visit_id: str, **values: Value) -> EntityPatch:
    told: dict[str, Value] = {
        "household_id": HOUSEHOLD,
        "visit_date": "2026-11-20",
        "entered_at": "2026-11-22T02:00:00Z",
        "source": "paper",
        "mode": "door",
        "outcome": "met",
        "visitor_id": "staff-1",
        "visitor_name": "王芳",
        "summary": "墙面有裂缝",
        **values,
    }
    return patch(
        {name: (None, value) for name, value in told.items()},
        list_name="visits",
        entity_id=visit_id,
        base=0,
        household_id=str(told["household_id"]),
    )


def visit(
    name: str = "visit-1",
    *patches: EntityPatch,
    attachments: Mapping[str, str] | None = None,
    xml: bytes = b"<data><note>ok</note></data>",
    **values: Value,
) -> Change:
    """A finished visit with the register patches that follow from it."""
    visit_id = uid(name)
    document = VisitDocument("visit", "2026112201", "ab" * 32, f"uuid:{visit_id}", xml, attachments or {})
    return Change(
        id=uid(f"finish {name}"),
        at="2026-11-22T02:00:00Z",
        author="staff-1",
        author_name="王芳",
        kind="visit",
        patches=(visit_patch(visit_id, **values), *patches),
        visit_id=visit_id,
        document=document,
    )


def correction(
    name: str, *patches: EntityPatch, kind: str = "correction", reason: str = "核对户口簿"
) -> Change:
    return Change(
        id=uid(name),
        at="2026-11-22T02:00:00Z",
        author="clerk-1",
        author_name="李娜",
        kind=kind,
        patches=patches,
        reason=reason,
    )
