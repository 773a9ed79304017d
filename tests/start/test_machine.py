"""What start.py asks of a real Linux machine gets the real answer."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="asks the loader of Linux")


@linux_only
def test_the_loader_is_asked_for_libraries(start: ModuleType) -> None:
    assert start.can_load("libc.so.6")
    assert not start.can_load("libnowhere.so.9")


@linux_only
def test_ldd_resolves_a_complete_program_and_knows_no_missing_file(start: ModuleType, tmp_path: Path) -> None:
    assert start.unresolved_libraries(Path(sys.executable).resolve()) == []
    assert start.unresolved_libraries(tmp_path / "absent.so") == []


def test_a_font_is_found_by_its_file_name_without_fontconfig(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start.shutil, "which", lambda name: None)
    monkeypatch.setattr(start, "CJK_FONT_FOLDERS", (str(tmp_path),))
    (tmp_path / "DejaVuSans.ttf").touch()
    assert not start.has_cjk_font()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "NotoSansCJK-Regular.ttc").touch()
    assert start.has_cjk_font()


def test_output_of_helpers_goes_to_stderr(start: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "print('安装'.encode('utf-8').hex()); raise SystemExit(3)"]
    assert start.run_visibly(command, start.os.environ) == 3
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.strip() == "安装".encode().hex()


def test_progress_survives_a_terminal_that_knows_no_chinese(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "terminal").open("w", encoding="ascii") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        start.say("正在安装 …", "Installing …")
    assert "Installing" in (tmp_path / "terminal").read_text("ascii")


def test_two_windows_do_not_install_at_a_time(
    start: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "start.py").touch()
    waited: list[float] = []
    first = start.alone(tmp_path)
    first.__enter__()

    def wait(seconds: float) -> None:
        waited.append(seconds)
        first.__exit__(None, None, None)

    monkeypatch.setattr(start.time, "sleep", wait)
    with start.alone(tmp_path):
        assert waited == [0.5]
    assert "另一个窗口正在安装" in capsys.readouterr().err
