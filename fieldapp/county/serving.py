"""Running the server: uvicorn on one port, with TLS by the county's own CA unless it only serves this machine."""

from __future__ import annotations

import contextlib
import errno
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from fieldapp.common.clock import SystemClock
from fieldapp.common.ids import IdSource
from fieldapp.county.app import create_app
from fieldapp.county.certificates import ServerCertificate, ensure_certificate
from fieldapp.county.errors import PORT_TAKEN
from fieldapp.county.setup import County, open_county

__all__ = ["RunningServer", "in_background", "serve"]

_START_S = 20.0
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers: its address and the CA (PEM, empty without TLS) that a laptop pins."""

    url: str
    ca: str


def serve(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 8443,
    *,
    tls: bool | None = None,
    names: tuple[str, ...] = (),
    key_file: Path | None = None,
) -> None:
    """Serve the county in ``folder`` until interrupted. ``tls`` None: everywhere but on loopback addresses.

    ``names`` are further host names and addresses for the certificate. Raises COUNTY-00x.
    """
    clock = SystemClock()
    county = open_county(folder, clock=clock, ids=IdSource(clock), key_file=key_file)
    try:
        certificate = _certificate(county, host, tls, names)
        server = uvicorn.Server(_config(county, certificate))
        with contextlib.closing(_listen(host, port)) as listener:
            server.run(sockets=[listener])
    finally:
        county.close()


@contextlib.contextmanager
def in_background(
    county: County, *, host: str = "127.0.0.1", port: int = 0, tls: bool | None = None
) -> Iterator[RunningServer]:
    """Serve an open county from a thread of this process: the demo and tests. Port 0 takes a free one."""
    certificate = _certificate(county, host, tls, ())
    server = uvicorn.Server(_config(county, certificate))
    with contextlib.closing(_listen(host, port)) as listener:
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="county-server", daemon=True
        )
        thread.start()
        _wait_until_started(server, thread)
        try:
            scheme = "https" if certificate else "http"
            yield RunningServer(
                f"{scheme}://{host}:{listener.getsockname()[1]}", certificate.ca if certificate else ""
            )
        finally:
            server.should_exit = True
            thread.join(_START_S)


def _certificate(
    county: County, host: str, tls: bool | None, names: tuple[str, ...]
) -> ServerCertificate | None:
    if tls is False or (tls is None and host in _LOOPBACK):
        return None
    hosts = list(dict.fromkeys([host, *names]))
    return ensure_certificate(county.folder / "keys", hosts, county.clock, name=county.code)


def _config(county: County, certificate: ServerCertificate | None) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(county, ca=certificate.ca if certificate else ""),
        ssl_certfile=certificate.certificate if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=20,
        h11_max_incomplete_event_size=32 * 1024,
    )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PORT_TAKEN(port=port) from error
        raise
    return listener


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    # uvicorn has no event for it; the flag turns within milliseconds.
    pause = threading.Event()
    waited = 0.0
    while not server.started and thread.is_alive() and waited < _START_S:
        pause.wait(0.01)
        waited += 0.01
    if not server.started:
        raise RuntimeError("the county server did not start")
