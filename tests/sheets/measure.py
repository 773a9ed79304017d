"""How fast paper is made: first sheet, pages a second, memory. ``python -m tests.sheets.measure 1000 file``"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace

from fieldapp.register.entities import Household
from fieldapp.sheets.making import make_carry, make_file
from fieldapp.sheets.paper import HouseholdPaper
from tests.sheets.samples import CLOCK, ordinary


def numbered(paper: HouseholdPaper, number: int) -> HouseholdPaper:
    """Return the household under another number and head, so that no two documents are the same."""
    values = {**paper.household.values(), "house_no": f"4199991032{number:05d}", "door_no": f"{number}号"}
    return replace(paper, household=Household.from_values(f"h{number}", values))


def measure(households: int, kind: str) -> dict[str, float]:
    """Print so many households and return seconds, pages a second and the peak of memory in MB."""
    make = make_file if kind == "file" else make_carry
    base = ordinary()
    papers = [numbered(base, number) for number in range(households)]
    started = time.perf_counter()
    first = 0.0
    pages = size = 0
    for sheet in make(papers, "full", printed_by="胡建志", purpose="测量", clock=CLOCK):
        first = first or time.perf_counter() - started
        pages += sheet.pages
        size += len(sheet.pdf)
    seconds = time.perf_counter() - started
    return {
        "households": households,
        "pages": pages,
        "first_sheet_s": round(first, 2),
        "seconds": round(seconds, 1),
        "pages_per_s": round(pages / seconds, 1),
        "pdf_mb": round(size / 1e6, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), sys.argv[2])))
