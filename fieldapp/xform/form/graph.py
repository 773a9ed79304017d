"""The graph on definitions: edges from what is read to what reads it, and ranks so that sources come first."""

from __future__ import annotations

import heapq

from fieldapp.common.errors import KnownError
from fieldapp.xform.errors import CYCLE
from fieldapp.xform.form.tree import Compute, ComputeKind, Dep, Edge, NodeDef

__all__ = ["connect", "find_cycle", "rank"]

_TERMINAL = frozenset({ComputeKind.CONSTRAINT, ComputeKind.DISPLAY})


def _edge(compute: Compute, dep: Dep) -> Edge:
    target = dep.target
    up = len(target.repeats) - dep.bound
    down = tuple(repeat.slot for repeat in compute.owner.repeats[dep.bound :])
    return Edge(compute, up, down, 0 if compute.owner.is_repeat else compute.owner.slot)


def connect(computes: list[Compute]) -> None:
    """Give every read definition its edges, each reader once."""
    for compute in computes:
        seen: set[tuple[int, int, tuple[int, ...]]] = set()
        for dep in compute.deps:
            edge = _edge(compute, dep)
            key = (id(dep.target), edge.up, edge.down)
            if key not in seen and not (
                compute.kind in _TERMINAL and dep.target is compute.owner and not edge.up
            ):
                seen.add(key)
                dep.target.edges.append(edge)


def _deciders(root: NodeDef) -> dict[NodeDef, list[Compute]]:
    """Return for each definition what decides how it reads: its calculation, and relevance and count of all above."""
    found: dict[NodeDef, list[Compute]] = {}
    for node in root.subtree():
        above = found.get(node.parent, []) if node.parent is not None else []
        own = [c for c in (node.relevant, node.count) if isinstance(c, Compute)]
        inherited = [c for c in above if c.kind is not ComputeKind.CALCULATE]
        if node.calculate is not None:
            own.append(node.calculate)
        found[node] = inherited + own if own else inherited
    return found


def rank(root: NodeDef, computes: list[Compute]) -> tuple[list[Compute], KnownError | None]:
    """Number ``computes`` so that each comes after everything it reads, and return them in that order.

    Constraints and texts, which nothing reads, come last and are not returned. Raises FORM-012 naming the nodes of
    a cycle of calculations. A cycle that closes through a relevance is no endless sum: engines open such forms, so
    it is only returned, for ``form check`` to refuse.
    """
    live = [compute for compute in computes if compute.kind not in _TERMINAL]
    order = _Order(live, _deciders(root))
    placed = order.placed()
    if len(placed) < len(live):
        raise _cycle(live, order.firm, placed)
    for place, number in enumerate(placed):
        live[number].rank = place
    for place, compute in enumerate(c for c in computes if c.kind in _TERMINAL):
        compute.rank = len(live) + place
    for node in root.subtree():
        for edge in node.edges:
            edge.rank = edge.compute.rank
    return [live[number] for number in placed], order.problem


def _cycle(live: list[Compute], sources: list[set[int]], placed: list[int]) -> KnownError:
    cycle = find_cycle(sources, set(range(len(live))) - set(placed))
    return CYCLE(nodes=" → ".join(live[number].owner.ref for number in cycle))


class _Order:
    """A topological order of computes by number, lowest first.

    ``firm`` sources are calculations and counts. Those of ``soft`` only decide relevance, those of ``loose`` are
    namesakes in other instances (running totals), which go in circles through definitions but not through nodes.
    Loose and soft ones give way, in that order, where nothing else is left.
    """

    def __init__(self, live: list[Compute], deciders: dict[NodeDef, list[Compute]]) -> None:
        self.live = live
        self.problem: KnownError | None = None
        numbers = {id(compute): number for number, compute in enumerate(live)}
        self.firm: list[set[int]] = []
        self.soft: list[set[int]] = []
        self.loose: list[set[int]] = []
        for compute in live:
            firm: set[int] = set()
            soft: set[int] = set()
            loose: set[int] = set()
            for dep in compute.deps:
                for decider in deciders.get(dep.target, ()):
                    relevance = decider.kind is ComputeKind.RELEVANT
                    (loose if dep.elsewhere else soft if relevance else firm).add(numbers[id(decider)])
            self.firm.append(firm)
            self.soft.append(soft - firm)
            self.loose.append(loose - firm - soft)

    def placed(self) -> list[int]:
        """Return the numbers in order; short of some where calculations go in a circle."""
        sources = [f | s | o for f, s, o in zip(self.firm, self.soft, self.loose, strict=True)]
        waiting = [len(found) for found in sources]
        readers: list[list[int]] = [[] for _ in sources]
        for number, found in enumerate(sources):
            for source in found:
                readers[source].append(number)
        ready = [number for number, count in enumerate(waiting) if not count]
        order: list[int] = []
        done: set[int] = set()
        while ready or len(order) < len(sources):
            if not ready:
                freed = self._freed(order, done)
                if freed is None:
                    return order
                ready = [freed]
            number = heapq.heappop(ready)
            if number in done:
                continue
            done.add(number)
            order.append(number)
            for reader in readers[number]:
                waiting[reader] -= 1
                if waiting[reader] == 0:
                    heapq.heappush(ready, reader)
        return order

    def _freed(self, order: list[int], done: set[int]) -> int | None:
        """Return the first that waits only for sources that may give way."""
        waiting = [number for number in range(len(self.live)) if number not in done]
        for number in waiting:
            if self.firm[number] <= done and self.soft[number] <= done:
                return number
        for number in waiting:
            if self.firm[number] <= done:
                strong = [f | s for f, s in zip(self.firm, self.soft, strict=True)]
                self.problem = self.problem or _cycle(self.live, strong, order)
                return number
        return None


def find_cycle(sources: list[set[int]], among: set[int]) -> list[int]:
    """Return the numbers of one cycle, its start repeated at the end."""
    trail: list[int] = []
    places: dict[int, int] = {}
    number = min(among)
    while number not in places:
        places[number] = len(trail)
        trail.append(number)
        number = min(source for source in sources[number] if source in among)
    cycle = trail[places[number] :]
    return [*reversed(cycle), cycle[-1]]
