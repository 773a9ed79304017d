"""Known errors of the window itself."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = ["ALREADY_OPEN", "PASSWORDS_DIFFER", "UNEXPECTED"]

UNEXPECTED = define(
    "DESK-001",
    zh="程序遇到一个没有料到的问题，正在填写的内容已存为草稿。",
    en="The program met an unexpected problem; what was being typed is saved as a draft.",
    remedy_zh="可以继续使用。若反复出现，请把“设置”里的诊断记录（{log}，不含农户资料）发给县里。",
    remedy_en="You can go on. If it comes back, send the diagnostic log named in Settings ({log}, no personal data).",
)
ALREADY_OPEN = define(
    "DESK-002",
    zh="程序已经打开，已把原来的窗口调到前面。",
    en="The program is open already; its window was brought forward.",
    remedy_zh="如果看不到窗口，请稍等片刻，或重新登录电脑后再试。",
    remedy_en="If there is no window, wait a moment, or log in to the computer again.",
)
PASSWORDS_DIFFER = define(
    "DESK-003",
    zh="两次输入的密码不一样。",
    en="The two passwords differ.",
    remedy_zh="请再输一遍。",
    remedy_en="Type it again.",
)
