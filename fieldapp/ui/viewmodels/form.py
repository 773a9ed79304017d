"""A form being filled in: answers, parts with progress and errors, autosave, finishing. QtCore only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.common.errors import KnownError
from fieldapp.ui.viewmodels.form_keeping import FormKeeper
from fieldapp.ui.viewmodels.form_nodes import answer_text, is_asked, questions_of
from fieldapp.ui.viewmodels.form_notes import FormNotes
from fieldapp.ui.viewmodels.form_progress import Progress, ProgressCount
from fieldapp.ui.viewmodels.form_rows import RemovedRow, put_back, take_away
from fieldapp.ui.viewmodels.form_sections import Part, parts_of
from fieldapp.ui.viewmodels.last_values import last_answer
from fieldapp.ui.viewmodels.office import OfficeOnly
from fieldapp.ui.viewmodels.view_model import ViewModel
from fieldapp.xform import FormSession, GroupView, NodeView, QuestionView, Violation

__all__ = ["AUTOSAVE_LIMIT_MS", "AUTOSAVE_MS", "FormViewModel"]

AUTOSAVE_MS = 800
AUTOSAVE_LIMIT_MS = 5_000


class FormViewModel(ViewModel):
    """Keeps a session, saves it while it is typed, and finishes it."""

    changed = Signal(object)  # frozenset of refs
    rows_changed = Signal(str, int)  # ref of the repeat, number (from 0) of the instance that is gone or -1
    sections_changed = Signal()
    door_mode_changed = Signal(bool)
    language_changed = Signal()
    saved = Signal(str)  # ISO moment
    reason_wanted = Signal()  # why a draft that was opened again was changed
    finished = Signal(str)  # id of the record

    def __init__(self, keeper: FormKeeper, *, read_only: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keeper = keeper
        self.read_only = read_only
        self.door_mode = False
        self._office = OfficeOnly(self.root)
        self._dirty = False
        self._asked_to_finish = False
        self._held: frozenset[str] | None = None
        self._looked_at: str | None = None
        self._soon = self._timer(AUTOSAVE_MS, self.flush)
        self._latest = self._timer(AUTOSAVE_LIMIT_MS, self.flush)
        self._recount = self._timer(0, self.sections_changed.emit)
        self.notes = FormNotes(keeper, self._touched, read_only=read_only, parent=self)
        self.notes.changed.connect(self._noted)
        self.parts: tuple[Part, ...] = parts_of(self.root, self._is_known)
        self._count = ProgressCount(self.parts, self.is_visible, self.violation, self.notes.open_doubts)
        self._unsubscribe = self.session.subscribe(self._session_changed)
        self.notes.look_soon()

    def _timer(self, interval_ms: int, run: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval_ms)
        timer.timeout.connect(run)
        return timer

    @property
    def session(self) -> FormSession:
        return self.keeper.session

    @property
    def root(self) -> GroupView:
        return self.keeper.session.root

    # What is on the page

    def _is_known(self, node: NodeView) -> bool:
        """The record the form was opened for is in the title and not asked again."""
        known = self.keeper.known_record
        return bool(known) and isinstance(node, QuestionView) and node.value == known

    def is_visible(self, question: QuestionView) -> bool:
        """Tell whether a question is on the page now."""
        return question.relevant and not self.is_for_office(question)

    def is_for_office(self, node: NodeView) -> bool:
        """Tell whether the at-the-door mode hides a node now."""
        return self.door_mode and self._office.covers(node)

    def part_is_visible(self, part: Part) -> bool:
        """Tell whether a part has anything to show now."""
        return part.relevant and not (self.door_mode and self._office.covers_all(part.nodes))

    def toggle_door_mode(self) -> None:
        """Show the page as it may be seen by the family, or in full again."""
        self.door_mode = not self.door_mode
        self._office = OfficeOnly(self.root)
        self._count.count_again()
        self.door_mode_changed.emit(self.door_mode)
        self.sections_changed.emit()

    def set_language(self, name: str) -> None:
        """Show the form in another of its languages."""
        self.session.set_language(name)
        self._count.count_again()
        self.language_changed.emit()
        self.sections_changed.emit()

    # Answers

    def set_answer(self, ref: str, value: str) -> None:
        """Answer a question; an invalid answer is kept with its violation."""
        if self.read_only:
            return
        self.session.set(ref, value)
        self._touched()

    def add_row(self, repeat: str) -> str:
        """Add an instance to a repeat and return its ref."""
        with self._restructuring(repeat):
            return self.session.add_repeat(repeat)

    def remove_row(self, ref: str) -> RemovedRow:
        """Take an instance away; what is returned puts it back."""
        repeat, _, number = ref.rstrip("]").rpartition("[")
        with self._restructuring(repeat, gone=int(number) - 1):
            removed = take_away(self.session, ref)
            return replace(removed, comments=self.notes.take_away(ref))

    def restore_row(self, removed: RemovedRow) -> str:
        """Put a removed instance back as the last one of its repeat."""
        with self._restructuring(removed.repeat):
            ref = put_back(self.session, removed)
            self.notes.put_back(removed.comments, removed.ref, ref)
            return ref

    @contextmanager
    def _restructuring(self, repeat: str, gone: int = -1) -> Iterator[None]:
        """Tell first which instances there are now and only then what changed in them."""
        self._held = frozenset()
        try:
            yield
        finally:
            refs, self._held = self._held, None
            self._touched()
            self._count.count_again()
            self.rows_changed.emit(repeat, gone)
            self._session_changed(refs)

    def attach(self, ref: str, filename: str, content: bytes) -> bool:
        """Keep a file with the draft and answer the question with its name; False when it was refused."""
        try:
            self.keeper.attach(ref, filename, content)
        except KnownError as error:
            self.failed.emit(error)
            return False
        self._touched()
        return True

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a kept file."""
        return self.keeper.attachment(name) if name else None

    # What stood there before

    def last_text(self, question: QuestionView) -> str:
        """Return what the register says for a question, as a person reads it; empty when nothing."""
        return self.keeper.last_values.get(question.ref, "")

    def is_changed(self, question: QuestionView) -> bool:
        """Tell whether the answer is another one than the register's."""
        last = self.last_text(question)
        return bool(last) and question.value != last_answer(question, last) and answer_text(question) != last

    def restore_last(self, question: QuestionView) -> None:
        """Answer with the register's value again."""
        before = last_answer(question, self.last_text(question))
        if before is not None:
            self.set_answer(question.ref, before)

    # What is wrong or missing

    def violation(self, question: QuestionView) -> Violation | None:
        """Return what is wrong with an answer: a wrong one at once, a missing one after the first try to finish."""
        violation = question.violation
        if violation is not None and violation.kind != "required":
            return violation
        if self._asked_to_finish and question.required and not question.value and question.relevant:
            return violation or Violation(question.ref, "required", question.required_message)
        return None

    def progress(self) -> list[Progress]:
        """Return how far each part on the page is, in order."""
        title = self.session.definition.title
        return [
            self._count.progress(number, title)
            for number, part in enumerate(self.parts)
            if self.part_is_visible(part)
        ]

    def first_to_answer(self) -> str | None:
        """Return where the keyboard starts: on paper order the first question, else the first that must be answered."""
        questions = [q for q in self._questions() if is_asked(q)]
        if not self.keeper.from_paper:
            missing = next((q.ref for q in questions if q.required and not q.value), None)
            if missing is not None:
                return missing
        return questions[0].ref if questions else None

    def next_empty(self, after: str | None) -> str | None:
        """Return the ref of the next question without an answer, round the end; None when there is none."""
        return self._next(after, lambda question: not question.value)

    def next_error(self, after: str | None) -> str | None:
        """Return the ref of the next question with something wrong."""
        return self._next(after, lambda question: self.violation(question) is not None)

    def next_doubt(self, after: str | None) -> str | None:
        """Return the ref of the next question with a doubt that has no reason yet."""
        if self.door_mode:
            return None
        return self._next(after, lambda question: self.notes.open_doubts(question.ref) > 0)

    def hidden_errors(self) -> int:
        """Return how many wrong or missing answers cannot be seen at the door."""
        asked = questions_of(self.root)
        return sum(1 for q in asked if not self.is_visible(q) and self.violation(q) is not None)

    def _next(self, after: str | None, wanted: Callable[[QuestionView], bool]) -> str | None:
        questions = self._questions()
        refs = [question.ref for question in questions]
        start = refs.index(after) + 1 if after in refs else 0
        for question in questions[start:] + questions[:start]:
            if is_asked(question) and wanted(question):
                return question.ref
        return None

    def _questions(self) -> list[QuestionView]:
        return [
            q for part in self.parts for node in part.nodes for q in questions_of(node) if self.is_visible(q)
        ]

    # Keeping and finishing

    def check(self) -> Sequence[Violation]:
        """Look at every answer; from now on what is missing shows too."""
        violations = self.session.validate()
        self._asked_to_finish = True
        self._count.count_again()
        self.changed.emit(frozenset(violation.ref for violation in violations))
        self.sections_changed.emit()
        return violations

    def finish(self) -> None:
        """Make the final record, or show what is still missing. A form may first want to know why it was changed."""
        if self.session.needs_reason and not self.session.validate():
            self.reason_wanted.emit()
            return
        self._stop_timers()
        try:
            record = self.keeper.finish()
        except KnownError as error:
            self.check()
            self.failed.emit(error)
            return
        self._dirty = False
        self.close()
        self.finished.emit(record)

    def give_reason(self, reason: str) -> None:
        """Say why the draft was changed, and finish."""
        self.session.give_reason(reason)
        self.finish()

    def look_at(self, ref: str | None) -> None:
        """Tell the form's audit log, where it keeps one, which question the person is at."""
        if ref == self._looked_at or self.read_only:
            return
        self._looked_at = ref
        if ref is None:
            self.session.leave()
        else:
            self.session.enter(ref)

    def leave(self) -> None:
        """Put the form away unfinished; what was typed is kept."""
        self.look_at(None)
        if not self.read_only:
            self.session.exit()
            self._dirty = self._dirty or bool(self.session.audit())
        self.flush()

    def flush(self) -> None:
        """Save now, if anything was typed since the last save."""
        self._stop_timers()
        if not self._dirty or self.read_only:
            return
        try:
            moment = self.keeper.autosave()
        except KnownError as error:
            # What was typed stays in the session, and saving is tried again.
            self.failed.emit(error)
            self._latest.start()
            return
        self._dirty = False
        self.saved.emit(moment)

    def close(self) -> None:
        """Follow the session no longer."""
        self._stop_timers()
        self.notes.stop()
        self._recount.stop()
        self._unsubscribe()
        self._unsubscribe = _nothing

    def _session_changed(self, refs: frozenset[str]) -> None:
        if self._held is not None:
            self._held |= refs
            return
        self._count.follow(refs)
        self.changed.emit(refs)
        self._recount.start()
        self.notes.look_soon()

    def _noted(self, refs: frozenset[str]) -> None:
        self._count.follow(refs)
        self.changed.emit(refs)
        self._recount.start()

    def _touched(self) -> None:
        self._dirty = True
        self._soon.start()
        if not self._latest.isActive():
            self._latest.start()

    def _stop_timers(self) -> None:
        self._soon.stop()
        self._latest.stop()


def _nothing() -> None:
    """In place of an ended subscription."""
