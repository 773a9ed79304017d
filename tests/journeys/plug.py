"""Pulling the plug at any step of a sync, before it or after it, and what must hold once the laptop came back."""

from __future__ import annotations

import base64
import contextlib
import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from fieldapp.common.errors import KnownError
from fieldapp.county.blobs import blob_path
from fieldapp.county.setup import County
from fieldapp.county.tables import BatchRow, LineRow, RecordRow
from fieldapp.services.workspace import Workspace
from fieldapp.store import Store
from fieldapp.tables.register import VisitRow
from fieldapp.wire.blob import open_blob
from tests.county.world import rows_of
from tests.journeys.comparing import difference
from tests.services.network import Deliver, Network

__all__ = ["STEPS", "Plug", "PowerCut", "wrong"]

#: What a sync asks of the store, reading aside: each writes something.
STEPS = ("freeze_blob", "freeze", "record_receipt", "apply_feed", "mark_blob_sent", "put_setting")


class PowerCut(BaseException):
    """The laptop went off: nobody may catch it."""


@dataclass
class Plug:
    """Counts the points of a run, one before and one after each step, and cuts the power at the one asked for."""

    cut_at: int = 0
    points: list[str] = field(default_factory=list)

    def reset(self, cut_at: int) -> None:
        self.cut_at = cut_at
        self.points = []

    def point(self, name: str) -> None:
        self.points.append(name)
        if len(self.points) == self.cut_at:
            raise PowerCut(name)

    def into_store(self, patch: pytest.MonkeyPatch) -> None:
        """Put points around the store's writes."""
        for name in STEPS:
            patch.setattr(Store, name, self._around(name, getattr(Store, name)))

    def into_network(self, network: Network) -> None:
        """Put points around every request: not sent at all, or arrived and its answer lost."""

        def fault(method: str, path: str, deliver: Deliver) -> requests.Response:
            request = f"{method} {'/'.join(path.split('/')[:3])}"
            self.point(f"before {request}")
            response = deliver()
            try:
                self.point(f"after {request}")
            except PowerCut:
                response.close()
                raise
            return response

        network.fault = fault

    def _around(self, name: str, step: Any) -> Any:
        def run(store: Store, *args: Any, **named: Any) -> Any:
            if name == "put_setting" and f"after {name}" in self.points:
                return step(store, *args, **named)  # the lines of the log: the first stands for all
            self.point(f"before {name}")
            result = step(store, *args, **named)
            self.point(f"after {name}")
            return result

        return run


def wrong(county: County, workspace: Workspace, made: Collection[str]) -> list[str]:
    """Return everything that is lost, doubled or different after the visits ``made`` were synced."""
    found = difference(county, workspace)
    filed = {row.id for row in rows_of(county, VisitRow)}
    arrived = {row.id for row in rows_of(county, RecordRow, kind="visit")}
    found += [f"lost {visit}" for visit in made if visit not in arrived & filed]
    found += [f"invented {visit}" for visit in arrived if visit not in made]
    lines = Counter(row.record_id for row in rows_of(county, LineRow))
    found += [f"sent in {count} batches: {record}" for record, count in lines.items() if count > 1]
    sealed = {batch.id for batch in workspace.sync.batches()}
    stored = {row.id for row in rows_of(county, BatchRow)}
    found += [f"batch on one side only: {batch}" for batch in sealed ^ stored]
    steps = workspace._store.ladder(list(made))
    found += [f"{visit} is {step.state}" for visit, step in steps.items() if step.state != "received"]
    found += [f"still to be sent: {blob}" for blob in workspace._store.unsent_blobs()]
    found += _photos(county)
    if workspace.sync.status().unsent:
        found.append("something still waits")
    return found


def _photos(county: County) -> list[str]:
    """Return the photos that visits in the county speak of and that are not there, whole and openable."""
    found = []
    devices = {row.id: row.device_id for row in rows_of(county, BatchRow)}
    for line in rows_of(county, LineRow):
        for told in json.loads(line.raw)["body"].get("attachments", []):
            path = blob_path(county, devices[line.batch_id], told["blob"])
            plain = b""
            with contextlib.suppress(OSError, KnownError):
                plain = open_blob(path.read_bytes(), base64.b64decode(told["key"]), told["blob"])
            if len(plain) != told["size_bytes"]:
                found.append(f"no photo {told['name']}")
    return found
