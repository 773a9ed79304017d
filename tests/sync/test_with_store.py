"""The real store behind the real client: a visit with its photo and patches, power cuts included."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource, derived_id
from fieldapp.county.app import create_app
from fieldapp.county.setup import County
from fieldapp.register.change import Change, EntityPatch, FieldChange, VisitDocument
from fieldapp.store import Store
from fieldapp.sync import sync
from fieldapp.tables.register import HouseholdRow, IssueRow, VisitRow
from fieldapp.vault import KdfCost, Vault, create_vault
from tests.county.world import HELPER, household_id, rows_of
from tests.sync.test_faults import FaultyWire
from tests.sync.world import Client, enrolled_client

HOME = household_id(1)
CHEAP = KdfCost(memory_kib=64, iterations=1)


@pytest.fixture
def vault(tmp_path: Path, laptop: Client) -> Iterator[Vault]:
    made = create_vault(
        tmp_path / "张三 的电脑" / "vault",
        password="一个好密码",
        recovery_public_key=laptop.identity.keys.recovery,
        vault_id=laptop.identity.device,
        clock=laptop.clock,
        state_dir=tmp_path / "state",
        cost=CHEAP,
    )
    with made:
        yield made


@pytest.fixture
def store(vault: Vault, laptop: Client) -> Store:
    identity = laptop.identity
    return Store.open(
        vault, county_code=identity.county, device=identity.device, clock=laptop.clock, ids=laptop.ids
    )


def visit(laptop: Client, store: Store, number: int, phone: str) -> Change:
    """Return a finished visit that also corrects the phone and finds an unsafe house."""
    person = laptop.identity.person
    visit_id = derived_id("test visit", laptop.identity.device, str(number))
    household, _ = store.household_with_members(HOME)
    facts = {
        "household_id": HOME,
        "visit_date": "2026-11-20",
        "entered_at": "2026-11-22T08:00:00.000Z",
        "source": "onsite",
        "mode": "door",
        "outcome": "met",
        "visitor_id": person,
        "visitor_name": "李帮扶",
        "summary": f"第{number}次",
    }
    photo = f"photo-{visit_id}"
    store.put_attachment(photo, visit_id, "photo_1.jpg", "image/jpeg", b"\xff\xd8\xff" + bytes(900))
    document = VisitDocument(
        "visit",
        "1",
        "ab" * 32,
        f"uuid:{visit_id}",
        b"<data><visit_date>2026-11-20</visit_date><housing_ok>no</housing_ok><housing_note>x</housing_note></data>",
        {"photo_1.jpg": photo},
    )
    return Change(
        id=derived_id("change", visit_id),
        at="2026-11-22T08:00:00.000Z",
        author=person,
        author_name="李帮扶",
        kind="visit",
        patches=(
            EntityPatch(
                "visits", visit_id, HOME, 0, {name: FieldChange(None, v) for name, v in facts.items()}
            ),
            EntityPatch(
                "households", HOME, HOME, household.version, {"phone": FieldChange(household.phone, phone)}
            ),
        ),
        visit_id=visit_id,
        document=document,
    )


def run(laptop: Client, store: Store) -> None:
    sync(laptop.identity, store, clock=laptop.clock, ids=laptop.ids, adapter=laptop.wire, patience_s=0)


def test_a_visit_goes_from_the_vault_to_the_county_and_the_receipt_back(
    laptop: Client, store: Store, county: County
) -> None:
    run(laptop, store)
    change = visit(laptop, store, 1, "13912345678")
    store.apply(change)
    assert change.visit_id is not None
    assert store.ladder([change.visit_id])[change.visit_id].state == "saved"
    run(laptop, store)
    assert store.ladder([change.visit_id])[change.visit_id].state == "received"
    (row,) = rows_of(county, VisitRow)
    assert (row.id, row.summary, row.visitor_id) == (change.visit_id, "第1次", HELPER)
    (household,) = rows_of(county, HouseholdRow, id=HOME)
    assert household.phone == "13912345678"
    (issue,) = rows_of(county, IssueRow)
    assert issue.id == derived_id("effect", change.visit_id, "visit-housing")
    outcomes = {record.kind: record.outcome for record in store.records_of_batch(store.batches()[0].id)}
    assert outcomes == {"visit": "stored", "patch": "applied"}
    assert {item.id for item in store.household_file(HOME).issues} == {issue.id}
    assert store.outbox_counts().waiting == store.outbox_counts().sealed == 0


def test_two_edits_before_a_sync_do_not_conflict_with_themselves(
    laptop: Client, store: Store, county: County
) -> None:
    run(laptop, store)
    store.apply(visit(laptop, store, 1, "13911111111"))
    store.apply(visit(laptop, store, 2, "13922222222"))
    run(laptop, store)
    store.apply(visit(laptop, store, 3, "13933333333"))
    run(laptop, store)
    outcomes = [r.outcome for batch in store.batches() for r in store.records_of_batch(batch.id)]
    assert set(outcomes) == {"stored", "applied"}
    (household,) = rows_of(county, HouseholdRow, id=HOME)
    assert household.phone == "13933333333"
    assert store.household_with_members(HOME)[0].phone == "13933333333"


@pytest.mark.parametrize("seed", range(3))
def test_over_a_bad_network_nothing_is_lost_or_doubled(
    laptop: Client, store: Store, county: County, seed: int
) -> None:
    run(laptop, store)
    laptop.wire = FaultyWire(create_app(county), seed, 0.35)
    rolls = random.Random(seed)
    written: list[str] = []
    for _ in range(60):
        if len(written) < 5 and rolls.random() < 0.5:
            change = visit(laptop, store, len(written), f"1390000000{len(written)}")
            store.apply(change)
            written.append(str(change.visit_id))
        try:
            run(laptop, store)
        except KnownError:
            continue
        if len(written) == 5 and not store.outbox_counts().waiting:
            break
    assert sorted(row.id for row in rows_of(county, VisitRow)) == sorted(written)
    assert {step.state for step in store.ladder(written).values()} == {"received"}
    assert not store.unsent_blobs()
    assert store.household_with_members(HOME)[0].phone == "13900000004"


def test_two_laptops_see_one_anothers_changes(laptop: Client, store: Store, county: County) -> None:
    run(laptop, store)
    store.apply(visit(laptop, store, 1, "13912345678"))
    run(laptop, store)
    other = enrolled_client(county, HELPER)
    sync(other.identity, other.outbox, clock=county.clock, ids=IdSource(county.clock), adapter=other.wire)
    assert other.outbox.rows["households", HOME]["values"]["phone"] == "13912345678"
    assert [key for key in other.outbox.rows if key[0] == "visits"]
