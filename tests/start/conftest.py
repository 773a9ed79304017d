"""A computer made of answers: what start.py asks is scripted, what it does is written down."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

from tests.architecture.tree import ROOT


class HandedOver(Exception):
    """start.py became another process; the arguments are the command and its environment."""


@dataclass
class Scripted:
    """Answers of the machine (change them before the run), and the commands it was given."""

    root: Path
    lacking_libraries: set[str] = field(default_factory=set)
    lacking_modules: set[str] = field(default_factory=set)
    lacking_programs: set[str] = field(default_factory=set)
    unresolved: list[str] = field(default_factory=list)
    cjk_font: bool = True
    is_admin: bool = False
    platform: str = "linux"
    environment: dict[str, str] = field(default_factory=dict)
    venv_python_starts: bool = True
    exit_codes: dict[str, int] = field(default_factory=dict)  # by a word of the command
    interrupted_at: str = ""
    commands: list[list[str]] = field(default_factory=list)

    def run(self, command: Sequence[str], environment: Mapping[str, str]) -> int:
        """Do what the real command leaves behind, as far as start.py looks at it."""
        words = list(command)
        self.commands.append(words)
        if self.interrupted_at and self.interrupted_at in words:
            raise KeyboardInterrupt
        if "-I" in words:
            return 0 if self.venv_python_starts else 1
        if "venv" in words:
            for unwanted in (self.root / ".venv").glob("*.json"):
                unwanted.unlink()
            (self.root / ".venv" / "fieldapp-installing").unlink(missing_ok=True)
            (self.root / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
            (self.root / ".venv" / "bin" / "python").write_text("", "utf-8")
        if words[:2] == ["apt-get", "install"] and self.exit_codes.get("install", 0) == 0:
            self.lacking_libraries.clear()
            self.unresolved.clear()
        return next((code for word, code in self.exit_codes.items() if word in words), 0)

    def kinds(self) -> list[str]:
        """Return the commands by kind, in order: apt-get update, apt-get install, venv, pip <lock>."""
        named = []
        for words in self.commands:
            if words[0] == "apt-get":
                named.append(" ".join(words[:2]))
            elif "venv" in words:
                named.append("venv")
            elif "pip" in words:
                named.append("pip " + Path(words[words.index("-r") + 1]).name)
        return named


@pytest.fixture(scope="session")
def start() -> ModuleType:
    """start.py as a module."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["start"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """A checkout with two locks and a complete machine without a screen."""
    root = tmp_path / "张三 的电脑"
    root.mkdir()
    (root / "start.py").touch()
    (root / "requirements.lock").write_text("one==1 --hash=sha256:aa\n", "utf-8")
    (root / "requirements-dev.lock").write_text("two==2 --hash=sha256:bb\n", "utf-8")
    monkeypatch.chdir(root)
    return Scripted(root)


@pytest.fixture
def run_start(start: ModuleType, scripted: Scripted) -> Callable[..., Any]:
    """Run ``start.py ARGUMENTS`` there; returns the exit code, or (command, environment) it became."""

    def hand_over(command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
        raise HandedOver(list(command), dict(environment))

    def run(*arguments: str) -> Any:
        machine = start.Machine(
            root=scripted.root,
            platform=scripted.platform,
            environment=scripted.environment,
            is_admin=scripted.is_admin,
            run=scripted.run,
            hand_over=hand_over,
            can_load=lambda library: library not in scripted.lacking_libraries,
            has_cjk_font=lambda: scripted.cjk_font,
            unresolved_libraries=lambda plugin: list(scripted.unresolved),
            which=lambda name: None if name in scripted.lacking_programs else f"/usr/bin/{name}",
            has_module=lambda name: name not in scripted.lacking_modules,
        )
        try:
            return start.main(list(arguments), machine)
        except HandedOver as handed:
            return handed.args

    return run
