"""The administrator's commands, run as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.commands import main
from fieldapp.county.setup import RECOVERY_CARD
from fieldapp.wire.code import EnrolmentFile, read_code
from tests.county.test_importing import HELPER_KEY, LEDGER, town_book, workbook
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
