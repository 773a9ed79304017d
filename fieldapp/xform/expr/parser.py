"""A Pratt parser: tokens to tree. Chains (``a + b + …``, ``a or b or …``) are flat, so length is no depth."""

from __future__ import annotations

from fieldapp.xform.errors import EXPRESSION, TOO_DEEP
from fieldapp.xform.expr.ast import (
    Arithmetic,
    Call,
    Comparison,
    Expr,
    Filter,
    Literal,
    Logic,
    Negation,
    Number,
    Path,
    Step,
    Union,
)
from fieldapp.xform.expr.lexer import tokenize
from fieldapp.xform.limits import MAX_DEPTH

__all__ = ["parse"]

#: binding power of each infix operator (XPath 1.0, 3.5)
_POWER = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_NEGATE = 7
_MAX_INFIX = 40
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_AXES = frozenset(
    [
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    ]
)
_DESCEND = Step("descendant-or-self", "node()")
_PARENT = Step("parent", "node()")
_SELF = Step("self", "node()")
_SIGNS = frozenset({"sym", "op"})
_STEP_START = frozenset({"name", "axis", "wild", "up"})


def parse(text: str, where: str = "") -> Expr:
    """Return the tree of ``text``. Raises FORM-010 with the character, or FORM-005 when nested too deeply."""
    parser = _Parser(text, where)
    expr = parser.expression(0)
    parser.expect_end()
    return expr


class _Parser:
    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = where
        tokens = tokenize(text, where)
        self.kinds = tokens.kinds
        self.texts = tokens.texts
        self.places = tokens.places
        self.at = 0
        self.depth = 0

    # -- looking and refusing -----------------------------------------------------------------------------

    def sign(self) -> str:
        """Return the symbol or operator at the reader, empty for anything else (a quoted bracket is no bracket)."""
        return self.texts[self.at] if self.kinds[self.at] in _SIGNS else ""

    def wrong(self, zh: str, en: str) -> Exception:
        return EXPRESSION(
            column=self.places[self.at] + 1,
            reason_zh=zh,
            reason_en=en,
            where=self.where,
            expression=self.text[:200],
        )

    def expect(self, text: str) -> None:
        if self.sign() == text:
            self.at += 1
            return
        if self.kinds[self.at] == "end":
            raise self.wrong(f"没有写完，少了「{text}」", f"it ends where “{text}” is expected")
        found = self.texts[self.at]
        raise self.wrong(f"这里应是「{text}」，却是「{found}」", f"“{text}” is expected here, not “{found}”")

    def expect_end(self) -> None:
        if self.kinds[self.at] != "end":
            found = self.texts[self.at]
            raise self.wrong(f"多出了「{found}」", f"“{found}” does not belong here")

    # -- operators ----------------------------------------------------------------------------------------

    def expression(self, least: int) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TOO_DEEP(limit=MAX_DEPTH, where=self.where or self.text[:60])
        left = self.prefix() if self.texts[self.at] == "-" else self.union_operand()
        for _ in range(
            _MAX_INFIX
        ):  # sums and the like are one infix however long; comparisons nest to the left
            op = self.sign()
            power = _POWER.get(op, 0)
            if power <= least:
                self.depth -= 1
                return left
            left = self.infix(left, op, power)
        raise TOO_DEEP(limit=_MAX_INFIX, where=self.where or self.text[:60])

    def infix(self, left: Expr, op: str, power: int) -> Expr:
        if power in (3, 4):
            self.at += 1
            return Comparison(op, left, self.expression(power))
        operands: list[tuple[str, Expr]] = []
        while _POWER.get(sign := self.sign()) == power:
            self.at += 1
            operands.append((sign, self.expression(power)))
        if power <= 2:
            return Logic(op, (left, *(operand for _, operand in operands)))
        if power == 8:
            return Union((left, *(operand for _, operand in operands)))
        return Arithmetic(left, tuple(operands))

    def prefix(self) -> Expr:
        signs = 0
        while self.sign() == "-":
            self.at += 1
            signs += 1
        if not signs:
            return self.union_operand()
        operand = self.expression(_NEGATE)
        return Negation(operand) if signs % 2 else Negation(Negation(operand))

    def union_operand(self) -> Expr:
        """Return a primary expression with its predicates and the path behind it, or a path."""
        kind = self.kinds[self.at]
        if kind == "path" or kind == "up":
            return self.plain_path(kind)
        text = self.texts[self.at]
        if kind == "num":
            self.at += 1
            return self.filtered(Number(float(text)))
        if kind == "lit":
            self.at += 1
            return self.filtered(Literal(text[1:-1]))
        if kind == "name" and self.texts[self.at + 1] == "(" and text not in _NODE_TYPES:
            return self.filtered(self.call(text))
        if text == "(":
            self.at += 1
            inner = self.expression(0)
            self.expect(")")
            return self.filtered(inner)
        return self.location()

    def call(self, name: str) -> Call:
        place = self.places[self.at]
        self.at += 2
        args: list[Expr] = []
        if self.sign() != ")":
            args.append(self.expression(0))
            while self.sign() == ",":
                self.at += 1
                args.append(self.expression(0))
        self.expect(")")
        return Call(name, tuple(args), place)

    def filtered(self, base: Expr) -> Expr:
        kind, text = self.kinds[self.at], self.texts[self.at]
        if kind == "sym" and text == "[":
            base = Filter(base, self.predicates())
            kind, text = self.kinds[self.at], self.texts[self.at]
        if kind == "path" or (kind == "sym" and text in ("/", "//")):
            place = self.places[self.at]
            return Path(False, tuple(self.more_steps([])), base, place)
        return base

    # -- paths --------------------------------------------------------------------------------------------

    def plain_path(self, kind: str) -> Expr:
        """Return the path of a ``path`` or ``up`` token; only this common case carries ``names``."""
        text, place = self.texts[self.at], self.places[self.at]
        self.at += 1
        up = 0
        if kind == "up":
            names = text.split("/")
            up = names.count("..")
            names = names[up:]
        else:
            names = text[1:].split("/")
        steps = [_PARENT] * up + [Step("child", name) for name in names]
        if self.sign() not in ("[", "/", "//") and self.kinds[self.at] != "path":
            return Path(kind == "path", tuple(steps), None, place, tuple(names), up)
        steps[-1] = self.with_predicates(steps[-1])
        return Path(kind == "path", tuple(self.more_steps(steps)), None, place)

    def location(self) -> Expr:
        place, sign = self.places[self.at], self.sign()
        if sign in ("/", "//"):
            steps: list[Step] = []
            self.at += 1
            if sign == "//":
                steps = [_DESCEND, self.step()]
            elif self.starts_step():
                steps = [self.step()]
            return Path(True, tuple(self.more_steps(steps)), None, place)
        if not self.starts_step():
            if self.kinds[self.at] == "end":
                raise self.wrong("没有写完", "it ends too early")
            found = self.texts[self.at]
            raise self.wrong(f"这里不该是「{found}」", f"“{found}” is not expected here")
        steps = self.more_steps([self.step()])
        plain = all(
            s.axis == "child" and s.test != "*" and not s.predicates and s.test[-1] not in ")*" for s in steps
        )
        names = tuple(s.test for s in steps) if plain else None
        return Path(False, tuple(steps), None, place, names)

    def starts_step(self) -> bool:
        return self.kinds[self.at] in _STEP_START or self.sign() in (".", "@")

    def more_steps(self, steps: list[Step]) -> list[Step]:
        while True:
            if self.kinds[self.at] == "path":
                steps += [Step("child", name) for name in self.texts[self.at][1:].split("/")]
                self.at += 1
                steps[-1] = self.with_predicates(steps[-1])
                continue
            sign = self.sign()
            if sign not in ("/", "//"):
                return steps
            self.at += 1
            if sign == "//":
                steps.append(_DESCEND)
            if self.kinds[self.at] == "up":
                steps += self.up_steps()
            else:
                steps.append(self.step())

    def up_steps(self) -> list[Step]:
        """Return the steps of ``..`` (and what was lexed with it) in the middle of a path."""
        names = self.texts[self.at].split("/")
        self.at += 1
        steps = [_PARENT if name == ".." else Step("child", name) for name in names]
        steps[-1] = self.with_predicates(steps[-1])
        return steps

    def with_predicates(self, step: Step) -> Step:
        predicates = self.predicates()
        return Step(step.axis, step.test, predicates, step.target) if predicates else step

    def predicates(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        while self.sign() == "[":
            self.at += 1
            found.append(self.expression(0))
            self.expect("]")
        return tuple(found)

    def step(self) -> Step:
        kind, sign = self.kinds[self.at], self.sign()
        axis = "child"
        if kind == "up":
            self.at += 1
            return self.with_predicates(_PARENT)
        if sign == ".":
            self.at += 1
            return self.with_predicates(_SELF)
        if sign == "@":
            axis = "attribute"
            self.at += 1
        elif kind == "axis":
            axis = self.texts[self.at]
            if axis not in _AXES:
                raise self.wrong(f"没有「{axis}::」这种轴", f"there is no axis “{axis}”")
            self.at += 1
            self.expect("::")
        test, target = self.node_test()
        return Step(axis, test, self.predicates(), target)

    def node_test(self) -> tuple[str, str]:
        kind, text = self.kinds[self.at], self.texts[self.at]
        if kind == "wild":
            self.at += 1
            return "*", ""
        if kind != "name":
            raise self.wrong("这里应是问题名称", "a name is expected here")
        self.at += 1
        if text not in _NODE_TYPES or self.sign() != "(":
            return text, ""
        self.at += 1
        target = ""
        if self.kinds[self.at] == "lit":
            target = self.texts[self.at][1:-1]
            self.at += 1
        self.expect(")")
        return text + "()", target
