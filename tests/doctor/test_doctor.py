"""The doctor does the real work once, and tells what would stop the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.files import DISK_FULL
from fieldapp.doctor import Check, Report, desktop, machine, main, run_doctor, work
from fieldapp.doctor.report import guarded
from tests.architecture.tree import ROOT


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return run_doctor(tmp_path_factory.mktemp("张三 的电脑") / "data")


def found(report: Report, name: str) -> Check:
    return next(check for check in report.checks if check.name == name)


def test_this_machine_passes(report: Report) -> None:
    assert [check for check in report.checks if check.status == "fail"] == []
    assert report.ok


def test_every_promised_check_is_made(report: Report) -> None:
    named = [check.name for check in report.checks]
    first = [
        "machine",
        "libraries",
        "shipped",
        "encryption",
        "password",
        "paper",
        "data_folder",
        "disk",
        "qt",
    ]
    assert named[: len(first)] == first
    assert {"fonts", "input"} <= set(named)


def test_the_database_really_is_encrypted(report: Report) -> None:
    facts = found(report, "encryption").facts
    assert facts["sqlcipher"].startswith("4.")
    assert facts["sqlite"].startswith("3.")
    assert (facts["read_back"], facts["hidden"], facts["refused"]) == (True, True, True)


def test_the_password_costs_what_the_vault_asks(report: Report) -> None:
    facts = found(report, "password").facts
    assert facts["memory_kib"] >= 64 * 1024
    assert facts["iterations"] >= 3
    assert facts["seconds"] > 0


def test_qt_starts_and_sees_chinese(report: Report) -> None:
    facts = found(report, "qt").facts
    assert facts["platform"] == "offscreen"
    assert facts["chinese_fonts"]
    assert any("ibus" in name for name in facts["input_plugins"])


def test_the_examination_leaves_nothing_behind(report: Report, tmp_path: Path) -> None:
    machine.writable(tmp_path / "not" / "yet")
    assert list(tmp_path.iterdir()) == []
    assert found(report, "data_folder").facts["exists"] is False


def test_every_sentence_is_there_in_both_languages(report: Report) -> None:
    for check in report.checks:
        assert any("一" <= character <= "鿿" for character in check.zh) or check.name == "machine"
        assert check.en.isascii() or check.name == "data_folder"


def test_the_report_is_json_on_stdout() -> None:
    command = [sys.executable, "-m", "fieldapp", "doctor", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, check=False)
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["ok"] is True
    assert {"name", "status", "zh", "en", "facts", "remedy_zh", "remedy_en"} == set(told["checks"][0])


def test_the_report_for_people_ends_with_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith("可以使用。")
    assert all(line.startswith(("[", " ")) for line in lines[:-1])


def test_one_failure_makes_the_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Report((Check("disk", "fail", "磁盘满了", "full", {}, ("清理", "clean up")),))
    monkeypatch.setattr("fieldapp.doctor.run_doctor", lambda: broken)
    assert main([]) == 1
    said = capsys.readouterr().out
    assert "[未过] 磁盘满了" in said
    assert "→ 清理 clean up" in said


@pytest.mark.parametrize(
    ("free", "status"), [(5_000_000_000, "ok"), (1_000_000_000, "warn"), (1_000, "fail")]
)
def test_a_full_disk_is_told_in_time(free: int, status: str, tmp_path: Path) -> None:
    assert machine.disk(tmp_path, free).status == status


def test_32_bits_and_old_windows_are_refused() -> None:
    assert machine.machine(bits=32).status == "fail"
    assert machine.machine(windows=6).status == "fail"
    assert machine.machine(windows=10).status == "ok"


def test_a_missing_library_is_named() -> None:
    check = machine.libraries(("sqlcipher3", "no-such-library"))
    assert check.status == "fail"
    assert "no-such-library" in check.zh


def test_a_missing_resource_is_named(tmp_path: Path) -> None:
    check = machine.shipped(tmp_path)
    assert check.status == "fail"
    assert "forms/visit.md" in check.zh


def test_an_unwritable_folder_is_a_finding() -> None:
    if os.name == "nt" or not Path("/proc").is_dir():
        place = Path("C:/Windows/System32/config") if os.name == "nt" else Path("/dev")
    else:
        place = Path("/proc/self/fdinfo")  # nobody can write there, root neither
    assert guarded("data_folder", lambda: machine.writable(place)).status == "fail"


def test_a_slow_machine_is_warned_not_refused() -> None:
    ticks = iter([0.0, 7.5])
    check = work.password(lambda: next(ticks))
    assert (check.status, check.facts["seconds"]) == ("warn", 7.5)


def test_a_machine_without_chinese_fonts_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(desktop, "resources_dir", lambda: tmp_path)
    assert desktop.fonts([]).status == "fail"
    assert desktop.fonts(["Noto Sans CJK SC"]).status == "ok"


def test_a_qt_without_the_input_plugin_is_a_warning() -> None:
    assert desktop.chinese_input(["libcomposeplatforminputcontextplugin.so"], "linux").status == "warn"
    assert desktop.chinese_input([], "win32").status == "ok"


@pytest.mark.parametrize(
    ("environment", "system", "platform"),
    [
        ({}, "linux", ""),
        ({"DISPLAY": ":0"}, "linux", "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", "wayland"),
        ({}, "win32", "windows"),
        ({}, "darwin", "cocoa"),
    ],
)
def test_the_platform_of_the_screen_is_guessed_as_qt_does(
    environment: dict[str, str], system: str, platform: str
) -> None:
    assert desktop.screen_platform(environment, system) == platform


def test_a_platform_qt_does_not_have_is_a_finding_with_what_qt_said() -> None:
    check = desktop.start_qt("screen", "nowhere", {})
    assert check.status == "fail"
    assert any("nowhere" in line for line in check.facts["said"])


def test_a_check_that_breaks_does_not_hide_the_others() -> None:
    def broken() -> Check:
        raise RuntimeError("bad wheel")

    def full() -> Check:
        raise DISK_FULL(path="there")

    assert guarded("paper", broken).facts == {"error": "RuntimeError", "message": "bad wheel"}
    known = guarded("data_folder", full)
    assert known.facts == {"code": "DISK-001"}
    assert known.remedy[0]
    assert isinstance(DISK_FULL(path="there"), KnownError)
