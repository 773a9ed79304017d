"""How much the server lets in at once: requests in flight and bytes of bodies, each bounded.

Retry-After is one request's time with a spread, not multiplied by the length of the queue (that made laptops wait two
minutes for sixteen seconds of work).
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import AsyncIterator, Iterator

from starlette.requests import Request

from fieldapp.wire.problems import BUSY, TOO_LARGE

__all__ = ["Admission"]

_RETRY_S = (4, 16)


class Admission:
    """Counts what is inside. Lives in the event loop's thread, so plain numbers do."""

    def __init__(self, *, most_requests: int = 256, most_bytes: int = 256 * 1024 * 1024) -> None:
        self._most_requests = most_requests
        self._most_bytes = most_bytes
        self._requests = 0
        self._bytes = 0
        # The spread keeps laptops apart; nothing secret hangs on it.
        self._random = random.Random()

    @contextlib.contextmanager
    def request(self) -> Iterator[None]:
        """Count one request in. Raises busy when the house is full."""
        if self._requests >= self._most_requests:
            raise self._busy()
        self._requests += 1
        try:
            yield
        finally:
            self._requests -= 1

    @contextlib.asynccontextmanager
    async def body(self, request: Request, limit: int) -> AsyncIterator[bytes]:
        """Read a body of at most ``limit`` bytes and count it until the handler is done. Raises too-large, busy."""
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            raise TOO_LARGE(detail=f"{declared[:20]} bytes", limit=limit)
        held = 0
        try:
            content = bytearray()
            async for chunk in request.stream():
                if len(content) + len(chunk) > limit:
                    raise TOO_LARGE(detail="body", limit=limit)
                if self._bytes + len(chunk) > self._most_bytes:
                    raise self._busy()
                self._bytes += len(chunk)
                held += len(chunk)
                content += chunk
            yield bytes(content)
        finally:
            self._bytes -= held

    def _busy(self) -> Exception:
        seconds = self._random.randint(*_RETRY_S)
        return BUSY(retry_after_s=seconds, extra={"retry_after": seconds})
