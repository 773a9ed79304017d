"""The register's tables and the history of facts, as of revision 001."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from fieldapp.store.migrations.columns import amount, json, number, text

__all__ = ["HOUSEHOLD", "make_history", "make_list", "make_register"]

HOUSEHOLD = ("county_code", "household_id")


def _table(name: str, key: tuple[str, ...], columns: list[sa.Column[Any]]) -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key))


def make_list(name: str, columns: list[sa.Column[Any]], **indexes: tuple[str, ...]) -> None:
    """Make a list of the register: what all of them have, then its own columns and indexes."""
    common = [text("county_code"), text("id"), text("status"), amount("version", null=False)]
    _table(name, ("county_code", "id"), [*common, json("properties"), *columns])
    for index, on in indexes.items():
        op.create_index(f"{name}_{index}", name, list(on))


def make_register() -> None:
    """Make the tables that laptop and county share."""
    _people()
    _help()
    _visits()
    area = [text("county_code"), text("code"), text("parent"), text("name"), text("level")]
    _table("areas", ("county_code", "code"), area)
    staff = [text(name) for name in ("county_code", "id", "name", "role", "area_code", "unit_name", "phone")]
    _table("staff", ("county_code", "id"), staff)


def _people() -> None:
    make_list(
        "households",
        [
            *(
                text(name)
                for name in ("house_no", "area_code", "group_name", "door_no", "head_name", "phone")
            ),
            text("household_type"),
            text("monitor_kind", null=True),
            sa.Column("risk_cleared", sa.Boolean(), nullable=True),
            number("member_count"),
        ],
        house_no=("county_code", "house_no"),
        area=("county_code", "area_code", "group_name"),
    )
    make_list(
        "persons",
        [
            *(text(name) for name in ("household_id", "person_no", "name")),
            *(text(name, null=True) for name in ("sex", "birth_date", "id_type")),
            text("id_number"),
            text("relationship", null=True),
            text("phone"),
            number("line_no"),
        ],
        household=HOUSEHOLD,
        person_no=("county_code", "person_no"),
        id_number=("county_code", "id_number"),
    )
    parts = ("wage", "business", "property", "transfer", "expense", "net", "per_capita")
    make_list(
        "incomes",
        [text("household_id"), number("year"), *(amount(name) for name in parts)],
        household=(*HOUSEHOLD, "year"),
    )


def _help() -> None:
    make_list(
        "measures",
        [
            text("household_id"),
            text("group", null=True),
            text("item"),
            *(text(name, null=True) for name in ("started", "ended", "state")),
        ],
        household=HOUSEHOLD,
    )
    make_list(
        "issues",
        [
            text("household_id"),
            text("kind", null=True),
            text("description"),
            text("state"),
            text("found_on", null=True),
            text("deadline", null=True),
        ],
        household=HOUSEHOLD,
        state=("county_code", "state", "deadline"),
    )
    make_list(
        "leads",
        [
            text("household_id"),
            text("found_on", null=True),
            text("source", null=True),
            text("state"),
            text("situation"),
        ],
        household=HOUSEHOLD,
    )
    make_list(
        "pairings",
        [
            *(text(name) for name in ("household_id", "staff_id", "staff_name", "unit_name")),
            text("started", null=True),
            text("ended", null=True),
        ],
        household=HOUSEHOLD,
        staff=("county_code", "staff_id"),
    )


def _visits() -> None:
    names = ("household_id", "visit_date", "entered_at", "source", "mode", "outcome")
    make_list(
        "visits",
        [text(name) for name in (*names, "visitor_id", "visitor_name", "summary")],
        household=(*HOUSEHOLD, "visit_date"),
        date=("county_code", "visit_date"),
    )


def make_history() -> None:
    """Make what every fact was, and who wrote it last."""
    field = ("county_code", "list", "entity_id", "name")
    _table(
        "facts",
        ("county_code", "change_id", "list", "entity_id", "name"),
        [
            *(
                text(name)
                for name in ("county_code", "change_id", "list", "entity_id", "name", "household_id")
            ),
            json("value"),
            json("before"),
            text("since"),
            text("visit_id", null=True),
            text("author"),
            text("author_name"),
            amount("version", null=False),
            text("writer"),
            text("reason"),
        ],
    )
    op.create_index("facts_entity", "facts", list(field))
    op.create_index("ix_facts_household_id", "facts", ["household_id"])
    _table(
        "field_states",
        field,
        [*(text(name) for name in field), amount("version", null=False), text("writer")],
    )
