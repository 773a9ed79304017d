"""``python -m tests.laws [--runs N] [--seed S] [pytest arguments]`` looks for a counter-example to the suite's laws.

The suite itself searches with one fixed seed (``pyproject.toml``), so that the same tree has the same outcome; this runs
every law again with the seeds S, S+1, … and prints ``{"seed","runs","laws","failed"}``. Exit code 1 when a law was broken.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import secrets
import sys
from collections.abc import Sequence

import pytest

__all__ = ["Watching", "main"]


class Watching:
    """Remembers which laws ran, and which were broken with what seed."""

    def __init__(self) -> None:
        self.seed = 0
        self.ran: set[str] = set()
        self.failed: dict[str, int] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.ran.add(report.nodeid)
        if report.failed:
            self.failed.setdefault(report.nodeid, self.seed)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.setdefault(report.nodeid, self.seed)


def main(arguments: Sequence[str]) -> int:
    """Run the laws once a seed and print the line. Returns 1 when one was broken or none was found, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.laws")
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=None)
    told, rest = parser.parse_known_args(arguments)
    first = secrets.randbelow(10**6) if told.seed is None else told.seed
    watching, code = Watching(), int(pytest.ExitCode.NO_TESTS_COLLECTED)
    for seed in range(first, first + told.runs):
        watching.seed = seed
        with contextlib.redirect_stdout(sys.stderr):
            code = int(
                pytest.main(["-m", "hypothesis", f"--hypothesis-seed={seed}", *rest], plugins=[watching])
            )
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            break
    print(
        json.dumps(
            {"seed": first, "runs": told.runs, "laws": len(watching.ran), "failed": watching.failed},
            ensure_ascii=False,
        )
    )
    return int(code != pytest.ExitCode.OK or bool(watching.failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
