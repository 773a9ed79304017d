"""Chinese input on Linux: Qt's wheel ships only the ibus plugin, and fcitx5 answers as ibus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["choose_input_method", "input_method_hint"]

from fieldapp.ui.text import say

_FCITX = frozenset({"", "fcitx", "fcitx5"})


def choose_input_method(environment: Mapping[str, str], plugin_folder: Path, platform: str) -> str | None:
    """Return what ``QT_IM_MODULE`` must be set to before Qt starts, or None to leave it alone.

    A distribution's own fcitx plugin speaks a private interface of another Qt and is never borrowed.
    """
    if not platform.startswith("linux"):
        return None
    wanted = environment.get("QT_IM_MODULE", "")
    if wanted not in _FCITX:
        return None
    if wanted and any(plugin_folder.glob(f"*{wanted}*platforminputcontextplugin*")):
        return None
    return "ibus"


def input_method_hint(platform: str) -> str:
    """Return how one switches to Chinese input on this kind of computer."""
    if platform == "win32":
        return say(
            "打不出汉字？按 Ctrl+空格 或 Win+空格 切换到拼音输入法。",
            "No Chinese input? Press Ctrl+Space or Win+Space to switch to Pinyin.",
        )
    return say(
        "打不出汉字？按 Ctrl+空格 切换输入法（ibus 或 fcitx5）。",
        "No Chinese input? Press Ctrl+Space; the old fcitx4 does not work here, use fcitx5 or ibus.",
    )
