"""The last visit as a draft, and a word when many records say the same: copying saves typing, not looking.

Only what is still empty is copied: what the register knows comes from the register. Dates, photos, signatures, members and
what the form works out are never copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fieldapp.register.checks.finding import digest_of
from fieldapp.services.draft_findings import DraftFinding
from fieldapp.xform import GroupView, NodeView, QuestionView

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldapp.xform import FormSession

__all__ = ["LONGEST_SHORT_TEXT", "SAME_TEXT", "SAME_TEXTS_FROM", "copy_answers", "same_texts"]

#: The form's own doubt: a longer text that stands in many visits word for word.
SAME_TEXT = "form.same-text"
#: From how many other households on it is said.
SAME_TEXTS_FROM = 3
#: “没有变化”, “一切正常” may well be said everywhere.
LONGEST_SHORT_TEXT = 7
_COPIED = frozenset({"text", "select_one", "select_multiple", "integer", "decimal"})


def copy_answers(old: FormSession, new: FormSession) -> int:
    """Answer what is empty in ``new`` as in ``old``; return how many questions were answered."""
    answers = {question.ref: question.value for question in _single(old.root) if question.value}
    copied = 0
    for question in list(_single(new.root)):
        value = answers.get(question.ref, "")
        if value and not question.value and not question.readonly and question.kind in _COPIED:
            new.set(question.ref, value)
            copied += 1
    return copied


def same_texts(session: FormSession, households_saying: Callable[[str], int]) -> Iterator[DraftFinding]:
    """Yield a hint beside each longer text that stands word for word in the visits of many other households."""
    for question in _single(session.root):
        text = question.value.strip()
        if question.kind != "text" or not question.relevant or len(text) <= LONGEST_SHORT_TEXT:
            continue
        others = households_saying(text)
        if others >= SAME_TEXTS_FROM:
            yield DraftFinding(
                question.ref,
                SAME_TEXT,
                "hint",
                f"这句话和另外 {others} 户走访记录里的一字不差，请写这一户的实际情况",
                f"word for word as in the visits of {others} other households; write what is so here",
                f"{SAME_TEXT}/{question.ref}/{digest_of([text])}",
            )


def _single(node: NodeView) -> Iterator[QuestionView]:
    """Yield the questions outside repeats."""
    match node:
        case QuestionView():
            yield node
        case GroupView():
            for child in node.children:
                yield from _single(child)
