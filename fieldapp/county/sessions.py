"""Sessions: a laptop signs the county's nonce and gets a token for an hour.

The nonce needs no row: it carries its own expiry and the county's MAC, so a stranger who asks for thousands writes
nothing. It works once, since a session keeps the nonce it was opened with under a unique key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from datetime import timedelta

from sqlalchemy import delete, select

from fieldapp.county.devices import Device, device_by_id, device_by_key
from fieldapp.county.setup import County
from fieldapp.county.tables import SessionRow, table_of
from fieldapp.wire.problems import DEVICE_UNKNOWN, SESSION_INVALID, SIGNATURE
from fieldapp.wire.session import challenge_holds

__all__ = ["NONCE_LIFE_S", "SESSION_LIFE_S", "authenticate", "make_nonce", "open_session"]

NONCE_LIFE_S = 60
SESSION_LIFE_S = 3600
_EXPIRY = struct.Struct(">Q")
_RANDOM_BYTES = 16
_MAC_BYTES = 16


def make_nonce(county: County) -> str:
    """Return a nonce that is good for a minute."""
    expiry = int(county.clock.now().timestamp()) + NONCE_LIFE_S
    body = secrets.token_bytes(_RANDOM_BYTES) + _EXPIRY.pack(expiry)
    return base64.urlsafe_b64encode(body + _nonce_mac(county, body)).decode("ascii")


def open_session(county: County, device_key: str, nonce: str, signature: bytes) -> tuple[str, str]:
    """Return a token and when it expires. Raises session-invalid, device-unknown or signature."""
    if not _nonce_is_good(county, nonce):
        raise SESSION_INVALID()
    with county.database.read() as connection:
        device = device_by_key(connection, county.code, device_key)
    if device is None:
        raise DEVICE_UNKNOWN()
    if not challenge_holds(device.sign_pub, device_key, county.code, nonce, signature):
        raise SIGNATURE()
    token = secrets.token_urlsafe(32)
    expires = (county.clock.now() + timedelta(seconds=SESSION_LIFE_S)).isoformat(timespec="seconds")
    row = {
        "county_code": county.code,
        "token_sha256": _digest(token),
        "nonce": nonce,
        "device_id": device.id,
        "expires_at": expires,
    }
    sessions = table_of(SessionRow)
    with county.database.write() as connection:
        connection.execute(
            delete(sessions).where(
                sessions.c.county_code == county.code,
                sessions.c.expires_at < county.clock.now().isoformat(timespec="seconds"),
            )
        )
        if not county.database.insert_one(connection, SessionRow, row):
            raise SESSION_INVALID()
    return token, expires.replace("+00:00", "Z")


def authenticate(county: County, token: str) -> Device:
    """Return the device a token belongs to. Raises session-invalid."""
    sessions = table_of(SessionRow)
    with county.database.read() as connection:
        found = connection.execute(
            select(sessions.c.device_id, sessions.c.expires_at).where(
                sessions.c.county_code == county.code, sessions.c.token_sha256 == _digest(token)
            )
        ).first()
        if found is None or found.expires_at < county.clock.now().isoformat(timespec="seconds"):
            raise SESSION_INVALID()
        return device_by_id(connection, county.code, found.device_id)


def _nonce_is_good(county: County, nonce: str) -> bool:
    try:
        raw = base64.b64decode(nonce, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if len(body) != _RANDOM_BYTES + _EXPIRY.size or not hmac.compare_digest(mac, _nonce_mac(county, body)):
        return False
    (expiry,) = _EXPIRY.unpack(body[_RANDOM_BYTES:])
    return bool(expiry >= county.clock.now().timestamp())


def _nonce_mac(county: County, body: bytes) -> bytes:
    return hmac.new(county.keys.challenge_key, body, hashlib.sha256).digest()[:_MAC_BYTES]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
