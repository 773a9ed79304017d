"""Texts that stand word for word in visits of several households."""

from __future__ import annotations

from fieldapp.store.base import StoreBase, raw

__all__ = ["RepeatedTexts"]

_SAYING = (
    "SELECT count(DISTINCT v.household_id) FROM visits AS v WHERE v.county_code = :county"
    " AND v.household_id != :home AND v.status = 'active'"
    " AND (v.summary = :text OR EXISTS (SELECT 1 FROM json_each(v.properties) AS p WHERE p.value = :text))"
)


class RepeatedTexts(StoreBase):
    """Asking how often something was said."""

    def households_saying(self, text: str, household_id: str) -> int:
        """Return in how many other households a visit says exactly this."""
        told = {"county": self.site.county_code, "home": household_id, "text": text}
        with self._read() as connection:
            row = raw(connection).execute(_SAYING, told).fetchone()
        return int(row[0])
