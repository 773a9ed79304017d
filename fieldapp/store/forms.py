"""The county's published forms on this laptop. A version never changes; drafts go on with the one they began with."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from fieldapp.store.base import StoreBase
from fieldapp.store.errors import FORM_CHANGED
from fieldapp.store.settings import read_setting, write_setting
from fieldapp.store.tables import form_lists, forms

__all__ = ["Forms", "PublishedForm", "keep_form", "make_current"]

_CURRENT_KEY = "forms.current"


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """A compiled form with its lists (``jr://…`` address to CSV bytes). ``sha256`` is the county's, over the form."""

    form_id: str
    version: str
    sha256: str
    xml: bytes
    lists: Mapping[str, bytes] = field(default_factory=dict)


class Forms(StoreBase):
    """Reading and taking published forms."""

    def form(self, form_id: str, version: str | None = None) -> PublishedForm | None:
        """Return a form: the version asked for, or the one in force. None when it is not here."""
        with self._read() as connection:
            asked = version or (read_setting(connection, _CURRENT_KEY) or {}).get(form_id)
            row = connection.execute(
                select(forms).where(forms.c.form_id == form_id, forms.c.version == asked)
            ).first()
            return None if row is None else _form(connection, row)

    def form_versions(self) -> list[tuple[str, str]]:
        """Return (form id, version) of every form here, in the order they came."""
        with self._read() as connection:
            rows = connection.execute(select(forms.c.form_id, forms.c.version).order_by(forms.c.seq))
            return [(row.form_id, row.version) for row in rows]

    def put_form(self, form: PublishedForm) -> None:
        """Take a form and put it in force. The same one twice is fine.

        Raises STORE-006 when that version is here with other content.
        """
        with self._write() as connection:
            keep_form(connection, form)
            make_current(connection, form)


def keep_form(connection: Connection, form: PublishedForm) -> None:
    """Write a form in the caller's transaction. Raises STORE-006."""
    known = connection.execute(
        select(forms).where(forms.c.form_id == form.form_id, forms.c.version == form.version)
    ).first()
    if known is not None:
        if (known.sha256, zlib.decompress(known.xml)) != (form.sha256, form.xml):
            raise FORM_CHANGED(form=form.form_id, version=form.version)
        return
    row: dict[str, Any] = {
        "form_id": form.form_id,
        "version": form.version,
        "sha256": form.sha256,
        "xml": zlib.compress(form.xml),
    }
    seq = connection.execute(insert(forms).values(row).returning(forms.c.seq)).scalar_one()
    lists = [
        {"form_seq": seq, "name": name, "content": zlib.compress(content)}
        for name, content in form.lists.items()
    ]
    if lists:
        connection.execute(insert(form_lists), lists)


def make_current(connection: Connection, form: PublishedForm) -> None:
    """Put a form's version in force for new drafts."""
    current = read_setting(connection, _CURRENT_KEY) or {}
    write_setting(connection, _CURRENT_KEY, {**current, form.form_id: form.version})


def _form(connection: Connection, row: Row[Any]) -> PublishedForm:
    lists = connection.execute(
        select(form_lists.c.name, form_lists.c.content).where(form_lists.c.form_seq == row.seq)
    )
    return PublishedForm(
        row.form_id,
        row.version,
        row.sha256,
        zlib.decompress(row.xml),
        {name: zlib.decompress(content) for name, content in lists},
    )
