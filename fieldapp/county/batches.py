"""Taking in a batch: one transaction, one receipt, every record judged by itself.

The same batch again gets the same receipt bytes; the same id with other bytes is refused. The raw bytes are kept,
those of rejected records too. What was held because an earlier batch was missing is applied when that one arrives.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from fieldapp.county.chain import (
    advance,
    followers,
    held_lines,
    judge_position,
    mark_line,
    place_in_chain,
)
from fieldapp.county.devices import Device, device_by_id
from fieldapp.county.feed import publish
from fieldapp.county.intake import Intake, Result
from fieldapp.county.publishing import effect_rules, gate_in_force, schema_in_force
from fieldapp.county.records import take_again, take_record
from fieldapp.county.scope import scope_of
from fieldapp.county.setup import County
from fieldapp.county.tables import BatchRow, LineRow, RecordRow, table_of
from fieldapp.tables.register import StaffRow
from fieldapp.wire.batch import Batch, batch_digest, open_batch
from fieldapp.wire.problems import BAD_CONTAINER, BATCH_ID_REUSE, NOT_FOUND, OTHER_COUNTY
from fieldapp.wire.receipt import Outcome, Receipt, sign_receipt
from fieldapp.wire.records import Record, read_line

__all__ = ["find_receipt", "take_batch"]


def take_batch(county: County, device: Device, batch_id: str, data: bytes) -> tuple[bytes, bool]:
    """Take in a batch of ``device``; return the receipt's bytes and whether the batch was new.

    Raises batch-id-reuse, bad-container, signature, bad-seal, device-unknown, other-county, too-large.
    """
    known = _known_receipt(county, device, batch_id, data)
    if known is not None:
        return known, False
    batch = open_batch(
        data,
        county_sealing=county.keys.sealing,
        device_public=lambda key: device.sign_pub if key == device.key_id else None,
    )
    if batch.header.county != county.code:
        raise OTHER_COUNTY()
    if batch.header.batch != batch_id:
        raise BAD_CONTAINER(detail="batch id")
    with county.database.write() as connection:
        sender = device_by_id(connection, county.code, device.id, lock=True)
        receipt = _take(county, connection, sender, batch, data)
    if receipt is None:  # a second copy of the batch was faster
        known = _known_receipt(county, device, batch_id, data)
        if known is None:
            raise NOT_FOUND()
        return known, False
    return receipt, True


def find_receipt(county: County, device: Device, batch_id: str) -> bytes:
    """Return the receipt of a batch of this device. Raises not-found."""
    table = table_of(BatchRow)
    with county.database.read() as connection:
        found = connection.execute(
            select(table.c.receipt).where(
                table.c.county_code == county.code,
                table.c.id == batch_id,
                table.c.device_id == device.id,
            )
        ).scalar()
    if found is None:
        raise NOT_FOUND()
    return bytes(found)


def _known_receipt(county: County, device: Device, batch_id: str, data: bytes) -> bytes | None:
    table = table_of(BatchRow)
    with county.database.read() as connection:
        found = connection.execute(
            select(table.c.sha256, table.c.device_id, table.c.receipt).where(
                table.c.county_code == county.code, table.c.id == batch_id
            )
        ).first()
    if found is None:
        return None
    if found.sha256 != batch_digest(data) or found.device_id != device.id:
        raise BATCH_ID_REUSE()
    return bytes(found.receipt)


def _take(county: County, connection: Connection, device: Device, batch: Batch, data: bytes) -> bytes | None:
    place = judge_position(device, batch.header)
    intake = _intake(county, connection, device, "device-revoked" if device.revoked else place)
    row = _batch_row(intake, batch, data, in_chain=not place)
    if not county.database.insert_one(connection, BatchRow, row):
        return None
    results = [
        take_record(intake, record, batch_id=batch.header.batch, line_no=number)
        for number, record in enumerate(batch.records, 1)
    ]
    outcomes = _number(intake, batch, results)
    _keep_lines(intake, batch, outcomes)
    if not place:
        _close_gaps(intake, batch)
    receipt = sign_receipt(_receipt(intake, batch, outcomes), county.keys.receipt)
    table = table_of(BatchRow)
    connection.execute(
        update(table)
        .where(table.c.county_code == county.code, table.c.id == batch.header.batch)
        .values(receipt=receipt)
    )
    return receipt


def _intake(county: County, connection: Connection, device: Device, hold: str) -> Intake:
    staff = table_of(StaffRow)
    name = connection.execute(
        select(staff.c.name).where(staff.c.county_code == county.code, staff.c.id == device.person_id)
    ).scalar()
    return Intake(
        county=county,
        connection=connection,
        device=device,
        author_name=name or "",
        scope=scope_of(connection, county.code, device.person_id, county.clock.today().isoformat()),
        rules=effect_rules(connection, county.code),
        schema=schema_in_force(connection, county.code),
        now=county.now(),
        gate=gate_in_force(connection, county.code),
        hold=hold,
    )


def _number(intake: Intake, batch: Batch, results: Sequence[Outcome | Result]) -> list[Outcome]:
    """Publish what the records touched and put the numbers into their outcomes."""
    touches = [touch for result in results if isinstance(result, Result) for touch in result.touches]
    numbers = publish(intake.county.database, intake.connection, intake.county.code, touches)
    outcomes = []
    numbered = []
    for record, result in zip(batch.records, results, strict=True):
        if isinstance(result, Outcome):
            outcomes.append(result)
            continue
        first = result.touches[0] if result.touches else None
        seq = numbers[first.list, first.entity_id] if first else 0
        outcomes.append(Outcome(record.id, result.status, seq, result.detail))
        if seq:
            numbered.append((record.id, seq))
    table = table_of(RecordRow)
    for record_id, seq in numbered:
        intake.connection.execute(
            update(table)
            .where(table.c.county_code == intake.county.code, table.c.id == record_id)
            .values(seq=seq)
        )
    return outcomes


def _keep_lines(intake: Intake, batch: Batch, outcomes: Sequence[Outcome]) -> None:
    rows = [
        {
            "county_code": intake.county.code,
            "batch_id": batch.header.batch,
            "line_no": number,
            "record_id": outcome.id,
            "status": outcome.status,
            "seq": outcome.seq,
            "detail": outcome.detail,
            "raw": line,
        }
        for number, (line, outcome) in enumerate(zip(batch.lines, outcomes, strict=True), 1)
    ]
    intake.county.database.insert_new(intake.connection, LineRow, rows)


def _close_gaps(intake: Intake, batch: Batch) -> None:
    """Move the chain on over this batch and those that waited behind it; apply what they had to hold."""
    county, connection = intake.county, intake.connection
    header = batch.header
    bseq, sha256 = header.bseq, batch.sha256
    open_intake = dataclasses.replace(intake, hold="device-revoked" if intake.device.revoked else "")
    for row in followers(connection, county.code, intake.device, bseq, sha256):
        place_in_chain(connection, county.code, row["id"])
        _release(open_intake, row["id"])
        bseq, sha256 = row["bseq"], row["sha256"]
    journal = (header.journal_seq, header.journal_head)
    advance(connection, county.code, intake.device, bseq=bseq, sha256=sha256, journal=journal)


def _release(intake: Intake, batch_id: str) -> None:
    for line_no, raw in held_lines(intake.connection, intake.county.code, batch_id):
        record = read_line(raw, line_no)
        if not isinstance(record, Record):
            continue
        result = take_again(intake, record)
        numbers = publish(intake.county.database, intake.connection, intake.county.code, result.touches)
        outcome = {
            "status": result.status,
            "detail": result.detail,
            "seq": next(iter(numbers.values()), 0),
        }
        mark_line(intake.connection, intake.county.code, batch_id, line_no, outcome)


def _batch_row(intake: Intake, batch: Batch, data: bytes, *, in_chain: bool) -> dict[str, Any]:
    return {
        "county_code": intake.county.code,
        "id": batch.header.batch,
        "device_id": intake.device.id,
        "epoch": batch.header.epoch,
        "bseq": batch.header.bseq,
        "sha256": batch.sha256,
        "prev": batch.header.prev,
        "received_at": intake.now,
        "in_chain": in_chain,
        "raw": data,
        "receipt": b"",
    }


def _receipt(intake: Intake, batch: Batch, outcomes: Sequence[Outcome]) -> Receipt:
    header = batch.header
    return Receipt(
        county=intake.county.code,
        device=intake.device.id,
        key=intake.device.key_id,
        epoch=header.epoch,
        bseq=header.bseq,
        batch=header.batch,
        sha256=batch.sha256,
        journal_seq=header.journal_seq,
        journal_head=header.journal_head,
        server_time=intake.now,
        outcomes=tuple(outcomes),
    )
