from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.vault.errors import WRONG_PASSWORD
from fieldapp.vault.throttle import LONGEST_WAIT_S, TryCounter, wait_after
from tests.vault.conftest import PASSWORD, Home


def fail(counter: TryCounter) -> str:
    def attempt() -> None:
        raise WRONG_PASSWORD()

    with pytest.raises(KnownError) as error:
        counter.guard(attempt)
    return error.value.code


def test_the_wait_grows_and_stays_bounded() -> None:
    waits = [wait_after(wrong) for wrong in range(200)]
    assert waits[:6] == [0, 0, 0, 5, 10, 20]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT_S == 300


def test_three_tries_are_free_then_one_waits(home: Home) -> None:
    home.create().close()
    for _ in range(3):
        with pytest.raises(KnownError, match="VAULT-003"):
            home.open("wrong")
    with pytest.raises(KnownError) as error:
        home.open(PASSWORD)
    assert error.value.code == "VAULT-004"
    assert error.value.details == {"count": 3, "wait_s": 5}
    home.clock.advance(seconds=5)
    home.open().close()
    with pytest.raises(KnownError, match="VAULT-003"):
        home.open("wrong")  # the count started anew


def test_the_lock_screen_counts_too(home: Home) -> None:
    with home.create() as vault:
        assert vault.check_password(PASSWORD)
        assert [vault.check_password("wrong") for _ in range(3)] == [False] * 3
        with pytest.raises(KnownError, match="VAULT-004"):
            vault.check_password(PASSWORD)
        home.clock.advance(seconds=6)
        assert vault.check_password(PASSWORD)


def test_the_count_survives_a_restart(home: Home) -> None:
    path = home.path / "tries"
    for _ in range(4):
        fail(TryCounter(path, home.clock))
        home.clock.advance(minutes=10)
    home.clock.advance(minutes=-10, seconds=3)
    assert fail(TryCounter(path, home.clock)) == "VAULT-004"


def test_a_clock_set_back_by_years_makes_nobody_wait_for_years(home: Home) -> None:
    counter = TryCounter(home.path / "tries", home.clock)
    for _ in range(5):
        fail(counter)
        home.clock.advance(minutes=10)
    home.clock.advance(days=-3650)
    assert fail(counter) == "VAULT-004"
    home.clock.advance(seconds=LONGEST_WAIT_S)
    assert counter.guard(lambda: 7) == 7


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b'{"wrong": "many", "last": 3}',
        b'{"wrong": 99, "last": "2026-11-22T00:00:00"}',
    ],
)
def test_an_unreadable_count_counts_as_none(home: Home, content: bytes) -> None:
    path = home.path / "tries"
    path.write_bytes(content)
    assert TryCounter(path, home.clock).guard(lambda: 7) == 7


def test_a_count_that_cannot_be_written_keeps_nobody_out(tmp_path: Path, home: Home) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    counter = TryCounter(blocked / "tries", home.clock)
    assert fail(counter) == "VAULT-003"
    assert counter.guard(lambda: 7) == 7


def test_other_errors_are_not_counted(home: Home) -> None:
    counter = TryCounter(home.path / "tries", home.clock)

    def broken() -> None:
        raise OSError

    for _ in range(9):
        with pytest.raises(OSError):
            counter.guard(broken)
    assert counter.guard(lambda: 7) == 7
