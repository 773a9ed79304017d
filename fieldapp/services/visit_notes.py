"""Beside the answers of a draft: comments to questions, doubts of the checks, and why one is none."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from fieldapp.register.checks import shipped_rules
from fieldapp.services.copying import same_texts
from fieldapp.services.draft_findings import DraftFinding, Ground, draft_findings
from fieldapp.services.draft_notes import LONGEST_NOTE, Comment, PassedDoubt, follow_removal

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.services.visit_draft import VisitDraft
    from fieldapp.store import Store

__all__ = ["VisitNotes"]


class VisitNotes:
    """Notes on drafts. Each is kept with the draft's next saving, as an answer is."""

    _store: Store
    _person: Staff
    _clock: Clock
    _schema: RegisterSchema

    def comment(self, draft: VisitDraft, ref: str, text: str) -> None:
        """Note something beside a question; an empty text takes the comment away."""
        if told := text.strip()[:LONGEST_NOTE]:
            at = self._clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")
            draft.comments[ref] = Comment(ref, told, self._person.name, at)
        else:
            draft.comments.pop(ref, None)

    def row_removed(self, draft: VisitDraft, instance: str) -> None:
        """Let the comments follow when an instance of a repeat was taken away."""
        follow_removal(draft.comments, instance)

    def findings(self, draft: VisitDraft) -> tuple[DraftFinding, ...]:
        """Return the doubts about the answers of now, with the reason of those passed in this draft."""
        if draft.ground is None:
            records = self._store.household_file(draft.household_id)
            draft.ground = Ground.of(
                records,
                shipped_rules(),
                self._clock.today(),
                self._store.policies(),
                self._store.rule_book(),
            )
        found = draft_findings(
            draft.ground, draft.map, draft.session, draft.household, draft.seen, self._schema
        )
        found = (*found, *same_texts(draft.session, functools.partial(self._households_saying, draft)))
        return tuple(
            DraftFinding(
                each.ref, each.rule_id, each.level, each.zh, each.en, each.key, draft.passed[each.key].reason
            )
            if each.key in draft.passed
            else each
            for each in found
        )

    def _households_saying(self, draft: VisitDraft, text: str) -> int:
        if text not in draft.said_elsewhere:
            draft.said_elsewhere[text] = self._store.households_saying(text, draft.household_id)
        return draft.said_elsewhere[text]

    def explain(self, draft: VisitDraft, finding: DraftFinding, reason: str) -> None:
        """Pass a doubt with a reason; an empty reason opens it again. An error is not passed, only mended."""
        told = reason.strip()[:LONGEST_NOTE]
        if told and finding.can_be_passed:
            draft.passed[finding.key] = PassedDoubt(
                finding.key, finding.rule_id, finding.ref, finding.zh, told
            )
        else:
            draft.passed.pop(finding.key, None)

    def _still_passed(self, draft: VisitDraft) -> dict[str, PassedDoubt]:
        """Return the passed doubts that still stand: one whose values were mended since is nobody's question."""
        if not draft.passed:
            return {}
        found = {finding.key for finding in self.findings(draft)}
        return {key: each for key, each in draft.passed.items() if key in found}
