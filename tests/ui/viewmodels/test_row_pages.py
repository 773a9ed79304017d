"""A hundred thousand rows, of which a few pages are kept."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.ui.viewmodels.row_pages import PAGE_ROWS, RowPages


class Shelf:
    def __init__(self) -> None:
        self.fetched: list[int] = []

    def fetch(self, keys: Sequence[int]) -> list[str]:
        self.fetched.append(len(keys))
        return [f"row {key}" for key in keys]


@given(st.lists(st.integers(0, 99_999), max_size=60))
def test_every_position_gives_its_own_row(positions: list[int]) -> None:
    shelf = Shelf()
    pages: RowPages[str] = RowPages(shelf.fetch)
    keys = list(range(200_000, 300_000))
    pages.replace(keys)
    for position in positions:
        assert pages.row(position) == f"row {keys[position]}"


def test_scrolling_within_a_page_asks_once() -> None:
    shelf = Shelf()
    pages: RowPages[str] = RowPages(shelf.fetch)
    pages.replace(list(range(100_000)))
    for position in range(PAGE_ROWS):
        pages.row(position)
    assert shelf.fetched == [PAGE_ROWS]
    pages.row(99_999)
    assert len(shelf.fetched) == 2


def test_the_first_page_may_be_brought_along() -> None:
    shelf = Shelf()
    pages: RowPages[str] = RowPages(shelf.fetch)
    pages.replace([7, 8], ["seven", "eight"])
    assert pages.row(1) == "eight"
    assert shelf.fetched == []


def test_old_pages_make_room() -> None:
    shelf = Shelf()
    pages: RowPages[str] = RowPages(shelf.fetch)
    pages.replace(list(range(100_000)))
    for number in range(40):
        pages.row(number * PAGE_ROWS)
    assert pages.kept(39 * PAGE_ROWS)
    assert not pages.kept(0)


def test_a_row_that_is_gone_is_nothing() -> None:
    pages: RowPages[str] = RowPages(lambda keys: ["only one"])
    pages.replace([1, 2])
    assert pages.row(0) == "only one"
    assert pages.row(1) is None
