"""Long work hands over its result or its failure."""

from __future__ import annotations

import sys

import pytest

from fieldapp.common.clock import CHINA, FixedClock, SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.log import describe_crash
from fieldapp.common.tasks import CancelToken, InlineRunner


def test_inline_work_gives_its_result() -> None:
    results: list[int] = []
    InlineRunner().run(lambda: 6 * 7, results.append, lambda error: pytest.fail(str(error)))
    assert results == [42]


def test_inline_work_hands_over_its_failure() -> None:
    failures: list[Exception] = []
    InlineRunner().run(lambda: 1 // 0, lambda result: pytest.fail(str(result)), failures.append)
    assert isinstance(failures[0], ZeroDivisionError)


def test_cancelled_work_stops_with_a_sentence() -> None:
    token = CancelToken()
    token.check()
    token.cancel()
    with pytest.raises(KnownError, match="TASK-001"):
        token.check()


def test_a_day_in_china_begins_at_sixteen_hours_utc() -> None:
    from datetime import UTC, datetime

    clock = FixedClock(datetime(2026, 11, 21, 15, 59, tzinfo=UTC))
    assert clock.today().isoformat() == "2026-11-21"
    clock.advance(minutes=1)
    assert clock.today().isoformat() == "2026-11-22"
    assert SystemClock().now().tzinfo is UTC
    assert CHINA.utcoffset(None) is not None


def test_a_crash_is_described_without_values() -> None:
    secret = "张三 410100190001010011"
    try:
        raise ValueError(secret)
    except ValueError:
        kind, _, trace = sys.exc_info()
    assert kind is not None
    described = describe_crash(kind, trace)
    assert described.startswith("ValueError")
    assert "test_tasks.py" in described
    assert secret not in described
