"""The whole way over real sockets: uvicorn with the county's own certificate, the client with its CA pinned."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from fieldapp.common.clock import SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource
from fieldapp.county.enrolling import issue_code
from fieldapp.county.serving import in_background
from fieldapp.county.setup import County, open_county
from fieldapp.sync import enrol, sync
from fieldapp.sync.transport import Transport
from fieldapp.tables.register import VisitRow
from fieldapp.wire.keys import SealingKey, SigningKey
from tests.county.world import HELPER, rows_of
from tests.sync.world import Client, MemoryOutbox


@pytest.mark.parametrize("tls", [False, True])
def test_a_visit_goes_the_whole_way(template: Path, county: County, tls: bool) -> None:
    # The county's fixture made the copy; certificates need the machine's own clock.
    clock = SystemClock()
    served = open_county(county.folder, clock=clock, ids=IdSource(clock))
    with in_background(served, tls=tls) as running:
        file = issue_code(served, HELPER, url=running.url, ca=running.ca)
        transport = Transport(running.url, ca=file.ca)
        identity = enrol(transport, file.code, signing=SigningKey.generate(), sealing=SealingKey.generate())
        transport.close()
        assert bool(identity.ca) is tls
        laptop = Client(identity, MemoryOutbox(), None, clock, IdSource(clock))  # type: ignore[arg-type]
        laptop.add_visit(1, photo=bytes(700_000))
        result = sync(identity, laptop.outbox, clock=clock, ids=laptop.ids)
    assert result.batches[0].outcomes == {"stored": 1}
    assert (result.photos, result.warnings) == (1, ())
    assert result.pulled > 5
    assert len(rows_of(served, VisitRow)) == 1
    served.close()


def test_a_port_in_use_is_told(county: County) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(KnownError) as caught, in_background(county, port=port):
            pass
    assert caught.value.code == "COUNTY-010"
