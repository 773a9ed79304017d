"""Pages and acts that can be found by name: what the search box knows besides the register."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.ui.text import say

__all__ = ["Command", "commands"]


@dataclass(frozen=True, slots=True)
class Command:
    """``key`` is a page's key, or one of the acts ``sync_now``, ``lock``, ``blank_form``, ``visit_list``,
    ``missed_slip``. ``words``: other
    names people give it, in Chinese.
    """

    key: str
    title: str
    words: tuple[str, ...] = ()
    shortcut: str = ""


def commands(*, decides: bool) -> tuple[Command, ...]:
    """Return what can be gone to or done from anywhere."""
    gate = (Command("proposals", say("待确认", "To confirm"), ("信息员把关",), "Ctrl+5"),) if decides else ()
    return (
        Command("today", say("今日", "Today"), ("首页", "到期", "草稿"), "Ctrl+1"),
        Command("households", say("农户", "Households"), ("名单", "走访名单"), "Ctrl+2"),
        Command("plan", say("计划", "Plan"), ("待办", "任务", "活动", "遍访", "自查", "日历"), "Ctrl+3"),
        Command("findings", say("疑点", "Findings"), ("数据检查", "核对"), "Ctrl+4"),
        *gate,
        Command("typing", say("待录入", "To type"), ("待录入清单", "全国系统"), "Ctrl+6"),
        Command("tables", say("表格", "Tables"), ("导出", "台账", "务工台账", "自填空表"), "Ctrl+7"),
        Command("print", say("打印", "Print"), ("一户一档", "明白卡", "问题反馈单"), "Ctrl+8"),
        Command("sync", say("同步", "Sync"), ("发送", "接收", "回执"), "Ctrl+9"),
        Command("settings", say("设置", "Settings"), ("密码", "字号", "语言"), "Ctrl+0"),
        Command("cadres", say("干部和结对", "Cadres and pairings"), ("帮扶责任人", "没有结对"), "Ctrl+J"),
        Command("duplicates", say("可能重复的人", "Possible duplicates"), ("重复", "合并")),
        Command(
            "differences", say("核对全国系统导出", "Compare a national export"), ("差异清单", "国扶系统")
        ),
        Command("blank_form", say("打印空白表", "Print a blank form"), ("空白表", "手写")),
        Command("visit_list", say("打印走访名单", "Print the visit list"), ("路线",)),
        Command(
            "missed_slip",
            say("打印走访未遇联系单", "Print a note for the door"),
            ("联系单", "未遇", "没人在家"),
        ),
        Command("sync_now", say("立即同步", "Sync now"), ("现在同步",)),
        Command("lock", say("锁定 / 换人", "Lock / switch"), ("锁屏", "退出"), "Ctrl+L"),
    )
