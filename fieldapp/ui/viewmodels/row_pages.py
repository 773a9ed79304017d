"""A table of very many rows: all keys in a list, the rows themselves in pages of 64 with a small cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

__all__ = ["PAGE_ROWS", "RowPages"]

R = TypeVar("R")
#: Twice what a screen shows: a key fetches one page, and a jump costs no more than a page.
PAGE_ROWS = 64
_KEPT_PAGES = 32


class RowPages(Generic[R]):
    """Rows by position. ``fetch`` is asked for a page at most once while the page is kept."""

    def __init__(self, fetch: Callable[[Sequence[int]], list[R]]) -> None:
        self._fetch = fetch
        self._keys: list[int] = []
        self._pages: OrderedDict[int, list[R]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def keys(self) -> Sequence[int]:
        """All keys in display order."""
        return self._keys

    def replace(self, keys: list[int], first_page: list[R] | None = None) -> None:
        """Show other rows; ``first_page`` spares a fetch when the caller has it already."""
        self._keys = keys
        self._pages.clear()
        if first_page is not None:
            self._pages[0] = first_page

    def row(self, position: int) -> R | None:
        """Return the row, fetching its page when it is not kept; None when it has gone in the meantime."""
        number, place = divmod(position, PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(self._keys[number * PAGE_ROWS : (number + 1) * PAGE_ROWS])
            self._pages[number] = page
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def kept(self, position: int) -> bool:
        """Whether a row can be had without a fetch."""
        return position // PAGE_ROWS in self._pages
