"""The sealed to-type list: to the other machine and back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import KnownError
from fieldapp.services.typing_file import TypingFile, read_typing_file, write_typing_file
from fieldapp.services.workspace import Workspace
from fieldapp.vault.passphrase import seal_with_passphrase
from tests.services.asking import first
from tests.services.world import CHEAP, MOMENT

_PASSPHRASE = "一句好记的话"


@pytest.fixture
def sealed(clerk: Workspace, tmp_path: Path) -> Path:
    home = first(clerk)
    clerk.households.correct(home, "households", home, "phone", "13812345678", "")
    clerk.households.correct(home, "households", home, "fuel", "clean", "")
    path = tmp_path / "清单.fatl"
    write_typing_file(path, clerk.typing.lines(), _PASSPHRASE, CHEAP)
    return path


def opened(path: Path) -> TypingFile:
    clock = FixedClock(MOMENT + timedelta(hours=3))
    return TypingFile(path, _PASSPHRASE, by_name="专干王敏", clock=clock, cost=CHEAP)


def code_of(path: Path, passphrase: str = _PASSPHRASE) -> str:
    with pytest.raises(KnownError) as caught:
        read_typing_file(path, passphrase)
    return caught.value.code


def test_what_is_marked_on_the_other_machine_comes_back_with_who_and_when(
    clerk: Workspace, sealed: Path
) -> None:
    there = opened(sealed)
    phone, fuel = there.lines()
    there.mark([phone.id], "typed")
    there.mark([fuel.id], "rejected", "选项不可用")
    assert clerk.typing.merge(read_typing_file(sealed, _PASSPHRASE)) == 2
    mine = {line.id: line for line in clerk.typing.lines()}
    assert (mine[phone.id].state, mine[phone.id].by_name) == ("typed", "专干王敏")
    assert (mine[fuel.id].state, mine[fuel.id].note) == ("rejected", "选项不可用")
    assert clerk.typing.merge(read_typing_file(sealed, _PASSPHRASE)) == 0, "brought back twice is once"


def test_a_value_that_changed_meanwhile_stays_to_be_typed(clerk: Workspace, sealed: Path) -> None:
    there = opened(sealed)
    there.mark([line.id for line in there.lines()], "typed")
    home = first(clerk)
    clerk.households.correct(home, "households", home, "phone", "13912345678", "")
    assert clerk.typing.merge(read_typing_file(sealed, _PASSPHRASE)) == 1
    assert [line.value for line in clerk.typing.lines() if line.state == "waiting"] == ["13912345678"]


def test_the_file_holds_nothing_in_the_clear(clerk: Workspace, sealed: Path) -> None:
    data = sealed.read_bytes()
    (line, *_) = clerk.typing.lines()
    for text in (line.value, line.head_name, line.house_no):
        assert text.encode() not in data


def test_a_wrong_passphrase_a_changed_byte_and_another_file_are_told_apart(sealed: Path) -> None:
    data = sealed.read_bytes()
    assert code_of(sealed, "别的话") == "VAULT-028"
    sealed.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert code_of(sealed) == "VAULT-029"
    sealed.write_bytes(data[:-40])
    assert code_of(sealed) == "VAULT-029"
    sealed.write_bytes(b"PK\x03\x04" + data)
    assert code_of(sealed) == "VAULT-027"
    sealed.write_bytes(data[:4] + b"\x02" + data[5:])
    assert code_of(sealed) == "VAULT-031"
    sealed.write_bytes(data[:5] + b"\xff\xff\xff\xff" + data[9:])
    assert code_of(sealed) == "VAULT-006", "absurd work is refused"


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'{"format":"fieldapp-typing","version":1,"lines":[{}]}', b"\xff"]
)
def test_content_that_is_no_list_is_a_known_error(sealed: Path, content: bytes) -> None:
    sealed.write_bytes(seal_with_passphrase(content, _PASSPHRASE, CHEAP))
    assert code_of(sealed) == "TYPE-002"
