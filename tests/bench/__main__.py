"""``python -m tests.bench NAME`` runs one measurement and prints one JSON line."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path


def main(argv: list[str]) -> int:
    """Run ``tests.bench.NAME.run()``; without a name, say which there are."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    if len(argv) != 1 or argv[0] not in names:
        print(f"python -m tests.bench {' | '.join(names)}", file=sys.stderr)
        return 2
    print(json.dumps(importlib.import_module(f"tests.bench.{argv[0]}").run()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
