"""The contracts in pyproject.toml hold, and they bite: each kind of wrong import is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, imported_names, python_files, relative

LINT = "from importlinter.cli import lint_imports_command as run; run()"

# (the module that is added, what it says, the contract it breaks)
WRONG = {
    "stray module": ("fieldapp/helpers.py", '"""Stray."""', "layers"),
    "upwards": ("fieldapp/common/wrong.py", "import fieldapp.store", "layers"),
    "siblings": ("fieldapp/vault/wrong.py", "import fieldapp.tables", "layers"),
    "vault reads the register": ("fieldapp/vault/wrong.py", "import fieldapp.register", "vault"),
    "sheets reads the wire": ("fieldapp/sheets/wrong.py", "import fieldapp.wire", "paper"),
    "authoring reads the register": ("fieldapp/authoring/wrong.py", "import fieldapp.register", "authoring"),
    "store prints": ("fieldapp/store/wrong.py", "import fieldapp.sheets", "store"),
    "sync selects": ("fieldapp/sync/wrong.py", "import fieldapp.tables", "sync"),
    "ui reads the store": ("fieldapp/ui/wrong.py", "import fieldapp.store", "ui"),
    "county reads the vault": ("fieldapp/county/wrong.py", "import fieldapp.vault", "county"),
    "qt in services": ("fieldapp/services/wrong.py", "from PySide6.QtCore import QObject", "qt"),
    "sql in services": ("fieldapp/services/wrong.py", "import sqlalchemy", "sql"),
    "driver in tables": ("fieldapp/tables/wrong.py", "import sqlcipher3", "sql"),
    "network in xform": ("fieldapp/xform/wrong.py", "import socket", "pure"),
    "database in register": ("fieldapp/register/wrong.py", "import sqlite3", "pure"),
}
# One room, two modules that import each other through their packages.
CYCLE = {
    "fieldapp/common/one/__init__.py": "",
    "fieldapp/common/one/part.py": "import fieldapp.common.two.part",
    "fieldapp/common/two/__init__.py": "",
    "fieldapp/common/two/part.py": "import fieldapp.common.one.part",
}


def skeleton(folder: Path) -> None:
    """Copy the rooms, empty, and the contracts to ``folder``."""
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for package in (ROOT / "fieldapp").glob("*/__init__.py"):
        room = folder / "fieldapp" / package.parent.name
        room.mkdir(parents=True)
        (room / "__init__.py").write_text("", "utf-8")
    (folder / "fieldapp" / "__init__.py").write_text("", "utf-8")


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache", "--contract", contract]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True
    )


def test_an_empty_house_keeps_every_contract(tmp_path: Path) -> None:
    skeleton(tmp_path)
    for contract in sorted({contract for _, _, contract in WRONG.values()} | {"cycles"}):
        done = lint(tmp_path, contract)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_import_is_refused(tmp_path: Path, wrong: str) -> None:
    module, text, contract = WRONG[wrong]
    skeleton(tmp_path)
    (tmp_path / module).write_text(text, "utf-8")
    done = lint(tmp_path, contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_a_cycle_inside_a_room_is_refused(tmp_path: Path) -> None:
    skeleton(tmp_path)
    for name, text in CYCLE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = lint(tmp_path, "cycles")
    assert done.returncode == 1, done.stdout + done.stderr


def test_view_models_know_qtcore_only() -> None:
    wrong = [
        f"{relative(path)}:{line} {name}"
        for path in python_files("fieldapp/ui/viewmodels")
        for name, line in imported_names(path)
        if name.startswith("PySide6.") and not name.startswith("PySide6.QtCore.")
    ]
    assert wrong == []


def test_tables_define_and_never_connect() -> None:
    engine = {"create_engine", "Session", "sessionmaker", "Connection", "Engine"}
    wrong = [
        f"{relative(path)}:{line} {name}"
        for path in python_files("fieldapp/tables")
        for name, line in imported_names(path)
        if name.split(".")[0] in {"sqlalchemy", "sqlmodel"} and name.split(".")[-1] in engine
    ]
    assert wrong == []
