"""The headless main job: the whole way of a visit with real parts, timed, and a summary that says what happened.

generate → import → serve → enrol → pull → four visits → sync → a helper proposes and the clerk decides → print → a
picture of every page.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fieldapp.common.clock import Clock, SystemClock
from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.common.ids import IdSource
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink
from fieldapp.county.census import count_register
from fieldapp.county.setup import County
from fieldapp.demo.county import DemoCounty, prepare_county, reopen, village_clerk, village_helper
from fieldapp.demo.errors import LEAKED
from fieldapp.demo.gate import gate_screens, walk_gate
from fieldapp.demo.generate import FULL, Scale
from fieldapp.demo.server import serving
from fieldapp.demo.stopwatch import Stopwatch
from fieldapp.demo.visits import PLANTED_NAME, PROPOSED_NAME, SCRIPTS, run_visit
from fieldapp.services.laptop import Laptop
from fieldapp.services.printing import PrintOrder
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace

__all__ = ["DEMO_PASSWORD", "planted_in", "run_headless"]

DEMO_PASSWORD = "demo-2026"


def run_headless(
    out: Path,
    *,
    seed: int,
    clock: Clock | None = None,
    scale: Scale = FULL,
    cache: Path | None = None,
) -> dict[str, Any]:
    """Run the job into ``out`` (made anew) and return what ``summary.json`` holds. Raises known errors only."""
    clock = clock or SystemClock()
    watch = Stopwatch()
    _empty(out)
    county = prepare_county(
        out / "county",
        seed=seed,
        clock=clock,
        watch=watch,
        progress=_tell,
        cancel=CancelToken(),
        scale=scale,
        cache=cache,
    )
    summary: dict[str, Any] = {"planted": PLANTED_NAME, "data_dir": str((out / "laptop").resolve())}
    summary |= _count(county, clock)
    with serving(county.folder, out / "server.log") as url:
        _walk(out, county, url, clock, watch, summary)
    leaks = [*planted_in(out / "laptop"), *planted_in(out / "helper")]
    if leaks:
        raise LEAKED(files="、".join(str(path.relative_to(out)) for path in leaks))
    summary["seconds"] = watch.seconds
    summary["wall_s"] = watch.total()
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    atomic_write(out / "summary.json", text.encode())
    return summary


def _empty(out: Path) -> None:
    with known_disk_errors(out):
        for name in ("county", "laptop", "helper", "state", "sheets", "screens"):
            shutil.rmtree(out / name, ignore_errors=True)
        (out / "summary.json").unlink(missing_ok=True)  # a job that fails must not leave the last one's word
        out.mkdir(parents=True, exist_ok=True)
        (out / "sheets").mkdir()


def _walk(
    out: Path, county: DemoCounty, url: str, clock: Clock, watch: Stopwatch, summary: dict[str, Any]
) -> None:
    laptop = Laptop(out / "laptop", clock=clock, ids=IdSource(clock), state_dir=out / "state")
    with watch.step("enrol"):
        workspace = laptop.enrol(_code(county, url, clock, village_clerk), url, DEMO_PASSWORD)
    try:
        with watch.step("pull"):
            workspace.sync.run(_tell, CancelToken())
        households, persons = workspace.count()
        summary |= {"pulled_households": households, "pulled_persons": persons}
        with watch.step("visit"):
            summary["visits"] = _visit(workspace)
        with watch.step("sync"):
            report = workspace.sync.run(_tell, CancelToken())
            summary["batches"] = [
                {"id": batch.id, "outcomes": dict(batch.outcomes)} for batch in report.batches
            ]
        for visit in summary["visits"]:
            visit["status"] = _status(workspace, visit)
        with watch.step("gate"):
            visited = [visit["household"] for visit in summary["visits"]]
            summary["gate"] = _gate(workspace, county, url, out, clock, visited)
        with watch.step("print"):
            summary["sheets"] = _print(workspace, [visit["household"] for visit in summary["visits"]], out)
        with watch.step("screens"):
            summary["screens"] = _screens(workspace, out)
    finally:
        workspace.close()


def _gate(
    clerk: Workspace, county: DemoCounty, url: str, out: Path, clock: Clock, visited: Sequence[str]
) -> dict[str, object]:
    """Let a helper's laptop propose and the clerk's decide, through the county."""
    laptop = Laptop(out / "helper", clock=clock, ids=IdSource(clock), state_dir=out / "state" / "helper")
    helper = laptop.enrol(_code(county, url, clock, village_helper), url, DEMO_PASSWORD)
    try:
        _sync(helper)
        _sync(clerk)
        return walk_gate(clerk, helper, _sync, _gate_pictures(out), visited)
    finally:
        helper.close()


def _sync(workspace: Workspace) -> None:
    workspace.sync.run(_tell, CancelToken())


def _gate_pictures(out: Path) -> Path:
    return out / "screens" / "gate"


def _code(county: DemoCounty, url: str, clock: Clock, whose: Callable[[County], str]) -> str:
    from fieldapp.county.enrolling import issue_code

    opened = reopen(county.folder, clock)
    try:
        return issue_code(opened, whose(opened), url=url).code.text()
    finally:
        opened.close()


def _count(county: DemoCounty, clock: Clock) -> dict[str, int]:
    opened = reopen(county.folder, clock)
    try:
        found = count_register(opened)
    finally:
        opened.close()
    return {
        "listed_households": found.listed_households,
        "listed_persons": found.listed_persons,
        "county_households": found.households,
    }


def _visit(workspace: Workspace) -> list[dict[str, str]]:
    """Visit the first four households of the work list that have at least two members."""
    keys = workspace.worklist.ids(WorkFilter())
    rows = [row for row in workspace.worklist.rows(keys[:200]) if row.member_count >= 2]
    made = []
    for script, row in zip(SCRIPTS, rows[: len(SCRIPTS)], strict=True):
        visit_id = run_visit(workspace.visits, row.household_id, script, workspace.today())
        made.append(
            {
                "id": visit_id,
                "household": row.household_id,
                "form": "visit",
                "status": "saved",
                "source": script.source,
                "script": script.title,
            }
        )
    return made


def _status(workspace: Workspace, visit: dict[str, str]) -> str:
    lines = workspace.households.file(visit["household"]).visits
    return next(line.ladder for line in lines if line.visit.id == visit["id"])


def _print(workspace: Workspace, households: Sequence[str], out: Path) -> list[dict[str, object]]:
    """Print each visited household's file, the sheets to carry, and one visit list."""
    made: list[dict[str, object]] = []
    orders = [
        PrintOrder("file", tuple(households), "full", "存档"),
        PrintOrder("carry", tuple(households), "full", "入户走访"),
        PrintOrder("visit_list", tuple(households), "masked", "入户走访"),
    ]
    for order in orders:
        for number, sheet in enumerate(workspace.printing.make(order, _tell, CancelToken()), start=1):
            path = out / "sheets" / f"{order.kind}-{number}.pdf"
            workspace.printing.save([sheet], path)
            made.append(
                {
                    "household": sheet.household_id,
                    "kind": sheet.kind,
                    "file": str(path.relative_to(out)),
                    "pages": sheet.pages,
                }
            )
    return made


def _screens(workspace: Workspace, out: Path) -> list[str]:
    """Take a picture of every page of the window, offscreen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from fieldapp.ui.grab import grab_pages

    made = gate_screens(grab_pages(workspace, out / "screens"), out / "screens", _gate_pictures(out))
    _gate_pictures(out).rmdir()
    return [str(path.relative_to(out)) for path in made]


def planted_in(folder: Path) -> list[Path]:
    """Return the files in which a planted name stands in the clear, in UTF-8, UTF-16 or GBK, or in whose names."""
    codes = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    marks = [name.encode(code) for name in (PLANTED_NAME, PROPOSED_NAME) for code in codes]

    def leaks(path: Path) -> bool:
        told = [os.fsencode(path.name), path.read_bytes() if path.is_file() else b""]
        return any(mark in content for mark in marks for content in told)

    return [path for path in sorted(folder.rglob("*")) if leaks(path)]


def _line() -> ProgressSink:
    last: list[str] = [""]

    def tell(progress: Progress) -> None:
        if progress.label_zh != last[0]:
            last[0] = progress.label_zh
            print(f"  {progress.label_zh}", flush=True)

    return tell


_tell = _line()
