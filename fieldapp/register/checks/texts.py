"""The sentences of a finding: text with ``{expressions}``, filled with values as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from fieldapp.register.checks.compiling import Compiler, RuleMistake
from fieldapp.register.checks.kinds import Kind
from fieldapp.register.checks.logic import Frame
from fieldapp.register.schema import CodeList
from fieldapp.register.values import canonical_decimal

__all__ = ["Language", "Write", "compile_text"]

Language = Literal["zh", "en"]
Write = Callable[[Frame], str]

_HOLE = re.compile(r"\{([^{}]*)\}")
_UNKNOWN = {"zh": "（空）", "en": "(empty)"}
_TRUTH = {"zh": ("否", "是"), "en": ("no", "yes")}
_BETWEEN = {"zh": "、", "en": ", "}


def compile_text(text: str, language: Language, compiler: Compiler, codes: dict[str, CodeList]) -> Write:
    """Return what writes the sentence for a frame. Raises RuleMistake for a wrong expression or a stray brace."""
    literals = _HOLE.split(text)
    if any("{" in part or "}" in part for part in literals[::2]):
        raise RuleMistake("文字里的花括号不成对", "a brace of the text has no partner")
    holes = [compiler.value(part) for part in literals[1::2]]
    shows = [(node.run, node.kind) for node in holes]

    def write(frame: Frame) -> str:
        pieces = literals[:]
        for place, (run, kind) in enumerate(shows):
            pieces[2 * place + 1] = _show(run(frame), kind, language, codes)
        return "".join(pieces)

    return write


def _show(value: Any, kind: Kind, language: Language, codes: dict[str, CodeList]) -> str:
    if value is None:
        return _UNKNOWN[language]
    if kind.name in ("code", "codes"):
        known = codes[kind.codes or ""].by_code
        chosen = value if kind.name == "codes" else (value,)
        return _BETWEEN[language].join(
            getattr(known[code], language) if code in known else code for code in chosen
        )
    if kind.name == "truth":
        return _TRUTH[language][bool(value)]
    if isinstance(value, Decimal):
        return canonical_decimal(value)
    return value.isoformat() if isinstance(value, date) else str(value)
