"""``python -m tests.requirements [pytest arguments]`` runs the tests that show rows and prints one JSON line.

Exit code 0: every marked test passed and every mark is right. Rows that no test shows yet are listed as ``missing``
and are no failure. What pytest says goes to standard error.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Collection, Mapping, Sequence

import pytest

from tests.requirements.showing import Showing
from tests.requirements.table import LEVELS, Requirement, load_table

__all__ = ["main", "run", "summary"]


def summary(
    table: Mapping[str, Requirement], shown: Collection[str], most_rows: int
) -> dict[str, int | list[str]]:
    """Return how many rows there are and how many were shown, by level, and which are missing."""
    figures: dict[str, int | list[str]] = {}
    for level in LEVELS:
        rows = [row.id for row in table.values() if row.level == level]
        figures[level] = len(rows)
        figures[f"{level}_shown"] = sum(row in shown for row in rows)
    needed = (row for row in table.values() if row.level != "ext")
    figures["missing"] = [row.id for row in needed if row.id not in shown]
    figures["max_rows_per_test"] = most_rows
    return figures


def run(arguments: Sequence[str], known: Collection[str]) -> tuple[int, Showing]:
    """Run the marked tests once. Returns pytest's exit code and what the run showed."""
    showing = Showing(known)
    # A file that cannot be imported fails the run, but the rows of the others are counted all the same.
    chosen = ["-m", "requirement", "--continue-on-collection-errors", *arguments]
    with contextlib.redirect_stdout(sys.stderr):
        code = pytest.main(chosen, plugins=[showing])
    return int(code), showing


def main(arguments: Sequence[str]) -> int:
    """Run, print the line, and complain about wrong marks. Returns 0 when there is nothing to mend."""
    table = load_table()
    code, showing = run(arguments, table)
    for complaint in showing.complaints:
        print(complaint, file=sys.stderr)
    print(json.dumps(summary(table, showing.shown, showing.most_rows)))
    return code or int(bool(showing.complaints))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
