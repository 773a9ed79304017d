"""Files that are either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

from fieldapp.common.errors import define

__all__ = ["DISK_FULL", "NOT_WRITABLE", "atomic_write", "known_disk_errors", "safe_name", "sync_folder"]

DISK_FULL = define(
    "DISK-001",
    zh="磁盘空间不足，没有写入「{path}」。已填写的内容仍在，没有丢失。",
    en="The disk is full; “{path}” was not written. What you typed is still there.",
    remedy_zh="请清理磁盘或换一个文件夹，再试一次。",
    remedy_en="Free some space or choose another folder, then try again.",
)
NOT_WRITABLE = define(
    "DISK-002",
    zh="不能写入「{path}」：{reason}。",
    en="Cannot write “{path}”: {reason}.",
    remedy_zh="请检查文件夹的权限，或关闭正在使用该文件的程序（如 WPS）。",
    remedy_en="Check the folder's permissions, or close the program that has the file open.",
)


@contextlib.contextmanager
def known_disk_errors(path: Path) -> Iterator[None]:
    """Turn an OSError of the body into DISK-001 or DISK-002, naming ``path``."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
            raise DISK_FULL(path=path) from error
        raise NOT_WRITABLE(path=path, reason=error.strerror or type(error).__name__) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def atomic_write(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a crash leaves the old file or the new one, durably.

    Raises DISK-001 when the disk is full and DISK-002 when the place cannot be written.
    """
    temporary = path.with_name(path.name + ".part")
    with known_disk_errors(path):
        try:
            with temporary.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def safe_name(text: str) -> str:
    """Return a text as part of a file's name on every system: what Windows refuses becomes an underscore."""
    return _NOT_IN_NAMES.sub("_", text)
