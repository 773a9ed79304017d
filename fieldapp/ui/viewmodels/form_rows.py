"""Taking an instance of a repeat away so that it can be put back: undo in place of “are you sure”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.xform import FormSession, GroupView, NodeView, QuestionView, RepeatView

if TYPE_CHECKING:
    from fieldapp.services.draft_notes import Comment

__all__ = ["RemovedRow", "put_back", "take_away"]


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """What stood in an instance: answers by ref below it, the instances of repeats inside it, comments to its questions."""

    repeat: str
    answers: tuple[tuple[str, str], ...]
    inner: tuple[tuple[str, tuple[RemovedRow, ...]], ...]
    ref: str = ""
    comments: tuple[Comment, ...] = ()


def take_away(session: FormSession, ref: str) -> RemovedRow:
    """Remove an instance and return what stood in it."""
    instance = session.view(ref)
    if not isinstance(instance, GroupView):
        raise TypeError(f"{ref} is no instance of a repeat")
    removed = _snapshot(instance)
    session.remove_repeat(ref)
    return removed


def put_back(session: FormSession, removed: RemovedRow) -> str:
    """Add an instance with what stood in a removed one; return its ref."""
    return _put_into(session, session.add_repeat(removed.repeat), removed)


def _put_into(session: FormSession, ref: str, removed: RemovedRow) -> str:
    for below, value in removed.answers:
        session.set(ref + below, value)
    for below, rows in removed.inner:
        repeat = session.view(ref + below)
        present = [instance.ref for instance in repeat.instances] if isinstance(repeat, RepeatView) else []
        for number, row in enumerate(rows):
            target = present[number] if number < len(present) else session.add_repeat(ref + below)
            _put_into(session, target, row)
    return ref


def _snapshot(instance: GroupView) -> RemovedRow:
    answers: list[tuple[str, str]] = []
    inner: list[tuple[str, tuple[RemovedRow, ...]]] = []

    def walk(node: NodeView) -> None:
        below = node.ref.removeprefix(instance.ref)
        match node:
            case QuestionView():
                if node.value and not node.readonly and node.kind not in ("calculate", "note"):
                    answers.append((below, node.value))
            case RepeatView():
                inner.append((below, tuple(_snapshot(row) for row in node.instances)))
            case GroupView():
                for child in node.children:
                    walk(child)

    for child in instance.children:
        walk(child)
    return RemovedRow(instance.ref.rpartition("[")[0], tuple(answers), tuple(inner), instance.ref)
