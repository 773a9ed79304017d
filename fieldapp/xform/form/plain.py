"""Plain paths: nothing but ``..`` and names."""

from __future__ import annotations

from fieldapp.xform.expr.ast import Path, Step

__all__ = ["bare", "is_plain", "plain", "shown"]


def shown(path: Path) -> str:
    names = [".."] * path.up + list(path.names or ())
    return ("/" if path.absolute else "") + "/".join(names)


def bare(step: Step) -> Step:
    return Step(step.axis, step.test)


def is_plain(step: Step) -> bool:
    if step.axis == "child":
        return not step.test.endswith(("*", ")"))
    return step.axis in ("parent", "self") and step.test == "node()"


def plain(path: Path) -> Path:
    """Return ``path`` with ``names`` filled in when it consists of ``..`` and names only."""
    if path.names is not None or any(step.predicates or not is_plain(step) for step in path.steps):
        return path
    steps = [step for step in path.steps if step.axis != "self"]
    names: list[str] = []
    up = 0
    for step in steps:
        if step.axis == "child":
            names.append(step.test)
        elif names:
            names.pop()
        else:
            up += 1
    if not names and not up and not path.absolute:
        return Path(False, (Step("self", "node()"),), None, path.at)
    return Path(path.absolute, path.steps, path.base, path.at, tuple(names), up)
