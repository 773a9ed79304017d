"""The print settings of ``resources/sheets/*.toml`` as values: which facts stand on which sheet, in which order.

A mistake in a county's own settings is SHEET-004 and says what is wrong where; nothing is silently left out.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from fieldapp.register.schema import RegisterSchema, register_schema
from fieldapp.sheets.settings import Column, Reader
from fieldapp.sheets.templates import TemplateFolder

__all__ = [
    "CarryLayout",
    "FactGroup",
    "FileLayout",
    "IndexRow",
    "ListLayout",
    "carry_layout",
    "file_layout",
    "list_layout",
    "typing_layout",
]

#: What a column of members may show besides properties of the register.
MEMBER_WORDS = frozenset({"birth", "birth_month", "work", "medical_short", "pension_short"})
LIST_WORDS = frozenset(
    {"number", "head_name", "house_no", "member_count", "phone", "helper_name", "door_no", "last_visit"}
    | {"done", "due", "state", "blank"}
)
TYPING_WORDS = frozenset(
    {"number", "tab", "subject", "label", "before", "value", "since", "source", "sent_back", "boxes", "blank"}
)


@dataclass(frozen=True)
class IndexRow:
    """A row of the 卷内目录; ``part`` is the printed part it stands for, "" for papers put in by hand."""

    name: str
    part: str


@dataclass(frozen=True)
class FileLayout:
    title: str
    subtitle: str
    index: tuple[IndexRow, ...]
    basics: tuple[str, ...]
    only_when_known: frozenset[str]
    members: tuple[Column, ...]
    guarantees: tuple[tuple[str, str], ...]
    living: tuple[str, ...]


@dataclass(frozen=True)
class FactGroup:
    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class CarryLayout:
    title: str
    hint: str
    read_back: str
    spare_members: int
    most_options: int
    most_characters: int
    groups: tuple[FactGroup, ...]
    members: tuple[Column, ...]
    change_head: str
    change: tuple[str, ...]
    spare_change: tuple[str, ...]


@dataclass(frozen=True)
class ListLayout:
    title: str
    columns: tuple[Column, ...]


def _facts(schema: RegisterSchema, list_name: str) -> frozenset[str]:
    return frozenset(schema.lists[list_name].properties)


def _part_names(reader: Reader, row: Reader) -> str:
    part = row.text("part", "")
    if part not in ("", "basics", "income", "guarantees", "measures", "issues", "visits"):
        raise reader.complain("index.part", f"没有「{part}」这一部分", f"knows no part “{part}”")
    return part


@functools.lru_cache(maxsize=8)
def file_layout(templates: TemplateFolder) -> FileLayout:
    """Return the settings of the 一户一档."""
    schema = register_schema()
    facts = _facts(schema, "households")
    kinds = frozenset(schema.codes["issue_kind"].by_code)
    reader = Reader("file.toml", templates.settings("file.toml"))
    basics, guarantees = reader.table("basics"), reader.table("guarantees").tables("rows")
    return FileLayout(
        title=reader.text("title"),
        subtitle=reader.text("subtitle"),
        index=tuple(IndexRow(row.text("name"), _part_names(reader, row)) for row in reader.tables("index")),
        basics=basics.texts("facts", facts),
        only_when_known=frozenset(basics.texts("only_when_known", facts)),
        members=reader.table("members").columns(_facts(schema, "persons") | MEMBER_WORDS),
        guarantees=tuple((row.texts("fact", facts)[0], row.texts("issue", kinds)[0]) for row in guarantees),
        living=reader.table("living").texts("facts", facts),
    )


@functools.lru_cache(maxsize=8)
def carry_layout(templates: TemplateFolder) -> CarryLayout:
    """Return the settings of the 对照表."""
    schema = register_schema()
    facts = _facts(schema, "households")
    reader = Reader("carry.toml", templates.settings("carry.toml"))
    members = reader.table("members")
    return CarryLayout(
        title=reader.text("title"),
        hint=reader.text("hint"),
        read_back=reader.text("read_back"),
        spare_members=int(reader.number("spare_members")),
        most_options=int(reader.number("most_options")),
        most_characters=int(reader.number("most_characters")),
        groups=tuple(
            FactGroup(row.text("name"), row.texts("facts", facts)) for row in reader.tables("groups")
        ),
        members=members.columns(_facts(schema, "persons") | MEMBER_WORDS),
        change_head=members.text("change_head"),
        change=members.texts("change"),
        spare_change=members.texts("spare_change"),
    )


@functools.lru_cache(maxsize=8)
def list_layout(templates: TemplateFolder) -> ListLayout:
    """Return the settings of the 走访名单."""
    reader = Reader("visit_list.toml", templates.settings("visit_list.toml"))
    return ListLayout(reader.text("title"), reader.columns(LIST_WORDS))


@functools.lru_cache(maxsize=8)
def typing_layout(templates: TemplateFolder) -> ListLayout:
    """Return the settings of the 待录入清单."""
    reader = Reader("typing_list.toml", templates.settings("typing_list.toml"))
    return ListLayout(reader.text("title"), reader.columns(TYPING_WORDS))
