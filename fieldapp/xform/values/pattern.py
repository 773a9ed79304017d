"""Patterns for ``regex()`` that always answer in time proportional to the text.

Python's ``re`` tries every way to match and can take years for ``(a+)+$``. Patterns of forms come from strangers,
so they run on an automaton whose state sets are built as the text is read (Thompson's construction, a lazily
built DFA). Look-around and word boundaries are not regular in that sense: they fall back to ``re`` on short texts,
and only where no repetition contains another. Back references are refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fieldapp.xform.errors import PATTERN
from fieldapp.xform.limits import PATTERN_STATES
from fieldapp.xform.values.pattern_syntax import (
    Alternatives,
    Anchor,
    CharTest,
    Node,
    NotRegular,
    Repeated,
    Sequence,
    parse_pattern,
)

__all__ = ["matches"]

_FALLBACK_CHARS = 200
_FALLBACK_REPEATS = 3
_CACHE_MAX = 5_000


class _Automaton:
    """States are numbers; each has at most one character edge or some free edges."""

    def __init__(self, tree: Node, pattern: str) -> None:
        self._pattern = pattern
        self._test: list[CharTest | None] = []
        self._to: list[int] = []
        self._free: list[list[tuple[str, int]]] = []
        start = self._state()
        self._accept = self._build(tree, start)
        self._start = self._closure({start}, at_start=True, at_end=False)
        self._start_end = self._closure({start}, at_start=True, at_end=True)
        self._moves: dict[frozenset[int], dict[str, frozenset[int]]] = {}

    def _state(self) -> int:
        if len(self._test) >= PATTERN_STATES:
            raise PATTERN(pattern=self._pattern, reason_zh="太大", reason_en="it is too big")
        self._test.append(None)
        self._to.append(-1)
        self._free.append([])
        return len(self._test) - 1

    def _build(self, tree: Node, start: int) -> int:
        """Add ``tree`` behind ``start`` and return the state where it ends."""
        if isinstance(tree, Sequence):
            for part in tree.parts:
                start = self._build(part, start)
            return start
        end = self._state()
        if isinstance(tree, CharTest):
            self._test[start], self._to[start] = tree, end
            return end
        if isinstance(tree, Anchor):
            self._free[start].append((tree.kind, end))
            return end
        if isinstance(tree, Alternatives):
            for option in tree.options:
                first = self._state()
                self._free[start].append(("", first))
                self._free[self._build(option, first)].append(("", end))
            return end
        self._build_repeated(tree, start, end)
        return end

    def _build_repeated(self, tree: Repeated, start: int, end: int) -> None:
        for _ in range(tree.least):
            start = self._build(tree.part, self._step(start))
        if tree.most is None:
            loop = self._step(start)
            first = self._step(loop)
            self._free[self._build(tree.part, first)].append(("", loop))
            self._free[loop].append(("", end))
            return
        for _ in range(tree.most - tree.least):
            start = self._step(start)
            self._free[start].append(("", end))
            start = self._build(tree.part, self._step(start))
        self._free[start].append(("", end))

    def _step(self, state: int) -> int:
        """Return a fresh state behind ``state``, so that no edge is added to a state with a character edge."""
        fresh = self._state()
        self._free[state].append(("", fresh))
        return fresh

    def _closure(self, states: set[int], *, at_start: bool, at_end: bool) -> frozenset[int]:
        todo = list(states)
        seen = set(states)
        while todo:
            for kind, target in self._free[todo.pop()]:
                passes = not kind or (kind == "^" and at_start) or (kind == "$" and at_end)
                if passes and target not in seen:
                    seen.add(target)
                    todo.append(target)
        return frozenset(seen)

    def _move(self, states: frozenset[int], char: str) -> frozenset[int]:
        moves = self._moves.setdefault(states, {})
        found = moves.get(char)
        if found is None:
            reached = {
                self._to[s] for s in states if (test := self._test[s]) is not None and test.accepts(char)
            }
            found = self._closure(reached, at_start=False, at_end=False)
            if len(self._moves) > _CACHE_MAX or len(moves) > _CACHE_MAX:
                self._moves = {}
            else:
                moves[char] = found
        return found

    def accepts(self, text: str) -> bool:
        """Say whether the whole ``text`` matches."""
        if not text:
            return self._accept in self._start_end
        states = self._start
        for char in text:
            states = self._move(states, char)
            if not states:
                return False
        return self._accept in states or self._accept in self._closure(
            set(states), at_start=False, at_end=True
        )


@lru_cache(maxsize=512)
def _automaton(pattern: str, search: bool) -> _Automaton | None:
    """Return the automaton, or None when the pattern needs look-around."""
    wrapped = f"[\\s\\S]*(?:{pattern})[\\s\\S]*" if search else pattern
    try:
        return _Automaton(parse_pattern(wrapped, pattern), pattern)
    except NotRegular:
        return None


@lru_cache(maxsize=128)
def _fallback(pattern: str) -> re.Pattern[str]:
    repeats = re.findall(r"(?<!\\)(?:[*+]|\{\d+,\d*\})", pattern)
    nested = re.search(r"[*+}]\)?[^(]*\)\s*[*+{]", pattern)
    if nested or len(repeats) > _FALLBACK_REPEATS or re.search(r"\\[1-9]|\\k<", pattern):
        raise PATTERN(
            pattern=pattern,
            reason_zh="前后查找里有套在一起的重复或反向引用，可能永远算不完",
            reason_en="look-around with nested repetitions or back references may never end",
        )
    try:
        return re.compile(pattern.replace("(?<", "(?P<") if re.search(r"\(\?<\w", pattern) else pattern)
    except re.error as error:
        raise PATTERN(pattern=pattern, reason_zh=f"写法不对（{error.msg}）", reason_en=error.msg) from None


def matches(text: str, pattern: str, search: bool = False) -> bool:
    """Say whether ``pattern`` matches all of ``text`` (JavaRosa), or some part of it when ``search``.

    Raises FORM-014 for a pattern that is malformed or cannot be run in bounded time.
    """
    automaton = _automaton(pattern, search)
    if automaton is not None:
        return automaton.accepts(text)
    compiled = _fallback(pattern)
    short = text[:_FALLBACK_CHARS]
    return bool(compiled.search(short) if search else compiled.fullmatch(short)) and len(text) == len(short)
