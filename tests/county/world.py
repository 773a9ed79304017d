"""A small synthetic county for tests: two towns, four villages, a few households, a helper and a clerk."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from fieldapp.common.clock import FixedClock
from fieldapp.common.ids import IdSource, derived_id
from fieldapp.county.batches import take_batch
from fieldapp.county.devices import Device, device_by_key
from fieldapp.county.enrolling import enrol, issue_code
from fieldapp.county.feed import Touch, publish
from fieldapp.county.publishing import publish_shipped_policy
from fieldapp.county.setup import County, init_county, open_county
from fieldapp.county.tables import table_of
from fieldapp.register.entities import Household, Pairing, Person
from fieldapp.tables.register import AreaRow, HouseholdRow, PairingRow, PersonRow, StaffRow
from fieldapp.tables.rows import row_of
from fieldapp.wire.batch import FIRST_PREV, BatchHeader, batch_digest, seal_batch
from fieldapp.wire.code import EnrolmentCode
from fieldapp.wire.enrolment import CountyKeys, ask_enrolment, open_answer
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.patches import PatchBody, Scalar
from fieldapp.wire.receipt import Outcome, Receipt, open_receipt
from fieldapp.wire.records import PATCH, VISIT, Record
from fieldapp.wire.visits import VisitBody

CODE = "419925"
VILLAGE_A, VILLAGE_B, VILLAGE_C = "419925100201", "419925100202", "419925101201"
HELPER, CLERK, TOWN, OTHER = "staff-helper", "staff-clerk", "staff-town", "staff-other"
#: Households by number: 1 and 2 in village A, 3 in B, 4 in C. The helper is paired with 1 and 3.
NUMBERS = (1, 2, 3, 4)
VILLAGE_OF = {1: VILLAGE_A, 2: VILLAGE_A, 3: VILLAGE_B, 4: VILLAGE_C}
#: What goes into each table.
Rows = dict[type[SQLModel], list[dict[str, Any]]]


def household_id(number: int) -> str:
    return derived_id("household", CODE, str(number))


def person_id(number: int, line: int) -> str:
    return derived_id("person", CODE, f"{number}-{line}")


def new_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, 8, 0, tzinfo=UTC))


def make_template(folder: Path) -> None:
    """Make the county that every test copies."""
    clock = new_clock()
    county = init_county(
        folder,
        county_code=CODE,
        name="样例县",
        admin_name="管理员",
        admin_password="correct horse",
        clock=clock,
        ids=IdSource(clock),
    )
    publish_shipped_policy(county)
    fill(county)
    county.close()


def copy_county(template: Path, folder: Path) -> County:
    """Open a fresh copy of the template with its own clock."""
    shutil.copytree(template, folder)
    clock = new_clock()
    return open_county(folder, clock=clock, ids=IdSource(clock))


def fill(county: County) -> None:
    """Put areas, cadres, households and pairings into an empty county."""
    rows: Rows = {AreaRow: [], StaffRow: [], HouseholdRow: [], PersonRow: [], PairingRow: []}
    touches: list[Touch] = []
    _fill_areas_and_staff(rows, touches)
    for number in NUMBERS:
        _fill_household(rows, touches, number)
    for number in (1, 3):
        _fill_pairing(rows, touches, number)
    with county.database.write() as connection:
        for model, found in rows.items():
            county.database.insert_new(connection, model, found)
        publish(county.database, connection, CODE, touches)


def _fill_areas_and_staff(rows: Rows, touches: list[Touch]) -> None:
    areas = [
        (CODE, "", "样例县", "county"),
        (CODE + "100", CODE, "东镇", "town"),
        (CODE + "101", CODE, "西镇", "town"),
    ]
    areas += [(v, v[:9], f"村{v[-3:]}", "village") for v in (VILLAGE_A, VILLAGE_B, VILLAGE_C)]
    staff = [
        (HELPER, "李帮扶", "helper", CODE + "100"),
        (CLERK, "王文书", "clerk", VILLAGE_A),
        (TOWN, "赵镇长", "town", CODE + "101"),
        (OTHER, "孙帮扶", "helper", CODE + "100"),
    ]
    rows[AreaRow] += [
        dict(zip(("code", "parent", "name", "level"), area, strict=True), county_code=CODE) for area in areas
    ]
    rows[StaffRow] += [
        {"county_code": CODE, "id": i, "name": n, "role": r, "area_code": a, "unit_name": "", "phone": ""}
        for i, n, r, a in staff
    ]
    touches += [Touch("areas", code) for code, *_ in areas] + [Touch("staff", row[0]) for row in staff]


def _fill_household(rows: Rows, touches: list[Touch], number: int) -> None:
    """Add a household and its two members."""
    home, village = household_id(number), VILLAGE_OF[number]
    household = Household(
        id=home, house_no=f"H{number}", area_code=village, head_name=f"户主{number}", phone="13800000000"
    )
    rows[HouseholdRow].append(row_of(CODE, household))
    touches.append(Touch("households", home, home, village))
    for line in (1, 2):
        person = Person(
            id=person_id(number, line), household_id=home, name=f"成员{number}{line}", line_no=line
        )
        rows[PersonRow].append(row_of(CODE, person))
        touches.append(Touch("persons", person.id, home, village))


def _fill_pairing(rows: Rows, touches: list[Touch], number: int) -> None:
    """Pair the helper with a household."""
    pairing = Pairing(
        id=derived_id("pairing", CODE, str(number)),
        household_id=household_id(number),
        staff_id=HELPER,
        staff_name="李帮扶",
    )
    rows[PairingRow].append(row_of(CODE, pairing))
    touches.append(Touch("pairings", pairing.id, household_id(number), VILLAGE_OF[number]))


@dataclass
class Laptop:
    """A laptop's keys and chain, sending straight into the county's functions."""

    county: County
    person: str
    signing: SigningKey
    sealing: SealingKey
    device_id: str
    keys: CountyKeys
    bseq: int = 0
    prev: str = FIRST_PREV
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def device(self) -> Device:
        with self.county.database.read() as connection:
            found = device_by_key(connection, CODE, self.signing.key_id)
        assert found is not None
        return found

    def new_id(self) -> str:
        return derived_id("test", self.device_id, str(next(self._numbers)))

    def visit(self, number: int, *, answers: Mapping[str, str] | None = None, **changes: Any) -> Record:
        leaves = "".join(f"<{name}>{text}</{name}>" for name, text in (answers or {}).items())
        body = VisitBody(
            household=household_id(number),
            form_id="visit",
            form_version="1",
            form_sha256="ab" * 32,
            xml=f"<data><visit_date>2026-11-20</visit_date>{leaves}</data>",
            visit_date="2026-11-20",
            entered_at="2026-11-20T08:00:00Z",
            source="onsite",
            status="met",
            facts={"mode": "door", "summary": "都好"},
        )
        values = {**body.to_json(), **changes}
        return Record(self.new_id(), VISIT, self.person, "2026-11-20T08:00:00Z", values)

    def patch(
        self,
        number: int,
        fields: Mapping[str, tuple[Scalar, Scalar]],
        *,
        list_name: str = "households",
        entity: str | None = None,
        base: int = 1,
        **more: Any,
    ) -> Record:
        home = household_id(number)
        body = PatchBody(list_name, entity or home, home, base, base == 0, fields, **more)
        return Record(self.new_id(), PATCH, self.person, "2026-11-20T08:00:00Z", body.to_json())

    def seal(self, *records: Record, bseq: int | None = None, prev: str | None = None) -> tuple[str, bytes]:
        """Seal the next batch of the chain (or another place) and move on."""
        batch_id = self.new_id()
        self.bseq = bseq if bseq is not None else self.bseq + 1
        header = BatchHeader(
            batch=batch_id,
            county=CODE,
            device=self.signing.key_id,
            epoch=1,
            bseq=self.bseq,
            prev=prev if prev is not None else self.prev,
            journal_seq=self.bseq,
            journal_head="00" * 32,
        )
        data = seal_batch(records, header, signing=self.signing, county_sealing=self.keys.sealing)
        self.prev = batch_digest(data)
        return batch_id, data

    def deliver(self, batch_id: str, data: bytes) -> Receipt:
        raw, _ = take_batch(self.county, self.device, batch_id, data)
        return open_receipt(raw, self.keys.receipt)

    def send(self, *records: Record) -> tuple[Outcome, ...]:
        return self.deliver(*self.seal(*records)).outcomes


def enrolled(county: County, person: str) -> Laptop:
    """Enrol a laptop the way a laptop does."""
    signing, sealing = SigningKey.generate(), SealingKey.generate()
    code: EnrolmentCode = issue_code(county, person, url="http://127.0.0.1:1").code
    request = ask_enrolment(code, sign_pub=signing.public, seal_pub=sealing.public)
    answer = open_answer(enrol(county, request), code, request)
    return Laptop(county, answer.person, signing, sealing, answer.device, answer.keys)


def rows_of(county: County, model: type[SQLModel], **where: object) -> Sequence[Any]:
    """Return the rows of a table that match."""
    table = table_of(model)
    query = select(table).where(*(table.c[name] == value for name, value in where.items()))
    with county.database.read() as connection:
        return connection.execute(query).all()
