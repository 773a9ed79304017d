"""400 rows out to Excel, edited, and back: seconds of the program, from the order to the accepted change.

The register has 12,000 households in a real vault, as the work list's measurement has it. Every row comes back with two
cells changed. The editing itself stands for a person in WPS and is not counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

__all__ = ["measure", "run"]

_ROOT = Path(__file__).resolve().parents[2]
_HOUSEHOLDS = 12_000
_ROWS = 400
_COLUMNS = ("name", "sex", "id_number", "relationship", "phone", "education", "work_months", "employer")


def run(households: int = _HOUSEHOLDS) -> dict[str, float]:
    """Return ``roundtrip_s``: export, differences and acceptance of 400 rows."""
    from tests.bench.worklist import fill_vault

    with tempfile.TemporaryDirectory() as folder:
        fill_vault(Path(folder), households)
        finished = subprocess.run(
            [sys.executable, "-c", f"from tests.bench._work_round_trip import measure; measure({folder!r})"],
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
    result: dict[str, float] = json.loads(finished.stdout.splitlines()[-1])
    return result


def measure(folder: str) -> None:
    """Print the figure; runs in a process of its own."""
    from fieldapp.services.round_trip import ExportOrder
    from fieldapp.services.worklist import WorkFilter
    from fieldapp.services.workspace import Workspace
    from tests.bench.worklist import unlock_vault

    vault, identity, clock, ids = unlock_vault(Path(folder))
    workspace = Workspace(vault, identity, clock=clock, ids=ids, keep_card=lambda _: None)
    lines = workspace.worklist.rows(workspace.worklist.ids(WorkFilter())[:_ROWS])
    homes, rows = [], 0
    for line in lines:
        if rows < _ROWS:
            homes.append(line.household_id)
            rows += line.member_count
    path = Path(folder) / "成员.xlsx"
    begun = time.perf_counter()
    written = workspace.round_trip.export(
        ExportOrder("persons", tuple(homes), _COLUMNS, "测量", "plain"), path
    )
    exported = time.perf_counter()
    _edit(path)
    edited = time.perf_counter()
    back = workspace.round_trip.read(path)
    read = time.perf_counter()
    done = workspace.round_trip.accept(back, [one.key for one in back.differences])
    accepted = time.perf_counter()
    assert written >= _ROWS, written
    assert done.facts + done.proposed == len(back.differences) == 2 * written, (done, written)
    figures = {
        "roundtrip_s": round(accepted - begun - (edited - exported), 2),
        "export_s": round(exported - begun, 2),
        "read_s": round(read - edited, 2),
        "accept_s": round(accepted - read, 2),
        "rows": written,
    }
    print(json.dumps(figures), flush=True)
    workspace.close()


def _edit(path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, heads["务工时间"]).value = 11
        sheet.cell(row, heads["务工企业名称"]).value = f"测量电子厂{row}"
    book.save(path)
