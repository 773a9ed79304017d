"""Events: actions run when the form is opened, a repeat is added or an answer changed."""

from __future__ import annotations

from typing import Any

from fieldapp.xform.form.actions import Action
from fieldapp.xform.form.tree import NodeDef
from fieldapp.xform.live.answers import write_answer
from fieldapp.xform.live.engine import Engine
from fieldapp.xform.live.nodes import FormNode, Range

__all__ = ["fire", "react"]

_MAX_ROUNDS = 50


def _targets(engine: Engine, target: NodeDef, origin: FormNode | None) -> list[FormNode]:
    """Return the nodes of ``target`` in the instances that ``origin`` stands in; without one, in all instances."""
    frame: list[Any] = engine.root.frame
    shared = 0
    if origin is not None:
        mine = origin.defn.repeats
        while shared < min(len(mine), len(target.repeats)) and mine[shared] is target.repeats[shared]:
            shared += 1
        frame = origin.frame
        for _ in range(len(mine) - shared):
            frame = frame[0].outer
    frames = [frame]
    for repeat in target.repeats[shared:]:
        frames = [instance.frame for outer in frames for instance in outer[repeat.slot].instances]
    return [inner[0 if target.is_repeat else target.slot] for inner in frames]


def _chosen(engine: Engine, action: Action, origin: FormNode | None) -> list[FormNode]:
    if action.nodes is None:
        return _targets(engine, action.target, origin)
    found = action.nodes((origin or engine.root).context)
    return [node for node in found if isinstance(node, FormNode)]


def _perform(engine: Engine, action: Action, origin: FormNode | None) -> None:
    if action.kind != "setvalue" or action.value is None:
        return
    for node in _chosen(engine, action, origin):
        found = action.value(node.context)
        raw = write_answer(node.defn.type, found, engine.run.dialect)
        if raw != node.raw:
            engine.store(node, raw)
            if node.defn.value_changed:
                engine.fired.append(node)


def fire(engine: Engine, event: str) -> None:
    """Run the form's actions on ``event``, in document order, and settle."""
    for action in engine.definition.actions:
        if event in action.events and not (event == "odk-instance-first-load" and _waits(action)):
            _perform(engine, action, None)
            engine.settle()
    react(engine)


def _waits(action: Action) -> bool:
    """An action inside a repeat's body speaks of instances that are made later."""
    return "odk-new-repeat" in action.events and "odk-instance-first-load" not in action.events


def react(engine: Engine) -> None:
    """Settle, and run what new repeat instances and changed answers set off, until nothing more happens."""
    engine.settle()
    for _ in range(_MAX_ROUNDS):
        born, fired = engine.born, engine.fired
        if not born and not fired:
            return
        engine.born, engine.fired = [], []
        for instance in born:
            if instance.alive:
                _born(engine, instance)
        for node in fired:
            for action in node.defn.value_changed:
                if node.alive and isinstance(action, Action):
                    _perform(engine, action, node)
        engine.settle()


def _born(engine: Engine, instance: FormNode) -> None:
    for action in engine.definition.actions:
        if "odk-new-repeat" in action.events and action.repeat is instance.defn:
            _perform(engine, action, instance)
    for entry in instance.frame:
        if isinstance(entry, Range):
            for inner in entry.instances:
                _born(engine, inner)
