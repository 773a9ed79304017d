"""Commands of the county's administrator: ``fieldapp county …`` and ``fieldapp serve``."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from fieldapp.common.clock import SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.files import atomic_write
from fieldapp.common.ids import IdSource
from fieldapp.county.census import list_staff
from fieldapp.county.devices import list_devices, revoke_device
from fieldapp.county.enrolling import issue_code
from fieldapp.county.importing import ImportReport, import_ledger, import_register_book, import_units
from fieldapp.county.publishing import (
    publish_form_file,
    publish_policy_files,
    publish_shipped_forms,
    publish_shipped_policy,
)
from fieldapp.county.serving import serve as run_server
from fieldapp.county.setup import RECOVERY_CARD, County, init_county, open_county
from fieldapp.exchange import PASSWORD_NEEDED, WRONG_PASSWORD

__all__ = ["main", "serve"]

_PASSWORD_VARIABLE = "FIELDAPP_ADMIN_PASSWORD"


def serve(folder: Path, host: str, port: int) -> int:
    """Serve the county in ``folder`` until interrupted; the command ``fieldapp serve``."""
    print(f"县级服务 · county server  {host}:{port}  {folder}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        run_server(folder, host, port)
    return 0


def main(argv: Sequence[str]) -> int:
    """Run ``fieldapp county …``; return the exit code."""
    arguments = _parser().parse_args(list(argv))
    return int(arguments.run(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fieldapp county", description="县级管理 · administer the county")
    commands = parser.add_subparsers(title="commands", required=True)
    init = commands.add_parser("init", help="新建县级服务 · make a county")
    init.add_argument("folder", type=Path)
    init.add_argument("--code", required=True, help="县区划代码 6 位 · county code")
    init.add_argument("--name", required=True, help="县名 · name")
    init.add_argument("--admin", required=True, help="管理员姓名 · administrator")
    init.add_argument("--database", default="", help="数据库地址，默认 SQLite · database address")
    init.add_argument("--card", type=Path, help="恢复卡写到哪里 · where to write the recovery card")
    init.set_defaults(run=_init)
    code = _command(commands, "code", _code, "发登记码 · issue an enrolment code")
    code.add_argument("--staff", required=True, help="干部编号 · the cadre's id")
    code.add_argument("--url", required=True, help="服务器地址 · the server's address")
    code.add_argument("--hours", type=int, default=72)
    code.add_argument("--out", type=Path, help="登记文件写到哪里 · where to write the file")
    _command(commands, "staff", _staff, "干部名单 · list the cadres")
    _command(commands, "devices", _devices, "登记的电脑 · list the laptops")
    revoke = _command(commands, "revoke", _revoke, "停用丢失的电脑 · revoke a lost laptop")
    revoke.add_argument("device")
    books = _command(commands, "import", _import, "导入全国系统工作簿 · import register workbooks")
    books.add_argument("books", type=Path, nargs="+")
    ledger = _command(commands, "import-visits", _import_visits, "导入走访台账 · import a visit ledger")
    ledger.add_argument("books", type=Path, nargs="+")
    units = _command(commands, "import-units", _import_units, "导入单位名册 · import the list of units")
    units.add_argument("books", type=Path, nargs="+")
    form = _command(commands, "publish-form", _publish_form, "发布表单 · publish a form")
    form.add_argument("form", type=Path)
    _command(commands, "publish-forms", _publish_forms, "发布随程序的全部表单 · publish all shipped forms")
    policy = _command(commands, "publish-policy", _publish_policy, "发布政策 · publish the policy")
    policy.add_argument(
        "files", type=Path, nargs="*", help="本县的政策文件；不写就发布随程序的 · the county's own files"
    )
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: object,
    help_text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text)
    parser.add_argument("folder", type=Path, help="县级服务文件夹 · the county's folder")
    parser.add_argument("--key-file", type=Path, help="server.key 在别处时 · where server.key is")
    parser.set_defaults(run=run)
    return parser


@contextlib.contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[County]:
    clock = SystemClock()
    county = open_county(arguments.folder, clock=clock, ids=IdSource(clock), key_file=arguments.key_file)
    try:
        yield county
    finally:
        county.close()


def _init(arguments: argparse.Namespace) -> int:
    password = os.environ.get(_PASSWORD_VARIABLE) or getpass.getpass("管理员密码 · password: ")
    clock = SystemClock()
    county = init_county(
        arguments.folder,
        county_code=arguments.code,
        name=arguments.name,
        admin_name=arguments.admin,
        admin_password=password,
        clock=clock,
        ids=IdSource(clock),
        database_url=arguments.database,
        card=arguments.card,
    )
    publish_shipped_policy(county)
    county.close()
    card = arguments.card or arguments.folder / RECOVERY_CARD
    print(f"已建好。请打印恢复卡，锁好，然后删除文件 · print, lock away, then delete:\n  {card}")
    return 0


def _code(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as county:
        ca = county.folder / "keys" / "ca.pem"
        file = issue_code(
            county,
            arguments.staff,
            url=arguments.url,
            ca=ca.read_text("ascii") if ca.exists() else "",
            valid_hours=arguments.hours,
        )
    if arguments.out:
        atomic_write(arguments.out, file.to_bytes())
    groups = file.code.text().split("-")
    for start in range(0, len(groups), 5):
        print("  " + "-".join(groups[start : start + 5]))
    print(f"有效期至 · valid until {file.expires_at}")
    return 0


def _staff(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as county:
        for cadre in list_staff(county):
            print(f"{cadre.id}  {cadre.role:7} {cadre.area_code:12} {cadre.name}  {cadre.unit_name}")
    return 0


def _devices(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as county:
        for device in list_devices(county):
            print(f"{device.id}  {device.status:8} {device.person_id}  {device.last_seen_at}")
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as county:
        revoke_device(county, arguments.device)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    return _import_each(arguments, import_register_book)


def _import_visits(arguments: argparse.Namespace) -> int:
    return _import_each(arguments, import_ledger)


def _import_units(arguments: argparse.Namespace) -> int:
    return _import_each(arguments, import_units)


class _Import(Protocol):
    def __call__(
        self, county: County, path: Path, *, password: str | None = None, tell: bool = False
    ) -> ImportReport: ...


def _import_each(arguments: argparse.Namespace, take: _Import) -> int:
    with _opened(arguments) as county:
        for path in arguments.books:
            _tell(_asking_password(county, path, take))
    return 0


def _asking_password(county: County, path: Path, take: _Import) -> ImportReport:
    """Import a book; ask for its password when it has one, until it fits or the person gives up."""
    password: str | None = None
    while True:
        try:
            return take(county, path, password=password, tell=True)
        except KnownError as error:
            if error.spec not in (PASSWORD_NEEDED, WRONG_PASSWORD):
                raise
            print(f"{path.name}: {error.zh}")
            password = getpass.getpass("工作簿密码 · password of the book: ")
            if not password:
                raise


def _tell(report: ImportReport) -> None:
    counts = "  ".join(
        f"{name} +{found.new} ~{found.changed} ={found.same}" for name, found in report.lists.items()
    )
    errors = sum(finding.level == "error" for finding in report.findings)
    print(f"{report.name}: {counts}  错误 · errors {errors}")
    if report.unknown_households:
        print(f"  底册里没有的户 · unknown households: {len(report.unknown_households)}")
    if report.unknown_members:
        print(f"  底册里没有的成员 · unknown members: {len(report.unknown_members)}")
    if report.doubts:
        print(f"  数据核查疑点 · findings: {report.doubts}")
    if report.written:
        print(f"  核对表 · report: {report.written}")


def _publish_forms(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as county:
        for form_id in publish_shipped_forms(county):
            print(form_id)
    return 0


def _publish_form(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as county:
        print(publish_form_file(county, arguments.form))
    return 0


def _publish_policy(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as county:
        files: list[Path] = arguments.files
        print(publish_policy_files(county, files) if files else publish_shipped_policy(county))
    return 0
