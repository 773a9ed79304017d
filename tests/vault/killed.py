"""The process that the kill test kills: saves numbered notes, each with an attachment, and says when one is safe.

Run as ``python -m tests.vault.killed FOLDER STATE FIRST MODE``; MODE ``early`` plants the bug that the harness has
to find: it says so before the commit.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from fieldapp.common.clock import SystemClock
from fieldapp.vault import Vault, open_vault
from tests.vault.conftest import PASSWORD

EARLY_PAUSE_S = 30  # the kill comes long before


def save(vault: Vault, number: int, *, early: bool) -> None:
    vault.attachments.put(f"photo-{number}", f"bytes of {number}".encode() * 100)
    with vault.writer() as connection:
        connection.exec_driver_sql("INSERT INTO note (id, text) VALUES (?, ?)", (number, f"note {number}"))
        vault.journal.append(connection, "note.added", str(number).encode())
        if early:
            say(number)
            time.sleep(EARLY_PAUSE_S)
    if not early:
        say(number)


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    folder, state, first, mode = sys.argv[1:]
    with open_vault(Path(folder), password=PASSWORD, clock=SystemClock(), state_dir=Path(state)) as vault:
        for number in range(int(first), int(first) + 100_000):
            save(vault, number, early=mode == "early")


if __name__ == "__main__":
    main()
