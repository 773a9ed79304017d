"""One request and its answer, with every trouble of networks turned into a known error.

No proxies, cookies, netrc or redirects: a redirect is a login page of the network. Answers are bounded and must have
one of our content types, so a web page is never taken for the county's word.
"""

from __future__ import annotations

import email.utils
import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter

from fieldapp import __version__
from fieldapp.common.errors import KnownError
from fieldapp.sync.errors import (
    BAD_ADDRESS,
    BROKEN_OFF,
    NO_ANSWER,
    NOT_THE_COUNTY,
    OTHER_SERVER,
    PLAIN_HTTP,
    SERVER_FAILED,
    TIMED_OUT,
    WAIT,
)
from fieldapp.sync.trust import PinnedAdapter
from fieldapp.wire.limits import MAX_BUNDLE_BYTES
from fieldapp.wire.problems import read_problem

__all__ = ["Reply", "Transport"]

_CONNECT_S = 10.0
_READ_S = 60.0
_CHUNK = 64 * 1024
_BINARY = "application/vnd.fieldapp"
_JSON = "application/json"
_PROBLEM = "application/problem+json"
_LONGEST_WAIT_S = 3600


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer. ``server_time`` is None when the server did not say."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    server_time: datetime | None


class Transport:
    """Requests to one server. ``adapter`` replaces the network in tests."""

    def __init__(self, address: str, *, ca: str = "", adapter: BaseAdapter | None = None) -> None:
        self._host = _checked(address)
        self.address = address.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = f"fieldapp/{__version__}"
        chosen = adapter or PinnedAdapter(ca)
        self._session.mount("https://", chosen)
        self._session.mount("http://", chosen)

    def close(self) -> None:
        self._session.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send a request and return its answer. Raises SYNC-00x or the county's own refusal (WIRE-0xx)."""
        try:
            with self._session.request(
                method,
                self.address + path,
                data=body or None,
                headers=dict(headers or {}),
                params=dict(params or {}),
                timeout=(_CONNECT_S, _READ_S),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = _bounded(response)
        except requests.RequestException as error:
            raise self._known(error) from error
        return _judge(response, content)

    def _known(self, error: requests.RequestException) -> KnownError:
        match error:
            case requests.exceptions.SSLError():
                return OTHER_SERVER(host=self._host)
            case requests.exceptions.Timeout():
                return TIMED_OUT(host=self._host)
            case requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError():
                return BROKEN_OFF()
            case requests.exceptions.ConnectionError():
                return NO_ANSWER(host=self._host)
            case requests.exceptions.InvalidURL():
                return BAD_ADDRESS(address=self.address)
        return BROKEN_OFF()


def _checked(address: str) -> str:
    """Return host and port of an address. Raises SYNC-010, SYNC-011 (plain HTTP leaves this machine)."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BAD_ADDRESS(address=address[:100]) from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise BAD_ADDRESS(address=address[:100])
    if parts.scheme == "http" and not _is_loopback(host):
        raise PLAIN_HTTP(address=address[:100])
    return f"{host}:{port}" if port else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bounded(response: requests.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_content(_CHUNK):
        content += chunk
        if len(content) > MAX_BUNDLE_BYTES:
            raise NOT_THE_COUNTY()
    return bytes(content)


def _judge(response: requests.Response, content: bytes) -> Reply:
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind == _PROBLEM:
        raise _problem(content) or SERVER_FAILED(status=response.status_code)
    if response.status_code in (429, 503):
        raise WAIT(seconds=_seconds(response.headers.get("Retry-After", "")))
    if 200 <= response.status_code < 300 and (kind in (_BINARY, _JSON) or not content):
        server_time = _date(response.headers.get("Date", ""))
        return Reply(response.status_code, response.headers, content, server_time)
    if response.status_code >= 500 and not content:
        raise SERVER_FAILED(status=response.status_code)
    raise NOT_THE_COUNTY()


def _problem(content: bytes) -> KnownError | None:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return read_problem(document) if isinstance(document, dict) else None


def _seconds(text: str) -> int:
    return min(int(text), _LONGEST_WAIT_S) if text.isdecimal() and len(text) < 6 else 30


def _date(text: str) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
