"""sqlite-utils over the encrypted connection.

sqlite-utils catches the ``OperationalError`` of the module it found at import, and SQLCipher's class is another
one: without the stand-in below ``insert(alter=True)`` raises instead of adding the column. So this is the only
place of the program that imports it.
"""

from __future__ import annotations

import sys

import sqlcipher3
from sqlalchemy import Connection
from sqlcipher3 import dbapi2

_STAND_INS = {"pysqlite3": sqlcipher3, "pysqlite3.dbapi2": dbapi2}
_before = {name: sys.modules.get(name) for name in _STAND_INS}
sys.modules.update(_STAND_INS)
try:
    import sqlite_utils
    from sqlite_utils.utils import OperationalError as _CaughtError
finally:
    for _name, _module in _before.items():
        if _module is None:
            del sys.modules[_name]
        else:
            sys.modules[_name] = _module

if _CaughtError is not dbapi2.OperationalError:
    raise ImportError("sqlite_utils was imported before fieldapp.vault and is bound to another SQLite")

__all__ = ["sqlite_utils_database"]


def sqlite_utils_database(connection: Connection) -> sqlite_utils.Database:
    """Return sqlite-utils on the same raw connection and transaction: search index, bulk load, schema inspection."""
    return sqlite_utils.Database(
        connection.connection.driver_connection, recursive_triggers=False, execute_plugins=False
    )
