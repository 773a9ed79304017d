"""Every check and test of the project: ``python3 start.py test [pytest arguments]`` ends up here.

All of them run even when one fails. The static checks run two at a time and print when they end; pytest runs
last and has the closing line. The exit code is 0 only when everything passed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.architecture.tree import ROOT

__all__ = ["CHECKS", "Outcome", "main"]

_MODULE = [sys.executable, "-m"]
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"  # it has no ``-m`` entry

# Longest first, so that two cores end together.
CHECKS: dict[str, list[str]] = {
    "mypy": [*_MODULE, "mypy"],
    "import-linter": [sys.executable, "-c", _LINT_IMPORTS, "--no-logo"],
    "ruff check": [*_MODULE, "ruff", "check", "--output-format", "concise", "."],
    "ruff format": [*_MODULE, "ruff", "format", "--check", "."],
    "sizes": [*_MODULE, "tests.architecture.sizes"],
}
# Two workers for two cores; a file's tests stay together, so that what they share is made once. What is skipped is
# named with its reason.
PYTEST = [*_MODULE, "pytest", "-n", "2", "--dist", "loadfile", "-rfEs"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check said, and how long it took."""

    name: str
    code: int
    output: str
    seconds: float


def run_check(name: str, command: Sequence[str]) -> Outcome:
    """Run one static check with its output kept together."""
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return Outcome(name, done.returncode, done.stdout, time.monotonic() - begun)


def show(outcome: Outcome) -> None:
    """Print one line for a check that passed, and everything it said for one that failed."""
    verdict = "通过 ok" if outcome.code == 0 else "没有通过 FAILED"
    print(f"[{outcome.name}] {verdict} ({outcome.seconds:.1f} s)", flush=True)
    if outcome.code != 0:
        print(outcome.output, flush=True)


def main(pytest_arguments: Sequence[str]) -> int:
    """Run the checks and then pytest. Returns 0 when all passed, else pytest's code or 1."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for outcome in pool.map(run_check, CHECKS, CHECKS.values()):
            show(outcome)
            outcomes.append(outcome)
    failed = [outcome.name for outcome in outcomes if outcome.code != 0]
    if failed:
        print(f"没有通过的检查 failed checks: {', '.join(failed)}", flush=True)
    tests = subprocess.run([*PYTEST, *pytest_arguments], cwd=ROOT, check=False).returncode
    return tests or int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
