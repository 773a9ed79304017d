"""The page that documents the columns says what the layouts say."""

from __future__ import annotations

from tests.exchange.layout_page import PAGE, page_with_tables


def test_the_page_of_columns_is_current() -> None:
    page = PAGE.read_text("utf-8")
    assert page == page_with_tables(page), "run: python -m tests.exchange.layout_page"


def test_the_page_shows_the_last_column_of_the_export() -> None:
    assert "| FU | 备注 |" in PAGE.read_text("utf-8")
