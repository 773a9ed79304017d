"""The laptop's side of the exchange with the county: outbox, client, receipts.

``enrol`` and ``sync`` bring the HTTP library with them and are loaded at their first use, so that the window does not
wait for it.
"""

from typing import TYPE_CHECKING, Any

from fieldapp.sync.identity import DeviceIdentity, read_identity

if TYPE_CHECKING:
    from fieldapp.sync.enrolling import enrol
    from fieldapp.sync.run import SyncResult, sync

__all__ = ["DeviceIdentity", "SyncResult", "enrol", "read_identity", "sync"]


def __getattr__(name: str) -> Any:
    if name == "enrol":
        from fieldapp.sync.enrolling import enrol

        return enrol
    if name in ("SyncResult", "sync"):
        from fieldapp.sync import run

        return getattr(run, name)
    raise AttributeError(name)
