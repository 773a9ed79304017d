"""How big things may be. A form is written by hand; what is beyond these limits is a mistake or an attack."""

from __future__ import annotations

from typing import Final

__all__ = [
    "FORM_BYTES",
    "LIST_BYTES",
    "MAX_AUDIT_BYTES",
    "MAX_AUDIT_EVENTS",
    "MAX_DEPTH",
    "MAX_EXPRESSION_CHARS",
    "MAX_REPEATS",
    "MAX_STEPS",
    "PATTERN_STATES",
]

FORM_BYTES: Final = 20 * 1024 * 1024
LIST_BYTES: Final = 64 * 1024 * 1024
#: Nesting of one expression. Real forms reach about 60 (nested ``if``); the interpreter's stack bears this.
MAX_DEPTH: Final = 120
MAX_EXPRESSION_CHARS: Final = 100_000
#: Instances of one repeat that ``jr:count`` may ask for.
MAX_REPEATS: Final = 5_000
#: Evaluations that one change may cause per node of the form before it counts as endless.
MAX_STEPS: Final = 200
#: States of the automaton that a pattern may need.
PATTERN_STATES: Final = 4_000
#: Events of one audit log; a visit has some 200. What comes after is not told, save how the filling in ended.
MAX_AUDIT_EVENTS: Final = 5_000
MAX_AUDIT_BYTES: Final = 1024 * 1024
