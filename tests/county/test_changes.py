"""The feed: everything of one's scope, nothing else, each thing at its last state."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import delete, update

from fieldapp.county.changes import pull
from fieldapp.county.devices import revoke_device
from fieldapp.county.publishing import publish_form, publish_shipped_policy
from fieldapp.county.setup import County
from fieldapp.county.tables import CounterRow, FeedRow, table_of
from fieldapp.tables.register import PairingRow, StaffRow
from fieldapp.wire.bundle import Bundle, open_bundle
from fieldapp.wire.problems import WireError
from tests.county.world import (
    CODE,
    HELPER,
    TOWN,
    VILLAGE_A,
    VILLAGE_B,
    Laptop,
    enrolled,
    household_id,
    rows_of,
)


def fetch(laptop: Laptop, cursor: str = "", limit: int = 1000, last_seq: int = 0) -> Bundle:
    return open_bundle(
        pull(laptop.county, laptop.device, cursor, limit),
        county=CODE,
        device=laptop.device_id,
        county_bundle=laptop.keys.bundle,
        sealing=laptop.sealing,
        last_seq=last_seq,
    )


def fetch_all(laptop: Laptop, limit: int = 1000) -> tuple[list[Mapping[str, Any]], str]:
    rows: list[Mapping[str, Any]] = []
    cursor, more = "", True
    while more:
        bundle = fetch(laptop, cursor, limit)
        rows += bundle.items
        cursor, more = bundle.cursor, bundle.more
    return rows, cursor


def ids(rows: list[Mapping[str, Any]], list_name: str) -> set[str]:
    return {row["id"] for row in rows if row["list"] == list_name}


@pytest.mark.requirement("A002")
def test_a_helper_gets_the_paired_households_with_their_members(helper: Laptop) -> None:
    rows, _ = fetch_all(helper)
    assert ids(rows, "households") == {household_id(1), household_id(3)}
    assert len(ids(rows, "persons")) == 4
    assert len(ids(rows, "pairings")) == 2
    assert ids(rows, "areas") == {CODE, CODE + "100", VILLAGE_A, VILLAGE_B}
    assert ids(rows, "staff") == {HELPER}
    assert "years.toml" in ids(rows, "policy")


@pytest.mark.requirement("A001")
def test_a_clerk_gets_the_village_and_a_town_its_villages(clerk: Laptop, county: County) -> None:
    assert ids(fetch_all(clerk)[0], "households") == {household_id(1), household_id(2)}
    assert ids(fetch_all(enrolled(county, TOWN))[0], "households") == {household_id(4)}


def test_a_row_carries_the_facts_and_the_versions_that_merge_needs(helper: Laptop) -> None:
    helper.send(helper.patch(1, {"phone": ("13800000000", "13911111111")}))
    rows, _ = fetch_all(helper)
    (row,) = (row for row in rows if row["id"] == household_id(1))
    assert (row["status"], row["version"], row["fields"]) == ("active", 2, {"phone": 2})
    assert (row["values"]["phone"], row["values"]["head_name"]) == ("13911111111", "户主1")
    assert "monitor_kind" not in row["values"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_small_pages_give_the_same_as_one_large_page(helper: Laptop, limit: int) -> None:
    whole, _ = fetch_all(helper)
    paged, _ = fetch_all(helper, limit)
    assert paged == whole


def test_after_the_cursor_only_what_is_new_comes(helper: Laptop, clerk: Laptop) -> None:
    _, cursor = fetch_all(helper)
    assert not fetch(helper, cursor).items
    visit = clerk.visit(1)
    clerk.send(visit, clerk.visit(2))
    bundle = fetch(helper, cursor)
    assert [(row["list"], row["id"]) for row in bundle.items] == [("visits", visit.id)]
    assert not fetch(helper, bundle.cursor).items


def test_a_new_pairing_brings_the_whole_household(helper: Laptop, county: County) -> None:
    _, cursor = fetch_all(helper)
    table = table_of(PairingRow)
    with county.database.write() as connection:
        connection.execute(
            update(table).where(table.c.household_id == household_id(3)).values(household_id=household_id(2))
        )
    rows = list(fetch(helper, cursor).items)
    assert ids(rows, "households") == {household_id(1), household_id(2)}


def test_somebody_who_is_no_cadre_any_more_gets_nobodys_data(helper: Laptop, county: County) -> None:
    table = table_of(StaffRow)
    with county.database.write() as connection:
        connection.execute(delete(table).where(table.c.id == HELPER))
    rows, _ = fetch_all(helper)
    assert {row["list"] for row in rows} <= {"forms", "policy"}


def test_bundles_are_numbered_and_for_one_laptop_only(helper: Laptop, clerk: Laptop) -> None:
    first, second = fetch(helper), fetch(helper)
    assert second.header.seq == first.header.seq + 1
    stolen = pull(helper.county, helper.device, "", 10)
    with pytest.raises(WireError) as caught:
        open_bundle(
            stolen,
            county=CODE,
            device=clerk.device_id,
            county_bundle=clerk.keys.bundle,
            sealing=clerk.sealing,
        )
    assert caught.value.slug == "bad-seal"


def test_a_revoked_laptop_gets_nothing(helper: Laptop) -> None:
    revoke_device(helper.county, helper.device_id)
    with pytest.raises(WireError) as caught:
        fetch(helper)
    assert caught.value.slug == "device-revoked"


@pytest.mark.parametrize(
    "cursor", ["x", "AAAA", base64.b64encode(b'{"v":1}').decode(), base64.b64encode(b'{"v":2}').decode(), "é"]
)
def test_what_is_no_cursor_asks_for_a_fresh_start(helper: Laptop, cursor: str) -> None:
    with pytest.raises(WireError) as caught:
        fetch(helper, cursor)
    assert caught.value.slug == "cursor-expired"


def test_forms_and_policy_reach_every_laptop_once_a_version(helper: Laptop, county: County) -> None:
    _, cursor = fetch_all(helper)
    publish_form(county, form_id="visit", version="1", title="走访", xml=b"<h:html/>")
    publish_form(county, form_id="visit", version="1", title="走访", xml=b"<h:html/>")
    assert publish_shipped_policy(county) == 0
    bundle = fetch(helper, cursor)
    (row,) = bundle.items
    assert (row["list"], row["id"]) == ("forms", "visit")
    publish_form(county, form_id="visit", version="2", title="走访", xml=b"<h:html>2</h:html>")
    (newest,) = fetch(helper, bundle.cursor).items
    assert newest["values"] == {
        "form_id": "visit",
        "version": "2",
        "sha256": hashlib.sha256(b"<h:html>2</h:html>").hexdigest(),
        "title": "走访",
        "published_at": county.now(),
        "xml": "<h:html>2</h:html>",
    }


def test_a_page_too_large_for_the_wire_is_made_smaller(
    helper: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = fetch(helper)
    assert not whole.more
    size = len(pull(helper.county, helper.device, "", 1000))
    monkeypatch.setattr("fieldapp.wire.bundle.MAX_BUNDLE_BYTES", size - 100)
    first = fetch(helper)
    assert first.more
    assert 0 < len(first.items) < len(whole.items)
    rows, _ = fetch_all(helper)
    assert ids(rows, "households") == {household_id(1), household_id(3)}


def test_the_counter_is_gapless_under_six_writers(county: County) -> None:
    laptops = [enrolled(county, HELPER) for _ in range(6)]
    before = {row.town: row.value for row in rows_of(county, CounterRow)}

    def work(laptop: Laptop) -> None:
        for _ in range(5):
            laptop.send(laptop.visit(1))

    threads = [threading.Thread(target=work, args=(laptop,)) for laptop in laptops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    town = VILLAGE_A[:9]
    after = {row.town: row.value for row in rows_of(county, CounterRow)}
    assert after[town] == before[town] + 30
    numbers = sorted(row.seq for row in rows_of(county, FeedRow, town=town))
    assert numbers[-30:] == list(range(before[town] + 1, after[town] + 1))
