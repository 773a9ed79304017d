"""Only a test that ran and passed shows its rows: planted tests are run by a pytest of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.requirements import __main__ as command
from tests.requirements.showing import Showing
from tests.requirements.table import Requirement

KNOWN = [f"A{number:03}" for number in range(1, 10)]
TABLE = {
    id: Requirement(id, "A1", level, "store", "户", id)
    for id, level in zip(KNOWN, ["core"] * 4 + ["cfg"] * 3 + ["ext"] * 2, strict=True)
}
_INI = "[pytest]\nmarkers = requirement(id)\n"
_QUIET = [
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-p",
    "no:pytest-qt",
    "-p",
    "no:faulthandler",
    "--import-mode=importlib",
]


def planted(folder: Path, tests: str) -> list[str]:
    """Write a file of tests, named for this test alone, and return the arguments that run it and nothing else."""
    (folder / "pytest.ini").write_text(_INI, "utf-8")
    (folder / f"{folder.name}_planted_test.py").write_text(
        f"import pytest\nshows = pytest.mark.requirement\n{tests}", "utf-8"
    )
    return [*_QUIET, "-c", str(folder / "pytest.ini"), str(folder)]


def outcome(folder: Path, tests: str) -> tuple[int, Showing]:
    return command.run(planted(folder, tests), KNOWN)


def test_a_test_that_passes_shows_its_rows(tmp_path: Path) -> None:
    code, showing = outcome(tmp_path, "@shows('A001', 'A002')\ndef test_one(): pass\n")
    assert showing.shown == {"A001", "A002"}
    assert (code, showing.most_rows) == (0, 2)


@pytest.mark.parametrize(
    "test",
    [
        "@shows('A001')\ndef test_one(): assert False\n",
        "@shows('A001')\ndef test_one(): pytest.skip('later')\n",
        "@shows('A001')\n@pytest.mark.skip\ndef test_one(): pass\n",
        "@shows('A001')\n@pytest.mark.xfail\ndef test_one(): assert False\n",
        "@shows('A001')\n@pytest.mark.xfail\ndef test_one(): pass\n",
        "@pytest.fixture\ndef broken(): raise OSError\n@shows('A001')\ndef test_one(broken): pass\n",
        "@pytest.fixture\ndef late():\n    yield\n    raise OSError\n@shows('A001')\ndef test_one(late): pass\n",
        "@shows('A001')\n@pytest.mark.parametrize('n', [0, 1])\ndef test_one(n): assert n\n",
        "def test_one(): pass\n",
    ],
    ids=["fails", "skips", "skipped", "xfails", "xpasses", "no setup", "no teardown", "one case", "no mark"],
)
def test_what_did_not_run_and_pass_shows_nothing(tmp_path: Path, test: str) -> None:
    _, showing = outcome(tmp_path, test)
    assert showing.shown == frozenset()


def test_a_failing_test_does_not_take_the_rows_of_another(tmp_path: Path) -> None:
    tests = "@shows('A001')\ndef test_one(): assert False\n@shows('A001', 'A002')\ndef test_two(): pass\n"
    code, showing = outcome(tmp_path, tests)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert showing.shown == {"A001", "A002"}


def test_marks_of_a_class_and_of_a_test_go_together(tmp_path: Path) -> None:
    tests = "@shows('A001')\nclass TestAll:\n    @shows('A002')\n    def test_one(self): pass\n"
    _, showing = outcome(tmp_path, tests)
    assert showing.shown == {"A001", "A002"}
    assert showing.most_rows == 2


@pytest.mark.parametrize(
    ("mark", "complaint", "shown"),
    [
        ("'A001', 'A002', 'A003', 'A004'", "4 rows, at most 3 are allowed", set()),
        ("'A001', 'A999'", "there is no row A999", {"A001"}),
        ("", "the mark names no row", set()),
    ],
)
def test_a_wrong_mark_is_complained_about(tmp_path: Path, mark: str, complaint: str, shown: set[str]) -> None:
    _, showing = outcome(tmp_path, f"@shows({mark})\ndef test_one(): pass\n")
    (said,) = showing.complaints
    assert said.endswith(f"test_one: {complaint}")
    assert showing.shown == shown


def test_a_file_that_cannot_be_imported_fails_the_run_and_the_others_count(tmp_path: Path) -> None:
    arguments = planted(tmp_path, "@shows('A001')\ndef test_one(): pass\n")
    (tmp_path / "test_broken.py").write_text("import no_such_module_of_ours\n", "utf-8")
    code, showing = command.run(arguments, KNOWN)
    assert code != 0
    assert showing.shown == {"A001"}


def test_the_summary_counts_by_level_and_lists_what_is_missing() -> None:
    assert command.summary(TABLE, {"A001", "A004", "A005", "A009"}, 2) == {
        "core": 4,
        "core_shown": 2,
        "cfg": 3,
        "cfg_shown": 1,
        "ext": 2,
        "ext_shown": 1,
        "missing": ["A002", "A003", "A006", "A007"],
        "max_rows_per_test": 2,
    }


@pytest.mark.parametrize(("mark", "code"), [("'A001'", 0), ("'A999'", 1)])
def test_the_command_prints_one_line_and_fails_on_a_wrong_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mark: str, code: int
) -> None:
    arguments = planted(tmp_path, f"@shows({mark})\ndef test_one(): pass\n")
    assert command.main(arguments) == code
    (line,) = capsys.readouterr().out.splitlines()
    figures = json.loads(line)
    assert (figures["core"], figures["core_shown"]) == (138, 1 - code)
