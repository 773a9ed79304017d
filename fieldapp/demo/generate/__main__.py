"""``python -m fieldapp.demo.generate DIR``: write the demo county's workbooks into a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fieldapp.common.clock import SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import Progress
from fieldapp.demo.generate import FULL, SMALL, generate_county


def main(arguments: Sequence[str]) -> int:
    """Generate the county that the arguments name. Returns 0, or 1 after a known error."""
    parser = argparse.ArgumentParser(prog="python -m fieldapp.demo.generate", description="生成演示县的表格")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=SystemClock().today())
    parser.add_argument("--small", action="store_true", help="一个镇、60 户")
    told = parser.parse_args(arguments)
    try:
        county = generate_county(
            told.folder,
            seed=told.seed,
            today=told.today,
            progress=_show,
            scale=SMALL if told.small else FULL,
        )
    except KnownError as error:
        print(f"{error}\n{error.remedy_zh}", file=sys.stderr)
        return 1
    made = county.manifest
    print(
        f"{county.folder}: {made.listed_households} 户 {made.listed_persons} 人在册，"
        f"全部 {made.households} 户 {made.persons} 人，走访 {made.visits} 次，{len(made.files)} 个表格"
    )
    return 0


def _show(progress: Progress) -> None:
    print(f"[{progress.done}/{progress.total}] {progress.label_zh}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
