"""Which rows the tests of a run have shown: a plugin that watches pytest and believes only what passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import pytest

__all__ = ["MOST_ROWS", "Showing", "complaints_about", "rows_of"]

#: A test with more rows than this shows none of them well.
MOST_ROWS = 3


def rows_of(item: pytest.Item) -> tuple[str, ...]:
    """Return the rows that a test says it shows, each once, whether marked on it, its class or its module."""
    named = (str(row) for mark in item.iter_markers("requirement") for row in mark.args)
    return tuple(dict.fromkeys(named))


def complaints_about(items: Iterable[pytest.Item], known: Collection[str]) -> list[str]:
    """Return a sentence for every test whose marks are wrong: no row, an unknown row, or too many."""
    found: dict[str, None] = {}
    for item in items:
        if item.get_closest_marker("requirement") is None:
            continue
        rows, name = rows_of(item), _function(item.nodeid)
        if not rows:
            found[f"{name}: the mark names no row"] = None
        for row in rows:
            if row not in known:
                found[f"{name}: there is no row {row}"] = None
        if len(rows) > MOST_ROWS:
            found[f"{name}: {len(rows)} rows, at most {MOST_ROWS} are allowed"] = None
    return list(found)


def _function(nodeid: str) -> str:
    """Return a test's name without its parameters: all its cases together are the test."""
    return nodeid.split("[", 1)[0]


class Showing:
    """Watches one run. A row is shown by a test of which every case ran and passed, and which names at most
    ``MOST_ROWS`` rows, all of them known.
    """

    def __init__(self, known: Collection[str]) -> None:
        self.complaints: list[str] = []
        self.most_rows = 0
        self._known = frozenset(known)
        self._rows: dict[str, tuple[str, ...]] = {}
        self._cases: dict[str, set[str]] = defaultdict(set)
        self._passed: set[str] = set()
        self._spoilt: set[str] = set()

    @pytest.hookimpl(trylast=True)  # after the tests without the mark were left out
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.complaints = complaints_about(items, self._known)
        for item in items:
            test, rows = _function(item.nodeid), rows_of(item)
            self._rows[test] = tuple(dict.fromkeys((*self._rows.get(test, ()), *rows)))
            self._cases[test].add(item.nodeid)
            self.most_rows = max(self.most_rows, len(rows))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test passed when its call passed and neither its beginning nor its end failed or was skipped."""
        if not report.passed or hasattr(report, "wasxfail"):
            self._spoilt.add(report.nodeid)
        elif report.when == "call":
            self._passed.add(report.nodeid)

    @property
    def shown(self) -> frozenset[str]:
        """The rows that this run has shown."""
        passed = self._passed - self._spoilt
        tests = [test for test, cases in self._cases.items() if cases <= passed]
        return frozenset(
            row
            for test in tests
            if len(self._rows[test]) <= MOST_ROWS
            for row in self._rows[test]
            if row in self._known
        )
