"""The local log: what happened, never about whom.

Only counts, codes, ids of records and file *kinds* may be logged; names, ID numbers, answers, paths below a
home folder and exception messages may not, since a log leaves the laptop more easily than the vault does.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

__all__ = ["describe_crash", "logger"]


def logger(room: str) -> logging.Logger:
    """Return the logger of a room, ``fieldapp.<room>``."""
    return logging.getLogger(f"fieldapp.{room}")


def describe_crash(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return the type of an unexpected error and its frames, without values, messages or home folders."""
    lines = [kind.__name__]
    for frame in traceback.extract_tb(trace):
        module = frame.filename.replace("\\", "/").rsplit("/", 2)[-2:]
        lines.append(f"  {'/'.join(module)}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
