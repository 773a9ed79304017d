"""Closures over a list of the household: any, all, count, sum, lowest, highest of its members, incomes, measures.

Unknown elements: ``any`` and ``all`` are three-valued; ``count`` counts what is certainly true; ``sum``, ``lowest`` and
``highest`` leave unknown values out and are unknown when nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fieldapp.register.checks.logic import Frame, Run

__all__ = ["AGGREGATES", "Loop"]


class Loop:
    """Which list is walked, into which slot each row goes, and which rows are passed over."""

    __slots__ = ("element", "slot", "source", "where")

    def __init__(self, source: int, slot: int, where: Run | None, element: Run) -> None:
        self.source = source
        self.slot = slot
        self.where = where
        self.element = element

    def parts(self) -> tuple[int, int, Run | None, Run]:
        """Return all four, for closures that keep them at hand."""
        return self.source, self.slot, self.where, self.element

    def values(self, frame: Frame) -> Iterator[Any]:
        """Yield the element's value for each row that is not passed over."""
        slot, where, element = self.slot, self.where, self.element
        for row in frame[self.source]:
            frame[slot] = row
            if where is None or where(frame):
                yield element(frame)


def _any(loop: Loop) -> Run:
    source, slot, where, element = loop.parts()

    def run(frame: Frame) -> bool | None:
        result: bool | None = False
        for row in frame[source]:
            frame[slot] = row
            if where is None or where(frame):
                value = element(frame)
                if value:
                    return True
                if value is None:
                    result = None
        return result

    return run


def _all(loop: Loop) -> Run:
    source, slot, where, element = loop.parts()

    def run(frame: Frame) -> bool | None:
        result: bool | None = True
        for row in frame[source]:
            frame[slot] = row
            if where is None or where(frame):
                value = element(frame)
                if value is None:
                    result = None
                elif not value:
                    return False
        return result

    return run


def _count(loop: Loop) -> Run:
    source, slot, where, element = loop.parts()

    def run(frame: Frame) -> int:
        counted = 0
        for row in frame[source]:
            frame[slot] = row
            if (where is None or where(frame)) and element(frame):
                counted += 1
        return counted

    return run


def _fold(fold: Callable[[list[Any]], Any]) -> Callable[[Loop], Run]:
    def build(loop: Loop) -> Run:
        def run(frame: Frame) -> Any:
            known = [value for value in loop.values(frame) if value is not None]
            return fold(known) if known else None

        return run

    return build


#: By name: whether the element must be a truth (else a number), and how the closure is built.
AGGREGATES: Mapping[str, tuple[bool, Callable[[Loop], Run]]] = {
    "any": (True, _any),
    "all": (True, _all),
    "count": (True, _count),
    "sum": (False, _fold(sum)),
    "lowest": (False, _fold(min)),
    "highest": (False, _fold(max)),
}
