"""What networks do, on real sockets of this machine: every trouble becomes a sentence, and nothing else gets through."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.common.clock import SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.county.certificates import ensure_certificate
from fieldapp.sync.transport import Transport
from fieldapp.wire.problems import WireError

JSON = b"Content-Type: application/json\r\n"


@contextlib.contextmanager
def server(*answers: bytes | None, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Answer one connection after another with raw bytes; None keeps silent until the client gives up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        done = threading.Event()

        def run() -> None:
            for answer in answers:
                with contextlib.suppress(OSError):
                    connection, _ = listener.accept()
                    with connection:
                        if context is not None:
                            connection = context.wrap_socket(connection, server_side=True)
                        connection.settimeout(5)
                        _read_request(connection)
                        if answer is None:
                            done.wait(5)
                        else:
                            connection.sendall(answer)
                        if context is not None:
                            connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"{'https' if context else 'http'}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            done.set()
            listener.close()
            thread.join(10)


def _read_request(connection: socket.socket) -> None:
    """Read the whole request: closing on unread bytes would reset the connection under the answer."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    ]
    while lengths and len(body) < int(lengths[0]):
        body += _more(connection)


def _more(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    if not chunk:
        raise ConnectionError("the client has gone")
    return chunk


def code(address: str, *, ca: str = "") -> str:
    transport = Transport(address, ca=ca)
    with pytest.raises(KnownError) as caught:
        transport.send("GET", "/v1/hello")
    transport.close()
    assert caught.value.zh
    return caught.value.code


def http(status: str, headers: bytes = JSON, body: bytes = b"{}") -> bytes:
    return b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s" % (status.encode(), headers, len(body), body)


def test_a_good_answer_comes_with_the_servers_time() -> None:
    with server(http("200 OK", JSON + b"Date: Sun, 22 Nov 2026 08:00:00 GMT\r\n")) as address:
        reply = Transport(address).send("GET", "/v1/hello")
    assert (reply.status, reply.content) == (200, b"{}")
    assert reply.server_time is not None
    assert reply.server_time.year == 2026


def test_a_dead_server_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert code(f"http://127.0.0.1:{port}") == "SYNC-001"


def test_a_name_nobody_knows_is_told() -> None:
    assert code("https://county.invalid") == "SYNC-001"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (http("200 OK", b"Content-Type: text/html\r\n", b"<html>please log in</html>"), "SYNC-003"),
        (http("200 OK", b"", b"{}"), "SYNC-003"),
        (http("302 Found", b"Location: http://login.example/\r\n", b""), "SYNC-003"),
        (http("407 Proxy Authentication Required", b"Content-Type: text/html\r\n", b"x"), "SYNC-003"),
        (http("502 Bad Gateway", b"Content-Type: text/html\r\n", b"<html>"), "SYNC-003"),
        (http("500 Internal Server Error", b"", b""), "SYNC-009"),
        (http("500 Oops", b"Content-Type: application/problem+json\r\n", b"not json"), "SYNC-009"),
        (http("500 Oops", b"Content-Type: application/problem+json\r\n", b"[]"), "SYNC-009"),
        (http("503 Busy", b"Retry-After: 7\r\nContent-Type: text/html\r\n", b"x"), "SYNC-007"),
        (http("429 Slow", b"Retry-After: soon\r\n", b""), "SYNC-007"),
        (b"HTTP/1.1 200 OK\r\n" + JSON + b"Content-Length: 100\r\n\r\n{", "SYNC-008"),
        (b"HTTP/1.1 200 OK\r\n" + JSON + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", "SYNC-008"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "SYNC-001"),
        (b"", "SYNC-001"),
        (b"\x00" * 50, "SYNC-001"),
    ],
)
def test_what_is_not_the_county_is_told(answer: bytes, expected: str) -> None:
    with server(answer) as address:
        assert code(address) == expected


def test_how_long_to_wait_is_told() -> None:
    with server(http("503 Busy", b"Retry-After: 7\r\n", b"")) as address, pytest.raises(KnownError) as caught:
        Transport(address).send("GET", "/")
    assert "7 秒" in caught.value.zh


def test_the_countys_own_refusal_comes_through() -> None:
    body = b'{"type":"urn:fieldapp:problem:device-revoked","status":403}'
    with (
        server(http("403 Forbidden", b"Content-Type: application/problem+json\r\n", body)) as address,
        pytest.raises(WireError) as caught,
    ):
        Transport(address).send("GET", "/")
    assert caught.value.slug == "device-revoked"


def test_silence_ends_in_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldapp.sync.transport._READ_S", 0.2)
    with server(None) as address:
        assert code(address) == "SYNC-002"


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldapp.sync.transport.MAX_BUNDLE_BYTES", 100_000)
    with server(http("200 OK", JSON, bytes(400_000))) as address:
        assert code(address) == "SYNC-003"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "SYNC-010"),
        ("10.1.2.3:8443", "SYNC-010"),
        ("ftp://10.1.2.3", "SYNC-010"),
        ("https://", "SYNC-010"),
        ("https://x:port", "SYNC-010"),
        ("https://user:secret@x", "SYNC-010"),
        ("https://x?y", "SYNC-010"),
        ("http://10.1.2.3:8080", "SYNC-011"),
        ("http://county.example", "SYNC-011"),
    ],
)
def test_a_wrong_address_is_told_before_anything_is_sent(address: str, expected: str) -> None:
    with pytest.raises(KnownError) as caught:
        Transport(address)
    assert caught.value.code == expected


def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with server(http("200 OK")) as address:
        assert Transport(address).send("GET", "/").status == 200


def tls(folder: Path, host: str = "127.0.0.1") -> tuple[ssl.SSLContext, str]:
    folder.mkdir()
    made = ensure_certificate(folder, [host], SystemClock(), name="411025")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    return context, made.ca


def test_only_the_countys_own_certificate_is_trusted(tmp_path: Path) -> None:
    context, ca = tls(tmp_path / "a")
    _, other_ca = tls(tmp_path / "b")
    with server(http("200 OK"), context=context) as address:
        assert Transport(address, ca=ca).send("GET", "/").status == 200
    with server(http("200 OK"), context=context) as address:
        assert code(address, ca=other_ca) == "SYNC-004"


def test_a_certificate_for_another_host_is_refused(tmp_path: Path) -> None:
    context, ca = tls(tmp_path / "a", "10.9.9.9")
    with server(http("200 OK"), context=context) as address:
        assert code(address, ca=ca) == "SYNC-004"


def test_a_public_authority_is_not_enough(tmp_path: Path) -> None:
    transport = Transport("https://127.0.0.1", ca=tls(tmp_path / "a")[1])
    adapter = transport._session.get_adapter("https://127.0.0.1")
    assert len(adapter._context.get_ca_certs()) == 1  # type: ignore[attr-defined]


def test_before_there_is_a_ca_an_enrolment_may_speak_to_anybody(tmp_path: Path) -> None:
    context, _ = tls(tmp_path / "a")
    with server(http("200 OK"), context=context) as address:
        assert Transport(address).send("POST", "/v1/enrol", body=b"{}").status == 200
