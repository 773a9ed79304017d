"""What a person notes beside the answers: a comment to a question, and why a doubt is none. Both travel with the visit."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass

from fieldapp.common.ids import derived_id
from fieldapp.register.change import Comment, EntityPatch, FieldChange
from fieldapp.register.entities import Pass

__all__ = [
    "LONGEST_NOTE",
    "Comment",
    "PassedDoubt",
    "follow_removal",
    "pass_patches",
    "read_comments",
    "read_passed",
    "told_comments",
    "told_passed",
]

#: A note is a line or two; a longer story belongs into an answer.
LONGEST_NOTE = 1_000
_INSTANCE = re.compile(r"^(?P<repeat>.*)\[(?P<number>\d+)\]$")


@dataclass(frozen=True, slots=True)
class PassedDoubt:
    """A finding that was passed while the form was filled in: its key, what it said, at which question, and why."""

    key: str
    rule_id: str
    ref: str
    text: str
    reason: str


def told_comments(comments: Mapping[str, Comment]) -> list[dict[str, str]]:
    """Return comments as a draft keeps them."""
    return [asdict(comment) for comment in comments.values()]


def read_comments(told: list[dict[str, str]]) -> dict[str, Comment]:
    """Return what :func:`told_comments` made, by question."""
    return {row["ref"]: Comment(**row) for row in told}


def told_passed(passed: Mapping[str, PassedDoubt]) -> list[dict[str, str]]:
    """Return passed doubts as a draft keeps them."""
    return [asdict(each) for each in passed.values()]


def read_passed(told: list[dict[str, str]]) -> dict[str, PassedDoubt]:
    """Return what :func:`told_passed` made, by key."""
    return {row["key"]: PassedDoubt(**row) for row in told}


def follow_removal(comments: MutableMapping[str, Comment], instance: str) -> None:
    """Let comments stay with their questions when an instance of a repeat was taken away and the later ones moved up."""
    match = _INSTANCE.match(instance)
    if match is None:
        return
    repeat, gone = match["repeat"], int(match["number"])
    later = re.compile(re.escape(repeat) + r"\[(\d+)\](/.*)")
    moved: dict[str, Comment] = {}
    for ref, comment in comments.items():
        place = later.fullmatch(ref)
        number = int(place[1]) if place else 0
        if place and number == gone:
            continue
        new = f"{repeat}[{number - 1}]{place[2]}" if place and number > gone else ref
        moved[new] = Comment(new, comment.text, comment.author, comment.at)
    comments.clear()
    comments.update(moved)


def pass_patches(
    passed: Mapping[str, PassedDoubt], visit_id: str, household_id: str, author: str, day: str
) -> tuple[EntityPatch, ...]:
    """Return the records of what was passed. Their ids follow from visit and finding, so finishing twice makes one."""
    patches = []
    for each in passed.values():
        fields = {
            "household_id": household_id,
            "rule_id": each.rule_id,
            "key": each.key,
            "reason": each.reason,
            "passed_on": day,
            "text": each.text,
            "author_name": author,
            "question": each.ref,
            "visit_id": visit_id,
        }
        changes = {name: FieldChange(None, value) for name, value in fields.items()}
        patches.append(
            EntityPatch(Pass.LIST, derived_id("pass", visit_id, each.key), household_id, 0, changes)
        )
    return tuple(patches)
