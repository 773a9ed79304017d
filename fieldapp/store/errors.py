"""Known errors of the store."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "FORM_CHANGED",
    "HOUSEHOLD_MISSING",
    "NEWER_SCHEMA",
    "NOT_STORABLE",
    "RECORD_TOO_LARGE",
    "UNKNOWN_BATCH",
    "WRONG_COUNTY",
]

NEWER_SCHEMA = define(
    "STORE-001",
    zh="这份数据是用更新版本的程序保存的（数据版本 {found}），这个版本（{known}）打不开，也没有改动它。",
    en="This data was saved by a newer version of the program (schema {found}); this one ({known}) left it alone.",
    remedy_zh="请安装最新版本的程序再打开。",
    remedy_en="Install the newest version of the program and open it again.",
)
WRONG_COUNTY = define(
    "STORE-002",
    zh="这份数据属于另一个县（{found}），不是 {expected}。",
    en="This data belongs to another county ({found}), not {expected}.",
    remedy_zh="请用当时登记的账号打开，或重新登记这台电脑。",
    remedy_en="Open it with the account it was enrolled with, or enrol this laptop again.",
)
HOUSEHOLD_MISSING = define(
    "STORE-003",
    zh="这台电脑里没有这一户，可能已经调整给别人了。",
    en="This household is not on this laptop; it may have been reassigned.",
    remedy_zh="请同步一次，或向乡镇核对。",
    remedy_en="Sync once, or ask the township.",
)
NOT_STORABLE = define(
    "STORE-004",
    zh="有一处文字含有不能保存的字符，这次没有保存。原来的内容都还在。",
    en="A text holds a character that cannot be stored; nothing was saved, and what you typed is still there.",
    remedy_zh="多半是从别处粘贴来的表情或乱码，请删掉后重新输入，再保存。",
    remedy_en="It is probably a pasted symbol: delete it, type it again and save.",
)
RECORD_TOO_LARGE = define(
    "STORE-005",
    zh="这份走访记录太长（{size_kb} KB，最多 {limit_kb} KB），还没有完成。草稿都在。",
    en="This visit is too long ({size_kb} KB, at most {limit_kb} KB); it is still a draft.",
    remedy_zh="请把过长的文字说明缩短；照片不计在内。",
    remedy_en="Shorten the long texts; photos do not count.",
)
FORM_CHANGED = define(
    "STORE-006",
    zh="县里发来的表“{form}”（版本 {version}）与已有的同版本不一致，没有替换。",
    en="The form “{form}” (version {version}) differs from the one already here under that version; it was not replaced.",
    remedy_zh="请告诉县里：改过的表要用新的版本号发布。",
    remedy_en="Tell the county: a changed form is published under a new version.",
)
UNKNOWN_BATCH = define(
    "STORE-007",
    zh="收到的回执不是这台电脑发出的数据的，没有采用。",
    en="The receipt is for a batch this laptop never sealed; it was not used.",
    remedy_zh="请再同步一次；若仍出现，请联系县里。",
    remedy_en="Sync again; if it comes back, ask the county.",
)
