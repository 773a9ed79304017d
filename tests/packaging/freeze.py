"""Build the one-folder program and try it where a cadre would have it: ``python3 start.py freeze``.

The result is copied into a home folder called 张三 的电脑 (Chinese, with a space), and there its ``doctor --json``
and its headless main job are run, with nothing of the development environment around them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.architecture.tree import ROOT

__all__ = ["bare_environment", "build", "main", "replaceable", "try_it"]

DIST = ROOT / "dist"
HOME_NAME = "张三 的电脑"
_JOB_TIMEOUT_S = 900
_DOCTOR_TIMEOUT_S = 120


class Failed(Exception):
    """The frozen program did not do what it must; the text says what."""


def build() -> Path:
    """Run PyInstaller on ``build_installer.spec``; returns the folder ``dist/fieldapp``. Raises Failed."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += [
        "--distpath",
        str(DIST),
        "--workpath",
        str(ROOT / "build"),
        str(ROOT / "build_installer.spec"),
    ]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise Failed("PyInstaller failed")
    return DIST / "fieldapp"


def replaceable(folder: Path) -> list[str]:
    """Return the shared libraries of Qt that lie as files of their own, as the LGPL wants."""
    named = [path.name for path in folder.rglob("*Qt6Core*") if path.is_file() and not path.is_symlink()]
    return sorted(named)


def bare_environment(home: Path, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return an environment of a fresh login in ``home``: no Python, no virtual environment, no screen."""
    kept = {
        name: inherited[name]
        for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP")
        if name in inherited
    }
    if os.name == "nt":
        return {**kept, "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "APPDATA": str(home)}
    return {**kept, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}


def run(command: Sequence[str], home: Path, timeout_s: int) -> str:
    """Run the frozen program in ``home`` and return its standard output. Raises Failed when it says no."""
    environment = bare_environment(home, os.environ)
    done = subprocess.run(
        command,
        cwd=home,
        env=environment,
        stdout=subprocess.PIPE,
        timeout=timeout_s,
        check=False,
        encoding="utf-8",
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(command[1:])} ended with {done.returncode}: {done.stdout[-2000:]}")
    return done.stdout


def try_it(folder: Path, home: Path) -> dict[str, Any]:
    """Copy the program into ``home`` and run doctor and the main job there. Raises Failed; returns the figures."""
    program = home / "农户走访" / "fieldapp"
    shutil.copytree(folder, program, symlinks=True)
    name = "fieldapp-console.exe" if os.name == "nt" else "fieldapp"
    executable = str(program / name)
    report = json.loads(run([executable, "doctor", "--json"], home, _DOCTOR_TIMEOUT_S))
    facts = {check["name"]: check["facts"] for check in report["checks"]}
    if not facts["machine"]["frozen"]:
        raise Failed("doctor says it is not frozen")
    begun = time.monotonic()
    output = home / "演示 结果"
    run([executable, "demo", "--headless", "--out", str(output)], home, _JOB_TIMEOUT_S)
    summary = json.loads((output / "summary.json").read_text("utf-8"))
    absent = [name for name in summary["screens"] if not (output / name).is_file()]
    if absent or not summary["visits"]:
        raise Failed(f"the main job left no {absent or 'visits'}")
    size = sum(path.stat().st_size for path in program.rglob("*") if path.is_file() and not path.is_symlink())
    return {
        "size_mb": round(size / 1e6),
        "qt_libraries": replaceable(program),
        "sqlcipher": facts["encryption"]["sqlcipher"],
        "demo_s": round(time.monotonic() - begun, 1),
        "visits": len(summary["visits"]),
        "screens": len(summary["screens"]),
    }


def main(arguments: Sequence[str]) -> int:
    """Build (unless ``--keep``: try what is in dist/ already) and try it. Returns 0 or 1."""
    try:
        begun = time.monotonic()
        folder = DIST / "fieldapp" if "--keep" in arguments else build()
        print(f"dist/fieldapp ({time.monotonic() - begun:.0f} s)", flush=True)
        if not replaceable(folder):
            raise Failed("Qt is not a file of its own, so nobody could replace it")
        with tempfile.TemporaryDirectory(prefix="fieldapp-freeze-") as scratch:
            home = Path(scratch) / HOME_NAME
            home.mkdir()
            print(json.dumps(try_it(folder, home), ensure_ascii=False), flush=True)
    except (Failed, subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
        print(f"打包没有通过 freeze failed: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print("打包完成 frozen: dist/fieldapp")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
