"""The one command runs everything, even after a failure, and pytest has the last word."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from tests.architecture import __main__ as checks

PASSES = [sys.executable, "-c", "print('quiet when it passes')"]
FAILS = [sys.executable, "-c", "print('中文 reason'); raise SystemExit(3)"]


@pytest.fixture
def pytest_commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let pytest itself be a command that writes down how it was called and passes."""
    seen: list[list[str]] = []
    real_run = subprocess.run

    def run(command: Sequence[str], **options: Any) -> Any:
        if "pytest" in command:
            seen.append(list(command))
            return subprocess.CompletedProcess(command, 0)
        return real_run(command, **options)

    monkeypatch.setattr(subprocess, "run", run)
    return seen


def test_the_five_static_checks_are_all_there() -> None:
    assert list(checks.CHECKS) == ["mypy", "import-linter", "ruff check", "ruff format", "sizes"]


def test_a_failed_check_fails_the_run_and_the_rest_still_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pytest_commands: list[list[str]]
) -> None:
    monkeypatch.setattr(checks, "CHECKS", {"one": FAILS, "two": PASSES, "three": FAILS})
    assert checks.main(["-k", "visit"]) == 1
    said = capsys.readouterr().out
    assert said.count("没有通过 FAILED") == 2
    assert said.count("中文 reason") == 2
    assert "quiet when it passes" not in said
    assert said.splitlines()[-1] == "没有通过的检查 failed checks: one, three"
    assert pytest_commands[0][-2:] == ["-k", "visit"]


def test_when_all_pass_the_exit_code_is_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pytest_commands: list[list[str]]
) -> None:
    monkeypatch.setattr(checks, "CHECKS", {"one": PASSES})
    assert checks.main([]) == 0
    assert "通过 ok" in capsys.readouterr().out
    assert len(pytest_commands) == 1


def test_pytest_s_own_exit_code_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "CHECKS", {})
    monkeypatch.setattr(checks, "PYTEST", [sys.executable, "-c", "raise SystemExit(5)"])
    assert checks.main([]) == 5
