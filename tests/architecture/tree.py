"""The project's own Python files, read once: what the rules of this folder are about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

__all__ = ["ROOT", "imported_names", "parsed", "python_files", "relative"]

ROOT = Path(__file__).resolve().parents[2]


def python_files(*tops: str) -> list[Path]:
    """Return every Python file under ``tops`` (folders or files beside ``pyproject.toml``), sorted."""
    found: list[Path] = []
    for top in tops:
        path = ROOT / top
        found += [path] if path.is_file() else path.rglob("*.py")
    return sorted(found)


def relative(path: Path) -> str:
    """Return ``path`` as it is written in messages: from the checkout's folder, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of ``path``."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def imported_names(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (dotted name, line) for everything ``path`` imports, ``from a import b`` as ``a.b``."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno
