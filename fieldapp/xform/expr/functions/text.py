"""Functions on texts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math

from fieldapp.xform.expr.ast import Call, Literal
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.functions.registry import Registry
from fieldapp.xform.expr.runtime import Context, Fn, StringFn
from fieldapp.xform.values.convert import to_string
from fieldapp.xform.values.numbers import format_number, parse_number, round_half_up
from fieldapp.xform.values.pattern import matches

__all__ = ["FUNCTIONS", "own_text"]

_registry = Registry()
FUNCTIONS = _registry.functions
_SPACE = " \t\r\n"


def own_text(compiler: Compiler, call: Call) -> StringFn:
    """Return the closure of an optional text argument: without it, the text of the context node."""
    if call.args:
        return compiler.string(call.args[0])
    return lambda c: c.node.string()


@_registry.built("string", 0, 1, "string")
def _string(compiler: Compiler, call: Call) -> Fn:
    return own_text(compiler, call)


@_registry.built("string-length", 0, 1, "number")
def _string_length(compiler: Compiler, call: Call) -> Fn:
    text = own_text(compiler, call)
    return lambda c: float(len(text(c)))


@_registry.built("normalize-space", 0, 1, "string")
def _normalize_space(compiler: Compiler, call: Call) -> Fn:
    text = own_text(compiler, call)
    return lambda c: " ".join(part for part in text(c).translate(_BLANKS).split(" ") if part)


_BLANKS = str.maketrans("\t\r\n", "   ")


@_registry.built("concat", 0, None, "string")
def _concat(compiler: Compiler, call: Call) -> Fn:
    if not any(compiler.gives_nodes(arg) for arg in call.args):
        parts = [compiler.string(arg) for arg in call.args]
        return lambda c: "".join([part(c) for part in parts])
    many = compiler.many(call.args)
    return lambda c: "".join([v if type(v) is str else to_string(v, c.run.dialect) for v in many(c)])


@_registry.built("join", 1, None, "string")
def _join(compiler: Compiler, call: Call) -> Fn:
    separator = compiler.string(call.args[0])
    many = compiler.many(call.args[1:])
    return lambda c: separator(c).join([to_string(value, c.run.dialect) for value in many(c)])


_registry.plain("contains", "ss", "boolean")(lambda text, part: part in text)
_registry.plain("starts-with", "ss", "boolean")(lambda text, part: text.startswith(part))
_registry.plain("ends-with", "ss", "boolean")(lambda text, part: text.endswith(part))
_registry.plain("substring-before", "ss", "string")(
    lambda text, part: text.partition(part)[0] if part and part in text else ""
)
_registry.plain("substring-after", "ss", "string")(
    lambda text, part: text.partition(part)[2] if part else text
)


@_registry.plain("substr", "sn?n", "string")
def _substr(text: str, start: float, end: float = math.inf) -> str:
    """Characters from ``start`` to before ``end``, from 0; negative counts from the end (OpenRosa)."""
    if start != start or end != end:
        return ""
    last = len(text) if math.isinf(end) and end > 0 else int(max(min(end, len(text)), -len(text)))
    return text[int(max(min(start, len(text)), -len(text))) : last]


@_registry.plain("substring", "sn?n", "string")
def _substring(text: str, start: float, length: float = math.inf) -> str:
    """Characters at positions from 1, both ends rounded (XPath 1.0, 4.2)."""
    first = round_half_up(start)
    last = first + round_half_up(length)
    return "".join(char for at, char in enumerate(text, start=1) if first <= at < last)


@_registry.plain("translate", "sss", "string")
def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for at, char in enumerate(old):
        table.setdefault(ord(char), new[at] if at < len(new) else None)
    return text.translate(table)


@_registry.built("regex", 2, 2, "boolean")
def _regex(compiler: Compiler, call: Call) -> Fn:
    search = not compiler.dialect.regex_whole
    text, pattern = compiler.string(call.args[0]), compiler.string(call.args[1])
    if isinstance(call.args[1], Literal):
        matches("", call.args[1].value, search)  # a bad pattern is refused when the form is opened
    return lambda c: matches(text(c), pattern(c), search)


_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@_registry.built("digest", 2, 3, "string")
def _digest(compiler: Compiler, call: Call) -> Fn:
    parts = [compiler.string(arg) for arg in call.args]

    def run(c: Context) -> str:
        text, algorithm, *encoding = (part(c) for part in parts)
        known = _ALGORITHMS.get(algorithm.upper())
        if known is None or (encoding and encoding[0].lower() not in ("base64", "hex")):
            raise compiler.refuse(
                call.at, f"digest 不支持「{algorithm}」", f"digest does not know “{algorithm}”"
            )
        summary = hashlib.new(known, text.encode(), usedforsecurity=False).digest()
        if encoding and encoding[0].lower() == "hex":
            return summary.hex()
        return base64.b64encode(summary).decode()

    return run


@_registry.plain("base64-decode", "s", "string")
def _base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text.strip(), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


@_registry.plain("thousands-sep", "s?s", "string")
def _thousands(text: str, separator: str = ",") -> str:
    number = parse_number(text)
    if not math.isfinite(number):
        return text
    whole, dot, rest = format_number(number).partition(".")
    return f"{int(whole):,}".replace(",", separator) + dot + rest
