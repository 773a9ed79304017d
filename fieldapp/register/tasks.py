"""Tasks close honestly: a visit that met somebody does what asked for a visit; an attempt never does."""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.entities import Entity, Task

__all__ = ["NEED_VISIT", "closing_patches"]

#: Kinds of task that only a visit at which somebody was met can do.
NEED_VISIT = frozenset({"promise", "not_met"})


def closing_patches(tasks: Iterable[Entity], visit: EntityPatch) -> tuple[EntityPatch, ...]:
    """Return the patches that close what a visit has done. One from before a task was made (typed in late) closes nothing."""
    told = {name: change.new for name, change in visit.fields.items()}
    day = str(told.get("visit_date") or "")
    if told.get("outcome") != "met":
        return ()
    return tuple(
        EntityPatch(
            "tasks",
            task.id,
            task.household_id,
            task.version,
            {
                "state": FieldChange("open", "done"),
                "closed_on": FieldChange(task.get("closed_on"), day),
                "closed_visit_id": FieldChange(task.get("closed_visit_id"), visit.entity_id),
            },
        )
        for task in tasks
        if isinstance(task, Task)
        and (task.state, task.status) == ("open", "active")
        and task.kind in NEED_VISIT
        and str(task.get("made_on") or "") <= day
        and task.get("visit_id") != visit.entity_id
    )
