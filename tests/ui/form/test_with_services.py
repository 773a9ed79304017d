"""The page over the real visit service and an encrypted vault: typed, killed, taken up again, finished."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.common.clock import FixedClock
from fieldapp.services.visits import VisitDraft
from fieldapp.services.workspace import Workspace
from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.form.editors.pictures import PhotoEditor
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.ui.viewmodels.form_keeping import ReviewKeeper, VisitKeeper
from fieldapp.ui.viewmodels.photo_times import exif_time
from tests.services.asking import first
from tests.services.conftest import made, offline
from tests.services.forms import fill_required
from tests.services.world import World
from tests.ui.form.keys import Typist
from tests.ui.form.test_photo_times import TAKEN, photograph
from tests.ui.form.world import MORNING

__all__ = ["made", "offline"]


@pytest.fixture
def clerk(offline: World) -> Workspace:
    return offline.unlocked("clerk")


def page_of(workspace: Workspace, draft: VisitDraft, qtbot: QtBot) -> FormPage:
    page = FormPage(FormViewModel(VisitKeeper(draft, workspace.visits)), FixedClock(MORNING))
    qtbot.addWidget(page)
    page.resize(1170, 708)
    page.show()
    qtbot.waitExposed(page)
    QApplication.processEvents()
    return page


@pytest.mark.journey
def test_a_visit_is_typed_killed_taken_up_and_finished(
    offline: World, clerk: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    home = first(clerk)
    page = page_of(clerk, clerk.visits.start(home, "paper"), qtbot)
    assert page.head._title.text().startswith(clerk.households.file(home).household.head_name)
    page.column.show_ref("/data/how/visit_date")
    typist = Typist(page)
    typist.type("1118")
    typist.press("Alt+4")
    typist.type("xiang xiu lu")
    editor = page.column.row("/data/photos/photo_1").editor
    assert isinstance(editor, PhotoEditor)
    editor.take_file(photograph(tmp_path / "IMG_1.jpg"))
    page.form.flush()
    # Nobody closes anything: the next process finds the draft.
    again = offline.unlocked("clerk")
    (info,) = again.visits.drafts()
    page = page_of(again, again.visits.resume(info.id), qtbot)
    line = page.column.row("/data/help/requests").question
    assert line.value == "xiang xiu lu"
    kept = page.form.picture(page.column.row("/data/photos/photo_1").question.value)
    assert kept is not None
    assert exif_time(kept) == TAKEN
    Typist(page).press("F8")
    for _ in range(40):
        if page.column.current_ref() is None or page.form.next_error(None) is None:
            break
        Typist(page).type("1")
        Typist(page).press("F8")
    with qtbot.waitSignal(page.finished, timeout=3000) as told:
        Typist(page).press("Ctrl+Enter")
    visit = next(line.visit for line in again.households.file(home).visits if line.visit.id == told.args[0])
    assert (visit.visit_date, visit.source) == ("2026-11-18", "paper")
    assert again.visits.drafts() == []


def test_the_values_before_are_those_of_the_register(clerk: Workspace, qtbot: QtBot) -> None:
    home = first(clerk)
    file = clerk.households.file(home)
    page = page_of(clerk, clerk.visits.start(home, "onsite"), qtbot)
    phone = page.column.row("/data/how/phone").question
    assert page.form.last_text(phone) == file.household.phone
    changed = [
        ref
        for ref in page.form.keeper.last_values
        if page.form.is_changed(page.form.session.view(ref))  # type: ignore[arg-type]
    ]
    assert changed == []


def test_a_comment_and_an_explained_doubt_travel_with_the_visit_and_are_read_again(
    clerk: Workspace, qtbot: QtBot
) -> None:
    home = first(clerk)
    page = page_of(clerk, clerk.visits.start(home, "onsite"), qtbot)
    roster = page.column.rosters()[0]
    born = next(
        q.ref for q in roster.model.row_questions(0) if q.ref.endswith("/birth_date") or "birth" in q.ref
    )
    page.form.set_answer(born, "1901-01-05")
    page.form.notes.look_again()
    ref = page.form.next_doubt(None)
    assert ref is not None, "a head of 125 years is doubted"
    page.column.show_ref(ref)
    typist = Typist(page)
    typist.press("Ctrl+E")
    typist.type("hukou ben shang jiu shi")
    typist.press("Enter", "Ctrl+M")
    typist.type("yuan jian kan guo")
    typist.press("Enter")
    assert "hukou ben shang jiu shi" in [doubt.reason for doubt in page.form.notes.doubts(ref)]
    fill_required(page.form.session, {})
    with qtbot.waitSignal(page.finished, timeout=3000) as told:
        page.finish()
    review = clerk.visits.review(told.args[0])
    again = FormPage(FormViewModel(ReviewKeeper(review, clerk.visits), read_only=True), FixedClock(MORNING))
    qtbot.addWidget(again)
    again.resize(1170, 708)
    again.show()
    comment = again.form.notes.comment(ref)
    assert comment is not None
    assert comment.text == "yuan jian kan guo"
    reasons = [each.get("reason") for each in clerk.households.file(home).others["passes"]]
    assert "hukou ben shang jiu shi" in reasons
