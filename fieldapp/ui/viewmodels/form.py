"""A form being filled in: sections with progress and errors, autosave, finishing. QtCore only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.common.errors import KnownError
from fieldapp.services.visits import VisitDraft
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView, Violation

__all__ = ["FormViewModel", "Section", "VisitWriter", "questions_of"]

AUTOSAVE_MS = 800
AUTOSAVE_LIMIT_MS = 5_000
_SILENT = frozenset({"calculate", "hidden"})


class VisitWriter(Protocol):
    """What the form needs of the visit service."""

    def autosave(self, draft: VisitDraft) -> str: ...

    def attach(self, draft: VisitDraft, ref: str, filename: str, content: bytes) -> None: ...

    def attachment(self, draft: VisitDraft, filename: str) -> bytes | None: ...

    def finish(self, draft: VisitDraft) -> str: ...


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form in the side list: how many of its questions are answered, and how many are wrong."""

    ref: str
    label: str
    answered: int
    total: int
    errors: int
    relevant: bool


def questions_of(node: NodeView, *, relevant_only: bool = True) -> Iterator[QuestionView]:
    """Yield the questions a person can see below a node, in document order."""
    if relevant_only and not node.relevant:
        return
    match node:
        case QuestionView():
            if node.kind not in _SILENT:
                yield node
        case GroupView():
            for child in node.children:
                yield from questions_of(child, relevant_only=relevant_only)
        case RepeatView():
            for instance in node.instances:
                yield from questions_of(instance, relevant_only=relevant_only)


class FormViewModel(QObject):
    """Keeps a draft's session, saves it while it is typed, and finishes it."""

    changed = Signal(object)  # frozenset of refs
    structure_changed = Signal(str)  # ref of the repeat
    sections_changed = Signal()
    saved = Signal(str)
    failed = Signal(object)  # KnownError
    finished = Signal(str)

    def __init__(self, draft: VisitDraft, visits: VisitWriter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self._visits = visits
        self._dirty = False
        self._checked: dict[str, Violation] = {}
        self._soon = self._timer(AUTOSAVE_MS)
        self._latest = self._timer(AUTOSAVE_LIMIT_MS)
        self._unsubscribe = draft.session.subscribe(self._session_changed)

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval_ms)
        timer.timeout.connect(self.flush)
        return timer

    @property
    def root(self) -> GroupView:
        return self.draft.session.root

    def set_answer(self, ref: str, value: str) -> None:
        """Answer a question; an invalid answer is kept with its violation."""
        violation = self.draft.session.set(ref, value)
        self._note(ref, violation)
        self._touched()
        self.sections_changed.emit()

    def add_row(self, repeat: str) -> str:
        """Add an instance to a repeat and return its ref."""
        ref = self.draft.session.add_repeat(repeat)
        self._touched()
        self.structure_changed.emit(repeat)
        self.sections_changed.emit()
        return ref

    def remove_row(self, ref: str) -> None:
        """Remove an instance of a repeat."""
        repeat = ref.rsplit("[", 1)[0]
        self.draft.session.remove_repeat(ref)
        self._checked = {known: v for known, v in self._checked.items() if not known.startswith(repeat + "[")}
        self._touched()
        self.structure_changed.emit(repeat)
        self.sections_changed.emit()

    def attach(self, ref: str, filename: str, content: bytes) -> None:
        """Keep a photo or a signature for a question."""
        try:
            self._visits.attach(self.draft, ref, filename, content)
        except KnownError as error:
            self.failed.emit(error)
            return
        self.changed.emit(frozenset({ref}))
        self.sections_changed.emit()

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a photo of this draft."""
        return self._visits.attachment(self.draft, name) if name else None

    def last_value(self, ref: str) -> str:
        """Return what the register says for a question (“was: …”), empty when nothing."""
        return self.draft.last_values.get(ref, "")

    def violation(self, question: QuestionView) -> Violation | None:
        """Return what is wrong with an answer: at once for a wrong one, for a missing one after a check."""
        return question.violation or self._checked.get(question.ref)

    def sections(self) -> list[Section]:
        """Return the sections in order."""
        return [self._section(child) for child in self.root.children if self._is_section(child)]

    def _is_section(self, node: NodeView) -> bool:
        return any(True for _ in questions_of(node, relevant_only=False)) or isinstance(node, RepeatView)

    def _section(self, node: NodeView) -> Section:
        questions = [q for q in questions_of(node) if q.kind != "note"]
        answered = sum(1 for q in questions if q.value)
        errors = sum(1 for q in questions if self.violation(q) is not None)
        return Section(node.ref, node.label or node.name, answered, len(questions), errors, node.relevant)

    def next_empty(self, after: str | None) -> str | None:
        """Return the ref of the next visible question without an answer, round the end; None when there is none."""
        return self._next(after, lambda question: not question.value and question.kind != "note")

    def next_error(self, after: str | None) -> str | None:
        """Return the ref of the next question with something wrong."""
        return self._next(after, lambda question: self.violation(question) is not None)

    def _next(self, after: str | None, wanted: _Wanted) -> str | None:
        questions = list(questions_of(self.root))
        refs = [question.ref for question in questions]
        start = refs.index(after) + 1 if after in refs else 0
        for question in questions[start:] + questions[:start]:
            if not question.readonly and wanted(question):
                return question.ref
        return None

    def check(self) -> Sequence[Violation]:
        """Look at every answer and remember what is missing or wrong."""
        violations = self.draft.session.validate()
        self._show(violations)
        return violations

    def finish(self) -> None:
        """Finish the visit, or show what is still missing."""
        self._stop_timers()
        try:
            visit_id = self._visits.finish(self.draft)
        except KnownError as error:
            self._show(self.draft.violations)
            self.failed.emit(error)
            return
        self._dirty = False
        self._unsubscribe()
        self.finished.emit(visit_id)

    def flush(self) -> None:
        """Save now, if anything was typed since the last save."""
        self._stop_timers()
        if not self._dirty:
            return
        try:
            moment = self._visits.autosave(self.draft)
        except KnownError as error:
            # What was typed stays in the session; the next key tries again.
            self.failed.emit(error)
            self._latest.start()
            return
        self._dirty = False
        self.saved.emit(moment)

    def _show(self, violations: Sequence[Violation]) -> None:
        touched = frozenset(self._checked) | {violation.ref for violation in violations}
        self._checked = {violation.ref: violation for violation in violations}
        self.changed.emit(touched)
        self.sections_changed.emit()

    def _note(self, ref: str, violation: Violation | None) -> None:
        if violation is None:
            self._checked.pop(ref, None)

    def _session_changed(self, refs: frozenset[str]) -> None:
        self.changed.emit(refs)

    def _touched(self) -> None:
        self._dirty = True
        self._soon.start()
        if not self._latest.isActive():
            self._latest.start()

    def _stop_timers(self) -> None:
        self._soon.stop()
        self._latest.stop()


class _Wanted(Protocol):
    def __call__(self, question: QuestionView) -> bool: ...
