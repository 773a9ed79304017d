"""Reading a finished form again, as it was written."""

from __future__ import annotations

import zlib

from sqlalchemy import select

from fieldapp.register.change import Comment, VisitDocument
from fieldapp.store.base import StoreBase
from fieldapp.store.tables import documents

__all__ = ["Documents"]


class Documents(StoreBase):
    """The forms of the visits made on this laptop."""

    def document(self, visit_id: str) -> tuple[str, VisitDocument] | None:
        """Return a visit's household and its finished form; None when the visit was made elsewhere."""
        with self._read() as connection:
            row = connection.execute(select(documents).where(documents.c.visit_id == visit_id)).first()
        if row is None:
            return None
        return row.household_id, VisitDocument(
            row.form_id,
            row.form_version,
            row.form_sha256,
            row.instance_id,
            zlib.decompress(row.xml),
            row.attachments,
            tuple(Comment(*told) for told in row.comments or ()),
        )
