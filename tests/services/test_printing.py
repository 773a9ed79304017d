"""Sheets from the vault: made, logged, saved, printed."""

from __future__ import annotations

import hashlib
import io
import json
import stat
from dataclasses import asdict
from pathlib import Path

import pikepdf
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.services.printers import CupsPrinters
from fieldapp.services.printing import Printing, PrintOrder
from fieldapp.services.workspace import Workspace
from tests.services.asking import finished, first, homes, picture
from tests.services.forms import fill_required
from tests.services.world import World
from tests.sheets.reading import all_text


class Paper:
    """A printer that keeps what it was given, or refuses."""

    def __init__(self) -> None:
        self.jobs: list[tuple[bytes, str, int, bool]] = []

    def names(self) -> list[str]:
        return ["前台"]

    def send(self, pdf: bytes, *, printer: str, copies: int, duplex: bool, title: str) -> None:
        self.jobs.append((pdf, printer, copies, duplex))


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def printing(clerk: Workspace, paper: Paper) -> Printing:
    return Printing(clerk._store, clerk.person, clerk.county_name, clerk.clock, paper)


@pytest.mark.requirement("A042")
def test_each_household_gets_its_file_with_members_and_todays_visit(
    clerk: Workspace, printing: Printing
) -> None:
    some = homes(clerk)[:2]
    finished(clerk, some[0])
    steps: list[Progress] = []
    sheets = printing.make(PrintOrder("file", tuple(some), "full", "存档"), steps.append, CancelToken())
    assert [sheet.household_id for sheet in sheets] == some
    assert steps[-1].done == steps[-1].total == 2
    for sheet in sheets:
        assert sheet.pages == printing.page_count(sheet.pdf) >= 2
        assert clerk.households.file(str(sheet.household_id)).household.head_name in sheet.title
    assert printing.page_png(sheets[0].pdf, 0, 60).startswith(b"\x89PNG")


def test_what_a_helper_carries_and_the_list_are_made_too(clerk: Workspace, printing: Printing) -> None:
    some = tuple(homes(clerk)[:2])
    carry = printing.make(PrintOrder("carry", some))
    assert [sheet.kind for sheet in carry] == ["carry", "carry"]
    (listed,) = printing.make(PrintOrder("visit_list", some, "masked"))
    assert (listed.kind, listed.household_id, listed.pages) == ("visit_list", None, 1)


def test_photos_and_signature_of_a_visit_are_on_the_file(clerk: Workspace, printing: Printing) -> None:
    home = first(clerk)
    plain = printing.make(PrintOrder("file", (home,)))[0]
    draft = clerk.visits.start(home, "onsite")
    draft.session.set("/data/how/outcome", "met")
    clerk.visits.attach(draft, "/data/photos/photo_1", "门口.jpg", picture(size=400))
    draft.session.set("/data/sign/signing", "screen")
    clerk.visits.attach(draft, "/data/sign/signature", "签字.png", picture("PNG", size=120))
    fill_required(draft.session, {})
    clerk.visits.finish(draft)
    photographed = printing.make(PrintOrder("file", (home,)))[0]
    assert _images(photographed.pdf) >= _images(plain.pdf) + 2


def _images(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return sum(each.get("/Subtype") == "/Image" for each in streams)


def test_every_act_is_logged_with_who_when_what_for_and_whom(
    clerk: Workspace, printing: Printing, paper: Paper, tmp_path: Path
) -> None:
    some = tuple(homes(clerk)[:2])
    sheets = printing.make(PrintOrder("file", some, "masked", "核查组调阅"))
    printing.save(sheets, tmp_path / "档案.pdf")
    printing.send_to_printer(sheets, "前台", 2, duplex=True)
    acts = printing.log()
    assert [act.act for act in acts] == ["print", "save", "make"]
    assert {act.by for act in acts} == {clerk.person.id}
    assert {act.households for act in acts} == {some}
    assert {act.at for act in acts} == {"2026-11-22T02:00:00Z"}
    made, saved, printed = acts[2], acts[1], acts[0]
    assert (made.purpose, made.profile) == ("核查组调阅", "masked")
    assert (saved.to, printed.to, printed.copies) == ("档案.pdf", "前台", 2)
    assert len(paper.jobs) == 1


def test_a_list_of_many_is_logged_with_all_of_them_when_it_is_saved(
    clerk: Workspace, printing: Printing, tmp_path: Path
) -> None:
    some = tuple(homes(clerk)[:5])
    printing.save(printing.make(PrintOrder("visit_list", some)), tmp_path / "名单.pdf")
    assert printing.log()[0].households == some


def test_the_journal_vouches_for_the_log(clerk: Workspace, printing: Printing) -> None:
    printing.make(PrintOrder("visit_list", (first(clerk),)))
    payload = json.dumps(asdict(printing.log()[0]), ensure_ascii=False, sort_keys=True).encode()
    with clerk._store.vault.reader() as connection:
        row = connection.exec_driver_sql(
            "SELECT kind, payload_hash FROM vault_journal ORDER BY seq DESC LIMIT 1"
        ).one()
    assert (row[0], row[1]) == ("sheet.make", hashlib.sha256(payload).digest())


def test_the_log_outlives_the_session(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    clerk.printing.make(PrintOrder("visit_list", (first(clerk),)))
    clerk.close()
    assert [act.act for act in offline.unlocked("clerk").printing.log()] == ["make"]


def test_several_sheets_are_one_file_each_beginning_on_a_front_side(
    clerk: Workspace, printing: Printing, tmp_path: Path
) -> None:
    sheets = printing.make(PrintOrder("file", tuple(homes(clerk)[:3])))
    path = tmp_path / "新建 文件夹" / "三户.pdf"
    path.parent.mkdir()
    printing.save(sheets, path)
    with pikepdf.open(path) as document:
        assert len(document.pages) >= sum(sheet.pages for sheet in sheets)
    printing.save(sheets[:1], path)
    assert path.read_bytes() == sheets[0].pdf


def test_saving_nothing_does_nothing(printing: Printing, paper: Paper, tmp_path: Path) -> None:
    printing.save([], tmp_path / "空.pdf")
    printing.send_to_printer([], "前台", 1, duplex=False)
    assert (list(tmp_path.glob("*.pdf")), paper.jobs, printing.log()) == ([], [], [])


def test_a_folder_that_cannot_be_written_is_told(
    clerk: Workspace, printing: Printing, tmp_path: Path
) -> None:
    sheets = printing.make(PrintOrder("visit_list", (first(clerk),)))
    with pytest.raises(KnownError) as caught:
        printing.save(sheets, tmp_path / "没有这个文件夹" / "a.pdf")
    assert caught.value.code == "DISK-002"


def test_a_cancelled_order_stops_between_two_households(clerk: Workspace, printing: Printing) -> None:
    token = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.done == 1:
            token.cancel()

    with pytest.raises(KnownError) as caught:
        printing.make(PrintOrder("file", tuple(homes(clerk)[:4])), stop, token)
    assert caught.value.code == "TASK-001"
    with pytest.raises(KnownError):
        printing.make(PrintOrder("visit_list", tuple(homes(clerk)[:4])), stop, token)


def test_a_household_that_is_gone_is_told(printing: Printing) -> None:
    with pytest.raises(KnownError) as caught:
        printing.make(PrintOrder("file", ("00000000-0000-7000-8000-000000000000",)))
    assert caught.value.code == "STORE-003"


def _fake_lp(folder: Path, script: str) -> None:
    for name in ("lp", "lpstat"):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_without_a_print_system_there_are_no_printers_and_printing_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert CupsPrinters().names() == []
    with pytest.raises(KnownError) as caught:
        CupsPrinters().send(b"%PDF", printer="前台", copies=1, duplex=False, title="x")
    assert (caught.value.code, "CUPS" in caught.value.zh) == ("PRINT-001", True)


def test_cups_gets_the_pdf_on_its_standard_input_and_no_file_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    got = tmp_path / "got"
    _fake_lp(tmp_path, f'echo "$@" > "{got}.args"; cat > "{got}"; echo 前台; echo 会计室')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    before = set(tmp_path.iterdir())
    CupsPrinters().send(b"%PDF-1.7 x", printer="前台", copies=3, duplex=True, title="农户走访")
    assert got.read_bytes() == b"%PDF-1.7 x"
    told = Path(f"{got}.args").read_text()
    assert "-d 前台 -n 3 -o sides=two-sided-long-edge -o media=A4" in told
    assert set(tmp_path.iterdir()) - before == {got, Path(f"{got}.args")}
    assert CupsPrinters().names() == ["前台", "会计室"]


def test_what_the_print_system_says_is_passed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _fake_lp(tmp_path, "cat > /dev/null; echo '没有这台打印机' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(KnownError) as caught:
        CupsPrinters().send(b"%PDF", printer="x", copies=1, duplex=False, title="x")
    assert "没有这台打印机" in caught.value.zh


def test_the_to_type_list_is_printed_with_what_is_open_and_logged(
    clerk: Workspace, printing: Printing, tmp_path: Path
) -> None:
    home, other = homes(clerk)[:2]
    for each, phone in ((home, "13900000001"), (other, "13900000002")):
        clerk.households.correct(each, "households", each, "phone", phone, "电话核实")
    (line,) = [one for one in clerk.typing.lines() if one.household_id == other]
    clerk.typing.mark([line.id], "typed")
    (sheet,) = printing.make(PrintOrder("typing_list", (home, other), purpose="录全国系统"))
    text = all_text(sheet.pdf)
    assert "13900000001" in text
    assert "13900000002" not in text
    printing.save([sheet], tmp_path / "待录入.pdf")
    act = printing.log()[0]
    assert (act.sheet, act.households) == ("typing_list", (home, other))
