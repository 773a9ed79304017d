"""Workbooks in and out: national layouts, reading with row findings, error reports, writing by the same layouts."""

from fieldapp.exchange.errors import PASSWORD_NEEDED, WRONG_PASSWORD
from fieldapp.exchange.findings import Finding
from fieldapp.exchange.layouts import Layout, Layouts, SheetLayout, load_layout, shipped_layouts
from fieldapp.exchange.ledger import read_visit_ledger
from fieldapp.exchange.reading import read_register_book
from fieldapp.exchange.records import (
    BookCounts,
    BookReading,
    Facts,
    HouseholdRecord,
    IncomeRecord,
    LedgerReading,
    MeasureRecord,
    PairingRecord,
    PersonRecord,
    StaffRecord,
    UnitReading,
    UnitRecord,
    VisitRecord,
)
from fieldapp.exchange.report import write_import_report
from fieldapp.exchange.staffing import staff_key
from fieldapp.exchange.units import read_units

__all__ = [
    "PASSWORD_NEEDED",
    "WRONG_PASSWORD",
    "BookCounts",
    "BookReading",
    "Facts",
    "Finding",
    "HouseholdRecord",
    "IncomeRecord",
    "Layout",
    "Layouts",
    "LedgerReading",
    "MeasureRecord",
    "PairingRecord",
    "PersonRecord",
    "SheetLayout",
    "StaffRecord",
    "UnitReading",
    "UnitRecord",
    "VisitRecord",
    "load_layout",
    "read_register_book",
    "read_units",
    "read_visit_ledger",
    "shipped_layouts",
    "staff_key",
    "write_import_report",
]
