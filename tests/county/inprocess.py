"""The one transport seam: requests' adapter that hands a request to an ASGI app in this process."""

from __future__ import annotations

import asyncio
import email.utils
import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from starlette.types import ASGIApp, Message
from urllib3 import HTTPResponse

from fieldapp.common.clock import Clock


class InProcess(BaseAdapter):
    """Sends requests to ``app`` without a network; answers as a server on a wire would."""

    def __init__(self, app: ASGIApp, clock: Clock | None = None) -> None:
        super().__init__()
        self._app = app
        self._clock = clock
        self.requests: list[tuple[str, str]] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        assert request.url is not None
        assert request.method is not None
        self.requests.append((request.method, urlsplit(request.url).path))
        body: Any = request.body or b""
        content = (
            body.encode() if isinstance(body, str) else b"".join([body] if isinstance(body, bytes) else body)
        )
        status, headers, answer = asyncio.run(self._run(request, content))
        if request.method == "HEAD":
            answer = b""
        raw = HTTPResponse(
            io.BytesIO(answer),
            headers=headers,
            status=status,
            preload_content=False,
            request_method=request.method,
        )
        response = requests.Response()
        response.status_code = status
        response.headers = requests.structures.CaseInsensitiveDict(headers)
        response.raw = raw
        response.request = request
        response.url = request.url
        return response

    async def _run(
        self, request: requests.PreparedRequest, body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        parts = urlsplit(str(request.url))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": parts.scheme,
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [
                (k.lower().encode("latin-1"), str(v).encode("latin-1")) for k, v in request.headers.items()
            ],
            "client": ("127.0.0.1", 1),
            "server": (parts.hostname, parts.port or 80),
        }
        incoming = _chunks(body)
        sent: list[Message] = []

        async def receive() -> Message:
            return next(incoming, {"type": "http.disconnect"})

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            await self._app(scope, receive, send)
        except Exception:
            # The outermost middleware answers 500 and raises again for the server's log.
            if not sent:
                raise
        start = sent[0]
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
        if self._clock is not None:
            headers.setdefault("date", email.utils.format_datetime(self._clock.now(), usegmt=True))
        return start["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])

    def close(self) -> None:
        """Nothing is open."""


def _chunks(body: bytes, size: int = 64 * 1024) -> Iterator[Message]:
    for at in range(0, max(len(body), 1), size):
        yield {"type": "http.request", "body": body[at : at + size], "more_body": at + size < len(body)}
