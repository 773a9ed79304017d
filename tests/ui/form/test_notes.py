"""Beside the answers: comments to questions and doubts of the checks, by keyboard, never in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QLabel

from fieldapp.services.draft_findings import DraftFinding
from fieldapp.ui.pages.form import FormPage
from fieldapp.xform import FormSession, QuestionView
from tests.ui.form.conftest import OpenPage
from tests.ui.form.keys import Typist
from tests.ui.form.world import MemoryKeeper, begin

PHONE = "/data/how/phone"


def doubtful(session: FormSession) -> Sequence[DraftFinding]:
    """Find something at the phone while it has an odd number of figures, and a mistake with nobody's pass at the way."""
    phone = session.view(PHONE)
    assert isinstance(phone, QuestionView)
    if len(phone.value) % 2 == 0:
        return ()
    return (
        DraftFinding(
            PHONE, "odd", "doubt", "号码位数是单数", "an odd number of figures", f"odd/{phone.value}"
        ),
    )


def checked() -> MemoryKeeper:
    keeper = begin()
    keeper.checks = doubtful
    return keeper


def said(page: FormPage) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in page.column.findChildren(QLabel) if label.isVisible()]


def test_a_comment_is_written_beside_a_question_by_one_key(open_page: OpenPage) -> None:
    keeper = begin()
    page = open_page(keeper)
    page.column.show_ref(PHONE)
    typist = Typist(page)
    typist.press("Ctrl+M")
    typist.type("shuo shi er zi de")
    typist.press("Enter")
    assert keeper.comments[PHONE].text == "shuo shi er zi de"
    assert any(line.startswith("✎ shuo shi er zi de　— 李晓梅") for line in said(page))
    assert page.column.current_ref() == PHONE, "the keyboard is back in the question"
    page.form.flush()
    assert keeper.saved, "a comment is saved as an answer is"


def test_escape_leaves_the_comment_as_it_was_and_an_empty_one_goes(open_page: OpenPage) -> None:
    keeper = begin()
    keeper.comment(PHONE, "旧")
    page = open_page(keeper)
    page.column.show_ref(PHONE)
    typist = Typist(page)
    typist.press("Ctrl+M")
    typist.type("xin")
    typist.press("Esc")
    assert keeper.comments[PHONE].text == "旧"
    typist.press("Ctrl+M", "Ctrl+A", "Delete", "Enter")
    assert PHONE not in keeper.comments
    assert not any(line.startswith("✎") for line in said(page))


def test_a_doubt_stands_beside_its_question_when_typing_pauses(open_page: OpenPage) -> None:
    page = open_page(checked())
    page.form.set_answer(PHONE, "123")
    assert not any("单数" in line for line in said(page)), "not between two keys"
    page.form.notes.look_again()
    assert "疑点　号码位数是单数" in said(page)
    assert sum(part.doubts for part in page.form.progress()) == 1
    page.form.set_answer(PHONE, "1234")
    page.form.notes.look_again()
    assert not any("单数" in line for line in said(page))


def test_the_next_doubt_is_one_key_away_and_a_reason_passes_it(open_page: OpenPage) -> None:
    keeper = checked()
    page = open_page(keeper)
    page.form.set_answer(PHONE, "123")
    typist = Typist(page)
    typist.press("F7")
    assert page.column.current_ref() == PHONE
    typist.press("Ctrl+E")
    typist.type("zuo ji")
    typist.press("Enter")
    assert keeper.reasons == {"odd/123": "zuo ji"}
    assert "已说明　号码位数是单数　说明：zuo ji" in said(page)
    assert sum(part.doubts for part in page.form.progress()) == 0
    typist.press("F7")
    assert page.banner.message == "没有要说明的疑点了。"


def test_a_doubt_never_stops_the_finish(open_page: OpenPage) -> None:
    keeper = checked()
    page = open_page(keeper)
    page.form.set_answer(PHONE, "13900001111")
    page.form.notes.look_again()
    assert page.form.notes.open_doubts(PHONE) == 1
    refused = {violation.ref for violation in page.form.check()}
    assert PHONE not in refused


def test_at_the_door_neither_comment_nor_doubt_is_seen(open_page: OpenPage) -> None:
    keeper = checked()
    keeper.comment(PHONE, "他儿子不在家")
    page = open_page(keeper)
    page.form.set_answer(PHONE, "123")
    page.form.notes.look_again()
    typist = Typist(page)
    typist.press("F11")
    assert not [line for line in said(page) if "单数" in line or "儿子" in line]
    typist.press("Ctrl+M", "Ctrl+E", "F7")
    assert not [line for line in said(page) if "单数" in line or "儿子" in line]
    typist.press("F11")
    assert [line for line in said(page) if "单数" in line]


def test_a_comment_to_a_cell_follows_its_row_and_comes_back_with_it(open_page: OpenPage) -> None:
    keeper = begin(members=3)
    page = open_page(keeper)
    roster = page.column.rosters()[0]
    repeat = roster.ref
    roster.add_row()
    roster.add_row()
    fourth = f"{repeat}[4]/{_first_name(roster.current_ref())}"
    fifth = f"{repeat}[5]/{_first_name(roster.current_ref())}"
    page.form.notes.write(fourth, "四")
    page.form.notes.write(fifth, "五")
    removed = page.form.remove_row(f"{repeat}[4]")
    assert {ref: note.text for ref, note in keeper.comments.items()} == {fourth: "五"}
    page.form.restore_row(removed)
    assert {ref: note.text for ref, note in keeper.comments.items()} == {fourth: "五", fifth: "四"}


def test_the_current_cell_of_a_roster_takes_a_comment(open_page: OpenPage) -> None:
    keeper = begin(members=3)
    page = open_page(keeper)
    roster = page.column.rosters()[0]
    roster.take_focus()
    roster.grid.setCurrentIndex(roster.model.index(1, 0))
    typist = Typist(page)
    typist.press("Ctrl+M")
    typist.type("wen guo")
    typist.press("Enter")
    ref = roster.model.question(roster.model.index(1, 0)).ref
    assert keeper.comments[ref].text == "wen guo"
    assert any(line.startswith("✎ wen guo") for line in said(page))
    assert "✎ wen guo" in roster.model.tip(roster.model.question(roster.model.index(1, 0)))


def test_a_finished_record_shows_its_comments_and_takes_none(open_page: OpenPage) -> None:
    keeper = begin()
    keeper.comment(PHONE, "核对过")
    page = open_page(keeper, read_only=True)
    assert any(line.startswith("✎ 核对过") for line in said(page))
    page.column.show_ref(PHONE)
    Typist(page).press("Ctrl+M")
    page.form.notes.write(PHONE, "改")
    assert keeper.comments[PHONE].text == "核对过"


def _first_name(ref: str | None) -> str:
    assert ref is not None
    return ref.rpartition("/")[2]
