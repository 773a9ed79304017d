"""The syntax of patterns: what Java and JavaScript have in common, as a tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.xform.errors import PATTERN
from fieldapp.xform.limits import MAX_DEPTH

__all__ = [
    "Alternatives",
    "Anchor",
    "CharTest",
    "Node",
    "NotRegular",
    "Repeated",
    "Sequence",
    "parse_pattern",
]


class NotRegular(Exception):
    """The pattern needs more than an automaton: look-around, word boundaries, back references."""


@dataclass(frozen=True, slots=True)
class CharTest:
    """One character that passes a test."""

    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Anchor:
    """``^`` or ``$``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """``part`` between ``least`` and ``most`` times (None: without end)."""

    part: Node
    least: int
    most: int | None


Node = CharTest | Anchor | Sequence | Alternatives | Repeated

_CLASSES: dict[str, Callable[[str], bool]] = {
    "d": lambda c: c in "0123456789",
    "w": lambda c: c.isascii() and (c.isalnum() or c == "_"),
    "s": lambda c: c in " \t\n\r\f\v" or (not c.isascii() and c.isspace()),
}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b", "0": "\0"}
_COUNT = re.compile(r"\{(\d{1,5})(?:(,)(\d{1,5})?)?\}")
_HAN = re.compile(r"(?:Is|script=|Script=|sc=|In)?(?:Han|CJK\w*)\Z")


def _property(name: str) -> Callable[[str], bool]:
    if _HAN.match(name):
        return lambda c: unicodedata.name(c, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH"))
    short = {"Alpha": "L", "IsAlphabetic": "L", "Lower": "Ll", "Upper": "Lu", "Digit": "Nd", "Punct": "P"}
    category = short.get(name, name.removeprefix("Is"))
    return lambda c: unicodedata.category(c).startswith(category)


def _negated(test: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda c: not test(c)


def _equal(char: str) -> Callable[[str], bool]:
    return lambda c: c == char


def _between(low: str, high: str) -> Callable[[str], bool]:
    return lambda c: low <= c <= high


def _any_of(tests: list[Callable[[str], bool]], negate: bool) -> Callable[[str], bool]:
    return lambda c: any(test(c) for test in tests) is not negate


class _Reader:
    """Recursive descent over one pattern."""

    def __init__(self, text: str, shown: str) -> None:
        self.text = text
        self.shown = shown
        self.at = 0
        self.depth = 0

    def fail(self, zh: str, en: str) -> Exception:
        return PATTERN(pattern=self.shown, reason_zh=zh, reason_en=en)

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        if self.at >= len(self.text):
            raise self.fail("没有写完", "it ends too early")
        self.at += 1
        return self.text[self.at - 1]

    def alternatives(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail("括号套得太深", "its groups are nested too deeply")
        options = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            options.append(self.sequence())
        self.depth -= 1
        return options[0] if len(options) == 1 else Alternatives(tuple(options))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.text) and self.peek() not in "|)":
            parts.append(self.quantified())
        return Sequence(tuple(parts))

    def quantified(self) -> Node:
        node = self.atom()
        while (sign := self.peek()) and sign in "*+?{":
            if sign == "{":
                match = _COUNT.match(self.text, self.at)
                if match is None:
                    break
                self.at = match.end()
                least = int(match[1])
                most = least if match[2] is None else int(match[3]) if match[3] else None
                if most is not None and most < least:
                    raise self.fail("重复次数写反了", "the repetition counts are reversed")
            else:
                self.at += 1
                least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
            node = Repeated(node, least, most)
            if self.peek() == "+":
                raise NotRegular
            if self.peek() == "?":
                self.at += 1  # lazy: the same texts match
        return node

    def atom(self) -> Node:
        char = self.take()
        match char:
            case "(":
                return self.group()
            case "[":
                return CharTest(self.bracket())
            case ".":
                return CharTest(lambda c: c not in "\n\r\u2028\u2029")
            case "^" | "$":
                return Anchor(char)
            case "\\":
                return self.escape()
            case "*" | "+" | "?":
                raise self.fail(f"「{char}」前面没有内容", f"nothing to repeat before “{char}”")
        return CharTest(_equal(char))

    def group(self) -> Node:
        if self.peek() == "?":
            self.at += 1
            kind = self.take()
            if kind == "<" and self.peek() not in "=!":
                self.at = self.text.find(">", self.at) + 1
            elif kind != ":":
                raise NotRegular
        node = self.alternatives()
        if self.at >= len(self.text):
            raise self.fail("少了右括号", "a closing parenthesis is missing")
        self.at += 1
        return node

    def escape(self) -> Node:
        char = self.take()
        if char in "bB" or char in "123456789k":
            raise NotRegular
        if char in "Az":
            return Anchor("^" if char == "A" else "$")
        return CharTest(self.escaped(char))

    def escaped(self, char: str) -> Callable[[str], bool]:
        if char.lower() in _CLASSES:
            test = _CLASSES[char.lower()]
            return test if char.islower() else _negated(test)
        if char in "pP":
            name = self.take()
            if name == "{":
                end = self.text.find("}", self.at)
                if end < 0:
                    raise self.fail("\\p{…} 没有写完", "\\p{…} is not closed")
                name, self.at = self.text[self.at : end], end + 1
            return _property(name) if char == "p" else _negated(_property(name))
        return _equal(self.literal(char))

    def literal(self, char: str) -> str:
        if char in "ux":
            length = 4 if char == "u" else 2
            digits = self.text[self.at : self.at + length]
            if not re.fullmatch(f"[0-9a-fA-F]{{{length}}}", digits):
                return char
            self.at += length
            return chr(int(digits, 16))
        return _CONTROLS.get(char, char)

    def bracket(self) -> Callable[[str], bool]:
        negate = self.peek() == "^"
        self.at += negate
        tests: list[Callable[[str], bool]] = []
        first = True
        while (char := self.take()) != "]" or first:
            first = False
            if char == "[" and self.peek() != "]" and "&&" in self.text:
                raise self.fail("方括号里又有方括号", "brackets inside brackets")
            low = self.one(char, tests)
            if low is None:
                continue
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.one(self.take(), tests)
                tests.append(_between(low, high) if high is not None else _equal(low))
            else:
                tests.append(_equal(low))
        return _any_of(tests, negate)

    def one(self, char: str, tests: list[Callable[[str], bool]]) -> str | None:
        """Return the character at the reader inside brackets, or None after adding a class to ``tests``."""
        if char != "\\":
            return char
        char = self.take()
        if char.lower() in _CLASSES or char in "pP":
            tests.append(self.escaped(char))
            return None
        return "\b" if char == "b" else self.literal(char)


def parse_pattern(text: str, shown: str) -> Node:
    """Return the tree of ``text``. Raises FORM-014 naming ``shown``, or NotRegular."""
    reader = _Reader(text, shown)
    node = reader.alternatives()
    if reader.at < len(text):
        raise reader.fail("多了右括号", "an extra closing parenthesis")
    return node
