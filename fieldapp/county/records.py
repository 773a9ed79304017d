"""One record of a batch: known already, filed, merged, held or rejected; never in the way of the others."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from fieldapp.common.log import describe_crash, logger
from fieldapp.county.filing import file_document
from fieldapp.county.intake import Intake, Result, held
from fieldapp.county.patching import apply_patch
from fieldapp.county.tables import RecordRow, table_of
from fieldapp.wire.problems import BAD_RECORD, WireError
from fieldapp.wire.receipt import Outcome
from fieldapp.wire.records import ENTRY, PATCH, VISIT, BadRecord, Record, record_digest

__all__ = ["take_again", "take_record"]

_log = logger("county")


def take_record(
    intake: Intake, record: Record | BadRecord, *, batch_id: str, line_no: int
) -> Outcome | Result:
    """Take one record; an Outcome is final, a Result waits for the numbers of its touches.

    Everything it wrote is undone when it is refused or when our own code fails on it.
    """
    if isinstance(record, BadRecord):
        return Outcome(record.id, "rejected", 0, record.error.code)
    known = _known(intake, record, batch_id, line_no)
    if known is not None:
        return known
    return take_again(intake, record)


def take_again(intake: Intake, record: Record) -> Result:
    """File or merge a record whose id is registered."""
    try:
        with intake.connection.begin_nested():
            return _judge(intake, record)
    except WireError as error:
        _forget(intake, record)
        return Result("rejected", error.code)
    except OperationalError:
        raise  # a full disk or a lost database is no fault of the record: the whole batch comes again
    except Exception as error:  # noqa: BLE001 - a bug on one record must not hold up a laptop's whole batch
        _log.error("record %s failed: %s", record.id, describe_crash(type(error), error.__traceback__))
        return held("server-fault")


def _judge(intake: Intake, record: Record) -> Result:
    if record.author != intake.device.person_id:
        raise BAD_RECORD(detail="author")
    if intake.hold == "device-revoked":
        return held(intake.hold)
    if record.kind in (VISIT, ENTRY):
        return file_document(intake, record)
    if record.kind == PATCH:
        return apply_patch(intake, record)
    return held("unknown-kind")


def _known(intake: Intake, record: Record, batch_id: str, line_no: int) -> Outcome | None:
    """Register the record's id; return an outcome when it was registered before."""
    digest = record_digest(record)
    row = {
        "county_code": intake.county.code,
        "id": record.id,
        "kind": record.kind,
        "author": record.author,
        "at": record.at,
        "sha256": digest,
        "device_id": intake.device.id,
        "batch_id": batch_id,
        "line_no": line_no,
        "seq": 0,
    }
    if intake.county.database.insert_one(intake.connection, RecordRow, row):
        return None
    table = table_of(RecordRow)
    first = intake.connection.execute(
        select(table.c.sha256, table.c.seq).where(
            table.c.county_code == intake.county.code, table.c.id == record.id
        )
    ).one()
    if first.sha256 == digest:
        return Outcome(record.id, "duplicate", first.seq)
    return Outcome(record.id, "id_conflict")


def _forget(intake: Intake, record: Record) -> None:
    """A rejected record does not occupy its id: a mended one may come under it."""
    table = table_of(RecordRow)
    intake.connection.execute(
        table.delete().where(table.c.county_code == intake.county.code, table.c.id == record.id)
    )
