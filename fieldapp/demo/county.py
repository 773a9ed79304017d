"""The demo county: workbooks generated, imported by the importer a county uses, forms and policy published.

Workbooks and the imported county are kept by scale, seed and generator version, so that only the first demo waits.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from fieldapp import __version__
from fieldapp.common.clock import Clock
from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.common.ids import IdSource
from fieldapp.common.resources import resources_dir
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink
from fieldapp.county.census import list_staff, village_sizes
from fieldapp.county.importing import import_books, import_ledger
from fieldapp.county.migrating import NEWEST
from fieldapp.county.publishing import publish_shipped_forms, publish_shipped_policy
from fieldapp.county.setup import County, init_county, open_county
from fieldapp.county.tables import county_tables
from fieldapp.demo.generate import FULL, GENERATOR_VERSION, GeneratedCounty, Scale, generate_county
from fieldapp.demo.stopwatch import Stopwatch

__all__ = [
    "COUNTY_CODE",
    "COUNTY_NAME",
    "DemoCounty",
    "cache_dir",
    "prepare_county",
    "reopen",
    "village_clerk",
    "village_helper",
]

COUNTY_CODE = "411025"
COUNTY_NAME = "襄城县（演示）"
_READY = "demo-ready"


@dataclass(frozen=True, slots=True)
class DemoCounty:
    """A county's folder, ready to be served, and the books it came from."""

    folder: Path
    generated: GeneratedCounty


def cache_dir() -> Path:
    """Return where generated and imported counties are kept."""
    return Path(platformdirs.user_cache_dir("fieldapp", appauthor=False)) / "demo"


def prepare_county(
    folder: Path,
    *,
    seed: int,
    clock: Clock,
    watch: Stopwatch,
    progress: ProgressSink,
    cancel: CancelToken,
    scale: Scale = FULL,
    cache: Path | None = None,
) -> DemoCounty:
    """Make ``folder`` a demo county: generate and import, or copy what ``cache`` keeps; publish policy and forms.

    Raises DISK-001, DISK-002, TASK-001.
    """
    kept = (cache or cache_dir()) / f"{scale.name}-seed-{seed}-v{GENERATOR_VERSION}"
    with watch.step("generate"):
        generated = generate_county(
            kept / "books", seed=seed, today=clock.today(), progress=progress, cancel=cancel, scale=scale
        )
    with watch.step("import"):
        imported = kept / "county"
        made_of = _made_of(generated)
        if not _is_ready(imported, made_of):
            _import(imported, generated, made_of, clock, progress, cancel)
        progress(Progress(0, 0, "准备县级服务", "preparing the county"))
        with known_disk_errors(folder):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(imported, folder)
            (folder / _READY).unlink()
        _publish(folder, clock)
    return DemoCounty(folder, generated)


def _made_of(generated: GeneratedCounty) -> str:
    """Return what an imported county depends on: its books, what they are read by, and the tables they went to."""
    manifest = generated.manifest
    books = [manifest.generator_version, manifest.seed, manifest.scale, manifest.today]
    tables = {table.name: [column.name for column in table.columns] for table in county_tables()}
    told = [__version__, NEWEST, books, tables]
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    root = resources_dir()
    for path in sorted([root / "register.toml", *root.glob("codes/*"), *root.glob("layouts/*")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_ready(imported: Path, made_of: str) -> bool:
    try:
        return (imported / _READY).read_text("ascii") == made_of
    except (OSError, ValueError):
        return False


def _import(
    folder: Path,
    generated: GeneratedCounty,
    made_of: str,
    clock: Clock,
    progress: ProgressSink,
    cancel: CancelToken,
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    ids = IdSource(clock)
    county = init_county(
        folder,
        county_code=COUNTY_CODE,
        name=COUNTY_NAME,
        admin_name="演示管理员",
        admin_password="演示-不用于真实数据",
        clock=clock,
        ids=ids,
    )
    try:
        import_books(county, generated.register_books, progress=progress, cancel=cancel)
        for ledger in generated.ledgers:
            progress(Progress(0, 0, f"导入 {ledger.name}", f"importing {ledger.name}"))
            import_ledger(county, ledger)
    finally:
        county.close()
    atomic_write(folder / _READY, made_of.encode("ascii"))


def _publish(folder: Path, clock: Clock) -> None:
    """Put the policy and the forms of this very program in force; they are not what the cache is about."""
    county = reopen(folder, clock)
    try:
        publish_shipped_policy(county)
        publish_shipped_forms(county)
    finally:
        county.close()


def reopen(folder: Path, clock: Clock) -> County:
    """Open a prepared county, for issuing a code and counting."""
    return open_county(folder, clock=clock, ids=IdSource(clock))


def village_clerk(county: County) -> str:
    """Return the id of the clerk of the largest village: the one that is in the books with all its households."""
    largest = next(iter(village_sizes(county)))
    return list_staff(county, area_prefix=largest, role="clerk")[0].id


def village_helper(county: County) -> str:
    """Return the id of a helper whose households are all in the largest village."""
    largest = next(iter(village_sizes(county)))
    return list_staff(county, area_prefix=largest, role="helper")[0].id
