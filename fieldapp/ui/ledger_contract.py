"""What the tab 台账 asks of the services: ledgers, and lists that are handed up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat

if TYPE_CHECKING:
    from fieldapp.services.ledgers import Ledger, LedgerKey
    from fieldapp.services.submissions import Submitted

__all__ = ["LedgersPort", "SubmissionsPort"]


class LedgersPort(Protocol):
    """Ledgers made from the register."""

    def years(self) -> list[int]: ...
    def open(
        self,
        key: LedgerKey,
        year: int | None = None,
        id_format: IdFormat = DEFAULT_FORMAT,
        area_code: str = "",
    ) -> Ledger: ...
    def save(
        self,
        key: LedgerKey,
        year: int | None,
        path: Path,
        *,
        id_format: IdFormat,
        purpose: str,
        area_code: str = "",
    ) -> int: ...


class SubmissionsPort(Protocol):
    """Lists that are checked and handed up."""

    def allowed(self) -> bool: ...
    def submit(self, name: str, household_ids: Sequence[str]) -> Submitted: ...
    def withdraw(self, done: Submitted) -> int: ...
