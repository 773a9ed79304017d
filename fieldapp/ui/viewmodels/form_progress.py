"""How far each part of a form is, kept up to date by what changed: 300 questions are not counted again for one key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fieldapp.ui.viewmodels.form_nodes import is_asked, questions_of
from fieldapp.ui.viewmodels.form_sections import Part
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView, Violation

__all__ = ["Progress", "ProgressCount"]

State = Literal["open", "complete", "doubtful", "wrong"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part is. ``rows`` is the number of instances with an answer, None outside repeats."""

    ref: str
    label: str
    answered: int
    total: int
    required: int
    missing: int
    errors: int
    rows: int | None
    doubts: int = 0

    @property
    def state(self) -> State:
        """``wrong`` when something is to be mended, ``doubtful`` when a doubt has no reason yet, ``complete`` when nothing that must be answered is open."""
        if self.errors:
            return "wrong"
        if self.doubts:
            return "doubtful"
        needed = self.required > 0 or self.answered == self.total or self.rows is not None
        return "complete" if not self.missing and self.answered and needed else "open"


class _Tally(NamedTuple):
    """What one question adds to its part."""

    answered: int
    total: int
    required: int
    missing: int
    errors: int
    doubts: int


_NOTHING = _Tally(0, 0, 0, 0, 0, 0)


class ProgressCount:
    """Counts once, then follows. After instances came or went, or another look at what is missing, count again."""

    def __init__(
        self,
        parts: tuple[Part, ...],
        visible: Callable[[QuestionView], bool],
        violation: Callable[[QuestionView], Violation | None],
        doubts: Callable[[str], int],
    ) -> None:
        self._parts = parts
        self._visible = visible
        self._violation = violation
        self._doubts = doubts
        self._where: dict[str, tuple[int, QuestionView]] = {}
        self._tallies: dict[str, _Tally] = {}
        self._sums: list[list[int]] = []
        self._repeats: set[str] = set()
        self.count_again()

    def count_again(self) -> None:
        """Count everything from the start."""
        self._where, self._tallies, self._repeats = {}, {}, set()
        self._sums = [[0] * len(_NOTHING) for _ in self._parts]
        for number, part in enumerate(self._parts):
            for node in part.nodes:
                self._note(node, number)
        self._take_in(self._where)

    def _note(self, node: NodeView, number: int) -> None:
        match node:
            case QuestionView():
                self._where[node.ref] = (number, node)
            case RepeatView():
                self._repeats.add(node.ref)
                for instance in node.instances:
                    self._note(instance, number)
            case GroupView():
                for child in node.children:
                    self._note(child, number)

    def follow(self, refs: frozenset[str]) -> None:
        """Take in what changed. A repeat among it has other instances than before, and is counted anew."""
        if refs & self._repeats:
            self.count_again()
        else:
            self._take_in(refs)

    def _take_in(self, refs: Iterable[str]) -> None:
        for ref in refs:
            if ref not in self._where:
                continue
            number, question = self._where[ref]
            now, before = self._tally(question), self._tallies.get(ref, _NOTHING)
            if now != before:
                self._tallies[ref] = now
                total = self._sums[number]
                for place, (new, old) in enumerate(zip(now, before, strict=True)):
                    total[place] += new - old

    def progress(self, number: int, fallback_label: str) -> Progress:
        """Return how far a part is."""
        part = self._parts[number]
        node = part.nodes[0]
        rows = sum(map(_has_answer, node.instances)) if isinstance(node, RepeatView) else None
        answered, total, required, missing, errors, doubts = self._sums[number]
        label = part.label or fallback_label
        return Progress(part.ref, label, answered, total, required, missing, errors, rows, doubts)

    def _tally(self, question: QuestionView) -> _Tally:
        if not is_asked(question) or not self._visible(question):
            return _NOTHING
        answered, required = bool(question.value), question.required
        wrong = self._violation(question) is not None
        doubts = self._doubts(question.ref)
        return _Tally(int(answered), 1, int(required), int(required and not answered), int(wrong), doubts)


def _has_answer(instance: GroupView) -> bool:
    """An instance that a form opens with counts only when something is written into it."""
    return any(question.value for question in questions_of(instance))
