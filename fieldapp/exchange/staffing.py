"""The cadres of a book: who they are, whose register they work on, and which households they are paired with."""

from __future__ import annotations

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.areas import AreaBook, common_area
from fieldapp.exchange.drafts import HouseholdDraft
from fieldapp.exchange.layouts import Layout
from fieldapp.exchange.lines import Line, LineReader
from fieldapp.exchange.people import check_phone
from fieldapp.exchange.records import PairingRecord, StaffRecord

__all__ = ["Staffing", "staff_key"]


class Staffing:
    """The cadres of a book: those of its own sheet with their posts, and the helpers as the pairings name them."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._posted: dict[str, StaffRecord] = {}
        self._helpers: dict[str, StaffRecord] = {}
        self._villages: dict[str, set[str]] = {}

    def take_cadre(self, line: Line, reader: LineReader, areas: AreaBook) -> None:
        """Take a row of the sheet of cadres."""
        check_phone(line, reader, "line.phone")
        place = areas.place_code(line.text("area", "town"), line.text("area", "village"))
        if not place:
            reader.tell(rows.UNKNOWN_VILLAGE, "error", line, "area.village")
            return
        name, unit, phone, post = (line.text("line", key) for key in ("name", "unit_name", "phone", "post"))
        key = staff_key(name, phone, unit)
        role = self._layout.role_of(post)
        self._posted[key] = StaffRecord(key, name, role, place, unit, phone, post)

    def take_pairing(self, line: Line, reader: LineReader, draft: HouseholdDraft) -> None:
        """Take a row that pairs a household with a helper."""
        check_phone(line, reader, "pairings.staff_phone")
        facts = line.of("pairings")
        name, unit, phone = (line.text("pairings", key) for key in ("staff_name", "unit_name", "staff_phone"))
        key, started = staff_key(name, phone, unit), line.text("pairings", "started")
        draft.pairings[key, started] = PairingRecord(key, started, facts)
        self._helpers.setdefault(key, StaffRecord(key, name, "helper", "", unit, phone))
        area = draft.facts.get("area_code")
        if area:
            self._villages.setdefault(key, set()).add(str(area))

    def records(self) -> list[StaffRecord]:
        """Return every cadre once; a helper's scope is the narrowest area of the households he or she has."""
        helpers = (
            StaffRecord(
                helper.key,
                helper.name,
                helper.role,
                common_area(self._villages.get(key, ())),
                helper.unit_name,
                helper.phone,
            )
            for key, helper in self._helpers.items()
            if key not in self._posted
        )
        return [*self._posted.values(), *helpers]


def staff_key(name: str, phone: str, unit: str) -> str:
    """Return what names a cadre in the books: name and phone, or name and unit where there is no phone."""
    return f"{name}|{phone or unit}"
