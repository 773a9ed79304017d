"""Sending finished PDF to paper through CUPS: by standard input, so that no plain copy is left in a file of ours."""

from __future__ import annotations

import shutil
import subprocess
from typing import Protocol

from fieldapp.services.errors import PRINT_FAILED

__all__ = ["CupsPrinters", "Printers"]

_TIMEOUT_S = 60


class Printers(Protocol):
    """The printers of a machine."""

    def names(self) -> list[str]: ...

    def send(self, pdf: bytes, *, printer: str, copies: int, duplex: bool, title: str) -> None: ...


class CupsPrinters:
    """Printers of Linux, by ``lp`` and ``lpstat``."""

    def names(self) -> list[str]:
        """Return the queues CUPS knows; none when CUPS is not there."""
        if shutil.which("lpstat") is None:
            return []
        found = subprocess.run(["lpstat", "-e"], capture_output=True, timeout=_TIMEOUT_S, check=False)
        return found.stdout.decode("utf-8", "replace").split()

    def send(self, pdf: bytes, *, printer: str, copies: int, duplex: bool, title: str) -> None:
        """Print a PDF. Raises PRINT-001 with what the print system said."""
        if shutil.which("lp") is None:
            raise PRINT_FAILED(reason="没有安装打印服务（CUPS）")
        sides = "two-sided-long-edge" if duplex else "one-sided"
        command = [
            "lp",
            "-d",
            printer,
            "-n",
            str(copies),
            "-o",
            f"sides={sides}",
            "-o",
            "media=A4",
            "-t",
            title,
            "-",
        ]
        try:
            done = subprocess.run(command, input=pdf, capture_output=True, timeout=_TIMEOUT_S, check=False)
        except subprocess.TimeoutExpired as error:
            raise PRINT_FAILED(reason="打印服务没有回应") from error
        if done.returncode:
            raise PRINT_FAILED(reason=done.stderr.decode("utf-8", "replace").strip() or "未说明原因")
