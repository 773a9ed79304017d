"""Any sheet of an office: where its heading is, what its columns mean, its rows by that meaning."""

from __future__ import annotations

from fieldapp.exchange.foreign.guessing import guess, target_label, targets
from fieldapp.exchange.foreign.looking import LookedSheet, fingerprint, look
from fieldapp.exchange.foreign.rows import ForeignRow, read_rows, rows_above

__all__ = [
    "ForeignRow",
    "LookedSheet",
    "fingerprint",
    "guess",
    "look",
    "read_rows",
    "rows_above",
    "target_label",
    "targets",
]
