"""start.py brings any machine to the running program, or says in one line what is missing."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.tree import ROOT
from tests.start.conftest import Scripted

Run = Callable[..., Any]


def test_it_parses_under_an_old_grammar() -> None:
    ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 6))


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "start.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0)])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "gbk"])
def test_another_python_gets_one_sentence(version: tuple[int, int, int], encoding: str) -> None:
    code = f"import sys, runpy; sys.version_info = {version}; runpy.run_path('start.py', run_name='__main__')"
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True)
    said = done.stderr.decode(encoding)
    assert done.returncode == 2
    assert f"this is {version[0]}.{version[1]}" in said
    assert len(said.splitlines()) == 1
    assert ("需要 Python 3.11" in said) == (encoding != "ascii")


def test_a_new_machine_makes_the_environment_installs_and_hands_over(
    run_start: Run, scripted: Scripted
) -> None:
    command, environment = run_start("doctor", "--json")
    assert scripted.kinds() == ["venv", "pip requirements.lock"]
    assert command == [str(scripted.root / ".venv/bin/python"), "-P", "-m", "fieldapp", "doctor", "--json"]
    assert environment["PYTHONPATH"] == str(scripted.root)


def test_pip_checks_hashes_and_compiles_nothing(run_start: Run, scripted: Scripted) -> None:
    run_start("doctor")
    pip = next(words for words in scripted.commands if "pip" in words)
    assert "--require-hashes" in pip
    assert pip[pip.index("--only-binary") + 1] == ":all:"


def test_the_second_start_installs_nothing(run_start: Run, scripted: Scripted) -> None:
    run_start("doctor")
    scripted.commands.clear()
    run_start("doctor")
    assert scripted.kinds() == []


def test_a_changed_lock_is_installed_again(run_start: Run, scripted: Scripted) -> None:
    run_start("doctor")
    scripted.commands.clear()
    (scripted.root / "requirements.lock").write_text("one==2 --hash=sha256:cc\n", "utf-8")
    run_start("doctor")
    assert scripted.kinds() == ["pip requirements.lock"]


def test_setup_dev_installs_both_locks_and_starts_nothing(run_start: Run, scripted: Scripted) -> None:
    assert run_start("setup", "--dev") == 0
    assert scripted.kinds() == ["venv", "pip requirements.lock", "pip requirements-dev.lock"]
    marker = json.loads((scripted.root / ".venv/fieldapp-locks.json").read_text("utf-8"))
    assert sorted(marker) == ["requirements-dev.lock", "requirements.lock"]


def test_setup_installs_the_app_lock_only(run_start: Run, scripted: Scripted) -> None:
    assert run_start("setup") == 0
    assert scripted.kinds() == ["venv", "pip requirements.lock"]


def test_tests_run_at_the_root_with_both_locks(
    run_start: Run, scripted: Scripted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    command, _ = run_start("test", "-k", "visit")
    assert command[2:] == ["-m", "tests.architecture", "-k", "visit"]
    assert Path.cwd() == scripted.root
    assert scripted.kinds()[-1] == "pip requirements-dev.lock"


def test_a_failed_installation_is_not_taken_for_a_finished_one(run_start: Run, scripted: Scripted) -> None:
    scripted.exit_codes = {"pip": 1}
    assert run_start("doctor") == 1
    scripted.exit_codes = {}
    run_start("doctor")
    assert scripted.kinds() == ["venv", "pip requirements.lock", "pip requirements.lock"]


def test_an_interrupted_installation_starts_over_from_an_empty_environment(
    run_start: Run, scripted: Scripted
) -> None:
    scripted.interrupted_at = "pip"
    assert run_start("doctor") == 130
    scripted.interrupted_at = ""
    scripted.commands.clear()
    command, _ = run_start("doctor")
    assert scripted.kinds() == ["venv", "pip requirements.lock"]
    assert command[3:] == ["fieldapp", "doctor"]


def test_an_interrupted_venv_is_made_again(run_start: Run, scripted: Scripted) -> None:
    scripted.interrupted_at = "venv"
    assert run_start("doctor") == 130
    scripted.interrupted_at = ""
    run_start("doctor")
    assert scripted.kinds() == ["venv", "venv", "pip requirements.lock"]


def test_an_environment_whose_python_no_longer_starts_is_made_again(
    run_start: Run, scripted: Scripted
) -> None:
    run_start("doctor")
    scripted.commands.clear()
    scripted.venv_python_starts = False
    run_start("doctor")
    assert scripted.kinds() == ["venv", "pip requirements.lock"]


def test_a_broken_marker_means_install(run_start: Run, scripted: Scripted) -> None:
    run_start("doctor")
    for broken in ("{", "[]", ""):
        (scripted.root / ".venv/fieldapp-locks.json").write_text(broken, "utf-8")
        scripted.commands.clear()
        run_start("doctor")
        assert scripted.kinds() == ["pip requirements.lock"]


def test_an_unwritable_folder_is_a_sentence_and_no_traceback(
    run_start: Run, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    (scripted.root / "requirements.lock").unlink()
    assert run_start("doctor") == 1
    assert "读写文件失败" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["demo", "doctor"])
def test_everything_missing_is_one_apt_line_and_exit_code_2(
    command: str, run_start: Run, start: ModuleType, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted.lacking_libraries = {*start.OFFSCREEN_LIBRARIES, *start.WINDOW_LIBRARIES}
    scripted.lacking_modules = {"ensurepip"}
    scripted.cjk_font = False
    assert run_start(command) == 2
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "apt-get install -y python3-venv libgl1 libegl1 libglib2.0-0 libxkbcommon0 libfontconfig1 libdbus-1-3 "
        "fonts-noto-cjk"
    ]
    assert scripted.kinds() == []


def test_a_window_needs_the_libraries_of_x11_too(
    run_start: Run, start: ModuleType, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted.environment = {"DISPLAY": ":0"}
    scripted.lacking_libraries = {"libxcb-cursor.so.0"}
    assert run_start("demo") == 2
    assert capsys.readouterr().out == "apt-get install -y libxcb-cursor0\n"


def test_root_on_debian_gets_them_installed_after_an_update(run_start: Run, scripted: Scripted) -> None:
    scripted.is_admin = True
    scripted.lacking_libraries = {"libGL.so.1"}
    command, _ = run_start("doctor")
    assert scripted.kinds() == ["apt-get update", "apt-get install", "venv", "pip requirements.lock"]
    assert scripted.commands[1][-1] == "libgl1"
    assert command[3:] == ["fieldapp", "doctor"]


def test_a_failed_apt_get_leaves_the_line(
    run_start: Run, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted.is_admin = True
    scripted.lacking_libraries = {"libGL.so.1"}
    scripted.exit_codes = {"install": 100}
    assert run_start("doctor") == 2
    assert capsys.readouterr().out == "apt-get install -y libgl1\n"


def test_root_without_apt_get_reads_the_line(
    run_start: Run, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    scripted.is_admin = True
    scripted.lacking_programs = {"apt-get"}
    scripted.cjk_font = False
    assert run_start("doctor") == 2
    assert capsys.readouterr().out == "apt-get install -y fonts-noto-cjk\n"


def test_a_server_needs_neither_screen_nor_fonts(
    run_start: Run, start: ModuleType, scripted: Scripted
) -> None:
    scripted.lacking_libraries = {*start.OFFSCREEN_LIBRARIES}
    scripted.cjk_font = False
    command, _ = run_start("serve", "--port", "8000")
    assert command[2:] == ["-m", "fieldapp", "serve", "--port", "8000"]


def test_a_demo_without_a_screen_says_so_and_runs_headless(
    run_start: Run, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    command, _ = run_start("demo")
    assert command[2:] == ["-m", "fieldapp", "demo", "--headless", "--out", "demo-output"]
    assert "没有屏幕" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "becomes"),
    [
        ([], []),
        (["--headless"], ["--headless", "--out", "demo-output"]),
        (["--headless", "--out", "there"], ["--headless", "--out", "there"]),
        (["--headless", "--out=there"], ["--headless", "--out=there"]),
    ],
)
def test_a_demo_with_a_screen_does_as_it_is_told(
    given: list[str], becomes: list[str], run_start: Run, scripted: Scripted
) -> None:
    scripted.environment = {"WAYLAND_DISPLAY": "wayland-0"}
    command, _ = run_start("demo", *given)
    assert command[4:] == ["demo", *becomes]


def test_no_command_opens_the_program(run_start: Run) -> None:
    command, _ = run_start()
    assert command[2:] == ["-m", "fieldapp"]


def test_windows_has_its_own_python_path_and_utf8(run_start: Run, scripted: Scripted) -> None:
    scripted.platform = "win32"
    scripted.lacking_libraries = {"libGL.so.1"}
    command, environment = run_start("demo")
    assert command[0] == str(scripted.root / ".venv/Scripts/python.exe")
    assert command[4:] == ["demo"]
    assert environment["PYTHONUTF8"] == "1"


def test_libraries_that_only_ldd_misses_are_named(
    run_start: Run, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    plugins = scripted.root / ".venv/lib/python3.11/site-packages/PySide6/Qt/plugins/platforms"
    plugins.mkdir(parents=True)
    (plugins / "libqoffscreen.so").write_bytes(b"")
    scripted.unresolved = ["libodd.so.7"]
    assert run_start("doctor") == 2
    assert "libodd.so.7" in capsys.readouterr().err


def test_help_is_printed_without_installing(
    run_start: Run, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_start("--help") == 0
    assert "start.py demo" in capsys.readouterr().out
    assert scripted.commands == []


def test_freezing_needs_what_pyinstaller_calls(
    run_start: Run, start: ModuleType, scripted: Scripted, capsys: pytest.CaptureFixture[str]
) -> None:
    library = f"libpython{sys.version_info[0]}.{sys.version_info[1]}"
    scripted.lacking_programs = set(start.FREEZE_PARTS)
    scripted.lacking_libraries = set(start.FREEZE_PARTS)
    assert run_start("freeze") == 2
    assert capsys.readouterr().out == f"apt-get install -y binutils {library}\n"
    scripted.lacking_libraries = {"objdump"}
    scripted.lacking_programs = {f"{library}.so.1.0"}
    command, _ = run_start("freeze", "--keep")
    assert command[2:] == ["-m", "tests.packaging.freeze", "--keep"]
