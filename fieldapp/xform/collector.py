"""A pause of the garbage collector while a form is read: thousands of objects are made, none of them garbage."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["collector_paused"]


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Leave the collector off inside, and as it was afterwards.

    What was made inside is handed to the oldest generation as it is. Otherwise the next object made would have all of it
    walked through, which takes a third of the time a form takes to load; what may be garbage in it goes with the next
    full collection.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # somebody else's frozen objects are not ours to thaw
                gc.freeze()
                gc.unfreeze()
            gc.enable()
