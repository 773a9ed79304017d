"""What this machine can do, and what would stop the program: ``python -m fieldapp doctor [--json]``.

Every check does the real thing once. Nothing personal is read; the report names folders, versions and figures
only. The exit code is 1 when a check failed, 0 when there are at most warnings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from fieldapp.doctor import machine, work
from fieldapp.doctor.desktop import PROBE, desktop_checks, probe
from fieldapp.doctor.report import Check, Report, guarded

__all__ = ["Check", "Report", "main", "run_doctor"]

_WORDS = {"ok": "通过", "warn": "注意", "fail": "未过"}


def run_doctor(folder: Path | None = None) -> Report:
    """Examine this machine; takes about two seconds. ``folder``: the data folder, by default the usual one."""
    place = folder or machine.data_folder()
    examinations: dict[str, Callable[[], Check]] = {
        "machine": machine.machine,
        "libraries": machine.libraries,
        "shipped": machine.shipped,
        "encryption": work.encryption,
        "password": work.password,
        "paper": work.paper,
        "data_folder": lambda: machine.writable(place),
        "disk": lambda: machine.disk(place),
    }
    found = [guarded(name, examine) for name, examine in examinations.items()]
    return Report((*found, *desktop_checks()))


def _show(report: Report) -> None:
    for check in report.checks:
        print(f"[{_WORDS[check.status]}] {check.zh}  ·  {check.en}")
        if any(check.remedy):
            print("       → " + " ".join(check.remedy))
    print("可以使用。 This machine is ready." if report.ok else "有未通过的项目。 Something must be mended.")


def main(argv: list[str]) -> int:
    """Print the report, as JSON with ``--json``. Returns 0, or 1 when a check failed."""
    if os.environ.get(PROBE):
        return probe(os.environ[PROBE])
    report = run_doctor()
    if "--json" in argv:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        _show(report)
    return 0 if report.ok else 1
