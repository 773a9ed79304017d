"""Known errors of the demo."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = ["GATE_FAILED", "LEAKED", "NO_SERVER"]

NO_SERVER = define(
    "DEMO-001",
    zh="演示用的县级服务没有启动：{reason}",
    en="The demo's county server did not start: {reason}",
    remedy_zh="请再试一次；仍不行时先检查这台电脑（doctor）。",
    remedy_en="Try again; if it fails again, check this machine (doctor).",
)
LEAKED = define(
    "DEMO-002",
    zh="自检没有通过：在 {files} 里找到了本应加密的内容。",
    en="Self-check failed: content that must be encrypted was found in {files}.",
    remedy_zh="请把这条信息告诉开发人员，不要用这个版本登记真实农户。",
    remedy_en="Tell the developers; do not use this version for real households.",
)
GATE_FAILED = define(
    "DEMO-003",
    zh="演示没有走完信息员把关：{reason}。",
    en="The demo did not get through the clerk's gate: {reason}.",
    remedy_zh="请再试一次；还是这样，请把这条信息告诉开发人员。",
    remedy_en="Try again; if it happens again, tell the developers.",
)
