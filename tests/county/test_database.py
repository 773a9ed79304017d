"""What the environment does to the database becomes a refusal the laptop understands."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from fieldapp.county.batches import take_batch
from fieldapp.county.database import Database, open_sqlite
from fieldapp.county.setup import County
from fieldapp.county.tables import BatchRow, CounterRow
from fieldapp.wire.problems import WireError
from tests.county.world import Laptop, rows_of

ROW = {"county_code": "1", "town": "t", "value": 1}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = open_sqlite(tmp_path / "x.db", bytes(32))
    made.create_tables()
    return made


def test_a_full_disk_takes_nothing_of_the_batch(county: County, helper: Laptop) -> None:
    batch_id, data = helper.seal(*(helper.visit(1) for _ in range(40)))
    device = helper.device
    with county.database.write() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(WireError) as caught:
        take_batch(county, device, batch_id, data)
    assert caught.value.slug == "storage-full"
    assert not rows_of(county, BatchRow)
    with county.database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert {outcome.status for outcome in helper.deliver(batch_id, data).outcomes} == {"stored"}


def test_a_locked_database_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr("fieldapp.county.database._BUSY_S", 0.05)
    other = open_sqlite(tmp_path / "x.db", bytes(32))
    with database.write() as connection:
        database.insert_new(connection, CounterRow, [ROW])
        with pytest.raises(WireError) as caught, other.write():
            pass
    assert (caught.value.slug, caught.value.extra) == ("busy", {"retry_after": 5})


def test_an_error_leaves_nothing_behind(database: Database) -> None:
    def work() -> None:
        with database.write() as connection:
            assert database.insert_one(connection, CounterRow, ROW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    with database.write() as connection:
        assert database.insert_one(connection, CounterRow, ROW)
        assert not database.insert_one(connection, CounterRow, {**ROW, "value": 2})
        database.upsert(connection, CounterRow, [{**ROW, "value": 3}])
    with database.read() as connection:
        assert connection.execute(text("SELECT value FROM county_counters")).scalar_one() == 3


def test_temporary_files_would_be_in_the_clear_so_there_are_none(database: Database) -> None:
    with database.read() as connection:
        assert connection.execute(text("PRAGMA temp_store")).scalar_one() == 2
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_a_key_of_a_wrong_length_is_never_taken_for_a_passphrase(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        open_sqlite(tmp_path / "y.db", b"short")
