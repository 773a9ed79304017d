"""“上次：…”: what the register said before, and whether the answer is another one now.

The register's value arrives as the text a person reads (``3亩``, ``是``, ``在家、务工``). It is turned back into the
answer a form would hold, so that both can be compared and the old answer can be put back with one key.
"""

from __future__ import annotations

import re

from fieldapp.xform import QuestionView

__all__ = ["last_answer"]

_NUMBER = re.compile(r"^-?[0-9]+(?:\.[0-9]+)?")


def last_answer(question: QuestionView, last: str) -> str | None:
    """Return the answer that reads as ``last``; None when no answer of this question does."""
    if not last:
        return None
    match question.kind:
        case "integer" | "decimal" | "range":
            number = _NUMBER.match(last.replace(",", ""))
            return number.group() if number else None
        case "select_one":
            return _code(question, last)
        case "select_multiple" | "rank":
            codes = [_code(question, label) for label in last.split("、")]
            return " ".join(code for code in codes if code) if all(codes) else None
    return last


def _code(question: QuestionView, label: str) -> str | None:
    return next((choice.value for choice in question.choices if choice.label == label), None)
