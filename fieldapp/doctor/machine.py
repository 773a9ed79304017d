"""The machine and what was installed on it: system, libraries, shipped files, data folder, disk."""

from __future__ import annotations

import os
import platform
import shutil
import struct
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from fieldapp.common.files import atomic_write
from fieldapp.common.resources import forms_dir, resources_dir
from fieldapp.doctor.report import REINSTALL, Check

__all__ = ["KEY_LIBRARIES", "SHIPPED", "data_folder", "disk", "libraries", "machine", "shipped", "writable"]

#: The packages whose version decides how a fault report is read.
KEY_LIBRARIES = (
    "PySide6_Essentials",
    "SQLAlchemy",
    "backports.zstd",
    "cryptography",
    "lxml",
    "openpyxl",
    "pikepdf",
    "pypdfium2",
    "pyxform",
    "requests",
    "sqlcipher3",
    "sqlite-utils",
    "sqlmodel",
    "typst",
    "uvicorn",
)
#: Without these the program cannot work at all.
SHIPPED = (
    "resources/register.toml",
    "resources/codes/lists.toml",
    "resources/policy/years.toml",
    "forms/visit.md",
)
_LEAST_FREE_BYTES = 200_000_000
_GOOD_FREE_BYTES = 2_000_000_000
_OLDEST_WINDOWS = 10


def data_folder() -> Path:
    """Return where this person's data lies by default: per user, outside the program."""
    import platformdirs

    return platformdirs.user_data_path("fieldapp", appauthor=False)


def machine(bits: int = struct.calcsize("P") * 8, windows: int | None = None) -> Check:
    """64 bits, and Windows 10 or newer (``windows``: its major version, by default asked)."""
    if windows is None and sys.platform == "win32":
        windows = int(platform.version().split(".")[0])
    facts = {
        "python": platform.python_version(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "system": platform.platform(),
        "machine": platform.machine(),
        "bits": bits,
        "cores": os.cpu_count(),
    }
    if bits != 64:
        zh, en = (
            f"这是 {bits} 位系统，本程序需要 64 位。",
            f"This is a {bits}-bit system; 64 bits are needed.",
        )
        return Check("machine", "fail", zh, en, facts, ("请换一台 64 位的电脑。", "Use a 64-bit computer."))
    if windows is not None and windows < _OLDEST_WINDOWS:
        zh, en = "不支持 Windows 7/8，本程序需要 Windows 10 或更新。", "Windows 10 or newer is needed."
        remedy = ("请升级系统或换一台电脑。", "Upgrade Windows or use another computer.")
        return Check("machine", "fail", zh, en, facts, remedy)
    name, python = f"{platform.system()} {platform.machine()}", f"Python {platform.python_version()}"
    return Check("machine", "ok", f"{name}，{python}", f"{name}, {python}", facts)


def libraries(names: tuple[str, ...] = KEY_LIBRARIES) -> Check:
    """The key libraries are there; their versions go into the report."""
    versions = {name: _version(name) for name in names}
    absent = [name for name, version in versions.items() if not version]
    if absent:
        zh, en = f"缺少组件：{'、'.join(absent)}", f"Missing: {', '.join(absent)}"
        return Check("libraries", "fail", zh, en, dict(versions), REINSTALL)
    zh, en = f"{len(versions)} 个关键组件齐全", f"All {len(versions)} key libraries are there"
    return Check("libraries", "ok", zh, en, dict(versions))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def shipped(root: Path | None = None) -> Check:
    """Forms and resources came with the program and can be read."""
    folder = root or resources_dir().parent
    unreadable = [name for name in SHIPPED if not _has_content(folder / name)]
    facts = {"folder": str(folder), "forms": sorted(path.name for path in forms_dir().glob("*.md"))}
    if unreadable:
        zh, en = f"程序文件不完整：{'、'.join(unreadable)}", f"Missing files: {', '.join(unreadable)}"
        return Check("shipped", "fail", zh, en, facts, REINSTALL)
    return Check("shipped", "ok", "表单和资源文件齐全", "Forms and resources are complete", facts)


def _has_content(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except OSError:
        return False


def _nearest(folder: Path) -> Path:
    """The folder itself or the nearest one above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def writable(folder: Path) -> Check:
    """The data folder (or where it will be made) takes a file. Raises DISK-001, DISK-002 or OSError."""
    existing = _nearest(folder)
    with tempfile.TemporaryDirectory(prefix=".fieldapp-doctor-", dir=existing) as inside:
        atomic_write(Path(inside) / "写入检查", b"ok")
    zh, en = f"数据文件夹可以写入：{folder}", f"The data folder is writable: {folder}"
    return Check("data_folder", "ok", zh, en, {"folder": str(folder), "exists": existing == folder})


def disk(folder: Path, free_bytes: int | None = None) -> Check:
    """There is room for photos, backups and prints (``free_bytes``: by default asked)."""
    free = shutil.disk_usage(_nearest(folder)).free if free_bytes is None else free_bytes
    zh, en, facts = f"磁盘还有 {free / 1e9:.1f} GB", f"{free / 1e9:.1f} GB are free", {"free_bytes": free}
    if free >= _GOOD_FREE_BYTES:
        return Check("disk", "ok", zh, en, facts)
    remedy = ("请清理磁盘，或把数据文件夹移到别的盘。", "Free some space, or move the data folder.")
    return Check("disk", "warn" if free >= _LEAST_FREE_BYTES else "fail", zh, en, facts, remedy)
