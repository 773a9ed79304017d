"""What a session offers of the audit log; all of it does nothing where the form asks for none."""

from __future__ import annotations

from fieldapp.xform.live.audit import AuditLog
from fieldapp.xform.live.nodes import FormNode

__all__ = ["Audited"]


class Audited:
    """The part of a form session that keeps its audit log."""

    _log: AuditLog | None

    def _question(self, ref: str) -> FormNode:
        """Return the question at ``ref``. Raises FORM-020."""
        raise NotImplementedError

    def audit(self) -> bytes:
        """Return the log as audit.csv in ODK's columns; empty when the form does not ask for one."""
        return self._log.to_csv() if self._log is not None else b""

    def enter(self, ref: str) -> None:
        """Tell that a question is being looked at, for the times in the log. Raises FORM-020."""
        node = self._question(ref)
        if self._log is not None:
            self._log.enter(node)

    def leave(self) -> None:
        """Tell that nobody looks at a question now."""
        if self._log is not None:
            self._log.leave()

    def saved(self) -> None:
        """Tell that the draft was written."""
        if self._log is not None:
            self._log.save()

    def exit(self) -> None:
        """Tell that the form was closed unfinished."""
        self._note("form exit")

    @property
    def needs_reason(self) -> bool:
        """The form wants to know why a draft that was opened again was changed, and nobody has said so yet."""
        return self._log is not None and self._log.wants_reason and self._log.edited

    def give_reason(self, reason: str) -> None:
        """Say why answers of a draft were changed."""
        if self._log is not None:
            self._log.give_reason(reason)

    def _note(self, event: str, node: str = "", *, ended: bool = False) -> None:
        if self._log is not None:
            self._log.note(event, node, ended=ended)
