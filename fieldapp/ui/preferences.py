"""How this laptop likes its window: text size, language, idle lock. Nothing about any household or person's data."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, cast

from fieldapp.ui.text import Language

__all__ = ["Preferences", "load_preferences", "save_preferences"]

_FILE = "window.json"
IDLE_MINUTES = (3, 5, 10, 15, 30)


class Preferences(NamedTuple):
    """Text size in percent, language, minutes without a key until the program locks."""

    scale_percent: int = 100
    language: Language = "zh"
    idle_minutes: int = 10

    def but(self, **changes: object) -> Preferences:
        """Return these preferences with some changed."""
        return self._replace(**changes)  # type: ignore[arg-type]


def load_preferences(data_dir: Path) -> Preferences:
    """Read the preferences; a missing or damaged file gives the defaults, since nothing in it matters enough."""
    try:
        text = (data_dir / _FILE).read_text("utf-8")
    except (OSError, ValueError):
        return Preferences()
    import json  # only where somebody has changed something: the window waits for this

    try:
        raw = json.loads(text)
    except ValueError:
        return Preferences()
    if not isinstance(raw, dict):
        return Preferences()
    chosen = "en" if raw.get("language") == "en" else "zh"
    return Preferences(
        _number(raw.get("scale_percent"), 100, 100, 200),
        cast("Language", chosen),
        _number(raw.get("idle_minutes"), 10, 1, 60),
    )


def save_preferences(data_dir: Path, preferences: Preferences) -> None:
    """Write the preferences; a full disk is logged, not shown: it will be reported where data are written."""
    import json

    from fieldapp.common.errors import KnownError
    from fieldapp.common.files import atomic_write
    from fieldapp.common.log import logger

    content = json.dumps(preferences._asdict(), indent=1).encode()
    try:
        atomic_write(data_dir / _FILE, content)
    except KnownError as error:
        logger("ui").warning("window preferences not saved: %s", error.code)


def _number(value: object, default: int, low: int, high: int) -> int:
    return value if isinstance(value, int) and low <= value <= high else default
