"""The nodes of a form as a person meets them: which questions there are, how an answer reads."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

__all__ = ["answer_text", "is_asked", "questions_of", "row_label"]

_SILENT = frozenset({"calculate", "hidden"})
_CHOSEN = frozenset({"select_one", "select_multiple", "rank"})


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


def is_asked(question: QuestionView) -> bool:
    """Tell whether a person is meant to answer it: notes and read-only questions only tell."""
    return question.kind != "note" and not question.readonly


def answer_text(question: QuestionView, value: str | None = None) -> str:
    """Return an answer (the present one by default) as a person reads it: labels of choices in place of codes."""
    text = question.value if value is None else value
    if question.kind == "acknowledge":
        return "✓" if text else ""
    if question.kind not in _CHOSEN:
        return text.replace("T", " ") if question.kind == "datetime" else text
    labels = {choice.value: choice.label for choice in question.choices}
    chosen = [text] if question.kind == "select_one" else text.split()
    return "、".join(labels.get(code, code) for code in chosen if code)


def row_label(instance: GroupView) -> str:
    """Return what an instance of a repeat is called: its first answered text, a member's name for example."""
    for question in questions_of(instance):
        if question.kind == "text" and question.value:
            return question.value
    return ""
