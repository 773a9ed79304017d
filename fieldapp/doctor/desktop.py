"""Qt, fonts and Chinese input. Qt starts in a process of its own: a missing platform plugin ends its process.

That process is the program itself with ``FIELDAPP_QT_PROBE`` set to a platform; it prints what Qt sees and ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import fieldapp
from fieldapp.common.resources import resources_dir
from fieldapp.doctor.report import REINSTALL, Check, guarded

__all__ = ["PROBE", "desktop_checks", "probe", "screen_platform"]

PROBE = "FIELDAPP_QT_PROBE"
_TIMEOUT_S = 60


def desktop_checks() -> Iterator[Check]:
    """Yield: Qt in memory, Qt on the screen if there is one, fonts, Chinese input."""
    seen: dict[str, Any] = {}
    yield guarded("qt", lambda: start_qt("qt", "offscreen", seen))
    screen = screen_platform(os.environ, sys.platform)
    if screen:
        yield guarded("screen", lambda: start_qt("screen", screen, {}))
    if seen:
        yield fonts(seen["chinese_fonts"])
        yield chinese_input(seen["input_plugins"])


def screen_platform(environment: Mapping[str, str], system: str) -> str:
    """Return which Qt platform a window would use; empty without a screen."""
    if not system.startswith("linux"):
        return "windows" if system == "win32" else "cocoa"
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    return "xcb" if environment.get("DISPLAY") else ""


def start_qt(name: str, plugin: str, seen: dict[str, Any]) -> Check:
    """Start Qt on ``plugin``; what it sees there is put into ``seen``."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "fieldapp"]
    paths = [str(Path(fieldapp.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, PROBE: plugin, "QT_QPA_PLATFORM": plugin}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    done = subprocess.run(
        [*program, "doctor"], env=environment, capture_output=True, check=False, timeout=_TIMEOUT_S
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        zh, en = f"界面组件 Qt（{plugin}）启动不了。", f"Qt does not start on “{plugin}”."
        remedy = (
            "请运行 python3 start.py doctor，它会列出要安装的系统组件。",
            "Run python3 start.py doctor: it names the system packages to install.",
        )
        facts = {"platform": plugin, "exit_code": done.returncode, "said": said[-4:]}
        return Check(name, "fail", zh, en, facts, remedy)
    seen.update(json.loads(done.stdout))
    zh, en = f"界面组件正常（Qt {seen['qt']}，{plugin}）", f"Qt {seen['qt']} starts on {plugin}"
    return Check(name, "ok", zh, en, dict(seen))


def fonts(system: list[str]) -> Check:
    """There is a Chinese font: the system's (``system``: their families) or one that was shipped."""
    shipped = sorted(path.name for path in (resources_dir() / "fonts").glob("*.[ot]t[fc]"))
    facts = {"system": system, "shipped": shipped}
    if not system and not shipped:
        zh, en = "没有中文字体，汉字会显示成方框。", "No Chinese font: characters would show as boxes."
        remedy = (
            "请安装 fonts-noto-cjk（或任一中文字体）。",
            "Install fonts-noto-cjk or another Chinese font.",
        )
        return Check("fonts", "fail", zh, en, facts, remedy)
    named = (system or shipped)[0]
    return Check("fonts", "ok", f"中文字体：{named} 等", f"Chinese fonts: {named} and others", facts)


def chinese_input(plugins: list[str], system: str = sys.platform) -> Check:
    """Qt has the plugin that Chinese input on this desktop talks to."""
    facts: dict[str, Any] = {"plugins": plugins}
    facts |= {name: os.environ.get(name, "") for name in ("QT_IM_MODULE", "XMODIFIERS")}
    if not system.startswith("linux"):
        return Check(
            "input", "ok", "中文输入：使用系统自带的输入法", "Chinese input: the system's own", facts
        )
    if not any("ibus" in name for name in plugins):
        zh, en = "没有 ibus 输入法插件，可能打不出汉字。", "No ibus plugin: Chinese input may not work."
        return Check("input", "warn", zh, en, facts, REINSTALL)
    return Check("input", "ok", "中文输入：可用 ibus 或 fcitx5", "Chinese input: by ibus or fcitx5", facts)


def probe(plugin: str) -> int:
    """Start Qt on ``plugin`` and print what it sees. Runs alone in its process; returns its exit code."""
    from PySide6.QtCore import QLibraryInfo, qVersion
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    application = QGuiApplication(["fieldapp"])
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    seen = {
        "qt": qVersion(),
        "platform": application.platformName(),
        "chinese_fonts": QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)[:12],
        "input_plugins": sorted(path.name for path in folder.glob("*platforminputcontextplugin*")),
    }
    print(json.dumps(seen))
    return 0 if application.platformName() == plugin else 1
