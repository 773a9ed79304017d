"""A name typed in a visit is nowhere on the disk in the clear; and the search is shown to find one that is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.demo.job import planted_in
from fieldapp.demo.visits import PLANTED_NAME, SCRIPTS, run_visit
from fieldapp.services.printing import PrintOrder
from fieldapp.services.workspace import Workspace
from tests.services.asking import homes
from tests.services.network import Network
from tests.services.world import World

pytestmark = pytest.mark.journey


def visit_with_the_name(workspace: Workspace) -> str:
    home = next(h for h in homes(workspace) if len(workspace.households.file(h).members) >= 2)
    run_visit(workspace.visits, home, SCRIPTS[0], workspace.today())
    return home


def everywhere(world: World) -> list[Path]:
    """Look in what the laptop writes: data, state, and the county's folder too."""
    return planted_in(world.folder)


def test_nothing_on_disk_shows_the_name_at_any_moment(world: World, network: Network) -> None:
    clerk = world.unlocked("clerk")
    home = next(h for h in homes(clerk) if len(clerk.households.file(h).members) >= 2)
    draft = clerk.visits.start(home, "onsite")
    row = draft.session.add_repeat("/data/members")
    draft.session.set(f"{row}/name", PLANTED_NAME)
    clerk.visits.autosave(draft)
    assert everywhere(world) == [], "as a draft"
    visit_with_the_name(clerk)
    assert everywhere(world) == [], "as a visit that waits"
    network.lose_answers_of("/v1/batches")
    with pytest.raises(KnownError):
        clerk.sync.run()
    assert everywhere(world) == [], "as a frozen batch"
    clerk.sync.run()
    assert everywhere(world) == [], "after the receipt"
    clerk.printing.make(PrintOrder("file", (home,)))
    assert everywhere(world) == [], "after a preview"
    clerk.close()
    assert everywhere(world) == [], "locked"


def test_the_wire_does_not_show_it_either(world: World, clerk: Workspace, network: Network) -> None:
    visit_with_the_name(clerk)
    clerk.sync.run()
    marks = [PLANTED_NAME.encode(code) for code in ("utf-8", "utf-16-le", "gb18030")]
    assert any(len(body) > 1000 for body in network.bodies)
    assert not [body for body in network.bodies for mark in marks if mark in body]


def test_temporary_folders_stay_empty(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    clerk = world.unlocked("clerk")
    home = visit_with_the_name(clerk)
    clerk.sync.run()
    clerk.printing.make(PrintOrder("file", (home,)))
    assert os.listdir(folder) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_the_search_finds_a_planted_leak_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    deep = tmp_path / "people" / "x" / "vault"
    deep.mkdir(parents=True)
    leak = deep / "register.db-wal"
    leak.write_bytes(os.urandom(5000) + PLANTED_NAME.encode(encoding) + os.urandom(70))
    (deep / "clean.bin").write_bytes(os.urandom(5000))
    assert planted_in(tmp_path) == [leak]


def test_a_name_in_a_file_name_is_a_leak_too(tmp_path: Path) -> None:
    leak = tmp_path / f"{PLANTED_NAME}.draft"
    leak.write_bytes(b"sealed")
    assert planted_in(tmp_path) == [leak]
