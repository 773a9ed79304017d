"""The register's further lists, units, and the dated area tree, as of revision 002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from fieldapp.store.migrations.columns import amount, number, text
from fieldapp.store.migrations.v001_register import HOUSEHOLD, make_list

__all__ = [
    "date_areas",
    "make_decisions",
    "make_help",
    "make_living",
    "make_proceedings",
    "make_units",
    "make_waiting",
]


def make_living() -> None:
    """Make dwellings and items of income."""
    make_list(
        "dwellings",
        [text("household_id"), text("name"), text("usage", null=True), text("grade", null=True)],
        household=HOUSEHOLD,
    )
    make_list(
        "income_items",
        [
            text("household_id"),
            number("year"),
            text("period", null=True),
            text("kind", null=True),
            text("item"),
            amount("amount"),
            text("person_id"),
        ],
        household=HOUSEHOLD,
    )


def make_help() -> None:
    """Make loans, posts, aid received."""
    make_list(
        "loans",
        [
            text("household_id"),
            text("purpose"),
            amount("amount"),
            text("granted_on", null=True),
            text("due_on", null=True),
            text("state", null=True),
            text("person_id"),
        ],
        household=HOUSEHOLD,
    )
    make_list(
        "posts",
        [
            text("household_id"),
            text("post"),
            text("person_id"),
            text("started", null=True),
            text("ended", null=True),
        ],
        household=HOUSEHOLD,
    )
    make_list(
        "aids",
        [
            text("household_id"),
            text("item"),
            text("kind", null=True),
            text("received_on", null=True),
            amount("amount"),
        ],
        household=HOUSEHOLD,
    )


def make_proceedings() -> None:
    """Make plans, hand-overs, deliveries, inspections."""
    make_list(
        "plans",
        [text("household_id"), number("year"), text("title"), text("state", null=True)],
        household=HOUSEHOLD,
    )
    make_list(
        "handovers",
        [text("household_id"), text("handed_on", null=True), text("from_id"), text("to_id"), text("to_name")],
        household=HOUSEHOLD,
    )
    make_list(
        "deliveries",
        [text("household_id"), text("paper"), text("delivered_on", null=True)],
        household=HOUSEHOLD,
    )
    make_list(
        "inspections",
        [
            text("household_id"),
            text("campaign"),
            number("round", null=True),
            text("inspected_on", null=True),
            text("conclusion", null=True),
        ],
        household=HOUSEHOLD,
    )


def make_decisions() -> None:
    """Make reviews, exit checks, surveys, filled forms."""
    make_list(
        "reviews",
        [text("household_id"), text("subject"), text("meeting_on", null=True), text("conclusion", null=True)],
        household=HOUSEHOLD,
    )
    make_list(
        "exits",
        [text("household_id"), text("conclusion"), text("checked_on", null=True)],
        household=HOUSEHOLD,
    )
    make_list(
        "surveys", [text("household_id"), text("title"), text("answered_on", null=True)], household=HOUSEHOLD
    )
    make_list(
        "entries",
        [
            text("household_id"),
            text("form_id"),
            text("title"),
            text("filled_on"),
            text("entered_at"),
            text("source"),
            text("author_id"),
            text("author_name"),
        ],
        household=HOUSEHOLD,
    )


def make_waiting() -> None:
    """Make tasks, passed findings, proposals."""
    make_list(
        "tasks",
        [
            text("household_id"),
            text("title"),
            text("kind", null=True),
            text("due_on", null=True),
            text("state"),
            text("campaign"),
        ],
        household=HOUSEHOLD,
        state=("county_code", "state", "due_on"),
    )
    make_list(
        "passes",
        [text("household_id"), text("rule_id"), text("key"), text("reason"), text("passed_on", null=True)],
        household=HOUSEHOLD,
    )
    make_list(
        "proposals",
        [
            text("household_id"),
            text("list"),
            text("entity_id"),
            text("name"),
            text("state"),
            text("visit_id"),
            text("author_id"),
        ],
        household=HOUSEHOLD,
        state=("county_code", "state"),
    )


def make_units() -> None:
    """Make the units that help villages or lead a kind of problem."""
    names = ("county_code", "id", "name", "kind", "area_code", "contact_name", "phone")
    op.create_table("units", *(text(name) for name in names), sa.PrimaryKeyConstraint("county_code", "id"))


def date_areas() -> None:
    """Give places a first and a last day and who took over, and cadres their post."""
    for name in ("valid_from", "valid_to", "successor"):
        op.add_column("areas", text(name, default=""))
    op.add_column("staff", text("post", default=""))
