"""How long files and functions are. ``python -m tests.architecture.sizes`` prints the figures.

The budget is the architecture's: files median ≤150 lines and none over 400; functions median ≤9, nine of ten
≤25, none over 50. A function's length is its lines from ``def`` to its end without the docstring, because
docstrings are wanted, not budgeted.
"""

from __future__ import annotations

import ast
import json
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import parsed, python_files, relative

__all__ = [
    "BUDGET",
    "FILE_MAX",
    "FUNCTION_MAX",
    "Measured",
    "figures",
    "functions_of",
    "measure",
    "violations",
]

FILE_MAX = 400
FUNCTION_MAX = 50
BUDGET = {"file_median": 150.0, "function_median": 9.0, "function_p90": 25.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """A file or a function with its length in lines."""

    where: str
    lines: int


def functions_of(path: Path) -> Iterator[Measured]:
    """Yield every function and method of ``path``, nested ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node, clean=False) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield Measured(f"{relative(path)}:{node.lineno} {node.name}", lines)


def measure(paths: list[Path]) -> tuple[list[Measured], list[Measured]]:
    """Return the files and the functions of ``paths``. Empty files (package markers) count for nothing."""
    counted = [(path, len(path.read_text("utf-8").splitlines())) for path in paths]
    files = [Measured(relative(path), lines) for path, lines in counted if lines > 1]
    functions = [function for path in paths for function in functions_of(path)]
    return files, functions


def figures(files: list[Measured], functions: list[Measured]) -> dict[str, float]:
    """Return the medians and the ninth decile that the budget names, and the maxima."""
    lengths = sorted(item.lines for item in functions)
    return {
        "files": len(files),
        "file_median": statistics.median(item.lines for item in files),
        "file_max": max(item.lines for item in files),
        "functions": len(functions),
        "function_median": statistics.median(lengths),
        "function_p90": lengths[min(len(lengths) - 1, int(len(lengths) * 0.9))],
        "function_max": lengths[-1],
    }


def violations(files: list[Measured], functions: list[Measured]) -> list[str]:
    """Return a line for every file and function over its limit, longest first."""
    over = [(item, FILE_MAX) for item in files if item.lines > FILE_MAX]
    over += [(item, FUNCTION_MAX) for item in functions if item.lines > FUNCTION_MAX]
    over.sort(key=lambda pair: -pair[0].lines)
    return [f"{item.where}: {item.lines} lines, at most {limit}" for item, limit in over]


def main() -> int:
    """Print the figures of the program and of its tests; 1 when something is over its limit."""
    code = 0
    for tops in (("fieldapp", "start.py"), ("tests",)):
        files, functions = measure(python_files(*tops))
        found = figures(files, functions)
        over = violations(files, functions)
        over += [
            f"{name} is {found[name]:g}, at most {most:g}"
            for name, most in BUDGET.items()
            if found[name] > most
        ]
        print(tops[0], json.dumps(found))
        print("\n".join(over), end="\n" if over else "")
        code = code or int(bool(over))
    return code


if __name__ == "__main__":
    sys.exit(main())
