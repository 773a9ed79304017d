"""A small county and laptops that have fetched their part of it, made once and copied for every test."""

from __future__ import annotations

import functools
import shutil
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from fieldapp.authoring import compile_form
from fieldapp.common.clock import Clock, FixedClock
from fieldapp.common.ids import IdSource
from fieldapp.common.resources import forms_dir
from fieldapp.common.tasks import CancelToken, silent
from fieldapp.county.census import list_staff, village_sizes
from fieldapp.county.enrolling import issue_code
from fieldapp.county.importing import import_books, import_ledger
from fieldapp.county.publishing import publish_form, publish_shipped_policy
from fieldapp.county.serving import in_background
from fieldapp.county.setup import County, init_county, open_county
from fieldapp.county.tables import table_of
from fieldapp.demo.generate import SMALL, generate_county
from fieldapp.register.entities import Staff
from fieldapp.services.laptop import Laptop
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import HouseholdRow, PairingRow, PersonRow
from fieldapp.vault import KdfCost
from fieldapp.xform import load_form

__all__ = [
    "CHEAP",
    "CODE",
    "MOMENT",
    "PASSWORD",
    "World",
    "allotted",
    "cadres",
    "compiled_visit_form",
    "copy_world",
    "form_version",
    "free_port",
    "make_county",
    "make_template",
    "reopened",
    "shared_template",
]

CODE = "411025"
MOMENT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PASSWORD = "襄城-走访2026"
CHEAP = KdfCost(memory_kib=64, iterations=1, lanes=1)
_SEED = 7


@functools.cache
def compiled_visit_form() -> bytes:
    """Return the shipped visit form as XForm."""
    return compile_form(forms_dir() / "visit.md").xml


def form_version() -> str:
    """Return the version of the shipped visit form."""
    return load_form(compiled_visit_form()).version


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_county(folder: Path, books: Path) -> None:
    """Make the county of every test: about 80 households in three villages of one town, one village complete."""
    clock = FixedClock(MOMENT)
    generated = generate_county(books, seed=_SEED, today=clock.today(), scale=SMALL)
    county = init_county(
        folder,
        county_code=CODE,
        name="襄城县（测试）",
        admin_name="管理员",
        admin_password="correct horse",
        clock=clock,
        ids=IdSource(clock),
    )
    publish_shipped_policy(county)
    definition = load_form(compiled_visit_form())
    publish_form(
        county,
        form_id=definition.form_id,
        version=definition.version,
        title=definition.title,
        xml=compiled_visit_form(),
    )
    import_books(county, generated.register_books)
    for ledger in generated.ledgers:
        import_ledger(county, ledger)
    county.close()


def reopened(folder: Path, clock: Clock) -> County:
    """Open the county in a folder."""
    return open_county(folder, clock=clock, ids=IdSource(clock))


def cadres(county: County) -> dict[str, Staff]:
    """Return the clerk of the village with most households, and the two helpers with most households there."""
    village = next(iter(village_sizes(county)))
    clerk = list_staff(county, area_prefix=village, role="clerk")[0]
    helpers = list_staff(county, area_prefix=village, role="helper")
    return {"clerk": clerk, "helper": helpers[0], "other": helpers[1]}


def allotted(county: County, person: Staff) -> tuple[int, int]:
    """Return how many households and persons the county's own tables give a cadre: a village, or those paired with."""
    home, member, pairing = table_of(HouseholdRow), table_of(PersonRow), table_of(PairingRow)
    running = pairing.c.ended.is_(None) | (pairing.c.ended >= county.clock.today().isoformat())
    mine = (
        home.c.id.in_(select(pairing.c.household_id).where(pairing.c.staff_id == person.id, running))
        if person.role == "helper"
        else home.c.area_code == person.area_code
    )
    with county.database.read() as connection:
        ids = connection.execute(select(home.c.id).where(mine, home.c.status == "active")).scalars().all()
        people = connection.execute(
            select(member.c.id).where(member.c.household_id.in_(ids), member.c.status == "active")
        ).all()
    return len(ids), len(people)


@dataclass
class World:
    """A county that is served, and laptops by name, each with a data folder and a state folder of its own."""

    folder: Path
    port: int
    clock: FixedClock
    county: County
    opened: list[Workspace] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def data_dir(self, name: str) -> Path:
        return self.folder / "张三 的电脑" / name

    def laptop(self, name: str, clock: Clock | None = None) -> Laptop:
        """Return a laptop before anybody unlocked it; a new name is a new laptop."""
        clock = clock or self.clock
        return Laptop(
            self.data_dir(name),
            clock=clock,
            ids=IdSource(clock),
            state_dir=self.folder / "state" / name,
            cost=CHEAP,
        )

    def share(self, name: str) -> tuple[int, int]:
        """Return how many households and persons belong to the cadre of that name."""
        return allotted(self.county, cadres(self.county)[name])

    def code(self, person_id: str) -> str:
        """Return a one-time code for a cadre."""
        return issue_code(self.county, person_id, url=self.url).code.text()

    def enrolled(self, name: str, person_id: str) -> Workspace:
        """Enrol a person on a laptop and fetch the register."""
        workspace = self.keep(self.laptop(name).enrol(self.code(person_id), self.url, PASSWORD))
        workspace.sync.run(silent, CancelToken())
        return workspace

    def unlocked(self, name: str, clock: Clock | None = None) -> Workspace:
        """Unlock a laptop that one person uses."""
        laptop = self.laptop(name, clock)
        (card,) = laptop.people()
        return self.keep(laptop.unlock(card.id, PASSWORD))

    def keep(self, workspace: Workspace) -> Workspace:
        self.opened.append(workspace)
        return workspace

    def close(self) -> None:
        for workspace in self.opened:
            workspace.close()
        self.county.close()


def make_template(folder: Path, port: int) -> None:
    """Make the county and the laptops ``clerk``, ``helper`` and ``other``, whose people have fetched their part."""
    make_county(folder / "county", folder / "books")
    clock = FixedClock(MOMENT)
    world = World(folder, port, clock, reopened(folder / "county", clock))
    with in_background(world.county, port=port):
        for name, person in cadres(world.county).items():
            world.enrolled(name, person.id)
    world.close()


@functools.cache
def shared_template(base: Path) -> tuple[Path, int]:
    """Make the template once for all folders of tests; return it and the port its laptops know."""
    port = free_port()
    make_template(base / "template", port)
    return base / "template", port


def copy_world(template: Path, folder: Path, port: int) -> World:
    """Copy the template and open its county with a clock of its own."""
    shutil.copytree(template, folder)
    clock = FixedClock(MOMENT)
    return World(folder, port, clock, reopened(folder / "county", clock))
