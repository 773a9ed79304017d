"""``python -m tests.docs.make_errors`` writes ``docs/errors.md``, the catalogue of known errors, from the code."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import fieldapp
from fieldapp.common.errors import ErrorSpec, catalogue

__all__ = ["PAGE", "render_page"]

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"

_HEAD = """# 错误代码 · Known errors

由程序里的错误目录生成（`python -m tests.docs.make_errors`）。每个错误都有代码、说明和办法；出现这些错误时，已填的内容不会丢。
Generated from the code. `{…}` stands for a detail that is filled in.

| 代码 · code | 说明 | 办法 | English | remedy |
|---|---|---|---|---|
"""


def _import_every_room() -> None:
    """Errors are declared where they are raised, so every module is imported, but for the ones that run."""
    for module in pkgutil.walk_packages(fieldapp.__path__, "fieldapp."):
        if not module.name.endswith("__main__") and "migrations" not in module.name:
            importlib.import_module(module.name)


def _row(spec: ErrorSpec) -> str:
    cells = (spec.code, spec.zh, spec.remedy_zh, spec.en, spec.remedy_en)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def render_page() -> str:
    """Return the page as it must be today."""
    _import_every_room()
    return _HEAD + "\n".join(_row(spec) for spec in catalogue().values()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render_page(), "utf-8")
