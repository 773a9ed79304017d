"""The to-type list as a sealed file, worked through on the machine that has the national system, and brought back.

On that machine there is no vault: lines and marks live in the file alone, which is sealed anew after every mark. What is
in it is never written down in the clear.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.register.typing_line import TypingLine, TypingState
from fieldapp.services.errors import BAD_TYPING_FILE, NO_SUCH_LINE
from fieldapp.vault.passphrase import open_with_passphrase, seal_with_passphrase

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.vault import KdfCost

__all__ = ["TypingFile", "read_typing_file", "write_typing_file"]

_FORMAT = "fieldapp-typing"
_VERSION = 1
_STATES = ("waiting", "typed", "rejected")
_FIELDS = {f.name: f for f in dataclasses.fields(TypingLine)}


def write_typing_file(
    path: Path, lines: Sequence[TypingLine], passphrase: str, cost: KdfCost | None = None
) -> None:
    """Seal lines into a file. Raises VAULT-019, VAULT-030, DISK-001, DISK-002."""
    told = {"format": _FORMAT, "version": _VERSION, "lines": [dataclasses.asdict(line) for line in lines]}
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    atomic_write(path, seal_with_passphrase(content, passphrase, cost))


def read_typing_file(path: Path, passphrase: str) -> list[TypingLine]:
    """Return the lines of a sealed file. Raises TYPE-002, DISK-002 and the sealed file's errors."""
    with known_disk_errors(path):
        data = path.read_bytes()
    content = open_with_passphrase(data, passphrase)
    try:
        told = json.loads(content)
        if told["format"] != _FORMAT or told["version"] != _VERSION:
            raise ValueError("format")
        return [_line(row) for row in told["lines"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BAD_TYPING_FILE() from None


class TypingFile:
    """An opened file, in the place of the vault's own list."""

    def __init__(
        self,
        path: Path,
        passphrase: str,
        *,
        by_name: str,
        clock: Clock,
        cost: KdfCost | None = None,
    ) -> None:
        self._path = path
        self._passphrase = passphrase
        self._by_name = by_name
        self._clock = clock
        self._cost = cost
        self._lines = read_typing_file(path, passphrase)

    def lines(self) -> list[TypingLine]:
        """Return the lines in the order in which they were saved."""
        return list(self._lines)

    def mark(self, ids: Sequence[str], state: TypingState, note: str = "") -> None:
        """Mark lines and seal the file anew; it is whole before or after, never between. Raises TYPE-001, DISK-001."""
        wanted = set(ids)
        if not wanted <= {line.id for line in self._lines}:
            raise NO_SUCH_LINE()
        at = self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        fresh = [
            dataclasses.replace(line, state=state, note=note.strip()[:200], by_name=self._by_name, at=at)
            if line.id in wanted
            else line
            for line in self._lines
        ]
        write_typing_file(self._path, fresh, self._passphrase, self._cost)
        self._lines = fresh


def _line(row: dict[str, Any]) -> TypingLine:
    line = TypingLine(**row)
    for name, field in _FIELDS.items():
        wanted = int if field.type == "int" else str
        if type(getattr(line, name)) is not wanted:
            raise TypeError(name)
    if line.state not in _STATES:
        raise ValueError(line.state)
    return line
