"""The county's recovery key: it opens the vault of a person who forgot the password. Private half on paper only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fieldapp.common.files import atomic_write
from fieldapp.wire.keys import KEY_BYTES, SealingKey
from fieldapp.wire.typed import read_typed, typed_text

__all__ = ["read_card", "write_card"]

_KIND = "recovery"
_GROUPS_A_LINE = 4


def write_card(path: Path, key: SealingKey, *, county_name: str, county_code: str, made_on: date) -> None:
    """Write the card to print. The file holds the private key: it is to be printed, locked away and deleted."""
    groups = typed_text(key.private, _KIND).split("-")
    rows = [
        "    " + "-".join(groups[start : start + _GROUPS_A_LINE])
        for start in range(0, len(groups), _GROUPS_A_LINE)
    ]
    lines = [
        f"恢复卡 / Recovery card    {county_name}（{county_code}）    {made_on.isoformat()}",
        f"密钥编号 / Key id: {key.key_id}",
        "",
        *rows,
        "",
        "干部忘记密码时，县里凭此卡帮助打开其电脑里的数据。请打印两份，分开锁好，然后彻底删除本文件。",
        "服务器上没有这把钥匙。卡片丢失无法补办；被人看到请重新生成。",
        "Opens the laptop of a cadre who forgot the password. Print two copies, lock them away apart, delete this file.",
        "The server does not have this key. It cannot be made again; if it was seen, make a new one.",
        "",
    ]
    atomic_write(path, "\n".join(lines).encode("utf-8"))
    path.chmod(0o600)


def read_card(text: str) -> SealingKey:
    """Return the key typed from a card. Raises bad-enrolment naming the group that is wrong."""
    return SealingKey(read_typed(text, _KIND, KEY_BYTES))
