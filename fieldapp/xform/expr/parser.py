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
from fieldapp.xform.expr.lexer import Token, tokenize
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
        self.tokens = tokenize(text, where)
        self.at = 0
        self.depth = 0

    # -- errors -------------------------------------------------------------------------------------------

    def wrong(self, zh: str, en: str, token: Token | None = None) -> Exception:
        place = (token or self.tokens[self.at]).at
        return EXPRESSION(
            column=place + 1, reason_zh=zh, reason_en=en, where=self.where, expression=self.text[:200]
        )

    def expect(self, text: str) -> None:
        token = self.tokens[self.at]
        if token.text != text or token.kind == "lit":
            if token.kind == "end":
                raise self.wrong(f"没有写完，少了「{text}」", f"it ends where “{text}” is expected")
            raise self.wrong(
                f"这里应是「{text}」，却是「{token.text}」", f"“{text}” is expected here, not “{token.text}”"
            )
        self.at += 1

    def expect_end(self) -> None:
        token = self.tokens[self.at]
        if token.kind != "end":
            raise self.wrong(f"多出了「{token.text}」", f"“{token.text}” does not belong here")

    # -- operators ----------------------------------------------------------------------------------------

    def expression(self, least: int) -> Expr:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TOO_DEEP(limit=MAX_DEPTH, where=self.where or self.text[:60])
        left = self.prefix()
        while True:
            token = self.tokens[self.at]
            power = _POWER.get(token.text, 0) if token.kind in ("op", "sym") else 0
            if power <= least:
                self.depth -= 1
                return left
            left = self.infix(left, token.text, power)

    def infix(self, left: Expr, op: str, power: int) -> Expr:
        if power in (3, 4):
            self.at += 1
            return Comparison(op, left, self.expression(power))
        operands: list[tuple[str, Expr]] = []
        while (token := self.tokens[self.at]).kind in ("op", "sym") and _POWER.get(token.text) == power:
            self.at += 1
            operands.append((token.text, self.expression(power)))
        if power <= 2:
            return Logic(op, (left, *(operand for _, operand in operands)))
        if power == 8:
            return Union((left, *(operand for _, operand in operands)))
        return Arithmetic(left, tuple(operands))

    def prefix(self) -> Expr:
        negative = False
        signs = 0
        while self.tokens[self.at].text == "-" and self.tokens[self.at].kind == "sym":
            self.at += 1
            signs += 1
            negative = not negative
        if not signs:
            return self.union_operand()
        operand = self.expression(_NEGATE)
        return Negation(operand) if negative else Negation(Negation(operand))

    def union_operand(self) -> Expr:
        """Return a primary expression with its predicates and the path behind it, or a path."""
        token = self.tokens[self.at]
        kind, text = token.kind, token.text
        if kind == "path" or kind == "up":
            return self.plain_path(token)
        if kind == "num":
            self.at += 1
            return self.filtered(Number(float(text)))
        if kind == "lit":
            self.at += 1
            return self.filtered(Literal(text[1:-1]))
        if kind == "name" and self.tokens[self.at + 1].text == "(" and text not in _NODE_TYPES:
            return self.filtered(self.call(token))
        if text == "(" and kind == "sym":
            self.at += 1
            inner = self.expression(0)
            self.expect(")")
            return self.filtered(inner)
        return self.location()

    def call(self, token: Token) -> Call:
        self.at += 2
        args: list[Expr] = []
        if self.tokens[self.at].text != ")" or self.tokens[self.at].kind == "lit":
            args.append(self.expression(0))
            while self.tokens[self.at].text == "," and self.tokens[self.at].kind == "sym":
                self.at += 1
                args.append(self.expression(0))
        self.expect(")")
        return Call(token.text, tuple(args), token.at)

    def filtered(self, base: Expr) -> Expr:
        predicates = self.predicates()
        if predicates:
            base = Filter(base, predicates)
        token = self.tokens[self.at]
        if token.text in ("/", "//") or token.kind == "path":
            return Path(False, tuple(self.more_steps([])), base, token.at)
        return base

    # -- paths --------------------------------------------------------------------------------------------

    def plain_path(self, token: Token) -> Expr:
        """Return the path of a ``path`` or ``up`` token; only this common case carries ``names``."""
        self.at += 1
        up = 0
        names = token.text.strip("/").split("/")
        if token.kind == "up":
            up = names.count("..")
            names = names[up:]
        steps = [_PARENT] * up + [Step("child", name) for name in names]
        following = self.tokens[self.at]
        if following.text not in ("[", "/", "//") and following.kind != "path":
            return Path(token.kind == "path", tuple(steps), None, token.at, tuple(names), up)
        if steps:
            steps[-1] = self.with_predicates(steps[-1])
        return Path(token.kind == "path", tuple(self.more_steps(steps)), None, token.at)

    def location(self) -> Expr:
        token = self.tokens[self.at]
        if token.kind == "sym" and token.text in ("/", "//"):
            steps: list[Step] = []
            self.at += 1
            if token.text == "//":
                steps = [_DESCEND, self.step()]
            elif self.starts_step():
                steps = [self.step()]
            return Path(True, tuple(self.more_steps(steps)), None, token.at)
        if not self.starts_step():
            if token.kind == "end":
                raise self.wrong("没有写完", "it ends too early")
            raise self.wrong(f"这里不该是「{token.text}」", f"“{token.text}” is not expected here")
        steps = self.more_steps([self.step()])
        plain = all(
            s.axis == "child" and s.test[0] not in "*" and not s.predicates and "(" not in s.test
            for s in steps
        )
        names = tuple(s.test for s in steps) if plain else None
        return Path(False, tuple(steps), None, token.at, names)

    def starts_step(self) -> bool:
        token = self.tokens[self.at]
        return token.kind in _STEP_START or (token.kind == "sym" and token.text in (".", "@"))

    def more_steps(self, steps: list[Step]) -> list[Step]:
        while True:
            token = self.tokens[self.at]
            if token.kind == "path":
                self.at += 1
                steps += [Step("child", name) for name in token.text[1:].split("/")]
                steps[-1] = self.with_predicates(steps[-1])
            elif token.kind == "sym" and token.text in ("/", "//"):
                self.at += 1
                if token.text == "//":
                    steps.append(_DESCEND)
                if self.tokens[self.at].kind == "up":
                    steps += self.up_steps()
                else:
                    steps.append(self.step())
            else:
                return steps

    def up_steps(self) -> list[Step]:
        """Return the steps of ``..`` (and what was lexed with it) in the middle of a path."""
        names = self.tokens[self.at].text.split("/")
        self.at += 1
        steps = [_PARENT if name == ".." else Step("child", name) for name in names]
        steps[-1] = self.with_predicates(steps[-1])
        return steps

    def with_predicates(self, step: Step) -> Step:
        predicates = self.predicates()
        return Step(step.axis, step.test, predicates, step.target) if predicates else step

    def predicates(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        while self.tokens[self.at].text == "[" and self.tokens[self.at].kind == "sym":
            self.at += 1
            found.append(self.expression(0))
            self.expect("]")
        return tuple(found)

    def step(self) -> Step:
        token = self.tokens[self.at]
        axis = "child"
        if token.kind == "up":
            self.at += 1
            return self.with_predicates(_PARENT)
        if token.text == "." and token.kind == "sym":
            self.at += 1
            return self.with_predicates(_SELF)
        if token.text == "@":
            axis = "attribute"
            self.at += 1
        elif token.kind == "axis":
            axis = token.text
            if axis not in _AXES:
                raise self.wrong(f"没有「{axis}::」这种轴", f"there is no axis “{axis}”")
            self.at += 1
            self.expect("::")
        test, target = self.node_test()
        return Step(axis, test, self.predicates(), target)

    def node_test(self) -> tuple[str, str]:
        token = self.tokens[self.at]
        if token.kind == "wild":
            self.at += 1
            return "*", ""
        if token.kind != "name":
            raise self.wrong("这里应是问题名称", "a name is expected here")
        self.at += 1
        if token.text not in _NODE_TYPES or self.tokens[self.at].text != "(":
            return token.text, ""
        self.at += 1
        target = ""
        if self.tokens[self.at].kind == "lit":
            target = self.tokens[self.at].text[1:-1]
            self.at += 1
        self.expect(")")
        return token.text + "()", target
