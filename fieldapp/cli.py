"""Commands. Each one imports what it needs when it is called, so that the window is not kept waiting by the rest."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp import __version__
from fieldapp.common.errors import KnownError

if TYPE_CHECKING:
    from fieldapp.services.laptop import Laptop

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
    _add_recovery_commands(commands)
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
    typing = commands.add_parser("typing", help="加密的待录入清单 · a sealed to-type list")
    steps = typing.add_subparsers(required=True)
    work = steps.add_parser("open", help="在全国系统那台电脑上录入 · type it on this machine")
    work.add_argument("file", type=Path)
    work.set_defaults(run=_typing_open)
    doctor = commands.add_parser("doctor", help="检查这台电脑 · check this machine")
    doctor.add_argument("--json", action="store_true")
    doctor.set_defaults(run=_doctor)


def _add_recovery_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    recover = commands.add_parser("recover", help="忘了密码 · a forgotten password")
    steps = recover.add_subparsers(required=True)
    ask = steps.add_parser("ask", help="在这台电脑上：写出恢复请求 · on the laptop: write the request")
    ask.add_argument("--out", type=Path, required=True)
    answer = steps.add_parser("answer", help="在县里：用恢复卡答复 · at the county: answer with the card")
    answer.add_argument("request", type=Path)
    answer.add_argument("--out", type=Path, required=True)
    answer.set_defaults(run=_recover_answer)
    opened = steps.add_parser("open", help="在这台电脑上：设新密码 · on the laptop: set a new password")
    opened.add_argument("answer", type=Path)
    for step, run in ((ask, _recover_ask), (opened, _recover_open)):
        step.add_argument("--data", type=Path, help="数据文件夹 · data folder")
        step.add_argument("--person", required=True, help="使用人姓名 · the person's name")
        step.set_defaults(run=run)


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


def _typing_open(arguments: argparse.Namespace) -> int:
    from fieldapp.ui.typing_desk import open_typing_file

    return open_typing_file(arguments.file)


def _demo(arguments: argparse.Namespace) -> int:
    if arguments.headless:
        from fieldapp.demo.job import run_headless

        summary = run_headless(arguments.out, seed=arguments.seed)
        print(json.dumps(summary["seconds"], ensure_ascii=False))
        print(arguments.out / "summary.json")
        return 0
    from fieldapp.demo.window import open_demo

    return open_demo(arguments.seed)


def _recover_ask(arguments: argparse.Namespace) -> int:
    from fieldapp.common.files import atomic_write
    from fieldapp.services.recovery import ask_for_recovery
    from fieldapp.vault import to_digit_groups

    laptop, person = _person(arguments)
    request = ask_for_recovery(laptop, person)
    atomic_write(arguments.out, request)
    print(f"恢复请求已写入 {arguments.out}；也可以在电话里念：\n{to_digit_groups(request)}")
    return 0


def _recover_answer(arguments: argparse.Namespace) -> int:
    from fieldapp.common.files import atomic_write
    from fieldapp.county.recovery import read_card
    from fieldapp.vault import answer_challenge

    card = getpass.getpass("恢复卡上的字 · what the card says: ")
    answer = answer_challenge(arguments.request.read_bytes(), read_card(card).private)
    atomic_write(arguments.out, answer)
    print(f"答复已写入 {arguments.out} · the answer is written")
    return 0


def _recover_open(arguments: argparse.Namespace) -> int:
    from fieldapp.services.recovery import open_with_county_answer

    laptop, person = _person(arguments)
    password = getpass.getpass("新密码 · new password: ")
    open_with_county_answer(laptop, person, arguments.answer.read_bytes(), password).close()
    print("已设好新密码 · the new password is set")
    return 0


def _person(arguments: argparse.Namespace) -> tuple[Laptop, str]:
    import platformdirs

    from fieldapp.services.errors import NO_SUCH_PERSON
    from fieldapp.services.laptop import Laptop

    laptop = Laptop(arguments.data or Path(platformdirs.user_data_dir("fieldapp", appauthor=False)))
    found = next((card.id for card in laptop.people() if card.name == arguments.person), None)
    if found is None:
        raise NO_SUCH_PERSON()
    return laptop, found


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

    words: list[str] = arguments.arguments
    if words[:1] == ["try"] and not {"--headless", "-h", "--help"} & set(words):
        return _try_form(words[1:])
    return form(words)


def _try_form(words: Sequence[str]) -> int:
    """Open a form in the window that cadres use; the desktop knows no authoring, so both meet here."""
    from fieldapp.authoring.compiling import compile_form
    from fieldapp.ui.form_try import try_form
    from fieldapp.wire.keys import verify

    parser = argparse.ArgumentParser(prog="fieldapp form try")
    parser.add_argument("file", type=Path)
    parser.add_argument("--list", action="append", default=[], type=Path)
    chosen = parser.parse_args(words)
    lists = {f"jr://file-csv/{file.name}": file.read_bytes() for file in chosen.list}
    return try_form(chosen.file, lambda: compile_form(chosen.file).xml, lists, verify)
