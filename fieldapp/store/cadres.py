"""Who works on the register: teams, pairings by cadre, households without one, helpers that changed too often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from fieldapp.register.entities import Staff
from fieldapp.store.base import StoreBase, raw, table_of

__all__ = ["Cadres", "Charge", "HomeLine", "Turnover", "UnitContact"]

_CURRENT = "p.status = 'active' AND (ifnull(p.ended, '') = '' OR p.ended >= :today)"
_KIND = "ifnull(json_extract(p.properties, '$.kind'), 'helper')"
_HOME = "h.id, h.house_no, h.head_name, h.area_code, h.group_name"

_CHARGES = (
    f"SELECT {_KIND}, p.unit_name, p.staff_id, p.staff_name, count(DISTINCT h.id)"  # noqa: S608 - constants
    " FROM pairings AS p CROSS JOIN households AS h ON h.county_code = p.county_code AND h.id = p.household_id"
    f" WHERE p.county_code = :county AND h.status = 'active' AND {_CURRENT}"
    " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 4"
)
_UNPAIRED = (
    f"SELECT {_HOME} FROM households AS h WHERE h.county_code = :county AND h.status = 'active'"  # noqa: S608
    " AND (:everyone OR h.household_type = 'out_of_poverty' OR h.monitor_kind IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM pairings AS p WHERE p.county_code = h.county_code"
    f"  AND p.household_id = h.id AND {_KIND} = 'helper' AND {_CURRENT})"
    " ORDER BY h.area_code, h.group_name, h.house_no"
)
#: Special focus (A015, A016): at risk and not cleared, in extreme hardship, or an elder living alone.
_UNGUARDED = (
    f"SELECT {_HOME} FROM households AS h WHERE h.county_code = :county AND h.status = 'active'"  # noqa: S608
    " AND ((h.monitor_kind IS NOT NULL AND h.risk_cleared IS NOT 1)"
    "  OR json_extract(h.properties, '$.extreme_hardship') OR json_extract(h.properties, '$.elder_alone'))"
    " AND NOT EXISTS (SELECT 1 FROM pairings AS p WHERE p.county_code = h.county_code"
    f"  AND p.household_id = h.id AND {_KIND} IN ('guard', 'leader') AND {_CURRENT})"
    " ORDER BY h.area_code, h.group_name, h.house_no"
)
_TURNOVER = (
    f"SELECT {_HOME}, count(DISTINCT p.staff_id)"  # noqa: S608
    " FROM pairings AS p CROSS JOIN households AS h ON h.county_code = p.county_code AND h.id = p.household_id"
    f" WHERE p.county_code = :county AND h.status = 'active' AND {_KIND} = 'helper'"
    " AND (ifnull(p.ended, '') = '' OR p.ended >= :since)"
    " GROUP BY h.id HAVING count(DISTINCT p.staff_id) > :most ORDER BY 6 DESC, h.area_code, h.house_no"
)


@dataclass(frozen=True, slots=True)
class Charge:
    """How many households a cadre of a unit has, by kind of pairing (helper, leader, guard, grid, ten_homes)."""

    kind: str
    unit_name: str
    staff_id: str
    staff_name: str
    households: int


@dataclass(frozen=True, slots=True)
class UnitContact:
    """A unit of the county, and whom to call. ``kind``: helping, leading, or empty where nobody has said."""

    id: str
    name: str
    kind: str
    contact_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A household in a list of names."""

    household_id: str
    house_no: str
    head_name: str
    area_code: str
    group_name: str


@dataclass(frozen=True, slots=True)
class Turnover:
    """A household and how many helpers it has had since a day."""

    home: HomeLine
    helpers: int


class Cadres(StoreBase):
    """Reading who works here."""

    def cadres(self, area_prefix: str) -> list[Staff]:
        """Return the cadres whose scope lies in an area, by area, post and name."""
        table = table_of("staff")
        query = (
            select(table)
            .where(
                table.c.county_code == self.site.county_code,
                table.c.area_code.startswith(area_prefix, autoescape=True),
            )
            .order_by(table.c.area_code, table.c.post.desc(), table.c.name, table.c.id)
        )
        with self._read() as connection:
            rows = connection.execute(query).mappings().all()
        return [Staff(**{name: row[name] for name in row if name != "county_code"}) for row in rows]

    def unit_contacts(self) -> list[UnitContact]:
        """Return the county's units by name."""
        table = table_of("units")
        query = (
            select(table.c.id, table.c.name, table.c.kind, table.c.contact_name, table.c.phone)
            .where(table.c.county_code == self.site.county_code)
            .order_by(table.c.name, table.c.id)
        )
        with self._read() as connection:
            return [UnitContact(*row) for row in connection.execute(query)]

    def charges(self, today: date) -> list[Charge]:
        """Return who has how many households today, by kind, unit and cadre."""
        return [Charge(*row) for row in self._rows(_CHARGES, today=today.isoformat())]

    def unpaired(self, today: date, *, everyone: bool) -> list[HomeLine]:
        """Return the households without a helper today; ordinary ones too when everyone has one by policy."""
        rows = self._rows(_UNPAIRED, today=today.isoformat(), everyone=everyone)
        return [HomeLine(*row) for row in rows]

    def unguarded(self, today: date) -> list[HomeLine]:
        """Return the households of special focus for whom nobody is named."""
        return [HomeLine(*row) for row in self._rows(_UNGUARDED, today=today.isoformat())]

    def turnover(self, since: date, most: int) -> list[Turnover]:
        """Return the households that have had more than ``most`` helpers since a day, the most first."""
        rows = self._rows(_TURNOVER, since=since.isoformat(), most=most)
        return [Turnover(HomeLine(*row[:5]), int(row[5])) for row in rows]

    def _rows(self, query: str, **arguments: Any) -> list[Any]:
        with self._read() as connection:
            told = {"county": self.site.county_code, **arguments}
            return list(raw(connection).execute(query, told).fetchall())
