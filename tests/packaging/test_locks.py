"""The locks are current, complete and clean, and install from wheels on every kind of machine we promise."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT
from tests.packaging.locks import APP_LOCK, DEV_LOCK, compile_lock, pins

LOCKS = [APP_LOCK, DEV_LOCK]
# What uv says when it reaches no registry; anything else is a real failure.
NO_NETWORK = re.compile(
    r"(dns error|Could not connect|client error \(Connect\)|operation timed out|Failed to fetch)"
)
# System and oldest C library → the machines of the design.
PLATFORMS = {
    "Windows 10, 64 bit": "x86_64-pc-windows-msvc",
    "UOS 20 / Kylin V10 on x86": "x86_64-manylinux_2_28",
    "UOS 20 / Kylin V10 on ARM": "aarch64-manylinux_2_31",
}


def declared(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = list(project["project"]["dependencies"])
    for group in groups:
        lines += project["dependency-groups"][group]
    return [Requirement(line) for line in lines]


def skip_without_registry(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode != 0 and NO_NETWORK.search(done.stderr):
        pytest.skip("the package registry cannot be reached from here")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(--?(extra-)?index|-i |-f |--find)", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_hashes(lock: Path) -> None:
    assert [pin.name for pin in pins(lock) if not pin.hashes] == []


@pytest.mark.parametrize(("lock", "groups"), [(APP_LOCK, []), (DEV_LOCK, ["dev"])], ids=["app", "dev"])
def test_every_declared_dependency_is_pinned_inside_its_range(lock: Path, groups: list[str]) -> None:
    versions: dict[str, set[str]] = {}
    for pin in pins(lock):
        versions.setdefault(pin.name, set()).add(pin.version)
    wrong = [
        str(requirement)
        for requirement in declared(*groups)
        if not any(
            requirement.specifier.contains(v) for v in versions.get(canonicalize_name(requirement.name), ())
        )
    ]
    assert wrong == []


def test_developers_run_the_very_versions_that_are_shipped() -> None:
    assert set(pins(APP_LOCK)) <= set(pins(DEV_LOCK))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_is_what_pyproject_compiles_to(lock: Path, tmp_path: Path) -> None:
    output = tmp_path / lock.name
    shutil.copy(lock, output)
    done = compile_lock(lock, output)
    skip_without_registry(done)
    assert done.returncode == 0, done.stderr
    compiled = {(pin.name, pin.version, pin.marker): pin.hashes for pin in pins(output)}
    locked = {(pin.name, pin.version, pin.marker): pin.hashes for pin in pins(lock)}
    assert list(locked) == list(compiled), "run: python -m tests.packaging.locks"
    # A project may add files to a release later; none that we trust may be gone.
    assert [key for key, hashes in locked.items() if not hashes <= compiled[key]] == []


@pytest.mark.parametrize("python", ["3.11", "3.13"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_app_lock_installs_from_wheels(platform: str, python: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--dry-run",
        "--target",
        str(tmp_path / "target"),
    ]
    command += ["--python-platform", PLATFORMS[platform], "--python-version", python]
    command += ["--only-binary", ":all:", "--require-hashes", "-r", str(APP_LOCK)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    skip_without_registry(done)
    assert done.returncode == 0, done.stderr
    qt = "6.8.0.2" if platform.endswith("ARM") else "6.9.3"
    assert f"pyside6-essentials=={qt}" in done.stderr
    assert (
        len(re.findall(r"^ \+ ", done.stderr, re.MULTILINE)) >= len(pins(APP_LOCK)) - 2
    )  # Qt is pinned twice
