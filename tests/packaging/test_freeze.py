"""The frozen program is tried as a cadre has it, and Qt can be replaced in it."""

from __future__ import annotations

import ast
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.packaging import freeze

SPEC = ROOT / "build_installer.spec"
DOCTOR = '{"checks": [{"name": "machine", "facts": {"frozen": %s}}, {"name": "encryption", "facts": {"sqlcipher": "4"}}]}'
SUMMARY = '{"visits": [{"id": "1"}], "screens": ["screens/%s.png"]}'
posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in program is a shell script")


def program(folder: Path, *, frozen: str = "true", screen: str = "today", code: str = "0") -> Path:
    """Make a folder with a program that answers as the frozen one does."""
    folder.mkdir()
    (folder / "libQt6Core.so.6").write_bytes(b"qt")
    script = folder / "fieldapp"
    script.write_text(
        "#!/bin/sh\n"
        'if [ -n "$PYTHONPATH$VIRTUAL_ENV$DISPLAY" ]; then exit 9; fi\n'
        f"if [ \"$1\" = doctor ]; then echo '{DOCTOR % frozen}'; exit {code}; fi\n"
        'mkdir -p "$4/screens"; echo png > "$4/screens/today.png"\n'
        f"echo '{SUMMARY % screen}' > \"$4/summary.json\"\n",
        "utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / freeze.HOME_NAME
    place.mkdir()
    return place


def test_the_home_of_the_trial_has_chinese_characters_and_a_space() -> None:
    assert freeze.HOME_NAME == "张三 的电脑"


@posix_only
def test_a_good_program_gives_its_figures(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("DISPLAY", ":0")
    figures = freeze.try_it(program(tmp_path / "fieldapp"), home)
    assert figures["qt_libraries"] == ["libQt6Core.so.6"]
    assert (figures["visits"], figures["screens"], figures["sqlcipher"]) == (1, 1, "4")


@posix_only
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"code": "1"}, "ended with 1"),
        ({"frozen": "false"}, "not frozen"),
        ({"screen": "absent"}, "absent.png"),
    ],
)
def test_a_bad_program_is_refused(wrong: dict[str, str], reason: str, tmp_path: Path, home: Path) -> None:
    folder = program(tmp_path / "fieldapp", **wrong)
    with pytest.raises(freeze.Failed, match=reason):
        freeze.try_it(folder, home)


def test_a_program_without_separate_qt_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fieldapp").mkdir()
    monkeypatch.setattr(freeze, "DIST", tmp_path)
    assert freeze.main(["--keep"]) == 1
    assert "nobody could replace it" in capsys.readouterr().err


def test_the_trial_s_environment_is_a_fresh_login(home: Path) -> None:
    environment = freeze.bare_environment(
        home, {"PATH": "/bin", "PYTHONPATH": "x", "VIRTUAL_ENV": "y", "DISPLAY": ":0"}
    )
    assert environment["PATH"] == "/bin"
    assert not {"PYTHONPATH", "VIRTUAL_ENV", "DISPLAY"} & set(environment)
    assert str(home) in environment.values()


def test_the_spec_builds_one_folder_and_takes_no_gpl_library_along() -> None:
    text = SPEC.read_text("utf-8")
    assert "COLLECT(" in text
    assert "exclude_binaries=True" in text
    excluded = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    assert {"readline", "_gdbm", "dbm.gnu"} <= excluded


@pytest.mark.skipif(sys.platform != "linux", reason="looks at a build made on Linux")
def test_a_build_that_is_there_has_qt_apart_and_no_gpl_library() -> None:
    folder = freeze.DIST / "fieldapp"
    found = freeze.replaceable(folder)
    assert found or not folder.exists()
    assert [path.name for path in folder.rglob("*") if path.name.startswith(("libreadline", "libgdbm"))] == []
