"""Generating the demo county into a folder, once: an existing complete folder is used as it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from fieldapp.common.files import atomic_write, known_disk_errors
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.demo.generate.books import NOTICE_EN, NOTICE_ZH, LedgerBook
from fieldapp.demo.generate.geography import COUNTY, COUNTY_CODE, Town, make_towns
from fieldapp.demo.generate.manifest import (
    GENERATOR_VERSION,
    MANIFEST_NAME,
    Manifest,
    read_manifest,
    write_manifest,
)
from fieldapp.demo.generate.planning import full_village, plan_slots
from fieldapp.demo.generate.press import BookPress
from fieldapp.demo.generate.scale import FULL, Scale
from fieldapp.demo.generate.town_maker import MadeTown, TownMaker
from fieldapp.exchange.layouts import Layouts, shipped_layouts

__all__ = ["GeneratedCounty", "generate_county"]

_README = "README.txt"


@dataclass(frozen=True, slots=True)
class GeneratedCounty:
    """A generated county on disk: one workbook per town, and the ledger of visits."""

    folder: Path
    register_books: tuple[Path, ...]
    ledgers: tuple[Path, ...]
    manifest: Manifest
    reused: bool


def generate_county(
    folder: Path,
    *,
    seed: int = 1,
    today: date,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    scale: Scale = FULL,
) -> GeneratedCounty:
    """Write the county of ``seed`` as workbooks into ``folder``, or return it when it is already there.

    The same seed, ``today`` and scale give the same cells. Raises DISK-001 or DISK-002 when the folder cannot be
    written, TASK-001 when cancelled; the folder then has no manifest and is made anew the next time.
    """
    manifest = read_manifest(folder)
    if manifest is not None and manifest.fits(seed, scale.name, today):
        return _on_disk(folder, manifest, reused=True)
    with known_disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MANIFEST_NAME).unlink(missing_ok=True)
    making = _Making(folder, seed, today, scale)
    making.run(progress, cancel or CancelToken())
    manifest = making.manifest()
    atomic_write(folder / _README, f"{NOTICE_ZH}\n{NOTICE_EN}\n".encode())
    write_manifest(folder, manifest)
    return _on_disk(folder, manifest, reused=False)


def _on_disk(folder: Path, manifest: Manifest, *, reused: bool) -> GeneratedCounty:
    *books, ledger = (folder / name for name, _ in manifest.files)
    return GeneratedCounty(folder, tuple(books), (ledger,), manifest, reused)


class _Making:
    """One run of the generator."""

    def __init__(self, folder: Path, seed: int, today: date, scale: Scale) -> None:
        self._folder = folder
        self._seed = seed
        self._today = today
        self._scale = scale
        self._layouts: Layouts = shipped_layouts()
        self._towns = make_towns(Random(f"{seed}/places"), scale.towns, scale.villages)
        slots = plan_slots(Random(f"{seed}/plan"), scale, self._towns)
        self._maker = TownMaker(seed, today, slots)
        self._counts: Counter[str] = Counter()
        self._files: list[Path] = []

    def run(self, progress: ProgressSink, cancel: CancelToken) -> None:
        """Write all books; no more than a few towns are in memory at a time."""
        ledger_path = self._folder / f"{COUNTY}_走访台账_{self._today.year}.xlsx"
        ledger = LedgerBook(ledger_path, self._layouts.ledger, self._today)
        steps = len(self._towns) + 1
        try:
            with BookPress(self._today, cancel, towns=len(self._towns)) as press:
                for done, town in enumerate(self._towns):
                    cancel.check()
                    progress(Progress(done, steps, f"正在生成{town.name}", f"Generating {town.code}"))
                    self._town(town, ledger, press)
                cancel.check()
                progress(Progress(steps - 1, steps, "正在写走访台账", "Writing the visit ledger"))
                ledger.close()
                press.finish()
        except BaseException:
            ledger.discard()
            raise
        self._counts["visits"] = ledger.visits
        self._files.append(ledger_path)
        progress(Progress(steps, steps, "演示县已生成", "The demo county is ready"))

    def _town(self, town: Town, ledger: LedgerBook, press: BookPress) -> None:
        made = self._maker.make(town)
        path = self._folder / f"{COUNTY}_{town.place:02d}{town.name}_导出.xlsx"
        press.put(path, made)
        ledger.add(made)
        self._count(made)
        self._files.append(path)

    def _count(self, made: MadeTown) -> None:
        for family in made.families:
            for group in ("all", *(["listed"] if family.slot.kind != "ordinary" else [])):
                self._counts[f"{group} households"] += 1
                self._counts[f"{group} persons"] += len(family.members)

    def manifest(self) -> Manifest:
        """Return the manifest of what was written."""
        village = full_village(self._towns)
        return Manifest(
            generator_version=GENERATOR_VERSION,
            seed=self._seed,
            scale=self._scale.name,
            today=self._today.isoformat(),
            county_code=COUNTY_CODE,
            county_name=COUNTY,
            full_village_code=village.code,
            full_village_name=village.name,
            full_village_households=self._scale.full_village,
            listed_households=self._counts["listed households"],
            listed_persons=self._counts["listed persons"],
            households=self._counts["all households"],
            persons=self._counts["all persons"],
            visits=self._counts["visits"],
            files=tuple((path.name, path.stat().st_size) for path in self._files),
        )
