"""The county server as a process of its own, for the time of the demo."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from fieldapp.demo.errors import NO_SERVER

__all__ = ["free_port", "serving"]

_START_S = 30.0
_STOP_S = 10.0


@contextlib.contextmanager
def serving(county_folder: Path, log: Path, *, port: int | None = None) -> Iterator[str]:
    """Run ``fieldapp serve`` on a loopback port (a free one unless given); yield its address; end it afterwards. Raises DEMO-001."""
    port = port or free_port()
    command = [*_program(), "serve", str(county_folder), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=_environment()
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(url, process, log)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "fieldapp"]


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}


def free_port() -> int:
    """Return a loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    pause = threading.Event()
    for _ in range(int(_START_S / 0.05)):
        if process.poll() is not None:
            raise NO_SERVER(reason=log.read_text("utf-8", "replace")[-400:])
        try:
            with opener.open(url + "/v1/hello", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pause.wait(0.05)
    raise NO_SERVER(reason="timeout")
