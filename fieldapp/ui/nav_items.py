"""Which pages stand in the navigation, in which order, and whose item is marked for the others."""

from __future__ import annotations

from fieldapp.ui.text import say
from fieldapp.ui.widgets.nav import NavItem

__all__ = ["PARENTS", "nav_items"]

#: Pages without an item of their own in the navigation, and whose item is marked for them.
PARENTS = {
    "batch": "households",
    "cadres": "households",
    "household": "households",
    "differences": "typing",
    "duplicates": "findings",
}


def nav_items(*, decides: bool) -> tuple[NavItem, ...]:
    """Return the pages in their order; only who decides what helpers propose has that page here."""
    gate = (NavItem("proposals", say("待确认", "To confirm"), "eye", "Ctrl+5"),) if decides else ()
    return (
        NavItem("today", say("今日", "Today"), "today", "Ctrl+1"),
        NavItem("households", say("农户", "Households"), "households", "Ctrl+2"),
        NavItem("plan", say("计划", "Plan"), "check", "Ctrl+3"),
        NavItem("findings", say("疑点", "Findings"), "findings", "Ctrl+4"),
        *gate,
        NavItem("typing", say("待录入", "To type"), "paper", "Ctrl+6"),
        NavItem("tables", say("表格", "Tables"), "table", "Ctrl+7"),
        NavItem("print", say("打印", "Print"), "print", "Ctrl+8"),
        NavItem("sync", say("同步", "Sync"), "sync", "Ctrl+9"),
        NavItem("settings", say("设置", "Settings"), "settings", "Ctrl+0"),
    )
