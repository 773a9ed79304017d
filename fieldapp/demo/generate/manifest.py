"""The manifest of a generated county: what is in its folder, written last, so that a folder with one is complete."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldapp.common.files import atomic_write

__all__ = ["GENERATOR_VERSION", "MANIFEST_NAME", "Manifest", "read_manifest", "write_manifest"]

#: Raise it with every change that gives other workbooks for the same seed.
GENERATOR_VERSION = 2
MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was generated. ``files`` are names and sizes in bytes, the books of the towns first, the ledger last."""

    generator_version: int
    seed: int
    scale: str
    today: str
    county_code: str
    county_name: str
    full_village_code: str
    full_village_name: str
    full_village_households: int
    listed_households: int
    listed_persons: int
    households: int
    persons: int
    visits: int
    files: tuple[tuple[str, int], ...]

    def fits(self, seed: int, scale: str, today: date) -> bool:
        """Tell whether it is what would be generated: same seed, version, scale, in the same year and not from later."""
        return (
            (self.generator_version, self.seed, self.scale) == (GENERATOR_VERSION, seed, scale)
            and self.today[:4] == today.isoformat()[:4]
            and self.today <= today.isoformat()
        )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into its folder, durably."""
    text = json.dumps(dataclasses.asdict(manifest), ensure_ascii=False, indent=1)
    atomic_write(folder / MANIFEST_NAME, text.encode("utf-8"))


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a complete folder; None when there is none, or a file is gone or of another size."""
    try:
        values = json.loads((folder / MANIFEST_NAME).read_text("utf-8"))
        values["files"] = tuple((str(name), int(size)) for name, size in values["files"])
        manifest = Manifest(**values)
        complete = all((folder / name).stat().st_size == size for name, size in manifest.files)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return manifest if complete else None
