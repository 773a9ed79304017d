"""The incremental recomputation: what a change makes stale is evaluated in rank order, and stops where nothing changed."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Any

from fieldapp.xform.errors import NO_CONVERGENCE, TOO_MANY_REPEATS
from fieldapp.xform.expr.runtime import Runtime
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.tree import Compute, ComputeKind, Seed
from fieldapp.xform.limits import MAX_REPEATS, MAX_STEPS
from fieldapp.xform.live.answers import write_answer
from fieldapp.xform.live.nodes import FormNode, Range, build_frame
from fieldapp.xform.values.convert import to_number

__all__ = ["Engine"]

_CALCULATE = ComputeKind.CALCULATE
_RELEVANT = ComputeKind.RELEVANT
_READONLY = ComputeKind.READONLY
_REQUIRED = ComputeKind.REQUIRED


class Engine:
    """Keeps one instance tree up to date."""

    def __init__(self, definition: FormDefinition, run: Runtime, seed: Seed) -> None:
        self.definition = definition
        self.run = run
        self.by_rank = definition.by_rank
        self.terminal = definition.terminal_rank
        self.root = build_frame(definition.root, seed, None, None, run)
        #: nodes (and ranges) whose value, state, text or choices may have changed since last asked
        self.changed: dict[FormNode | Range, None] = {}
        #: computed nodes with actions on a changed value
        self.fired: list[FormNode] = []
        #: instances made since last asked, for the event of a new repeat
        self.born: list[FormNode] = []
        #: selects whose choices may have changed since last asked
        self.choosers: dict[FormNode, None] = {}
        self._pending: dict[int, dict[FormNode, None]] = {}
        self._heap: list[int] = []
        self._push_frame(self.root)

    # -- what is stale ------------------------------------------------------------------------------------

    def _push(self, compute: Compute, node: FormNode) -> None:
        bucket = self._pending.get(compute.rank)
        if bucket is None:
            self._pending[compute.rank] = {node: None}
            heappush(self._heap, compute.rank)
        else:
            bucket[node] = None

    def _push_frame(self, first: FormNode) -> None:
        """Make everything in a new frame stale."""
        frame = first.frame
        for slot, compute in self.definition.frame_computes[first.defn]:
            self._push(compute, frame[slot])
        for entry in frame:
            if isinstance(entry, Range):
                for instance in entry.instances:
                    self._push_frame(instance)

    def trigger(self, node: FormNode) -> None:
        """Make stale what reads ``node``; texts and constraints are only noted as changed."""
        pending = self._pending
        for edge in node.defn.edges:
            frame = node.frame
            for _ in range(edge.up):
                frame = frame[0].outer
            owners: Sequence[FormNode]
            if edge.down:
                owners = _owners(frame, edge.down, edge.slot)
            else:
                owners = (frame[edge.slot],)
            rank = edge.rank
            if rank >= self.terminal:
                self.changed.update(dict.fromkeys(owners))
                if edge.compute.choosing:
                    self.choosers.update(dict.fromkeys(owners))
                continue
            bucket = pending.get(rank)
            if bucket is None:
                pending[rank] = dict.fromkeys(owners)
                heappush(self._heap, rank)
            else:
                bucket.update(dict.fromkeys(owners))

    def refresh(self, compute: Compute) -> None:
        """Make ``compute`` stale at all its owners."""
        owner = compute.owner
        slot = 0 if owner.is_repeat else owner.slot
        for node in _owners(self.root.frame, tuple(repeat.slot for repeat in owner.repeats), slot):
            self._push(compute, node)

    # -- evaluation ---------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Evaluate until nothing is stale. Raises FORM-015 when the calculations do not come to rest."""
        heap, pending = self._heap, self._pending
        budget = MAX_STEPS * (len(self.definition.by_ref) + 200)
        while heap:
            rank = heappop(heap)
            bucket = pending.pop(rank)
            compute = self.by_rank[rank]
            kind = compute.kind
            fn = compute.fn
            budget -= 1
            if budget < 0:
                self._heap.clear()
                pending.clear()
                raise NO_CONVERGENCE(ref=compute.owner.ref)
            for node in bucket:
                if not node.alive:
                    continue
                found = fn(node.context)
                if kind is _CALCULATE:
                    self._calculated(node, found)
                elif kind is _RELEVANT:
                    if found is not node.own_relevant:
                        node.own_relevant = bool(found)
                        self._spread_relevance(node)
                elif kind is _READONLY:
                    if found is not node.own_readonly:
                        node.own_readonly = bool(found)
                        self._spread_readonly(node)
                elif kind is _REQUIRED:
                    if found is not node.required:
                        node.required = bool(found)
                        self.changed[node] = None
                else:
                    self._counted(node, compute, to_number(found, self.run.dialect))

    def _calculated(self, node: FormNode, found: Any) -> None:
        if type(found) is str and node.defn.type == "string":
            raw = found
        else:
            raw = write_answer(node.defn.type, found, self.run.dialect)
        if raw != node.raw:
            self.store(node, raw)
            if node.defn.value_changed:
                self.fired.append(node)

    def store(self, node: FormNode, raw: str) -> None:
        """Put an answer into ``node`` and make stale what reads it."""
        before = node.read
        node.take(raw)
        self.changed[node] = None
        after = node.read
        if before != after or type(before) is not type(after):
            self.trigger(node)

    def _spread_relevance(self, top: FormNode) -> None:
        """Carry a changed relevance down: children are relevant only where all above are."""
        todo = [top]
        while todo:
            node = todo.pop()
            parent = node.parent
            relevant = node.own_relevant and (parent is None or parent.relevant)
            if relevant is node.relevant:
                continue
            node.relevant = relevant
            node.read = node.typed if relevant else ""
            self.changed[node] = None
            if node.defn.edges:
                self.trigger(node)
            for child in node.children:
                if type(child) is FormNode:
                    todo.append(child)
                else:
                    todo.extend(child.instances)  # type: ignore[union-attr]
            todo.extend(node.attrs)

    def _spread_readonly(self, top: FormNode) -> None:
        todo = [top]
        while todo:
            node = todo.pop()
            readonly = node.own_readonly or (node.parent is not None and node.parent.readonly)
            if readonly is node.readonly:
                continue
            node.readonly = readonly
            self.changed[node] = None
            for child in node.children:
                todo.extend([child] if isinstance(child, FormNode) else child.instances)

    # -- repeats ------------------------------------------------------------------------------------------

    def _counted(self, parent: FormNode, compute: Compute, number: float) -> None:
        repeat = next(child for child in parent.defn.children if child.count is compute)
        wanted = int(number) if number == number and number > 0 else 0
        if wanted > MAX_REPEATS:
            raise TOO_MANY_REPEATS(ref=repeat.ref, count=wanted, limit=MAX_REPEATS)
        place: Range = parent.frame[repeat.slot]
        while len(place.instances) > wanted:
            self.remove_instance(place, len(place.instances) - 1)
        while len(place.instances) < wanted:
            number = len(place.instances)
            self.add_instance(place, repeat.initial[number] if number < len(repeat.initial) else None)

    def add_instance(self, place: Range, seed: Seed | None = None) -> FormNode:
        """Append an instance to a repeat and make stale what it changes. The caller settles."""
        instance = build_frame(
            place.defn, seed or place.defn.seed, place.parent, place.parent.frame, self.run
        )
        place.instances.append(instance)
        instance.index = len(place.instances) - 1
        self._push_frame(instance)
        self._trigger_outward(instance)
        self.changed[place] = None
        self.born.append(instance)
        return instance

    def remove_instance(self, place: Range, index: int) -> None:
        """Take an instance away and make stale what it changes. The caller settles."""
        instance = place.instances[index]
        self._trigger_outward(instance)
        _bury(instance)
        del place.instances[index]
        place.renumber(index)
        for later in place.instances[index:]:
            self.trigger(later)
            self.changed[later] = None
        self.changed[place] = None

    def _trigger_outward(self, instance: FormNode) -> None:
        """Make stale what reads the instance, or anything in it, from outside."""
        todo: list[FormNode | Range] = [instance]
        while todo:
            node = todo.pop()
            if isinstance(node, Range):
                todo.extend(node.instances)
                continue
            if node.defn.edges:
                self.trigger(node)
            todo.extend(node.children)


def _owners(frame: list[Any], down: tuple[int, ...], slot: int) -> list[FormNode]:
    frames = [frame]
    for repeat in down:
        frames = [instance.frame for outer in frames for instance in outer[repeat].instances]
    return [inner[slot] for inner in frames]


def _bury(instance: FormNode) -> None:
    for entry in instance.frame:
        if isinstance(entry, Range):
            for inner in entry.instances:
                _bury(inner)
        else:
            entry.alive = False
