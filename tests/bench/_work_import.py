"""The import of the demo county's books: seconds, and the most memory the importing process ever held."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["measure", "run"]

_ROOT = Path(__file__).resolve().parents[2]
_SEED = 20261122
_MOMENT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def run() -> dict[str, float]:
    """Make the books here, import them in a fresh process, and return ``import_s`` and ``import_mb``."""
    from fieldapp.demo.generate import FULL, generate_county

    with tempfile.TemporaryDirectory() as folder:
        books = generate_county(Path(folder) / "books", seed=_SEED, today=_MOMENT.date(), scale=FULL)
        told = {
            "books": [str(path) for path in books.register_books],
            "ledgers": [str(path) for path in books.ledgers],
            "folder": f"{folder}/county",
        }
        program = f"from tests.bench._work_import import measure; measure({json.dumps(told)})"
        finished = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            capture_output=True,
            text=True,
            timeout=600,
            check=True,
        )
    result: dict[str, float] = json.loads(finished.stdout.splitlines()[-1])
    return result


def measure(told: dict[str, object]) -> None:
    """Print the figures; runs in a process of its own, so that its peak of memory is the import's."""
    from fieldapp.common.clock import FixedClock
    from fieldapp.common.ids import IdSource
    from fieldapp.county.importing import import_books, import_ledger
    from fieldapp.county.setup import init_county

    clock = FixedClock(_MOMENT)
    county = init_county(
        Path(str(told["folder"])),
        county_code="411025",
        name="襄城县（测量）",
        admin_name="管理员",
        admin_password="correct horse",
        clock=clock,
        ids=IdSource(clock),
    )
    begun = time.perf_counter()
    import_books(county, _paths(told["books"]))
    for ledger in _paths(told["ledgers"]):
        import_ledger(county, ledger)
    seconds = time.perf_counter() - begun
    county.close()
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"import_s": round(seconds, 1), "import_mb": round(peak_kib / 1024)}), flush=True)


def _paths(names: object) -> list[Path]:
    assert isinstance(names, list)
    return [Path(str(name)) for name in names]
