"""Taking the county's feed: a page of rows and the cursor behind it, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import sqlite

from fieldapp.common.errors import KnownError
from fieldapp.common.log import logger
from fieldapp.register.entities import ENTITY_TYPES
from fieldapp.store.base import table_of
from fieldapp.store.feed_rows import FeedPage, take_records
from fieldapp.store.forms import PublishedForm, keep_form, make_current
from fieldapp.store.policy import keep_policy
from fieldapp.store.rolling import Rolling
from fieldapp.store.settings import read_setting, write_setting
from fieldapp.store.tables import changes, unread_rows
from fieldapp.wire.canonical import encode

__all__ = ["Feed"]

_CURSOR_KEY = "feed.cursor"
#: Whether the laptop's first fetch, which may take many pages, is still under way.
_FIRST_KEY = "feed.first"


class Feed(Rolling):
    """Applying the county's feed."""

    def cursor(self) -> str:
        """Return the feed position up to which changes were applied; empty at the start."""
        with self._read() as connection:
            return read_setting(connection, _CURSOR_KEY) or ""

    def apply_feed(self, rows: Iterable[Mapping[str, Any]], cursor: str, *, more: bool = False) -> int:
        """Apply a page and its cursor in one transaction; return how many rows were applied. ``more`` pages follow it.

        Rows that this version cannot read are kept for one that can; they never block the others. Raises DISK-001.
        """
        by_list: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in rows:
            by_list[str(row["list"])].append(row)
        with self._write() as connection:
            page = self._page(connection, by_list)
            self._take(page, by_list)
            self._refresh(connection, placed=page.placed, searched=page.searched, counted=page.counted)
            _keep_unread(page)
            write_setting(connection, _CURSOR_KEY, cursor)
            write_setting(connection, _FIRST_KEY, page.is_first and more)
        return sum(map(len, by_list.values())) - len(page.unread)

    def _page(self, connection: Connection, by_list: Mapping[str, list[Mapping[str, Any]]]) -> FeedPage:
        """Enter the page in the journal and among the changes; one without rows is no change."""
        first = not read_setting(connection, _CURSOR_KEY) or bool(read_setting(connection, _FIRST_KEY))
        today = self._clock.today().isoformat()
        page = FeedPage(connection, self.site.county_code, self._ids.new(), today, is_first=first)
        if by_list:
            told = {
                name: [[str(row["id"]), row.get("version")] for row in rows] for name, rows in by_list.items()
            }
            seq = self.vault.journal.append(connection, "feed.applied", encode(told)).seq
            row = {"seq": seq, "id": page.change_id, "at": self._now(), "author": "", "author_name": ""}
            connection.execute(insert(changes).values({**row, "kind": "pull", "reason": ""}))
        return page

    def _take(self, page: FeedPage, by_list: Mapping[str, list[Mapping[str, Any]]]) -> None:
        for list_name, rows in by_list.items():
            if list_name in ENTITY_TYPES:
                take_records(page, list_name, rows)
                continue
            for row in rows:
                try:
                    self._take_other(page, list_name, row)
                except (KeyError, ValueError, TypeError, KnownError) as error:
                    logger("store").warning("a row of %s was not read: %s", list_name, type(error).__name__)
                    page.unread.append(row)

    def _take_other(self, page: FeedPage, list_name: str, row: Mapping[str, Any]) -> None:
        values = row["values"]
        match list_name:
            case "areas":
                dated = {name: values.get(name, "") for name in ("valid_from", "valid_to", "successor")}
                _upsert(
                    page, list_name, "code", {**_named(values, "code", "parent", "name", "level"), **dated}
                )
            case "units":
                told = _named(values, "name", "kind", "area_code", "contact_name", "phone")
                _upsert(page, list_name, "id", {"id": row["id"], **told})
            case "staff":
                told = _named(values, "name", "role", "area_code", "unit_name", "phone")
                _upsert(page, list_name, "id", {"id": row["id"], **told, "post": values.get("post", "")})
            case "forms":
                form = _form(values)
                keep_form(page.connection, form)
                make_current(page.connection, form)
            case "policy":
                keep_policy(page.connection, str(row["id"]), values["text"])
                self._policies = self._values = None
            case _:
                raise KeyError(list_name)


def _named(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names}


def _form(values: Mapping[str, Any]) -> PublishedForm:
    lists = {name: text.encode() for name, text in values.get("lists", {}).items()}
    return PublishedForm(
        values["form_id"], values["version"], values["sha256"], values["xml"].encode(), lists
    )


def _upsert(page: FeedPage, list_name: str, key: str, values: Mapping[str, Any]) -> None:
    row = {"county_code": page.county_code, **values}
    if any(not isinstance(value, str) for value in row.values()):
        raise TypeError(list_name)
    statement = sqlite.insert(table_of(list_name)).values(row)
    page.connection.execute(statement.on_conflict_do_update(index_elements=["county_code", key], set_=row))


def _keep_unread(page: FeedPage) -> None:
    for row in page.unread:
        kept = {"list": str(row["list"]), "id": str(row["id"]), "row": dict(row)}
        statement = sqlite.insert(unread_rows).values(kept)
        page.connection.execute(statement.on_conflict_do_update(index_elements=["list", "id"], set_=kept))
