"""Killed in the middle: every save that was acknowledged is there, whole, and the vault opens again."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vault.conftest import Home

KILLS = 10
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def crowd(home: Home) -> Home:
    with home.create() as vault, vault.writer() as connection:
        connection.exec_driver_sql("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    return home


def run_and_kill(home: Home, first: int, mode: str, acknowledgements: int, pause_s: float) -> int:
    """Start the saving process, kill it some time after so many acknowledgements; return the last number it said."""
    command = [
        sys.executable,
        "-m",
        "tests.vault.killed",
        str(home.folder),
        str(home.state),
        str(first),
        mode,
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = [process.stdout.readline() for _ in range(acknowledgements)]
        time.sleep(pause_s)
        process.kill()
        said += process.stdout.readlines()
        complaint = process.stderr.read()
    whole = [int(line) for line in said if line.endswith("\n")]
    assert whole, complaint
    assert whole == list(range(first, first + len(whole)))
    return whole[-1]


def lost(home: Home, acknowledged: int) -> list[int]:
    """Open what is left and return the acknowledged numbers that are missing or not whole."""
    with home.open() as vault:
        vault.journal.verify()
        with vault.reader() as connection:
            saved = connection.exec_driver_sql("SELECT id, text FROM note").all()
            rows: dict[int, str] = {row[0]: row[1] for row in saved}
            entries = connection.exec_driver_sql("SELECT count(*) FROM vault_journal").scalar()
        assert entries == len(rows) + 1
        bad = [number for number in rows if vault.attachments.get(f"photo-{number}")[:5] != b"bytes"]
        assert bad == [], "a row without its bytes"
        vault.attachments.sweep({f"photo-{number}" for number in rows})
        assert len(vault.attachments.ids()) == len(rows)
    return [number for number in range(acknowledged + 1) if rows.get(number) != f"note {number}"]


def test_no_acknowledged_save_is_lost_in_ten_kills(crowd: Home) -> None:
    chance = random.Random(17)
    acknowledged = -1
    for _ in range(KILLS):
        acknowledged = run_and_kill(
            crowd, acknowledged + 1, "honest", chance.randint(1, 25), chance.random() * 0.004
        )
        assert lost(crowd, acknowledged) == []
        # What was saved but not yet said is saved, so the next round starts after it.
        with crowd.open() as vault, vault.reader() as connection:
            newest = connection.exec_driver_sql("SELECT max(id) FROM note").scalar()
        assert newest in (acknowledged, acknowledged + 1)
        acknowledged = int(newest)


def test_the_harness_finds_a_save_acknowledged_before_its_commit(crowd: Home) -> None:
    acknowledged = run_and_kill(crowd, 0, "early", 1, 0.0)
    assert lost(crowd, acknowledged) == [acknowledged]
