"""Making and opening a county."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import select, update

from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource
from fieldapp.county.admins import check_admin
from fieldapp.county.keyring import open_keyring
from fieldapp.county.migrating import NEWEST
from fieldapp.county.recovery import read_card
from fieldapp.county.setup import RECOVERY_CARD, County, init_county, open_county
from fieldapp.county.tables import SchemaRow, table_of
from fieldapp.wire.keys import seal
from tests.county.world import CODE, new_clock


def reopened(folder: Path, key_file: Path | None = None) -> County:
    clock = new_clock()
    return open_county(folder, clock=clock, ids=IdSource(clock), key_file=key_file)


def code_of(folder: Path, key_file: Path | None = None) -> str:
    with pytest.raises(KnownError) as caught:
        reopened(folder, key_file)
    return caught.value.code


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "县 服务"))


def test_a_county_opens_again_with_the_same_keys(folder: Path, county: County) -> None:
    other = reopened(folder)
    assert other.keys.public == county.keys.public
    assert (other.code, other.name) == (CODE, "样例县")
    other.close()


def test_a_folder_that_is_a_county_is_never_made_anew(folder: Path) -> None:
    clock = new_clock()
    with pytest.raises(KnownError) as caught:
        init_county(
            folder,
            county_code=CODE,
            name="x",
            admin_name="a",
            admin_password="long enough",
            clock=clock,
            ids=IdSource(clock),
        )
    assert caught.value.code == "COUNTY-001"


def test_an_interrupted_making_can_be_repeated(folder: Path) -> None:
    (folder / "county.json").unlink()
    clock = new_clock()
    county = init_county(
        folder,
        county_code=CODE,
        name="又一次",
        admin_name="a",
        admin_password="long enough",
        clock=clock,
        ids=IdSource(clock),
    )
    county.close()
    reopened(folder).close()


def test_a_short_password_makes_no_county(tmp_path: Path) -> None:
    clock = new_clock()
    with pytest.raises(KnownError) as caught:
        init_county(
            tmp_path / "c",
            county_code=CODE,
            name="x",
            admin_name="a",
            admin_password="1234567",
            clock=clock,
            ids=IdSource(clock),
        )
    assert caught.value.code == "COUNTY-005"
    assert not (tmp_path / "c").exists()


def test_an_empty_folder_is_no_county(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "COUNTY-002"


def test_without_the_server_key_nothing_opens(folder: Path, tmp_path: Path) -> None:
    key = folder / "keys" / "server.key"
    elsewhere = tmp_path / "usb" / "server.key"
    elsewhere.parent.mkdir()
    key.rename(elsewhere)
    assert code_of(folder) == "COUNTY-003"
    reopened(folder, elsewhere).close()
    elsewhere.write_bytes(bytes(32))
    assert code_of(folder, elsewhere) == "COUNTY-003"


def test_damaged_or_foreign_keys_are_told(folder: Path) -> None:
    keys = folder / "keys" / "county.keys"
    keys.write_bytes(keys.read_bytes()[:-20] + b"x" * 20)
    assert code_of(folder) == "COUNTY-003"
    with pytest.raises(KnownError) as caught:
        open_keyring(folder / "keys", "110101")
    assert caught.value.code == "COUNTY-003"


def test_key_files_are_for_their_owner_only(folder: Path) -> None:
    for name in ("server.key", "county.keys"):
        assert stat.S_IMODE((folder / "keys" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / RECOVERY_CARD).stat().st_mode) == 0o600


def test_a_database_of_another_version_is_not_touched(folder: Path) -> None:
    county = reopened(folder)
    with county.database.write() as connection:
        connection.execute(table_of(SchemaRow).update().values(version=99))
    county.close()
    assert code_of(folder) == "COUNTY-004"


def test_a_file_that_is_no_database_is_told(folder: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        (folder / f"county.db{suffix}").unlink(missing_ok=True)
    (folder / "county.db").write_bytes(b"not a database" * 500)
    assert code_of(folder) == "COUNTY-009"


def test_the_card_holds_the_recovery_key_and_the_server_does_not(folder: Path, county: County) -> None:
    text = (folder / RECOVERY_CARD).read_text("utf-8")
    rows = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    key = read_card("".join(rows))
    assert key.public == county.keys.recovery_public
    assert key.open(seal(county.keys.recovery_public, b"vault", b"i"), b"i") == b"vault"
    for path in folder.rglob("*"):
        if path.is_file() and path.name != RECOVERY_CARD:
            assert key.private not in path.read_bytes()


def test_the_register_is_not_readable_on_the_servers_disk(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert "户主1".encode() not in content
            assert "户主1".encode("utf-16-le") not in content


def test_only_the_right_administrator_passes(county: County) -> None:
    with county.database.read() as connection:
        check_admin(connection, CODE, "管理员", "correct horse")
        for name, password in (("管理员", "wrong"), ("nobody", "correct horse"), ("", "")):
            with pytest.raises(KnownError) as caught:
                check_admin(connection, CODE, name, password)
            assert caught.value.code == "COUNTY-006"


def test_a_county_of_the_former_version_is_brought_up_when_it_opens(folder: Path) -> None:
    county = reopened(folder)
    with county.database.write() as connection:
        version = table_of(SchemaRow)
        connection.execute(update(version).values(version=1))
        connection.exec_driver_sql("DROP TABLE tasks")
        for name in ("valid_from", "valid_to", "successor"):
            connection.exec_driver_sql(f"ALTER TABLE areas DROP COLUMN {name}")
        connection.exec_driver_sql("ALTER TABLE staff DROP COLUMN post")
    county.close()
    again = reopened(folder)
    with again.database.read() as connection:
        assert connection.execute(select(table_of(SchemaRow).c.version)).scalar() == NEWEST
        assert connection.exec_driver_sql("SELECT count(*) FROM tasks").scalar() == 0
        assert set(connection.exec_driver_sql("SELECT successor FROM areas").scalars()) == {""}
    again.close()
