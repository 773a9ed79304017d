"""``python -m fieldapp form …``: check a form, replay conformance cases, try a form out without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fieldapp form", description="表单工具 / tools for form authors")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="检查表单 / check a form")
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    commands.add_parser("replay", help="回放一致性用例 / replay conformance cases")
    features = commands.add_parser("features", help="支持的功能 / what is supported")
    features.add_argument("--markdown", action="store_true", help="输出表格 / print the table of the docs")
    attempt = commands.add_parser("try", help="试填表单 / try a form out")
    attempt.add_argument("file", type=Path)
    attempt.add_argument("--headless", action="store_true", help="不开窗口 / without a window")
    attempt.add_argument("--answers", type=Path, help="答案步骤 / steps, JSON")
    attempt.add_argument("--list", action="append", default=[], type=Path, help="名单 CSV / an attached list")
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns 0 (also for warnings), 1 for errors in the form, 2 for wrong usage."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return 0 if not stop.code else 2
    if options.command == "replay":
        from fieldapp.xform.replay import run_replay

        run_replay(sys.stdin, sys.stdout)
        return 0
    if options.command == "features":
        from fieldapp.authoring.features import as_json, as_markdown

        sys.stdout.write(as_markdown() if options.markdown else as_json())
        return 0
    if options.command == "check":
        from fieldapp.authoring.report import print_report

        return print_report(options.file, as_json=options.json, out=sys.stdout)
    from fieldapp.authoring.trial import try_headless

    if not options.headless:
        print(
            "form try 不带 --headless 时由窗口程序打开 / without --headless the window opens it",
            file=sys.stderr,
        )
        return 2
    steps = json.loads(options.answers.read_text("utf-8")) if options.answers else []
    return try_headless(options.file, steps, options.list, sys.stdout)
