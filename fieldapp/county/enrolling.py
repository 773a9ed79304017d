"""One-time codes and the enrolment of laptops: a code works once, expires, and dies after five wrong tries."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from fieldapp.county.errors import NO_SUCH_STAFF
from fieldapp.county.setup import County
from fieldapp.county.tables import CodeRow, DeviceRow, table_of
from fieldapp.tables.register import StaffRow
from fieldapp.wire.code import SECRET_BYTES, EnrolmentCode, EnrolmentFile, mac_key
from fieldapp.wire.enrolment import EnrolmentAnswer, EnrolmentRequest, sign_answer
from fieldapp.wire.keys import key_id
from fieldapp.wire.problems import BAD_REQUEST, CODE_EXPIRED, CODE_UNKNOWN, CODE_WRONG, WireError

__all__ = ["MOST_WRONG_TRIES", "enrol", "issue_code"]

MOST_WRONG_TRIES = 5
_VALID_HOURS = 72


def issue_code(
    county: County,
    person_id: str,
    *,
    url: str,
    ca: str = "",
    issued_by: str = "",
    valid_hours: int = _VALID_HOURS,
) -> EnrolmentFile:
    """Make a code for a cadre, to be handed over as the file or typed from ``code.text()``. Raises COUNTY-007."""
    code = EnrolmentCode(secrets.token_bytes(SECRET_BYTES), hashlib.sha256(county.keys.root.public).digest())
    now = county.clock.now()
    expires = (now + timedelta(hours=valid_hours)).isoformat(timespec="seconds").replace("+00:00", "Z")
    with county.database.write() as connection:
        if _staff_name(connection, county.code, person_id) is None:
            raise NO_SUCH_STAFF(staff=person_id)
        row = {
            "county_code": county.code,
            "code_id": code.code_id,
            "mac_key": mac_key(code.secret),
            "person_id": person_id,
            "issued_by": issued_by,
            "issued_at": county.now(),
            "expires_at": expires,
            "wrong_tries": 0,
            "state": "open",
            "request_sha256": "",
            "answer": b"",
        }
        county.database.insert_new(connection, CodeRow, [row])
    return EnrolmentFile(code, county.code, county.name, url, ca, person_id, expires)


def enrol(county: County, request: EnrolmentRequest, *, ca: str = "") -> bytes:
    """Enrol the laptop that sent ``request`` and return the signed answer; the same request gets the same answer.

    Raises code-unknown, code-expired, code-wrong, bad-request. A wrong try is counted even though it is refused.
    """
    with county.database.write() as connection:
        result = _enrol(county, connection, request, ca)
    if isinstance(result, WireError):
        raise result
    return result


def _enrol(county: County, connection: Connection, request: EnrolmentRequest, ca: str) -> bytes | WireError:
    codes = table_of(CodeRow)
    mine = (codes.c.county_code == county.code) & (codes.c.code_id == request.code_id)
    code = connection.execute(select(codes).where(mine).with_for_update()).first()
    if code is None or code.state == "dead":
        return CODE_UNKNOWN()
    if code.state == "used":
        return bytes(code.answer) if code.request_sha256 == request.sha256 else CODE_UNKNOWN()
    if code.expires_at < county.now():
        return CODE_EXPIRED()
    if not request.holds(code.mac_key):
        tries = code.wrong_tries + 1
        state = "dead" if tries >= MOST_WRONG_TRIES else "open"
        connection.execute(update(codes).where(mine).values(wrong_tries=tries, state=state))
        return CODE_WRONG(left=MOST_WRONG_TRIES - tries)
    name = _staff_name(connection, county.code, code.person_id)
    if request.person not in ("", code.person_id) or name is None:
        return BAD_REQUEST(detail="person")
    epoch = _next_epoch(connection, county.code, code.person_id)
    device = _device_row(county, code.person_id, epoch, request)
    if not county.database.insert_one(connection, DeviceRow, device):
        return BAD_REQUEST(detail="the key is enrolled already")
    answer = sign_answer(
        EnrolmentAnswer(
            request_sha256=request.sha256,
            county=county.code,
            county_name=county.name,
            device=device["id"],
            person=code.person_id,
            person_name=name,
            epoch=epoch,
            keys=county.keys.public,
            ca=ca,
            server_time=county.now(),
        ),
        county.keys.root,
    )
    used = {"state": "used", "request_sha256": request.sha256, "answer": answer}
    connection.execute(update(codes).where(mine).values(**used))
    return answer


def _device_row(county: County, person_id: str, epoch: int, request: EnrolmentRequest) -> dict[str, Any]:
    now = county.now()
    return {
        "county_code": county.code,
        "id": county.ids.new(),
        "person_id": person_id,
        "key_id": key_id(request.sign_pub),
        "sign_pub": request.sign_pub,
        "seal_pub": request.seal_pub,
        "epoch": epoch,
        "status": "active",
        "enrolled_at": now,
        "last_seen_at": now,
        "last_bseq": 0,
        "last_sha256": "",
        "bundle_seq": 0,
        "journal_seq": 0,
        "journal_head": "",
    }


def _next_epoch(connection: Connection, county_code: str, person_id: str) -> int:
    devices = table_of(DeviceRow)
    latest = connection.execute(
        select(func.max(devices.c.epoch)).where(
            devices.c.county_code == county_code, devices.c.person_id == person_id
        )
    ).scalar()
    return int(latest or 0) + 1


def _staff_name(connection: Connection, county_code: str, person_id: str) -> str | None:
    staff = table_of(StaffRow)
    return connection.execute(
        select(staff.c.name).where(staff.c.county_code == county_code, staff.c.id == person_id)
    ).scalar()
