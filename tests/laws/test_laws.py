"""The command that searches the laws longer finds what a run of the suite may miss."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAW = """
from hypothesis import given, strategies as st

@given(st.integers(0, 1000))
def test_no_number_is_{number}(number):
    assert number != {number}

def test_that_is_no_law():
    raise AssertionError("not a law, not run")
"""


def search(tmp_path: Path, law: str) -> tuple[int, dict[str, object]]:
    file = tmp_path / "test_law.py"
    file.write_text(law, encoding="utf-8")
    command = [sys.executable, "-m", "tests.laws", "--runs", "3", "--seed", "7"]
    ran = subprocess.run(
        [*command, "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return ran.returncode, json.loads(ran.stdout)


@pytest.mark.parametrize(("number", "broken"), [(0, True), (1001, False)])
def test_a_broken_law_is_named_with_its_seed(tmp_path: Path, number: int, broken: bool) -> None:
    code, told = search(tmp_path, LAW.format(number=number))
    name = f"test_law.py::test_no_number_is_{number}"
    assert told == {"seed": 7, "runs": 3, "laws": 1, "failed": {name: 7} if broken else {}}
    assert code == int(broken)


def test_a_place_without_laws_is_no_success(tmp_path: Path) -> None:
    assert search(tmp_path, "def test_nothing():\n    pass\n") == (
        1,
        {"seed": 7, "runs": 3, "laws": 0, "failed": {}},
    )
