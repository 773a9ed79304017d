"""Laws that hold for every form: incremental is full recomputation, and a saved form opens as it was."""

from __future__ import annotations

from random import Random

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.xform import FormSession, load_form
from fieldapp.xform.live.nodes import FormNode
from fieldapp.xform.live.preload import all_nodes
from tests.xform.generated import edit, generate
from tests.xform.scenario import environment

_BATCH = 100
_EDITS = 12


def state(session: FormSession) -> list[tuple[object, ...]]:
    """Return everything that is known of every node."""
    nodes: list[FormNode] = all_nodes(session._engine.root)
    return [(n.ref, n.raw, str(n.read), n.relevant, n.readonly, n.required, n.valid) for n in nodes]


def do(session: FormSession, op: str, ref: str, value: str) -> None:
    try:
        if op == "set":
            session.set(ref, value)
        elif op == "add":
            session.add_repeat(ref)
        elif op == "remove":
            session.remove_repeat(ref)
    except KnownError as error:
        if error.code != "FORM-020":  # an instance that does not exist
            raise


def live_through(seed: int) -> None:
    """Fill the form of ``seed`` in; after each edit compare with a session that computes everything anew."""
    made, random = generate(seed), Random(seed)
    definition = load_form(made.xml)
    session = FormSession.start(definition, environment())
    for _ in range(_EDITS):
        do(session, *edit(made, random))
        saved = session.serialise()
        anew = FormSession.resume(definition, environment(), saved)
        assert state(session) == state(anew), (seed, made.xml.decode())
        assert anew.serialise() == saved


@pytest.mark.parametrize("batch", range(20))
def test_incremental_equals_full_recomputation_and_saving_is_the_identity(batch: int) -> None:
    for seed in range(batch * _BATCH, (batch + 1) * _BATCH):
        live_through(seed)
