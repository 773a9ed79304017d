"""The line to the county: a session that opens itself, waits when asked to, and watches the clock."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.sync.errors import CLOCK_WRONG, NOT_THE_COUNTY, WAIT
from fieldapp.sync.identity import DeviceIdentity
from fieldapp.sync.transport import Reply, Transport
from fieldapp.wire.canonical import encode
from fieldapp.wire.fields import base64_text
from fieldapp.wire.problems import BUSY, SESSION_INVALID, TOO_MANY_REQUESTS, WireError
from fieldapp.wire.session import sign_challenge

__all__ = ["Line"]

#: A clock that is off by less does no harm to dates.
_TOLERANCE = timedelta(minutes=5)


class Line:
    """Authenticated requests of one device. ``patience_s`` is how long one run may wait for a busy server."""

    def __init__(
        self,
        identity: DeviceIdentity,
        transport: Transport,
        clock: Clock,
        *,
        patience_s: float = 0,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.identity = identity
        self._transport = transport
        self._clock = clock
        self._patience_s = patience_s
        self._pause = pause
        self._token = ""
        self.clock_warning: KnownError | None = None

    def call(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send a request in the session. Raises what :meth:`Transport.send` does."""
        for attempt in (1, 2):
            if not self._token:
                self._open_session()
            signed = {**(headers or {}), "Authorization": f"Bearer {self._token}"}
            try:
                return self._send(method, path, body=body, headers=signed, params=params)
            except WireError as error:
                self._token = "" if error.problem is SESSION_INVALID else self._token
                if attempt == 2 or error.problem is not SESSION_INVALID:
                    raise
        raise AssertionError("unreachable")

    def _open_session(self) -> None:
        nonce = _text(self._send("POST", "/v1/challenge"), "nonce")
        key = self.identity.signing
        answer = {
            "key": key.key_id,
            "nonce": nonce,
            "sig": base64_text(sign_challenge(key, self.identity.county, nonce)),
        }
        self._token = _text(self._send("POST", "/v1/session", body=encode(answer)), "token")

    def _send(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Reply:
        while True:
            try:
                reply = self._transport.send(method, path, body=body, headers=headers, params=params)
            except KnownError as error:
                seconds = _asked_to_wait(error)
                if seconds is None or seconds > self._patience_s:
                    raise
                self._patience_s -= seconds
                self._pause(seconds)
                continue
            self._watch_clock(reply)
            return reply

    def _watch_clock(self, reply: Reply) -> None:
        """Warn of a wrong clock. Order comes from sequence numbers, so nothing else depends on it."""
        if reply.server_time is None:
            return
        difference = abs(self._clock.now() - reply.server_time)
        if difference > _TOLERANCE:
            self.clock_warning = CLOCK_WRONG(minutes=int(difference.total_seconds() // 60))


def _asked_to_wait(error: KnownError) -> float | None:
    if isinstance(error, WireError) and error.problem in (BUSY, TOO_MANY_REQUESTS):
        seconds = error.extra.get("retry_after")
        return float(seconds) if isinstance(seconds, int) and 0 <= seconds <= 3600 else 30.0
    if error.spec is WAIT:
        return float(str(error.details["seconds"]))
    return None


def _text(reply: Reply, name: str) -> str:
    try:
        value = json.loads(reply.content)[name]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NOT_THE_COUNTY() from None
    if not isinstance(value, str) or not 0 < len(value) <= 512:
        raise NOT_THE_COUNTY()
    return value
