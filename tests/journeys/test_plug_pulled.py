"""The plug is pulled at every step of a sync in turn; afterwards nothing is lost and nothing doubled."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, update

from fieldapp.common.errors import KnownError
from fieldapp.county.serving import in_background
from fieldapp.store import Store
from fieldapp.store.tables import batches, outbox
from tests.journeys.plug import STEPS, Plug, PowerCut, wrong
from tests.services.asking import homes, nobody_home, picture
from tests.services.network import Network
from tests.services.world import World

pytestmark = pytest.mark.journey

REQUESTS = (
    "POST /v1/challenge",
    "POST /v1/session",
    "PUT /v1/batches",
    "GET /v1/changes",
    "POST /v1/blobs",
    "PATCH /v1/blobs",
)


class Cadre:
    """Makes small visits, with a photo and a changed phone, to one household after the other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.workspace = world.unlocked("helper")
        self.made: list[str] = []
        self._homes = homes(self.workspace)

    def visit(self) -> None:
        home = self._homes[len(self.made) % len(self._homes)]
        draft = self.workspace.visits.start(home, "onsite")
        nobody_home(draft)
        draft.session.set("/data/how/phone", f"139{len(self.made):08d}")
        self.workspace.visits.attach(draft, "/data/photos/photo_1", "门口.jpg", picture())
        self.made.append(self.workspace.visits.finish(draft))

    def comes_back(self) -> None:
        """Switch the laptop on again: nothing was closed in good order."""
        self.workspace = self.world.unlocked("helper")


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch, network: Network) -> Plug:
    plug = Plug()
    plug.into_store(monkeypatch)
    plug.into_network(network)
    return plug


def pull_it_everywhere(cadre: Cadre, plug: Plug, reached: set[str] | None = None) -> list[str]:
    """Make a visit, sync, lose power at point 1; again with point 2, and so on to the last. Return what is wrong.

    ``reached`` is told the points.
    """
    plug.reset(0)
    cadre.visit()
    cadre.workspace.sync.run()
    points = list(plug.points)
    (reached if reached is not None else set()).update(points)
    for number, name in enumerate(points, start=1):
        cadre.visit()
        plug.reset(number)
        with pytest.raises(PowerCut):
            cadre.workspace.sync.run()
        plug.reset(0)
        cadre.comes_back()
        try:
            cadre.workspace.sync.run()
        except (KnownError, ValueError) as error:
            return [f"after a cut {name}: {error}"]
        found = wrong(cadre.world.county, cadre.workspace, cadre.made)
        if found:
            return [f"after a cut {name}:", *found]
    return []


def test_wherever_the_plug_is_pulled_nothing_is_lost_and_nothing_doubled(world: World, plug: Plug) -> None:
    cadre = Cadre(world)
    reached: set[str] = set()
    assert pull_it_everywhere(cadre, plug, reached) == []
    assert {f"{when} {step}" for when in ("before", "after") for step in STEPS} <= reached
    assert {f"{when} {request}" for when in ("before", "after") for request in REQUESTS} <= reached


def test_the_plug_pulled_again_and_again_before_anything_is_finished(world: World, plug: Plug) -> None:
    """Every run loses power a little later than the one before; visits go on being made in between."""
    cadre = Cadre(world)
    for number in range(1, 60):
        if number % 4 == 1:
            cadre.visit()
        plug.reset(number)
        try:
            cadre.workspace.sync.run()
        except PowerCut:
            cadre.comes_back()
            continue
        if len(cadre.made) > 3:
            break
    plug.reset(0)
    cadre.workspace.sync.run()
    assert wrong(world.county, cadre.workspace, cadre.made) == []


def _seals_again(cadre: Cadre, patch: pytest.MonkeyPatch) -> None:
    """A planted bug: a batch without a receipt is thrown away and its records are sealed anew."""
    keep = Store.frozen

    def frozen(store: Store) -> Any:
        batch = keep(store)
        if batch is not None:
            with store.vault.writer() as connection:
                connection.execute(update(outbox).where(outbox.c.batch_id == batch.id).values(batch_id=None))
                connection.execute(delete(batches).where(batches.c.id == batch.id))
        return None

    patch.setattr(Store, "frozen", frozen)


def _sent_is_done(cadre: Cadre, patch: pytest.MonkeyPatch) -> None:
    """A planted bug: a batch counts as arrived once it was sealed."""
    keep = Store.freeze

    def freeze(store: Store, batch: Any, position: Any) -> None:
        keep(store, batch, position)
        outcomes = [(record, "stored", 0, "") for record in batch.record_ids]
        store.record_receipt(batch.id, b"", outcomes, "2026-11-22T02:00:00.000Z")

    patch.setattr(Store, "freeze", freeze)


def _forgets_photos(cadre: Cadre, patch: pytest.MonkeyPatch) -> None:
    """A planted bug: photos that were not sent in the run that sealed them are forgotten."""
    patch.setattr(Store, "unsent_blobs", lambda store: [])


def _loses_its_place(cadre: Cadre, patch: pytest.MonkeyPatch) -> None:
    """A planted bug: the cursor is kept although the page was not applied."""
    keep = Store.apply_feed

    def apply_feed(store: Store, rows: Any, cursor: str, *, more: bool = False) -> int:
        return keep(store, list(rows)[:0], cursor, more=more)

    patch.setattr(Store, "apply_feed", apply_feed)


@pytest.mark.parametrize("plant", [_seals_again, _sent_is_done, _forgets_photos, _loses_its_place])
def test_the_harness_notices_a_planted_bug(
    world: World, network: Network, monkeypatch: pytest.MonkeyPatch, plant: Any
) -> None:
    cadre = Cadre(world)
    plant(cadre, monkeypatch)
    plug = Plug()
    plug.into_store(monkeypatch)
    plug.into_network(network)
    assert pull_it_everywhere(cadre, plug) != []


def test_a_session_that_the_county_forgot_is_opened_again_within_the_run(
    world: World, network: Network
) -> None:
    cadre = Cadre(world)
    cadre.visit()
    forgotten: list[str] = []

    def fault(method: str, path: str, deliver: Any) -> Any:
        if path.startswith("/v1/batches") and not forgotten:
            forgotten.append(path)
            world.clock.advance(hours=2)  # tokens live for an hour
        return deliver()

    network.fault = fault
    cadre.workspace.sync.run()
    assert network.count("POST", "/v1/session") == 2
    assert wrong(world.county, cadre.workspace, cadre.made) == []


def test_a_server_that_restarts_between_batch_and_photo_costs_one_more_press(
    offline: World, network: Network
) -> None:
    cadre = Cadre(offline)
    cadre.visit()

    def no_photos(method: str, path: str, deliver: Any) -> Any:
        if path.startswith("/v1/blobs"):
            raise PowerCut
        return deliver()

    with in_background(offline.county, port=offline.port):
        network.fault = no_photos
        with pytest.raises(PowerCut):
            cadre.workspace.sync.run()
    network.fault = lambda _method, _path, deliver: deliver()
    with pytest.raises(KnownError) as caught:
        cadre.workspace.sync.run()
    assert caught.value.code == "SYNC-001"
    with in_background(offline.county, port=offline.port):
        cadre.workspace.sync.run()
        assert wrong(offline.county, cadre.workspace, cadre.made) == []


def test_exactly_the_frozen_bytes_are_sent_again(world: World, network: Network) -> None:
    cadre = Cadre(world)
    cadre.visit()
    network.lose_answers_of("/v1/batches", times=2)
    for _ in range(2):
        with pytest.raises(KnownError):
            cadre.workspace.sync.run()
    cadre.visit()  # what is made meanwhile does not change the batch that is under way
    cadre.workspace.sync.run()
    sent = [
        body for (_, path), body in zip(network.requests, network.bodies, strict=True) if "/batches/" in path
    ]
    assert len(sent) == 4
    assert len(set(sent[:3])) == 1
    assert sent[3] != sent[0]
    assert wrong(world.county, cadre.workspace, cadre.made) == []
