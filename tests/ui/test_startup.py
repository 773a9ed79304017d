"""The unlock window is on the screen before anything heavy is loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_HEAVY = (
    "pyxform",
    "sqlmodel",
    "requests",
    "openpyxl",
    "lxml",
    "typst",
    "sqlalchemy",
    "sqlcipher3",
    "pypinyin",
)
_PROGRAM = """
import json, os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from fieldapp.app import main

def laptop(data_dir):
    window = QApplication.topLevelWidgets()[0]
    print(json.dumps({"modules": sorted(sys.modules), "shown": window.isVisible(), "title": window.windowTitle(),
                      "input": os.environ.get("QT_IM_MODULE", "")}), flush=True)
    os._exit(0)

main(sys.argv[:1], Path(sys.argv[1]), laptop=laptop)
"""


@pytest.fixture(scope="module")
def first_paint(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("张三 的电脑")
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_IM_MODULE": "fcitx",
    }
    finished = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        encoding="utf-8",
    )
    found: dict[str, object] = json.loads(finished.stdout)
    return found


@pytest.mark.parametrize("module", _HEAVY)
def test_it_is_not_loaded_before_the_first_paint(first_paint: dict[str, object], module: str) -> None:
    assert module not in first_paint["modules"]  # type: ignore[operator]


def test_the_window_is_shown_by_then(first_paint: dict[str, object]) -> None:
    assert first_paint["shown"]
    assert first_paint["title"] == "入户走访"


def test_the_input_method_was_chosen_before_qt(first_paint: dict[str, object]) -> None:
    if sys.platform.startswith("linux"):
        assert first_paint["input"] == "ibus"


_WHOLE_RUN = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from fieldapp.app import main
from fieldapp.services.laptop import Laptop

def laptop(data_dir):
    def close_when_warm():
        if "fieldapp.ui.main_window" in sys.modules:
            QApplication.closeAllWindows()
    clock = QTimer(QApplication.instance(), interval=50)
    clock.timeout.connect(close_when_warm)
    clock.start()
    return Laptop(data_dir)

code = main(sys.argv[:1], Path(sys.argv[1]), laptop=laptop)
print(json.dumps({"code": code, "log": (Path(sys.argv[1]) / "logs").exists()}))
"""


def test_it_warms_up_closes_and_ends_without_a_crash(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", _WHOLE_RUN, str(tmp_path / "张三 的电脑")],
        env={**os.environ, "PYTHONPATH": str(_ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        encoding="utf-8",
    )
    assert json.loads(finished.stdout) == {"code": 0, "log": False}
    assert "Traceback" not in finished.stderr
