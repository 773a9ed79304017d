"""Everything volatile that a session needs, given from outside."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from fieldapp.common.clock import CHINA, Clock
from fieldapp.xform.expr.runtime import Runtime, Verify
from fieldapp.xform.values.dialect import FORM

__all__ = ["Environment"]


@dataclass(frozen=True)
class Environment:
    """Clock, ids, zone, randomness, the properties a form may preload (deviceid, username, phonenumber …), and who
    checks Ed25519 signatures for ``extract-signed``; without it the function refuses with FORM-017.
    """

    clock: Clock
    new_id: Callable[[], str]
    zone: tzinfo = CHINA
    random_seed: int | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    verify: Verify | None = None

    def runtime(self) -> Runtime:
        """Return a fresh world for one session."""
        rng = random.Random(self.random_seed)
        dialect = replace(FORM, zone=self.zone)
        return Runtime(dialect, self.clock, self.new_id, rng, self.properties, verify=self.verify)
