"""The note for the door: of the last visit that found nobody at home, noted like every print."""

from __future__ import annotations

from fieldapp.services.printing import PrintOrder
from fieldapp.services.workspace import Workspace
from tests.services.asking import answer, finished, first, nobody_home
from tests.sheets.reading import page_texts


def _texts(workspace: Workspace, *households: str) -> str:
    (sheet,) = workspace.printing.make(PrintOrder("missed_slip", households))
    return "".join(page_texts(sheet.pdf))


def _today(workspace: Workspace) -> str:
    day = workspace.today()
    return f"{day.year}年{day.month}月{day.day}日"


def test_a_visit_that_found_nobody_home_is_on_the_note_until_somebody_is_met(clerk: Workspace) -> None:
    home = first(clerk)
    draft = clerk.visits.start(home, "onsite")
    nobody_home(draft)
    visit = clerk.visits.finish(draft)
    assert clerk.tasks.attempts(home).attempts[0].id == visit
    text = _texts(clerk, home)
    file = clerk.households.file(home)
    assert _today(clerk) in text
    assert clerk.person.name in text
    assert file.household.head_name in text
    assert all(person.id_number not in text for person in file.members if person.id_number)
    finished(clerk, home)
    assert _today(clerk) not in _texts(clerk, home)


def test_a_call_or_a_refusal_is_no_visit_to_the_door(clerk: Workspace) -> None:
    home = first(clerk)
    draft = clerk.visits.start(home, "remote")
    answer(draft, how__mode="phone", how__outcome="away", how__not_met_note="电话没接")
    clerk.visits.finish(draft)
    assert _today(clerk) not in _texts(clerk, home)


def test_without_households_a_page_of_blank_notes_is_made_and_noted(clerk: Workspace) -> None:
    text = _texts(clerk)
    assert text.count("走访联系单") == 2
    assert text.count(clerk.person.name) == 2
    act = clerk.printing.log()[0]
    assert (act.act, act.sheet, act.households) == ("make", "missed_slip", ())
    _texts(clerk, first(clerk))
    assert clerk.printing.log()[0].households == (first(clerk),)
