"""Reads one table of print settings; every complaint is SHEET-004 and names the file and the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.common.errors import KnownError
from fieldapp.sheets.errors import BAD_LAYOUT

__all__ = ["Column", "Reader"]


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in mm (0 = what is left), and what it shows, one below the other."""

    head: str
    width_mm: float
    show: tuple[str, ...]


class Reader:
    """Reads one table of settings."""

    def __init__(self, file: str, table: Mapping[str, object], where: str = "") -> None:
        self.file = file
        self._table = table
        self._where = where

    def complain(self, key: str, zh: str, en: str) -> KnownError:
        place = f"{self._where}{key}"
        return BAD_LAYOUT(file=self.file, reason_zh=f"「{place}」{zh}", reason_en=f"“{place}” {en}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._table.get(key, default)
        if not isinstance(value, str):
            raise self.complain(key, "应为文字", "must be a text")
        return value

    def number(self, key: str, default: int | None = None) -> float:
        value = self._table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise self.complain(key, "应为不小于 0 的数字", "must be a number, 0 or more")
        return value

    def flag(self, key: str) -> bool:
        value = self._table.get(key, False)
        if not isinstance(value, bool):
            raise self.complain(key, "应为 true 或 false", "must be true or false")
        return value

    def texts(self, key: str, allowed: frozenset[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts (one text counts as a list of one; none as empty), each among ``allowed``."""
        value = self._table.get(key, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self.complain(key, "应为文字的列表", "must be a list of texts")
        for text in texts:
            if allowed is not None and text not in allowed:
                raise self.complain(key, f"里没有「{text}」这一项", f"does not know “{text}”")
        return tuple(texts)

    def tables(self, key: str) -> tuple[Reader, ...]:
        value = self._table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.complain(key, "应为若干行", "must be rows")
        rows = enumerate(value, 1)
        return tuple(Reader(self.file, row, f"{self._where}{key}[{number}].") for number, row in rows)

    def table(self, key: str) -> Reader:
        value = self._table.get(key)
        if not isinstance(value, dict):
            raise self.complain(key, "应为一段设置", "must be a section")
        return Reader(self.file, value, f"{self._where}{key}.")

    def columns(self, allowed: frozenset[str]) -> tuple[Column, ...]:
        return tuple(
            Column(row.text("head"), row.number("width_mm"), row.texts("show", allowed))
            for row in self.tables("columns")
        )
