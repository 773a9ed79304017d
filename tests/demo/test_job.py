"""The headless main job, at small scale, end to end: server in a process of its own, window drawn without a screen."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from fieldapp.common.clock import SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, silent
from fieldapp.county.census import count_register
from fieldapp.demo import job
from fieldapp.demo.county import prepare_county, reopen
from fieldapp.demo.errors import NO_SERVER
from fieldapp.demo.gate import RETURNED_BECAUSE
from fieldapp.demo.generate import SMALL
from fieldapp.demo.job import DEMO_PASSWORD, planted_in, run_headless
from fieldapp.demo.server import serving
from fieldapp.demo.stopwatch import Stopwatch
from fieldapp.demo.visits import PLANTED_NAME, PROPOSED_NAME
from fieldapp.services.laptop import Laptop
from fieldapp.services.proposals import Decided, Proposals
from fieldapp.services.workspace import Workspace

pytestmark = pytest.mark.journey

#: Issue 2, item 9.
KEYS = {
    "listed_households",
    "listed_persons",
    "county_households",
    "pulled_households",
    "pulled_persons",
    "visits",
    "batches",
    "gate",
    "sheets",
    "screens",
    "data_dir",
    "planted",
    "seconds",
    "wall_s",
}
STEPS = ["generate", "import", "enrol", "pull", "visit", "sync", "gate", "print", "screens"]
SEED = 7


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """A finished run, in a folder with a Chinese name and a space."""
    folder = tmp_path_factory.mktemp("job") / "张三 的演示"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QT_QPA_PLATFORM", "offscreen")
        run_headless(folder, seed=SEED, scale=SMALL, cache=cache)
    return folder


@pytest.fixture(scope="module")
def summary(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((out / "summary.json").read_text("utf-8"))
    return told


def test_the_summary_has_every_key(summary: dict[str, Any]) -> None:
    assert set(summary) >= KEYS


def test_the_county_has_exactly_the_listed_households_of_its_scale(summary: dict[str, Any]) -> None:
    told = (summary["listed_households"], summary["listed_persons"])
    assert told == (SMALL.listed.households, SMALL.listed.persons)
    assert summary["county_households"] > summary["listed_households"]


def test_the_laptop_pulled_its_village_and_no_more(summary: dict[str, Any]) -> None:
    assert summary["pulled_households"] == SMALL.full_village
    assert summary["pulled_households"] < summary["county_households"]
    assert summary["pulled_persons"] > summary["pulled_households"]


def test_four_visits_of_three_sources_were_received(summary: dict[str, Any]) -> None:
    visits = summary["visits"]
    assert [visit["source"] for visit in visits] == ["onsite", "remote", "onsite", "paper"]
    assert {visit["status"] for visit in visits} == {"received"}
    assert {visit["form"] for visit in visits} == {"visit"}
    assert len({visit["id"] for visit in visits}) == len({visit["household"] for visit in visits}) == 4


def test_each_visit_is_one_stored_record_and_patches_are_their_own(summary: dict[str, Any]) -> None:
    outcomes = [batch["outcomes"] for batch in summary["batches"]]
    assert sum(each.get("stored", 0) for each in outcomes) == 4
    assert sum(each.get("applied", 0) for each in outcomes) >= 3
    assert {status for each in outcomes for status in each} == {"stored", "applied"}


def test_the_clerk_confirmed_one_proposal_and_returned_one_with_words(
    out: Path, summary: dict[str, Any]
) -> None:
    gate = summary["gate"]
    assert gate["confirmed"] > 1, "a new member is decided with all of its facts"
    assert (gate["returned"], gate["told"], gate["waiting"]) == (1, [RETURNED_BECAUSE], 0)
    assert gate["household"] not in {visit["household"] for visit in summary["visits"]}
    for folder, state in (("laptop", "state"), ("helper", "state/helper")):
        laptop = Laptop(out / folder, state_dir=out / state)
        (card,) = laptop.people()
        workspace = laptop.unlock(card.id, DEMO_PASSWORD)
        try:
            file = workspace.households.file(gate["household"])
            assert PROPOSED_NAME in {member.name for member in file.members}
            assert file.household.get("water_ok") is not False
            states = {line.state for line in workspace.proposals.of_household(gate["household"])}
            assert states == {"returned"}
        finally:
            workspace.close()


def test_the_gate_is_among_the_pictures(summary: dict[str, Any]) -> None:
    names = [Path(name).name for name in summary["screens"]]
    assert [name[3:] for name in names[-2:]] == ["gate-waiting.png", "gate-told.png"]
    assert [name[:2] for name in names] == [f"{number:02d}" for number in range(1, len(names) + 1)]


@pytest.mark.parametrize("promise", ["confirm", "give_back"])
def test_a_proposal_that_the_clerk_does_not_decide_fails_the_job(
    promise: str, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(Proposals, promise, lambda *_, **__: Decided(99))
    with pytest.raises(KnownError) as caught:
        run_headless(tmp_path / "out", seed=SEED, scale=SMALL, cache=cache)
    assert caught.value.code == "DEMO-003"
    assert not (tmp_path / "out" / "summary.json").exists()


def test_every_sheet_is_a_pdf_of_that_many_pages(out: Path, summary: dict[str, Any]) -> None:
    homes = [visit["household"] for visit in summary["visits"]]
    for kind in ("file", "carry"):
        assert [sheet["household"] for sheet in summary["sheets"] if sheet["kind"] == kind] == homes
    assert [sheet["kind"] for sheet in summary["sheets"]].count("visit_list") == 1
    for sheet in summary["sheets"]:
        with pikepdf.open(out / sheet["file"]) as document:
            assert len(document.pages) == sheet["pages"] >= 1


def test_at_least_eight_pages_of_the_window_are_pictures_of_something(
    out: Path, summary: dict[str, Any]
) -> None:
    assert len(summary["screens"]) >= 8
    for name in summary["screens"]:
        assert not Path(name).is_absolute()
        with Image.open(io.BytesIO((out / name).read_bytes())) as picture:
            assert picture.width >= 640
            assert len(picture.convert("RGB").getcolors(2**24) or []) > 20, name


def test_the_data_stays_opens_again_and_hides_what_was_typed(out: Path, summary: dict[str, Any]) -> None:
    folder = Path(summary["data_dir"])
    assert folder == (out / "laptop").resolve()
    assert summary["planted"] == PLANTED_NAME
    marks = [PLANTED_NAME.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gbk")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not [path for path in files for mark in marks if mark in path.read_bytes()]
    laptop = Laptop(folder, state_dir=out / "state")
    (card,) = laptop.people()
    workspace = laptop.unlock(card.id, DEMO_PASSWORD)
    try:
        assert workspace.count()[0] == summary["pulled_households"]
        names = [p.name for p in workspace.households.file(summary["visits"][0]["household"]).members]
        assert PLANTED_NAME in names
        assert workspace.sync.status().unsent == 0
    finally:
        workspace.close()


def test_nothing_else_the_job_wrote_shows_the_name_but_paper_and_screens(out: Path) -> None:
    assert planted_in(out / "state") == []
    assert planted_in(out / "county") == []
    assert PLANTED_NAME not in (out / "server.log").read_text("utf-8")


def test_the_seconds_of_the_steps_fit_into_the_wall_time(summary: dict[str, Any]) -> None:
    assert list(summary["seconds"]) == STEPS
    assert all(seconds >= 0 for seconds in summary["seconds"].values())
    assert sum(summary["seconds"].values()) <= summary["wall_s"] + 0.05


def prepared(folder: Path, cache: Path) -> Path:
    watch = Stopwatch()
    return prepare_county(
        folder,
        seed=SEED,
        clock=SystemClock(),
        watch=watch,
        progress=silent,
        cancel=CancelToken(),
        scale=SMALL,
        cache=cache,
    ).folder


def test_the_second_demo_imports_nothing_again(
    out: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("imported again")

    monkeypatch.setattr("fieldapp.demo.county._import", never)
    county = reopen(prepared(tmp_path / "county", cache), SystemClock())
    try:
        assert count_register(county).listed_households == SMALL.listed.households
    finally:
        county.close()


def test_an_import_that_was_cut_short_or_is_out_of_date_is_made_anew(
    out: Path, cache: Path, tmp_path: Path
) -> None:
    (ready,) = cache.rglob("demo-ready")
    ready.write_text("made by another version", "ascii")
    prepared(tmp_path / "county", cache)
    assert ready.read_text("ascii") != "made by another version"
    assert not list((tmp_path / "county").glob("demo-ready"))


def test_forms_are_those_of_this_program_not_of_the_cache(
    out: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    text = (Path(__file__).parents[2] / "forms" / "visit.md").read_text("utf-8")
    (forms / "visit.md").write_text(text.replace("诉求还要跟进", "诉求要跟进吗"), "utf-8")
    monkeypatch.setattr("fieldapp.county.publishing.forms_dir", lambda: forms)
    county = reopen(prepared(tmp_path / "county", cache), SystemClock())
    try:
        with county.database.read() as connection:
            (xml,) = connection.exec_driver_sql("SELECT xml FROM county_forms").scalars().all()
    finally:
        county.close()
    assert "诉求要跟进吗" in bytes(xml).decode()


def test_a_job_that_fails_leaves_no_word_of_the_one_before(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "summary.json").write_text("{}")

    def dead(*_: object, **__: object) -> None:
        raise NO_SERVER(reason="test")

    monkeypatch.setattr(job, "serving", dead)
    with pytest.raises(KnownError) as caught:
        run_headless(out, seed=SEED, scale=SMALL, cache=cache)
    assert caught.value.code == "DEMO-001"
    assert not (out / "summary.json").exists()


def test_a_leak_fails_the_job(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def leaks(out: Path, *_: object) -> None:
        (out / "laptop").mkdir()
        (out / "laptop" / "notes.txt").write_text(f"今天见到{PLANTED_NAME}", "utf-16")

    monkeypatch.setattr(job, "_walk", leaks)
    with pytest.raises(KnownError) as caught:
        run_headless(tmp_path / "out", seed=SEED, scale=SMALL, cache=cache)
    assert (caught.value.code, "notes.txt" in caught.value.zh) == ("DEMO-002", True)
    assert not (tmp_path / "out" / "summary.json").exists()


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught, serving(tmp_path / "no county", tmp_path / "log"):
        raise AssertionError("it started")
    assert caught.value.code == "DEMO-001"
    assert "COUNTY-002" in caught.value.zh


def test_the_stopwatch_adds_up_by_step() -> None:
    watch = Stopwatch()
    for name in ("a", "b", "a"):
        with watch.step(name):
            pass
    assert list(watch.seconds) == ["a", "b"]
    assert watch.total() >= 0


def test_the_scripts_visit_is_whole_without_a_window(out: Path, summary: dict[str, Any]) -> None:
    """The door visit carried its photo and the signature, sealed, to the county."""
    laptop = Laptop(Path(summary["data_dir"]), state_dir=out / "state")
    (card,) = laptop.people()
    workspace: Workspace = laptop.unlock(card.id, DEMO_PASSWORD)
    try:
        door = summary["visits"][0]["id"]
        names = sorted(info.name.split("-")[0] for info in workspace._store.attachments_of(door))
        assert names == ["photo_1", "signature"]
        assert workspace._store.unsent_blobs() == []
    finally:
        workspace.close()
    sealed = [path for path in (out / "county" / "blobs").rglob("*") if path.is_file()]
    assert len(sealed) == 2
