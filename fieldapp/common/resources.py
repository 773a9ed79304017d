"""Where the files that ship with the program are: ``resources/`` and ``forms/``, in a checkout and when frozen."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["forms_dir", "resources_dir"]


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def resources_dir() -> Path:
    """Return the folder ``resources`` (icons, fonts, codes, policy, sheet templates)."""
    return _root() / "resources"


def forms_dir() -> Path:
    """Return the folder ``forms`` (the shipped XLSForms)."""
    return _root() / "forms"
