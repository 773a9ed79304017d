"""Beside the answers of a form: comments to questions, and doubts of the checks with the reason why one is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.common.errors import KnownError

if TYPE_CHECKING:
    from fieldapp.services.draft_findings import DraftFinding
    from fieldapp.services.draft_notes import Comment
    from fieldapp.ui.viewmodels.form_keeping import FormKeeper

__all__ = ["LOOK_AGAIN_MS", "FormNotes"]

#: The checks run when typing pauses, never between two keys.
LOOK_AGAIN_MS = 450
Doubts = tuple["DraftFinding", ...]


class FormNotes(QObject):
    """What is noted beside each question. ``changed`` carries the refs whose notes are others than before."""

    changed = Signal(object)  # frozenset of refs

    def __init__(
        self, keeper: FormKeeper, touched: Callable[[], object], *, read_only: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._touched = touched
        self._read_only = read_only
        self._doubts: Mapping[str, Doubts] = {}
        self._soon = QTimer(self, singleShot=True, interval=LOOK_AGAIN_MS)
        self._soon.timeout.connect(self.look_again)

    def comment(self, ref: str) -> Comment | None:
        """Return the comment to a question."""
        return self._keeper.comments.get(ref)

    def doubts(self, ref: str) -> Doubts:
        """Return what the checks found at a question, passed doubts included."""
        return self._doubts.get(ref, ())

    def any_at(self, ref: str) -> bool:
        """Tell whether anything is noted beside a question."""
        return ref in self._doubts or ref in self._keeper.comments

    def open_doubts(self, ref: str) -> int:
        """Return how many doubts at a question have no reason yet."""
        return sum(1 for each in self.doubts(ref) if not each.reason)

    def write(self, ref: str, text: str) -> None:
        """Note something beside a question; an empty text takes the comment away."""
        before = self.comment(ref)
        if self._read_only or text.strip() == (before.text if before else ""):
            return
        self._keeper.comment(ref, text)
        self._touched()
        self.changed.emit(frozenset((ref,)))

    def explain(self, doubt: DraftFinding, reason: str) -> None:
        """Say why a doubt is none; an empty reason opens it again."""
        self._keeper.explain(doubt, reason)
        self._touched()
        self.look_again()

    def take_away(self, instance: str) -> tuple[Comment, ...]:
        """Let comments follow when an instance of a repeat is taken away; return those that go with it."""
        gone = tuple(c for ref, c in self._keeper.comments.items() if ref.startswith(instance + "/"))
        self._keeper.row_removed(instance)
        return gone

    def put_back(self, comments: tuple[Comment, ...], removed: str, instance: str) -> None:
        """Write the comments of an instance that was taken away beside the one that takes its place."""
        for comment in comments:
            self._keeper.comment(instance + comment.ref.removeprefix(removed), comment.text)

    def look_soon(self) -> None:
        """Run the checks when typing pauses."""
        if not self._read_only:
            self._soon.start()

    def look_again(self) -> None:
        """Run the checks now."""
        self._soon.stop()
        try:
            doubts = self._keeper.findings()
        except KnownError:
            return  # locked in the meantime, or a disk that does not answer: the answers are what matters
        found: dict[str, list[DraftFinding]] = {}
        for doubt in doubts:
            found.setdefault(doubt.ref, []).append(doubt)
        now = {ref: tuple(some) for ref, some in found.items()}
        before, self._doubts = self._doubts, now
        refs = frozenset(ref for ref in {*before, *now} if before.get(ref) != now.get(ref))
        if refs:
            self.changed.emit(refs)

    def stop(self) -> None:
        """Look no more."""
        self._soon.stop()
