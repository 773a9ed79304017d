"""The graph on definitions: edges from what is read to what reads it, and ranks so that sources come first."""

from __future__ import annotations

import heapq

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


def rank(root: NodeDef, computes: list[Compute]) -> list[Compute]:
    """Number ``computes`` so that each comes after everything it reads, and return them in that order.

    Constraints and texts, which nothing reads, come last and are not returned. Raises FORM-012 naming the nodes of
    a cycle.

    Reads of a namesake in another instance (running totals) may go in circles through definitions without doing
    so through nodes; they only give way where no order exists otherwise.
    """
    deciders = _deciders(root)
    live = [compute for compute in computes if compute.kind not in _TERMINAL]
    numbers = {id(compute): number for number, compute in enumerate(live)}
    sources: list[set[int]] = []
    loose: list[set[int]] = []
    for compute in live:
        firm_set: set[int] = set()
        loose_set: set[int] = set()
        for dep in compute.deps:
            into = loose_set if dep.elsewhere else firm_set
            for decider in deciders.get(dep.target, ()):
                into.add(numbers[id(decider)])
        sources.append(firm_set)
        loose.append(loose_set - firm_set)
    order = _sorted(sources, loose)
    if len(order) < len(live):
        cycle = find_cycle(sources, set(range(len(live))) - set(order))
        raise CYCLE(nodes=" → ".join(live[number].owner.ref for number in cycle))
    for place, number in enumerate(order):
        live[number].rank = place
    for place, compute in enumerate(c for c in computes if c.kind in _TERMINAL):
        compute.rank = len(live) + place
    for node in root.subtree():
        for edge in node.edges:
            edge.rank = edge.compute.rank
    return [live[number] for number in order]


def _sorted(sources: list[set[int]], loose: list[set[int]]) -> list[int]:
    """Return a topological order (lowest number first); loose sources are dropped where they block."""
    waiting = [len(firm) + len(more) for firm, more in zip(sources, loose, strict=True)]
    readers: list[list[int]] = [[] for _ in sources]
    for number, (firm, more) in enumerate(zip(sources, loose, strict=True)):
        for source in firm | more:
            readers[source].append(number)
    ready = [number for number, count in enumerate(waiting) if not count]
    order: list[int] = []
    done: set[int] = set()
    while ready or len(order) < len(sources):
        if not ready:
            freed = _free_loose(sources, loose, done)
            if freed is None:
                return order
            waiting[freed] = 0
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


def _free_loose(sources: list[set[int]], loose: list[set[int]], done: set[int]) -> int | None:
    for number, firm in enumerate(sources):
        if number not in done and loose[number] and firm <= done:
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
