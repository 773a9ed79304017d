"""The two lock files as data, and how they are made from pyproject.toml."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

__all__ = ["APP_LOCK", "COMPILE", "DEV_LOCK", "Pin", "compile_lock", "main", "pins"]

APP_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
# --universal: one lock for every system. No header and no index address: neither says anything about the lock.
COMPILE = [
    "pip",
    "compile",
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--quiet",
]
GROUPS: dict[str, list[str]] = {APP_LOCK.name: [], DEV_LOCK.name: ["--group", "dev"]}


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked distribution: normalised name, version, the systems it is for (empty: all), its files' SHA-256."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]


def pins(lock: Path) -> list[Pin]:
    """Return what ``lock`` pins, in its order. Raises ValueError for a line that pins nothing exactly."""
    found: list[Pin] = []
    for block in lock.read_text("utf-8").replace("\\\n", " ").splitlines():
        if not block.strip() or block.lstrip().startswith("#"):
            continue
        requirement = Requirement(block.split("--hash")[0].strip())
        (specifier,) = requirement.specifier
        if specifier.operator != "==":
            raise ValueError(f"{lock.name} does not pin {requirement}")
        marker = str(requirement.marker or "")
        found.append(
            Pin(
                canonicalize_name(requirement.name),
                specifier.version,
                marker,
                frozenset(re.findall(r"--hash=sha256:(\w{64})", block)),
            )
        )
    return found


def compile_lock(lock: Path, output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Compile what ``lock`` is made from to ``output``; pins that ``output`` already has are kept where possible."""
    command = [
        sys.executable,
        "-m",
        "uv",
        *COMPILE,
        *GROUPS[lock.name],
        *options,
        "pyproject.toml",
        "-o",
        str(output),
    ]
    return subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False
    )


def main() -> int:
    """``python -m tests.packaging.locks [--upgrade]`` writes both locks anew."""
    code = 0
    for lock in (APP_LOCK, DEV_LOCK):
        done = compile_lock(lock, lock, *sys.argv[1:])
        print(done.stderr, file=sys.stderr, end="")
        code = code or done.returncode
    return code


if __name__ == "__main__":
    sys.exit(main())
