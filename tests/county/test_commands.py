"""The administrator's commands, run as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from fieldapp.common.errors import KnownError
from fieldapp.county.commands import main
from fieldapp.county.setup import RECOVERY_CARD
from fieldapp.wire.code import EnrolmentFile, read_code
from tests.county.test_importing import HELPER_KEY, LEDGER, person, town_book, workbook
from tests.county.world import CODE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("FIELDAPP_ADMIN_PASSWORD", "correct horse")
    made = tmp_path / "县级 服务"
    assert main(["init", str(made), "--code", CODE, "--name", "样例县", "--admin", "管理员"]) == 0
    assert RECOVERY_CARD in capsys.readouterr().out
    return str(made)


def test_a_county_is_made_filled_and_hands_out_a_code(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", folder, str(town_book(tmp_path / "东镇.xlsx"))])
    assert "households +2" in capsys.readouterr().out
    ledger = workbook(
        tmp_path / "走访台账.xlsx",
        {"走访台账": [LEDGER, ("H001", "2026-03-05", "李帮扶", "13900000001", "了解春耕")]},
    )
    main(["import-visits", folder, str(ledger)])
    assert "visits +1" in capsys.readouterr().out
    main(["staff", folder])
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "李帮扶" in line]
    staff, role, *_ = line.split()
    assert role == "helper"
    out = tmp_path / "登记.json"
    main(["code", folder, "--staff", staff, "--url", "https://10.0.0.1:8443", "--out", str(out)])
    printed = capsys.readouterr().out.splitlines()
    file = EnrolmentFile.read(out.read_bytes())
    assert read_code("".join(printed[:4])) == file.code
    assert (file.person, file.url) == (staff, "https://10.0.0.1:8443")
    main(["devices", folder])
    assert capsys.readouterr().out == ""
    main(["publish-policy", folder])
    assert capsys.readouterr().out == "0\n"


def test_what_is_not_there_is_told(folder: str, tmp_path: Path) -> None:
    wrong = [
        (["revoke", folder, "nothing"], "COUNTY-008"),
        (["code", folder, "--staff", HELPER_KEY, "--url", "https://x"], "COUNTY-007"),
        (["devices", str(tmp_path)], "COUNTY-002"),
        (["devices", folder, "--key-file", str(tmp_path / "none")], "COUNTY-003"),
    ]
    for arguments, code in wrong:
        with pytest.raises(KnownError) as caught:
            main(arguments)
        assert caught.value.code == code


def test_what_is_wrong_with_a_book_is_written_beside_it(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headless = person("H009", "P090", "无户主", "配偶")
    main(["import", folder, str(town_book(tmp_path / "东镇.xlsx", extra=[headless]))])
    told = capsys.readouterr().out
    assert "errors 1" in told
    (report,) = tmp_path.glob("东镇_导入核对_*.xlsx")
    assert str(report) in told


def test_a_protected_book_is_asked_for_its_password(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = town_book(tmp_path / "plain.xlsx")
    locked = tmp_path / "东镇.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("秘密", target)
    typed = iter(["wrong", "秘密"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    main(["import", folder, str(locked)])
    assert "households +2" in capsys.readouterr().out
    monkeypatch.setattr("getpass.getpass", lambda _: "")
    with pytest.raises(KnownError) as caught:
        main(["import", folder, str(locked)])
    assert caught.value.code.startswith("BOOK-")
