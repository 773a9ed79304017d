"""Rows of the register out to a workbook, edited in WPS, and back as differences cell by cell."""

from fieldapp.exchange.round_trip.comparing import Difference, LeftOut, compare
from fieldapp.exchange.round_trip.rows import BaseRow, SentRow, sealed, unsealed
from fieldapp.exchange.round_trip.taking_back import ReturnedBook, ReturnedRow, read_back
from fieldapp.exchange.round_trip.writing import Heading, write_round_trip

__all__ = [
    "BaseRow",
    "Difference",
    "Heading",
    "LeftOut",
    "ReturnedBook",
    "ReturnedRow",
    "SentRow",
    "compare",
    "read_back",
    "sealed",
    "unsealed",
    "write_round_trip",
]
