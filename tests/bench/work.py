"""What the daily work costs: checks over the county, its import, the keys of a visit.

``checks_all_s``, ``checks_one_ms``: all rules over 12,500 households, and for one on entry (see ``bench.checks``).
``import_s``, ``import_mb``: every book of the demo county into an empty county, in a process of its own.
``visit_keystrokes``: from the work list to “saved”, nothing changed. ``paper_keystrokes``: a visit with a change, a problem
and a request typed in from paper; a Chinese character counts as three keys.
``roundtrip_s``: 400 rows out to Excel and back with two cells changed in each, differences and acceptance included.
"""

from __future__ import annotations

from tests.bench import _work_import, _work_keys, _work_round_trip, checks

__all__ = ["run"]


def run() -> dict[str, float]:
    """Return the figures; takes two to three minutes."""
    told = checks.run()
    return {
        "checks_all_s": told["checks_all_s"],
        "checks_one_ms": told["checks_one_ms"],
        **_work_import.run(),
        **_work_keys.run(),
        "roundtrip_s": _work_round_trip.run()["roundtrip_s"],
    }
