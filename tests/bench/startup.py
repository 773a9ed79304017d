"""How much longer our unlock window takes than an empty one: cold processes, alternating, median of nine each.

Both are measured from the moment the process is made until its first paint is over.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

__all__ = ["run"]

_RUNS = 9
_ROOT = Path(__file__).resolve().parents[2]

_BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Empty(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, stop)

def stop():
    print(time.monotonic(), flush=True)
    os._exit(0)

app = QApplication(sys.argv[:1])
window = Empty()
window.resize(1180, 720)
window.show()
app.exec()
"""

#: The laptop is asked for right after the first paint.
_OURS = """
import os, sys, time
from pathlib import Path
from fieldapp.app import main

def stop(data_dir):
    print(time.monotonic(), flush=True)
    os._exit(0)

main(sys.argv[:1], Path(sys.argv[1]), laptop=stop)
"""


def run(runs: int = _RUNS) -> dict[str, float]:
    """Return the ratio of the medians, and both medians in seconds."""
    bare: list[float] = []
    ours: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for measured in (False, *[True] * runs):  # the first pair only fills the disk cache
            pair = _seconds(_BARE, folder), _seconds(_OURS, folder)
            if measured:
                bare.append(pair[0])
                ours.append(pair[1])
    bare_s, ours_s = statistics.median(bare), statistics.median(ours)
    return {"ratio": round(ours_s / bare_s, 3), "bare_s": round(bare_s, 3), "ours_s": round(ours_s, 3)}


def _seconds(program: str, folder: str) -> float:
    # As installed: modules are compiled once, by the first pair, whatever the machine's settings say of writing them.
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONPYCACHEPREFIX": str(Path(folder) / "pyc")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.monotonic()
    finished = subprocess.run(
        [sys.executable, "-c", program, folder],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return float(finished.stdout) - began
