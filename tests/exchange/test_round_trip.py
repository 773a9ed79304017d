"""Comparing what came back, where a whole laptop is not needed."""

from __future__ import annotations

from fieldapp.exchange import row_errors
from fieldapp.exchange.cells import Unreadable
from fieldapp.exchange.round_trip import (
    BaseRow,
    Difference,
    ReturnedBook,
    ReturnedRow,
    compare,
    sealed,
    unsealed,
)
from fieldapp.exchange.round_trip.rows import SentRow
from fieldapp.register.entities import Household
from fieldapp.register.schema import register_schema

SCHEMA = register_schema()


def differences(raw: str) -> list[Difference]:
    """Compare a row whose telephone the reader does not take; it left with 座机坏了."""
    base = BaseRow("households", "h1", "h1", 3, {"phone": "座机坏了"})
    why = Unreadable(row_errors.BAD_VALUE, {"problem": "不是电话号码", "problem_en": "no number"})
    book = ReturnedBook("农户.xlsx", (ReturnedRow(2, base, {"phone": why}, {"phone": raw}),))
    home = Household.from_values("h1", {"house_no": "1", "head_name": "张三", "phone": "座机坏了"})
    found, left = compare(book, {("households", "h1"): home}, SCHEMA, lambda _: "张三", lambda *_: None)
    assert left == []
    return found


def test_a_cell_that_nobody_touched_is_no_difference_even_if_we_would_not_take_it_today() -> None:
    assert differences("座机坏了") == []


def test_a_cell_that_was_touched_and_cannot_be_read_shows_what_was_typed() -> None:
    (one,) = differences("没有电话")
    assert (one.raw, one.new, one.at_export) == ("没有电话", None, "座机坏了")
    assert one.problem is not None
    assert "不是电话号码" in one.problem[0]


def test_the_hidden_cells_name_the_county_and_tell_when_they_were_changed() -> None:
    row = SentRow("households", "h1", "h1", 3, {"phone": "138", "head_name": "张三"})
    record, version, digest, text = sealed(row, ("phone",), "411025")
    back = unsealed(record, version, digest, text)
    assert back == BaseRow("households", "h1", "h1", 3, {"phone": "138"}, "411025")
    assert unsealed(record, version, digest, text.replace("411025", "522629")) is None
    assert unsealed("h2", version, digest, text) is None
