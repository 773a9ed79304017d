"""Making and opening a county: one folder with its keys, its database and the sealed attachments.

::

    county.json          code, name, address of the database
    keys/                private (see keyring)
    county.db            SQLite, unless the address names another database
    blobs/               sealed attachments by device
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from fieldapp.common.clock import Clock
from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.common.ids import IdSource
from fieldapp.county.admins import LEAST_PASSWORD, add_admin
from fieldapp.county.database import Database, open_postgresql, open_sqlite
from fieldapp.county.errors import ALREADY_A_COUNTY, NOT_A_COUNTY, OTHER_SCHEMA, WEAK_PASSWORD
from fieldapp.county.keyring import Keyring, create_keyring, open_keyring
from fieldapp.county.migrating import NEWEST, OLDER, bring_up
from fieldapp.county.recovery import write_card
from fieldapp.county.tables import SchemaRow, table_of
from fieldapp.wire.canonical import encode, parse_object
from fieldapp.wire.fields import Fields
from fieldapp.wire.keys import SealingKey

__all__ = ["RECOVERY_CARD", "County", "init_county", "moment", "open_county"]

RECOVERY_CARD = "恢复卡-打印后删除.txt"
_CONFIG = "county.json"
_KEYS = "keys"


@dataclass(frozen=True)
class County:
    """An open county: who it is, its keys, its database, its clock. Close it when done."""

    code: str
    name: str
    folder: Path
    keys: Keyring
    database: Database
    clock: Clock
    ids: IdSource

    def now(self) -> str:
        """Return the present moment as stored and signed."""
        return moment(self.clock)

    def close(self) -> None:
        self.database.close()


def moment(clock: Clock) -> str:
    """Return the clock's time as ISO-8601 text in UTC with milliseconds and Z."""
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def init_county(
    folder: Path,
    *,
    county_code: str,
    name: str,
    admin_name: str,
    admin_password: str,
    clock: Clock,
    ids: IdSource,
    database_url: str = "",
    card: Path | None = None,
) -> County:
    """Make a county in an empty ``folder``: keys, recovery card, tables, first administrator.

    ``card`` is where the recovery card goes (default: in the folder). ``county.json`` is written last, so a folder
    whose making was interrupted is no county and can be made again. Raises COUNTY-001, COUNTY-005, DISK-00x.
    """
    if (folder / _CONFIG).exists():
        raise ALREADY_A_COUNTY(folder=folder)
    if len(admin_password) < LEAST_PASSWORD:
        raise WEAK_PASSWORD(least=LEAST_PASSWORD)
    with known_disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob("county.db*"):
            leftover.unlink()
    recovery = SealingKey.generate()
    keys = create_keyring(folder / _KEYS, county_code, recovery.public)
    write_card(
        card or folder / RECOVERY_CARD,
        recovery,
        county_name=name,
        county_code=county_code,
        made_on=clock.today(),
    )
    database = _open_database(folder, database_url, keys)
    database.create_tables()
    now = moment(clock)
    with database.write() as connection:
        version = {"county_code": county_code, "version": NEWEST, "migrated_at": now}
        database.upsert(connection, SchemaRow, [version])
        add_admin(database, connection, county_code, admin_name, admin_password, now)
    config = {"v": 1, "code": county_code, "name": name, "database": database_url}
    atomic_write(folder / _CONFIG, encode(config) + b"\n")
    return County(county_code, name, folder, keys, database, clock, ids)


def open_county(folder: Path, *, clock: Clock, ids: IdSource, key_file: Path | None = None) -> County:
    """Open the county in ``folder``. Raises COUNTY-002, COUNTY-003, COUNTY-004 or COUNTY-009."""
    try:
        config = Fields(parse_object((folder / _CONFIG).read_bytes()))
        code, name = config.text("code", longest=12), config.text("name", longest=64)
        url = config.text("database", longest=512, empty=True)
    except (OSError, ValueError):
        raise NOT_A_COUNTY(folder=folder) from None
    keys = open_keyring(folder / _KEYS, code, key_file)
    database = _open_database(folder, url, keys)
    schema = table_of(SchemaRow)
    with database.read() as connection:
        found = connection.execute(select(schema.c.version).where(schema.c.county_code == code)).scalar()
    if found in OLDER:
        bring_up(database, code, found, moment(clock))
    elif found != NEWEST:
        database.close()
        raise OTHER_SCHEMA(found=found, wanted=NEWEST)
    return County(code, name, folder, keys, database, clock, ids)


def _open_database(folder: Path, url: str, keys: Keyring) -> Database:
    return open_postgresql(url) if url else open_sqlite(folder / "county.db", keys.database_key)
