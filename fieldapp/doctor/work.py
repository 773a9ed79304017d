"""The program's heavy work, done once for real: encrypt and read back, derive a key, set a page."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fieldapp.common.errors import KnownError
from fieldapp.common.resources import resources_dir
from fieldapp.doctor.report import REINSTALL, Check

__all__ = ["encryption", "paper", "password"]

_TEXT = "加密往返 round trip"
_PAGE = '#set page(width: 10cm, height: 5cm)\n#text(lang: "zh")[一户一档 household file]\n'
_SLOW_KEY_S = 3.0


def encryption() -> Check:
    """Write an encrypted file, see that nothing shows, read it back, and see a wrong key refused."""
    from fieldapp.vault import cipher

    with tempfile.TemporaryDirectory(prefix="fieldapp-doctor-") as folder:
        path = Path(folder) / "检查.db"
        key = secrets.token_bytes(32)
        facts = _write(path, key)
        connection = cipher.connect(path, key)
        facts["read_back"] = connection.execute(
            "SELECT text FROM sought WHERE sought MATCH 'round'"
        ).fetchone() == (_TEXT,)
        connection.close()
        facts["hidden"] = not any(_TEXT.encode() in file.read_bytes() for file in Path(folder).iterdir())
        facts["refused"] = _is_refused(lambda: cipher.connect(path, secrets.token_bytes(32)))
    if not (facts["read_back"] and facts["hidden"] and facts["refused"]):
        zh, en = "加密检查没有通过，请不要录入数据。", "Encryption does not work; do not enter data."
        return Check("encryption", "fail", zh, en, facts, REINSTALL)
    version = facts["sqlcipher"]
    return Check(
        "encryption", "ok", f"数据库加密正常（SQLCipher {version}）", f"SQLCipher {version} works", facts
    )


def _write(path: Path, key: bytes) -> dict[str, Any]:
    """Make an encrypted database with one searchable row; returns the versions that made it."""
    from fieldapp.vault import cipher

    connection = cipher.connect_new(path, key)
    try:
        version = str(connection.execute("PRAGMA cipher_version").fetchone()[0])
        sqlite = str(connection.execute("SELECT sqlite_version()").fetchone()[0])
        connection.execute("CREATE VIRTUAL TABLE sought USING fts5(text)")
        connection.execute("INSERT INTO sought VALUES (?)", (_TEXT,))
    finally:
        connection.close()
    return {"sqlcipher": version.split()[0], "sqlite": sqlite}


def _is_refused(connect: Callable[[], Any]) -> bool:
    try:
        connect().close()
    except KnownError:
        return True
    return False


def password(clock: Callable[[], float] = time.perf_counter) -> Check:
    """How long one password takes on this machine: every unlock waits for it."""
    from fieldapp.vault.keys import KdfCost, password_key

    cost = KdfCost()
    begun = clock()
    password_key("检查 only", secrets.token_bytes(16), cost)
    seconds = round(clock() - begun, 3)
    facts = {
        "seconds": seconds,
        "memory_kib": cost.memory_kib,
        "iterations": cost.iterations,
        "lanes": cost.lanes,
    }
    zh, en = f"核对一次密码要 {seconds:.2f} 秒", f"A password takes {seconds:.2f} s"
    if seconds <= _SLOW_KEY_S:
        return Check("password", "ok", zh, en, facts)
    return Check(
        "password", "warn", zh, en, facts, ("可以用，只是登录要等一会儿。", "It works; logging in is slow.")
    )


def paper() -> Check:
    """Set one page with Chinese text, by the fonts the program ships and the system's."""
    import typst

    folder = resources_dir() / "fonts"
    begun = time.perf_counter()
    fonts = typst.Fonts(font_paths=[str(folder)] if folder.is_dir() else [])
    pdf = typst.Compiler(font_paths=fonts).compile(input=_PAGE.encode())
    seconds = round(time.perf_counter() - begun, 3)
    if not isinstance(pdf, bytes) or not pdf.startswith(b"%PDF-"):
        return Check("paper", "fail", "排版没有产生 PDF。", "No PDF was produced.", {}, REINSTALL)
    facts = {"seconds": seconds, "size_bytes": len(pdf), "families": len(fonts.families())}
    return Check(
        "paper", "ok", f"打印排版正常（{seconds:.2f} 秒）", f"Typesetting works ({seconds:.2f} s)", facts
    )
