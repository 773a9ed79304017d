"""The audit log that a form may ask for: who did what, when, while it was filled in (ODK's ``audit`` question).

Columns and names of events are ODK's (XForms specification, “Client Audit Logs”; ODK Collect's list of events). No
position is ever taken. The log is kept as the text of its CSV, so that an autosave copies it and does no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fieldapp.common.clock import Clock
from fieldapp.xform.errors import SAVED_MISMATCH
from fieldapp.xform.expr.runtime import Runtime
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.tree import NodeDef
from fieldapp.xform.limits import MAX_AUDIT_BYTES, MAX_AUDIT_EVENTS
from fieldapp.xform.live.nodes import FormNode
from fieldapp.xform.live.views import Violation

__all__ = ["AUDIT_FILE", "AuditLog", "audit_log"]

#: The name under which a submission carries its log.
AUDIT_FILE = "audit.csv"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
#: What a full log still takes in: how the filling in ended.
_LAST = frozenset({"form exit", "form finalize"})
_ROOM_FOR_LAST, _LAST_BYTES = 100, 1024
#: Changes that are no answers.
_EDITS = frozenset({"add repeat", "delete repeat"})

Judge = Callable[[FormNode], Violation | None]


@dataclass(slots=True)
class _Stay:
    """A question that is being answered: since when, what stood there, and when it was last touched."""

    node: FormNode
    since: int
    old: str
    entered: bool
    touched: int


class AuditLog:
    """The log that ``asked`` asks for. ``judge`` tells what is wrong with a question's answer when it is left."""

    def __init__(self, asked: NodeDef, clock: Clock, user: str, judge: Judge) -> None:
        self.asked = asked
        told = asked.parameters
        self._changes = told.get("track-changes") == "true"
        self._users = told.get("identify-user") == "true"
        self.wants_reason = told.get("track-changes-reasons") == "on-form-edit"
        self._clock = clock
        self._user = user
        self._judge = judge
        self._head = self._line(self._columns())
        self._rows: list[str] = []
        self._count = self._bytes = 0
        self._stay: _Stay | None = None
        self._saved = self._resumed = False
        #: answers of a draft that was opened again have been changed
        self.edited = False

    def _columns(self) -> list[str]:
        columns = ["event", "node", "start", "end"]
        columns += ["old-value", "new-value"] if self._changes else []
        columns += ["user"] if self._users else []
        return columns + (["change-reason"] if self.wants_reason else [])

    def resume(self, kept: bytes | None, form_id: str) -> None:
        """Go on from a draft's log, if there is one. Raises FORM-023 when it is not one of this form's."""
        if kept:
            self._take_up(kept, form_id)
        self.note("form resume")
        self._resumed = True

    def _take_up(self, kept: bytes, form_id: str) -> None:
        try:
            text = kept.decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        if not text.startswith(self._head):
            raise SAVED_MISMATCH(form_id=form_id, reason=AUDIT_FILE)
        rows = text[len(self._head) :]
        self._rows = [rows] if rows else []
        self._count, self._bytes = rows.count("\n"), len(kept)

    def to_csv(self) -> bytes:
        """Return the log as it stands; a question that is being answered is told as left just now."""
        stay = self._stay
        now = self._told(stay) if stay is not None else ""
        rows = "".join(self._rows) + (now if self._has_room("question", now) else "")
        return (self._head + rows).encode()

    # -- events -------------------------------------------------------------------------------------------

    def note(self, event: str, node: str = "", *, ended: bool = False, reason: str = "") -> None:
        """Add an event of this moment."""
        self.leave()
        now = self._now()
        self._add(event, self._row(event, node, now, now if ended else None, reason=reason))
        if event in _EDITS:
            self.edited = self._resumed

    def enter(self, node: FormNode) -> None:
        """A question is being looked at; the one before has been left."""
        stay = self._stay
        if stay is not None and stay.node is node:
            stay.entered = True
            return
        self.leave()
        now = self._now()
        self._stay = _Stay(node, now, node.raw, True, now)

    def answer(self, node: FormNode, old: str) -> None:
        """A question was answered. A page that does not tell where it is gets one event for all keys of an answer."""
        self.edited = self._resumed
        now = self._now()
        stay = self._stay
        if stay is None or stay.node is not node:
            self.leave()
            self._stay = _Stay(node, now, old, False, now)
        else:
            stay.touched = now

    def leave(self) -> None:
        """The question that was being answered has been left; an answer that is not accepted is told after it."""
        stay, self._stay = self._stay, None
        if stay is None:
            return
        self._add("question", self._told(stay))
        wrong = self._judge(stay.node) if stay.node.alive else None
        if wrong is not None:
            self._add("constraint error", self._row("constraint error", wrong.ref, self._now()))

    def save(self) -> None:
        """The draft was written. Told once until something else happens, and not in the midst of an answer."""
        if self._stay is None and not self._saved:
            self.note("form save")
            self._saved = True

    def give_reason(self, reason: str) -> None:
        """Somebody said why the draft was changed."""
        self.note("change reason", reason=reason)
        self.edited = False

    def finish(self) -> None:
        """The form is complete."""
        self.note("form exit")
        self.note("form finalize")

    # -- rows ---------------------------------------------------------------------------------------------

    def _now(self) -> int:
        return (self._clock.now() - _EPOCH) // _MILLISECOND

    def _told(self, stay: _Stay) -> str:
        end = self._now() if stay.entered else stay.touched
        old, new = (stay.old, stay.node.raw) if stay.old != stay.node.raw else ("", "")
        return self._row("question", stay.node.ref, stay.since, max(end, stay.since), old, new)

    def _row(
        self,
        event: str,
        node: str,
        start: int,
        end: int | None = None,
        old: str = "",
        new: str = "",
        reason: str = "",
    ) -> str:
        cells = [event, node, str(start), "" if end is None else str(end)]
        cells += [old, new] if self._changes else []
        cells += [self._user] if self._users else []
        return self._line(cells + ([reason] if self.wants_reason else []))

    @staticmethod
    def _line(cells: list[str]) -> str:
        return ",".join(map(_cell, cells)) + "\n"

    def _has_room(self, event: str, row: str) -> bool:
        spare = _ROOM_FOR_LAST if event in _LAST else 0
        return (
            self._count < MAX_AUDIT_EVENTS + spare
            and self._bytes + len(row.encode()) <= MAX_AUDIT_BYTES + spare * _LAST_BYTES
        )

    def _add(self, event: str, row: str) -> None:
        self._saved = False
        if self._has_room(event, row):
            self._rows.append(row)
            self._count += 1
            self._bytes += len(row.encode())


def audit_log(definition: FormDefinition, run: Runtime, judge: Judge) -> AuditLog | None:
    """Return a new log where the form has a ``meta/audit``; the user is the property ``username``."""
    meta = definition.root.by_name.get("meta")
    asked = meta.by_name.get("audit") if meta is not None else None
    if asked is None or asked.repeats:
        return None
    return AuditLog(asked, run.clock, run.properties.get("username", ""), judge)


def _cell(text: str) -> str:
    """Return a cell. One with quotes only is put in quotes too: every reader understands it then."""
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
