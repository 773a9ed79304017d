"""Known errors of the way to the county: what networks, proxies and clocks do. Nothing is ever lost by one of them."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "BAD_ADDRESS",
    "BROKEN_OFF",
    "CLOCK_WRONG",
    "NOT_THE_COUNTY",
    "NO_ANSWER",
    "NO_PROGRESS",
    "OTHER_SERVER",
    "PLAIN_HTTP",
    "SERVER_FAILED",
    "TIMED_OUT",
    "WAIT",
    "WRONG_RECEIPT",
]

_KEPT_ZH = "数据都在本机，没有丢失。"
_KEPT_EN = "Everything is on this laptop; nothing is lost."

NO_ANSWER = define(
    "SYNC-001",
    zh="连不上县里的服务器（{host}）。" + _KEPT_ZH,
    en="The county's server ({host}) cannot be reached. " + _KEPT_EN,
    remedy_zh="请检查网线、无线网络或政务网，再点「同步」；也可以以后再传。",
    remedy_en="Check the cable, the wireless or the government network, then sync again, now or later.",
)
TIMED_OUT = define(
    "SYNC-002",
    zh="县里的服务器很久没有回应（{host}）。" + _KEPT_ZH,
    en="The county's server ({host}) has not answered for a long time. " + _KEPT_EN,
    remedy_zh="网络可能太慢，请稍后再同步；已传的部分不用重传。",
    remedy_en="The network may be slow; sync again later. What arrived is not sent again.",
)
NOT_THE_COUNTY = define(
    "SYNC-003",
    zh="收到的是一个网页，不是县里服务器的回应。可能要先在浏览器登录上网，或代理拦住了连接。" + _KEPT_ZH,
    en="A web page came instead of the county's answer: a login page of the network, or a proxy. " + _KEPT_EN,
    remedy_zh="请先打开浏览器，看看是否要登录网络；政务网内请关闭代理，再同步。",
    remedy_en="Open a browser and log in to the network if it asks, switch off the proxy, then sync again.",
)
OTHER_SERVER = define(
    "SYNC-004",
    zh="对方的证书不是县里的，为安全起见没有连接（{host}）。" + _KEPT_ZH,
    en="The server ({host}) does not have the county's certificate; the connection was refused. " + _KEPT_EN,
    remedy_zh="请换一个网络再试；仍然如此，请告诉县里管理员。",
    remedy_en="Try another network; if it stays, tell the county's administrator.",
)
WRONG_RECEIPT = define(
    "SYNC-005",
    zh="县里的回执和这批数据对不上，没有采用。" + _KEPT_ZH,
    en="The county's receipt does not belong to this batch and was not used. " + _KEPT_EN,
    remedy_zh="请再同步一次；仍然如此，请告诉县里管理员。",
    remedy_en="Sync again; if it stays, tell the county's administrator.",
)
CLOCK_WRONG = define(
    "SYNC-006",
    zh="本机时间与县里相差 {minutes} 分钟。数据照常上报，不受影响。",
    en="This laptop's clock differs from the county's by {minutes} minutes. Sending is not affected.",
    remedy_zh="请在系统设置里校准日期和时间，走访日期才不会填错。",
    remedy_en="Set the date and time in the system settings, so that visit dates are right.",
)
WAIT = define(
    "SYNC-007",
    zh="县里的服务器正忙，请 {seconds} 秒后再试。" + _KEPT_ZH,
    en="The county's server is busy; try again in {seconds} s. " + _KEPT_EN,
    remedy_zh="稍等片刻再点「同步」。",
    remedy_en="Wait a moment and sync again.",
)
BROKEN_OFF = define(
    "SYNC-008",
    zh="网络中途断了。" + _KEPT_ZH,
    en="The connection broke off. " + _KEPT_EN,
    remedy_zh="请再点「同步」，会从断开的地方继续，不会重复。",
    remedy_en="Sync again: it goes on where it stopped and nothing is doubled.",
)
SERVER_FAILED = define(
    "SYNC-009",
    zh="县里的服务器出错了（{status}）。" + _KEPT_ZH,
    en="The county's server failed ({status}). " + _KEPT_EN,
    remedy_zh="请稍后再同步；仍然如此，请告诉县里管理员。",
    remedy_en="Sync again later; if it stays, tell the county's administrator.",
)
BAD_ADDRESS = define(
    "SYNC-010",
    zh="服务器地址写得不对：「{address}」。",
    en="The server's address is not right: “{address}”.",
    remedy_zh="请照登记单填写，例如 https://10.1.2.3:8443。",
    remedy_en="Type it from the slip, for example https://10.1.2.3:8443.",
)
PLAIN_HTTP = define(
    "SYNC-011",
    zh="地址「{address}」没有加密（应以 https 开头），为安全起见没有连接。",
    en="The address “{address}” is not encrypted (it must begin with https); the connection was refused.",
    remedy_zh="请把地址改为 https 开头；不确定时请问县里管理员。",
    remedy_en="Write https; ask the county's administrator when in doubt.",
)
NO_PROGRESS = define(
    "SYNC-012",
    zh="县里的回应没有进展，已停下。" + _KEPT_ZH,
    en="The county's answers lead nowhere; stopped. " + _KEPT_EN,
    remedy_zh="请稍后再同步；仍然如此，请告诉县里管理员。",
    remedy_en="Sync again later; if it stays, tell the county's administrator.",
)
