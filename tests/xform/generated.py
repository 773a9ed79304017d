"""Random forms and random edits, each from a seed: questions, groups, repeats in repeats, rules over all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.xform.scenario import form

__all__ = ["Generated", "edit", "generate"]

_TYPES = ("int", "decimal", "string", "date")
_ANSWERS = {
    "int": ("", "0", "1", "5", "12", "-3", "x"),
    "decimal": ("", "0.5", "2", "1e", "-1.25"),
    "string": ("", "a", "b", "a b", "3", "<&>"),
    "date": ("", "2026-01-01", "2025-12-31", "soon"),
}


@dataclass
class Generated:
    """A form with what edits need to know of it: questions (ref, type) and repeats, refs without positions."""

    xml: bytes = b""
    questions: list[tuple[str, str]] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)


class _Writer:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.made = Generated()
        self.binds: list[str] = []
        self.readable: list[str] = []
        self.count = 0

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def bind(self, ref: str, **rules: str) -> None:
        shown = "".join(f' {key}="{text.replace("<", "&lt;")}"' for key, text in rules.items() if text)
        self.binds.append(f'<bind nodeset="{ref}"{shown}/>')

    # -- structure ----------------------------------------------------------------------------------------

    def children(self, ref: str, depth: int) -> tuple[str, str]:
        """Return instance and body of some children of ``ref``."""
        parts = [self.child(ref, depth) for _ in range(self.random.randint(1, 4))]
        return "".join(part[0] for part in parts), "".join(part[1] for part in parts)

    def child(self, ref: str, depth: int) -> tuple[str, str]:
        kind = self.random.choice("qqqcccgr" if depth < 3 else "qqc")
        if kind == "q":
            return self.question(ref)
        if kind == "c":
            return self.calculation(ref)
        return self.container(ref, depth, repeat=kind == "r")

    def question(self, ref: str) -> tuple[str, str]:
        name, kind = self.name("q"), self.random.choice(_TYPES)
        own = f"{ref}/{name}"
        relevant = self.condition(ref) if self.random.random() < 0.4 else ""
        readonly = self.condition(ref) if self.random.random() < 0.1 else ""
        required = self.condition(ref) if self.random.random() < 0.2 else ""
        self.bind(own, type=kind, relevant=relevant, readonly=readonly, required=required)
        self.made.questions.append((own, kind))
        self.readable.append(own)
        return f"<{name}/>", f'<input ref="{own}"/>'

    def calculation(self, ref: str) -> tuple[str, str]:
        name = self.name("c")
        self.bind(f"{ref}/{name}", type=self.random.choice(("string", "int")), calculate=self.number(ref, 2))
        self.readable.append(f"{ref}/{name}")
        return f"<{name}/>", ""

    def container(self, ref: str, depth: int, repeat: bool) -> tuple[str, str]:
        name = self.name("r" if repeat else "g")
        own = f"{ref}/{name}"
        if self.random.random() < 0.4:
            self.bind(own, relevant=self.condition(ref))
        if repeat:
            self.made.repeats.append(own)
        inside, body = self.children(own, depth + 1)
        if not repeat:
            return f"<{name}>{inside}</{name}>", f'<group ref="{own}">{body}</group>'
        return f'<{name} jr:template="">{inside}</{name}>', f'<repeat nodeset="{own}">{body}</repeat>'

    # -- expressions over what was written before, so that there is no cycle -------------------------------

    def path(self, ref: str) -> str:
        """Return a path to one node: absolute, or relative where the reader's own group is shared."""
        target = self.random.choice(self.readable)
        shared = 0
        mine, theirs = ref.split("/")[1:], target.split("/")[1:]
        while shared < min(len(mine), len(theirs) - 1) and mine[shared] == theirs[shared]:
            shared += 1
        if self.random.random() < 0.5:
            return target
        return "/".join([".."] * (len(mine) - shared + 1) + theirs[shared:])

    def number(self, ref: str, depth: int) -> str:
        if depth == 0 or not self.readable:
            return self.random.choice(("1", "2.5", "0"))
        path, less = self.path(ref), depth - 1
        options = [
            f"coalesce({path}, 0) + {self.number(ref, less)}",
            f"if({self.condition(ref)}, {self.number(ref, less)}, {self.number(ref, less)})",
            f"string-length({path}) * 2",
            f"round({path} div 3, 1)",
            f"sum({self.random.choice(self.readable)})",
            f"max({self.random.choice(self.readable)}, 1)",
            f"count-non-empty({self.random.choice(self.readable)})",
        ]
        if self.made.repeats:
            options.append(f"count({self.random.choice(self.made.repeats)})")
            options.append(f"1 + count({self.random.choice(self.made.repeats)}[position() &gt; 1])")
        if ref in self.made.repeats:
            options.append("position(..) * 2")
        return self.random.choice(options)

    def condition(self, ref: str) -> str:
        if not self.readable:
            return "true()"
        path = self.path(ref)
        return self.random.choice(
            [
                f"{path} = ''",
                f"{path} &gt; {self.random.choice((0, 1, 5))}",
                f"{path} != 'a' or {self.path(ref)} = 1",
                f"selected({path}, 'a')",
                f"not({path} &gt; '2026-01-01')",
                f"{path} != '' and position(..) != 2" if ref in self.made.repeats else f"{path} != ''",
            ]
        )


def generate(seed: int) -> Generated:
    """Return the form of ``seed``."""
    writer = _Writer(Random(seed))
    parts = [writer.children("/data", 0) for _ in range(3)]
    writer.made.xml = form("".join(p[0] for p in parts), "".join(writer.binds), "".join(p[1] for p in parts))
    return writer.made


def edit(made: Generated, random: Random) -> tuple[str, str, str]:
    """Return one edit: (op, ref, value), with positions that may or may not exist."""
    kind = random.random()
    if made.repeats and kind < 0.35:
        ref = _positioned(random.choice(made.repeats), made, random, last=kind >= 0.25)
        return (
            ("add", ref.removesuffix("]").rpartition("[")[0] or ref, "")
            if kind < 0.25
            else ("remove", ref, "")
        )
    if not made.questions:
        return "none", "", ""
    ref, type_name = random.choice(made.questions)
    return "set", _positioned(ref, made, random, last=False), random.choice(_ANSWERS[type_name])


def _positioned(ref: str, made: Generated, random: Random, *, last: bool) -> str:
    steps = ref.split("/")
    out: list[str] = []
    for length in range(1, len(steps) + 1):
        here = "/".join(steps[:length])
        position = (
            f"[{random.randint(1, 3)}]" if here in made.repeats and (length < len(steps) or last) else ""
        )
        out.append(steps[length - 1] + position)
    return "/".join(out)
