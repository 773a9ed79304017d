"""The plug is pulled anywhere, again and again: nothing lost, nothing doubled. And the harness notices planted bugs."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
import requests

from fieldapp.common.errors import KnownError
from fieldapp.county.app import create_app
from fieldapp.county.blobs import blob_path
from fieldapp.county.setup import County
from fieldapp.county.tables import BatchRow, LineRow
from fieldapp.sync import sync
from fieldapp.sync.outbox import BatchPosition, FrozenBatch
from fieldapp.tables.register import VisitRow
from tests.county.inprocess import InProcess
from tests.county.world import HELPER, rows_of
from tests.sync.world import Client, Crash, MemoryOutbox, enrolled_client

_MOST_RUNS = 400


class FaultyWire(InProcess):
    """A seeded network: refuses, loses the request, loses or cuts the answer, delivers twice, shows a login page."""

    def __init__(self, app: Any, seed: int, rate: float) -> None:
        super().__init__(app)
        self._random = random.Random(seed)
        self._rate = rate
        self.faults: Counter[str] = Counter()

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if self._random.random() >= self._rate:
            return super().send(request, *args, **kwargs)
        fault = self._random.choice(["refused", "answer lost", "cut", "twice", "page", "timeout"])
        self.faults[fault] += 1
        match fault:
            case "refused":
                raise requests.exceptions.ConnectionError("refused")
            case "timeout":
                if self._random.random() < 0.5:
                    super().send(request, *args, **kwargs)
                raise requests.exceptions.ReadTimeout("timeout")
            case "answer lost":
                super().send(request, *args, **kwargs)
                raise requests.exceptions.ConnectionError("reset")
            case "twice":
                super().send(request, *args, **kwargs)
                return super().send(request, *args, **kwargs)
        response = super().send(request, *args, **kwargs)
        content = response.content
        if fault == "page":
            response.headers = requests.structures.CaseInsensitiveDict({"Content-Type": "text/html"})
            response._content = b"<html>please log in</html>"
        elif content:
            response._content = content[: self._random.randrange(len(content))]
        return response


def play(county: County, seed: int, outbox: MemoryOutbox | None = None, *, rate: float = 0.3) -> Client:
    """Let a laptop write visits and sync over a bad network, losing power now and then, until it believes all is sent."""
    wire = FaultyWire(create_app(county), seed, rate)
    laptop = enrolled_client(county, HELPER, wire=wire)
    laptop.outbox = outbox or laptop.outbox
    rolls = random.Random(seed + 1_000)
    for number in range(8):
        laptop.add_visit(rolls.choice([1, 3]), photo=rolls.randbytes(700) if number % 4 == 0 else None)
    for _ in range(_MOST_RUNS):
        laptop.outbox.crash_at = rolls.choice([-1, 1, 2, 3, 5])
        try:
            sync(
                laptop.identity, laptop.outbox, clock=county.clock, ids=laptop.ids, adapter=wire, patience_s=0
            )
        except (KnownError, Crash):
            if len(laptop.outbox.records) < 14 and rolls.random() < 0.3:
                laptop.add_visit(1)
            continue
        return laptop
    raise AssertionError("the laptop never finished")


def verdict(county: County, laptop: Client) -> list[str]:
    """Return everything that is wrong between laptop and county; nothing when all is well."""
    wrong = []
    written = Counter(record.id for record in laptop.outbox.records)
    stored = Counter(row.id for row in rows_of(county, VisitRow))
    if lost := written - stored:
        wrong.append(f"lost {len(lost)}")
    if doubled := stored - written:
        wrong.append(f"doubled or invented {len(doubled)}")
    lines = Counter(row.record_id for row in rows_of(county, LineRow))
    if any(count > 1 for count in lines.values()):
        wrong.append("a record came in two batches")
    if len(rows_of(county, BatchRow)) != len(laptop.outbox.batches):
        wrong.append("batches differ")
    if set(laptop.outbox.outcomes) != set(written):
        wrong.append("a record without its receipt")
    for name, photo in laptop.outbox.photos.items():
        if photo.sealed is None or not photo.sent:
            wrong.append(f"{name} unsent")
        elif blob_path(county, laptop.identity.device, photo.sealed[0]).read_bytes() != photo.sealed[1]:
            wrong.append(f"{name} damaged")
    if len([key for key in laptop.outbox.rows if key[0] == "visits"]) != len(written):
        wrong.append("the feed did not bring the visits back")
    return wrong


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_lost_and_nothing_doubled(county: County, seed: int) -> None:
    laptop = play(county, seed)
    assert verdict(county, laptop) == []


def test_the_network_was_really_bad(county: County) -> None:
    laptop = play(county, 99, rate=0.5)
    assert isinstance(laptop.wire, FaultyWire)
    assert set(laptop.wire.faults) == {"refused", "answer lost", "cut", "twice", "page", "timeout"}


class SentWhenSent(MemoryOutbox):
    """A planted bug: a batch counts as delivered when it was sealed, not when its receipt is here."""

    def frozen(self) -> FrozenBatch | None:
        return None


class ForgetsFrozen(MemoryOutbox):
    """A planted bug: the batch is not frozen before it is sent, so the records are sealed again under new ids."""

    def freeze(self, batch: FrozenBatch, position: BatchPosition) -> None:
        self.batches.append((batch, position))

    def frozen(self) -> FrozenBatch | None:
        return None

    def pending(self, limit: int) -> list[Any]:
        return [record for record in self.records if record.id not in self.outcomes][:limit]


@pytest.mark.parametrize("bug", [SentWhenSent, ForgetsFrozen])
def test_the_harness_notices_a_planted_bug(county: County, bug: type[MemoryOutbox]) -> None:
    laptop = play(county, 3, bug())
    assert verdict(county, laptop) != []
