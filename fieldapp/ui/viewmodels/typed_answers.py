"""What a person typed or pasted, turned into the answer of a question: dates, full-width digits, labels of choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from fieldapp.ui.viewmodels.typed_dates import read_typed_date, read_typed_time
from fieldapp.xform import Choice, QuestionView

__all__ = ["read_answer", "read_number"]

_BETWEEN = re.compile(r"[、,;/\s]+")
_THOUSANDS = re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")


def read_answer(question: QuestionView, text: str, today: date) -> str | None:
    """Return the answer, or None when the text names no choice of the question. What is no date stays as typed."""
    typed = text.strip()
    match question.kind:
        case "date":
            day = read_typed_date(typed, today)
            return day.isoformat() if day else typed
        case "time":
            moment = read_typed_time(typed)
            return moment.isoformat() if moment else typed
        case "integer" | "decimal" | "range":
            return read_number(typed)
        case "select_one":
            return _code(question.choices, typed) if typed else ""
        case "select_multiple" | "rank":
            return _codes(question.choices, typed)
    return typed


def read_number(typed: str) -> str:
    """Return a number as a form stores it: full-width digits made plain, separators of thousands taken out."""
    folded = _folded(typed)
    return folded.replace(",", "") if _THOUSANDS.match(folded) else folded


def _codes(choices: Sequence[Choice], typed: str) -> str | None:
    if (whole := _code(choices, typed)) is not None:
        return whole
    codes = [_code(choices, part) for part in _BETWEEN.split(_folded(typed)) if part]
    return " ".join(dict.fromkeys(code for code in codes if code)) if all(codes) else None


def _code(choices: Sequence[Choice], typed: str) -> str | None:
    """Find a choice by its label, else by its code. ``（`` and ``(`` are the same to a person, and so they are here."""
    wanted = _folded(typed)
    for choice in choices:
        if wanted == _folded(choice.label):
            return choice.value
    return next((choice.value for choice in choices if choice.value == typed), None)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
