"""Commands. Each one imports what it needs when it is called, so that the window is not kept waiting by the rest."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from fieldapp import __version__
from fieldapp.common.errors import KnownError

__all__ = ["main"]


def main(argv: Sequence[str]) -> int:
    """Run a command; without one, open the program. Returns the exit code: 0 done, 1 refused, 2 wrong usage."""
    _speak_utf8()
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except KnownError as error:
        print(
            f"{error.code} {error.zh}\n    {error.remedy_zh}\n    {error.en} {error.remedy_en}",
            file=sys.stderr,
        )
        return 1


def _speak_utf8() -> None:
    """A Windows console may speak GBK; a sentence must never be the reason of a failure."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fieldapp", description="农户走访登记程序 · household register and visits"
    )
    parser.add_argument("--version", action="version", version=f"fieldapp {__version__}")
    parser.set_defaults(run=_open, data=None)
    commands = parser.add_subparsers(title="commands")
    _add_app_commands(commands)
    _add_county_commands(commands)
    _add_form_commands(commands)
    return parser


Commands = argparse._SubParsersAction


def _add_app_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    window = commands.add_parser("open", help="打开程序 · open the program")
    window.add_argument("--data", type=Path, help="数据文件夹 · data folder")
    window.set_defaults(run=_open)
    demo = commands.add_parser("demo", help="打开演示县 · open the program on a demo county")
    demo.add_argument(
        "--headless", action="store_true", help="不开窗口，跑完整流程 · run the main job without a window"
    )
    demo.add_argument("--out", type=Path, default=Path("demo-output"), help="输出文件夹 · output folder")
    demo.add_argument("--seed", type=int, default=20201)
    demo.set_defaults(run=_demo)
    doctor = commands.add_parser("doctor", help="检查这台电脑 · check this machine")
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run=_doctor)


def _add_county_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="运行县级服务 · run the county server")
    serve.add_argument("folder", type=Path)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8443)
    serve.set_defaults(run=_serve)
    county = commands.add_parser("county", help="县级管理 · administer the county")
    county.add_argument("arguments", nargs=argparse.REMAINDER)
    county.set_defaults(run=_county)


def _add_form_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    form = commands.add_parser("form", help="表单工具 · tools for form authors")
    form.add_argument("arguments", nargs=argparse.REMAINDER)
    form.set_defaults(run=_form)


def _open(arguments: argparse.Namespace) -> int:
    from fieldapp.app import open_program

    return open_program(arguments.data)


def _demo(arguments: argparse.Namespace) -> int:
    if arguments.headless:
        from fieldapp.demo.job import run_headless

        summary = run_headless(arguments.out, seed=arguments.seed)
        print(json.dumps(summary["seconds"], ensure_ascii=False))
        print(arguments.out / "summary.json")
        return 0
    from fieldapp.demo.window import open_demo

    return open_demo(arguments.seed)


def _doctor(arguments: argparse.Namespace) -> int:
    from fieldapp.doctor import main as doctor

    return doctor(["--json"] if arguments.json else [])


def _serve(arguments: argparse.Namespace) -> int:
    from fieldapp.county.commands import serve

    return serve(arguments.folder, arguments.host, arguments.port)


def _county(arguments: argparse.Namespace) -> int:
    from fieldapp.county.commands import main as county

    return county(arguments.arguments)


def _form(arguments: argparse.Namespace) -> int:
    from fieldapp.authoring.commands import main as form

    return form(arguments.arguments)
