"""Things stay small enough to be read in one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import sizes
from tests.architecture.tree import python_files

TREES = [("fieldapp", "start.py"), ("tests",)]


@pytest.mark.parametrize("tops", TREES, ids=lambda tops: tops[0])
def test_no_file_and_no_function_is_over_its_limit(tops: tuple[str, ...]) -> None:
    files, functions = sizes.measure(python_files(*tops))
    assert files
    assert functions
    assert sizes.violations(files, functions) == []


@pytest.mark.parametrize("tops", TREES, ids=lambda tops: tops[0])
def test_medians_and_ninth_decile_keep_the_budget(tops: tuple[str, ...]) -> None:
    found = sizes.figures(*sizes.measure(python_files(*tops)))
    assert {name: found[name] for name, most in sizes.BUDGET.items() if found[name] > most} == {}


def test_the_measure_sees_long_functions_and_long_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.architecture.tree.ROOT", tmp_path)
    path = tmp_path / "long.py"
    body = "\n".join(f"    x = {number}" for number in range(50))
    path.write_text(f'def long() -> None:\n    """One\n\n    two."""\n{body}\n' + "\n" * 400, "utf-8")
    files, functions = sizes.measure([path])
    assert [item.lines for item in functions] == [51]
    assert [line.split(":")[0] for line in sizes.violations(files, functions)] == ["long.py", "long.py"]
