"""The one seam to the network: the laptop's adapter, through which a test sees and spoils every request."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from fieldapp.sync.trust import PinnedAdapter

__all__ = ["Deliver", "Network"]

Deliver = Callable[[], requests.Response]
Fault = Callable[[str, str, Deliver], requests.Response]


def pass_on(_method: str, _path: str, deliver: Deliver) -> requests.Response:
    return deliver()


class Network:
    """Counts requests; ``fault`` decides what becomes of each (method, path, and how to deliver it)."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.requests: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []
        self.fault: Fault = pass_on

        def send(adapter: PinnedAdapter, request: requests.PreparedRequest, *a: Any, **k: Any) -> Any:
            method, path = str(request.method), urlsplit(str(request.url)).path
            self.requests.append((method, path))
            self.bodies.append(request.body if isinstance(request.body, bytes) else b"")
            return self.fault(method, path, lambda: HTTPAdapter.send(adapter, request, *a, **k))

        patch.setattr(PinnedAdapter, "send", send)

    def count(self, method: str, start: str) -> int:
        """Return how many requests of a kind went out."""
        return sum(m == method and path.startswith(start) for m, path in self.requests)

    def lose_answers_of(self, start: str, times: int = 1) -> None:
        """Let requests arrive and their answers be lost, the first few times."""
        left = [times]

        def fault(_method: str, path: str, deliver: Deliver) -> requests.Response:
            if path.startswith(start) and left[0]:
                left[0] -= 1
                deliver().close()
                raise requests.exceptions.ConnectionError("reset")
            return deliver()

        self.fault = fault

    def answer_with_page(self) -> None:
        """Answer as the log-in page of a hotel does."""

        def fault(_method: str, _path: str, deliver: Deliver) -> requests.Response:
            response = deliver()
            response.close()
            page = requests.Response()
            page.status_code = 200
            page.headers["Content-Type"] = "text/html; charset=gb2312"
            page.raw = io.BytesIO("<html><title>请登录</title></html>".encode("gb18030"))
            page.url = response.url
            page.request = response.request
            return page

        self.fault = fault
