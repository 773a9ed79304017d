"""The finished instance: its XML, identity, attachments and entity actions."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fieldapp.common.clock import FixedClock
from fieldapp.xform.expr.runtime import Runtime
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.tree import Seed
from fieldapp.xform.live.engine import Engine
from fieldapp.xform.live.entities import EntityAction, entities_of
from fieldapp.xform.live.nodes import FormNode, Range, build_frame
from fieldapp.xform.live.preload import all_nodes, stamp_end
from fieldapp.xform.live.saved import seed_from_saved
from fieldapp.xform.live.serialise import to_xml
from fieldapp.xform.values.dialect import FORM

__all__ = ["Submission", "finished", "read_entities"]


@dataclass(frozen=True, slots=True)
class Submission:
    """What is sent. ``attachments`` are the file names that binary questions hold."""

    xml: bytes
    instance_id: str
    form_id: str
    form_version: str
    instance_name: str
    attachments: tuple[str, ...]
    entities: tuple[EntityAction, ...]


def _meta(root: FormNode, name: str) -> str:
    return next((n.raw for n in all_nodes(root) if n.defn.name == name and _in_meta(n)), "")


def _in_meta(node: FormNode) -> bool:
    return node.parent is not None and node.parent.defn.name == "meta" and node.parent.parent is not None


def _is_log(node: FormNode) -> bool:
    """A log is attached, whether or not the form says that ``meta/audit`` is a file."""
    return node.defn.name == "audit" and _in_meta(node)


def finished(definition: FormDefinition, engine: Engine) -> Submission:
    """Return the submission of a valid instance."""
    stamp_end(engine)
    engine.settle()
    root = engine.root
    attachments = tuple(
        node.raw
        for node in all_nodes(root)
        if (node.defn.type == "binary" or _is_log(node)) and node.relevant and node.raw
    )
    return Submission(
        to_xml(root, all_nodes=False),
        _meta(root, "instanceID"),
        definition.form_id,
        definition.version,
        _meta(root, "instanceName"),
        attachments,
        entities_of(root),
    )


def read_entities(definition: FormDefinition, xml: bytes) -> tuple[EntityAction, ...]:
    """Return the entity actions a submission carries, as written in it. Raises FORM-001, FORM-003, FORM-023."""
    still = FixedClock(datetime(1970, 1, 1, tzinfo=UTC))
    run = Runtime(replace(FORM), still, lambda: "", random.Random(0))
    seed = seed_from_saved(definition, xml)
    root = build_frame(definition.root, seed, None, None, run)
    _leave_out(root, seed)
    return entities_of(root)


def _leave_out(first: FormNode, seed: Seed) -> None:
    """Make what a submission does not contain irrelevant, as it was when it was sent."""
    for slot, entry in enumerate(first.frame):
        if not isinstance(entry, Range):
            entry.relevant = slot in seed.present
    for slot, seeds in seed.repeats:
        for instance, inner in zip(first.frame[slot].instances, seeds, strict=True):
            _leave_out(instance, inner)
