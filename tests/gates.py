"""The gate that ships, switched on or off, as a policy file."""

from __future__ import annotations

import re

from fieldapp.common.resources import resources_dir

__all__ = ["GATE_OFF", "GATE_ON", "gate_text"]


def gate_text(*, on: bool, approval: tuple[str, ...] = ()) -> str:
    """Return the shipped file with the switch set and forms that need approval."""
    text = (resources_dir() / "policy" / "gate.toml").read_text("utf-8")
    text = re.sub(r"^on = \w+$", f"on = {str(on).lower()}", text, flags=re.M)
    names = ", ".join(f'"{name}"' for name in approval)
    return re.sub(r"^approval = \[\]$", f"approval = [{names}]", text, flags=re.M)


GATE_ON, GATE_OFF = gate_text(on=True), gate_text(on=False)
