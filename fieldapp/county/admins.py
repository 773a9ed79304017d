"""The server's administrators and their passwords (Argon2id, 64 MiB)."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import Connection, select

from fieldapp.county.database import Database
from fieldapp.county.errors import WEAK_PASSWORD, WRONG_ADMIN
from fieldapp.county.tables import AdminRow, table_of

__all__ = ["LEAST_PASSWORD", "add_admin", "check_admin"]

LEAST_PASSWORD = 8
_MEMORY_KIB = 64 * 1024
_PASSES = 3
_LANES = 1


def add_admin(
    database: Database, connection: Connection, county_code: str, name: str, password: str, at: str
) -> None:
    """Add an administrator or give an old one a new password. Raises COUNTY-005 for a short one."""
    if len(password) < LEAST_PASSWORD:
        raise WEAK_PASSWORD(least=LEAST_PASSWORD)
    hasher = Argon2id(
        salt=secrets.token_bytes(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    row = {
        "county_code": county_code,
        "name": name,
        "password_hash": hasher.derive_phc_encoded(password.encode()),
        "created_at": at,
    }
    database.upsert(connection, AdminRow, [row])


def check_admin(connection: Connection, county_code: str, name: str, password: str) -> None:
    """Raise COUNTY-006 unless the password is the administrator's."""
    table = table_of(AdminRow)
    found = connection.execute(
        select(table.c.password_hash).where(table.c.county_code == county_code, table.c.name == name)
    ).scalar()
    try:
        Argon2id.verify_phc_encoded(password.encode(), found or _NOBODY)
    except InvalidKey:
        raise WRONG_ADMIN() from None
    if found is None:
        raise WRONG_ADMIN()


#: A hash nobody has the password of, so that an unknown name takes as long as a wrong password.
_NOBODY = Argon2id(salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=8).derive_phc_encoded(
    secrets.token_bytes(32)
)
