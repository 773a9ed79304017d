"""One search for everything, over a real register."""

from __future__ import annotations

from pathlib import Path

from fieldapp.county.importing import import_units
from fieldapp.services.search import Hit
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from fieldapp.sheets.mark import PaperMark, version_of
from fieldapp.store.readings import readings_of
from tests.exchange.workbooks import save_book
from tests.services.asking import finished, homes, row_of
from tests.services.world import World


def _of(workspace: Workspace, text: str, kind: str) -> list[Hit]:
    return [hit for hit in workspace.search.find(text).hits if hit.kind == kind]


def test_a_member_is_found_by_name_initials_number_and_phone(clerk: Workspace) -> None:
    keys = clerk.worklist.ids(WorkFilter())
    files = [clerk.households.file(row.household_id) for row in clerk.worklist.rows(keys)]
    file = next(f for f in files if len(f.members) > 1)
    person = next(p for p in file.members if p.name != file.household.head_name and p.id_number)
    initials = "".join(syllable[0] for syllable in next(iter(readings_of(person.name))))
    for text in (person.name, person.id_number[:18]):
        assert person.id in {hit.id for hit in _of(clerk, text, "member")}, text
    assert clerk.search.find(initials).households >= 1
    hit = next(hit for hit in _of(clerk, person.id_number[:18], "member") if hit.id == person.id)
    assert hit.household_id == file.household.id
    assert file.household.head_name in hit.about


def test_a_head_is_a_household_and_its_number_finds_it_alone(clerk: Workspace) -> None:
    for row in clerk.worklist.rows(clerk.worklist.ids(WorkFilter()))[:5]:
        found = clerk.search.find(row.house_no)
        assert found.households == 1
        assert [hit.id for hit in found.hits if hit.kind == "household"] == [row.household_id]
        assert row.household_id in {
            hit.id
            for hit in clerk.search.find(f"{row.head_name} {row.house_no}").hits
            if hit.kind == "household"
        }


def test_visits_and_problems_are_found_by_their_words_and_by_whose_they_are(clerk: Workspace) -> None:
    home = row_of(clerk, homes(clerk)[0])
    finished(clerk, home.household_id, help__requests="想把漏雨的屋顶修好")
    tasks = [task for task in clerk.tasks.open() if task.household_id == home.household_id]
    assert tasks
    for text in (home.house_no, f"{home.head_name} {home.house_no}"):
        assert {hit.id for hit in _of(clerk, text, "task")} == {task.id for task in tasks}
        days = [hit.day for hit in _of(clerk, text, "visit")]
        assert days == sorted(days, reverse=True)
        assert days[0] == clerk.today().isoformat()
    assert home.household_id in {hit.household_id for hit in _of(clerk, tasks[0].title[:4], "task")}
    assert [hit for hit in _of(clerk, home.house_no, "visit") if hit.opens]


def test_cadres_places_and_forms_are_found_by_name_and_pinyin(clerk: Workspace) -> None:
    cadre = next(one for one in clerk.cadres.sheet().team if one.name)
    assert cadre.name in {hit.title for hit in _of(clerk, cadre.name, "cadre")}
    area = clerk.worklist.areas()[-1]
    spelt = "".join(syllable[0] for syllable in next(iter(readings_of(area.name))))
    assert area.code in {hit.id for hit in _of(clerk, area.name, "village")}
    assert area.name in {hit.title for hit in _of(clerk, spelt, "village")}
    form_id, title = clerk.printing.forms()[0]
    assert form_id in {hit.id for hit in _of(clerk, title, "form")}


def test_a_unit_is_found_with_whom_to_call_and_whose_households(
    world: World, helper: Workspace, tmp_path: Path
) -> None:
    unit = helper.person.unit_name
    units = save_book(
        tmp_path / "单位名册.xlsx",
        {"单位名册": [{"单位": unit, "类别": "帮扶单位", "联系人": "周科长", "联系电话": "0374-3561234"}]},
        header_row=1,
    )
    import_units(world.county, units)
    helper.sync.run()
    (found,) = _of(helper, "周科长", "unit")
    assert (found.title, found.about) == (unit, "周科长 0374-3561234")
    assert set(helper.search.helped_by(helper.person.id)) <= set(helper.search.helped_by_unit(unit))
    assert helper.search.helped_by_unit("没有的单位") == ()
    (line,) = [each for each in helper.cadres.sheet().units if each.unit_name == unit]
    assert line.contact == "周科长 0374-3561234"


def test_the_households_of_a_cadre_are_those_of_the_list(helper: Workspace) -> None:
    mine = helper.worklist.rows(helper.worklist.ids(WorkFilter(mine=True)))
    assert sorted(helper.search.helped_by(helper.person.id)) == sorted(row.household_id for row in mine)
    assert helper.search.helped_by("nobody") == ()


def test_signs_and_blanks_find_nothing_and_break_nothing(clerk: Workspace) -> None:
    for text in ("", "  ", "%", '"*', "'; DROP", "·", "(", "NEAR("):
        found = clerk.search.find(text)
        assert not [hit for hit in found.hits if hit.kind in ("household", "member")] or text == "'; DROP"
    assert clerk.search.matching("dy", ["打印", "同步"]) == [0]


def test_a_scanned_sheet_opens_its_household_and_says_when_it_is_out_of_date(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    mark = _printed_mark(clerk, home)
    (hit,) = clerk.search.find(mark).hits
    assert (hit.kind, hit.household_id) == ("paper", home)
    assert "一致" in hit.about
    wide = mark.replace(":", "：").lower()
    assert clerk.search.find(wide).hits == (hit,), "as a Chinese input method passes it on"
    clerk.households.correct(home, "households", home, "phone", "13900000001", "换号")
    (old,) = clerk.search.find(mark).hits
    assert "纸面旧了" in old.about
    (new,) = clerk.search.find(_printed_mark(clerk, home)).hits
    assert "一致" in new.about


def test_a_mark_of_another_household_or_program_finds_nothing_here(clerk: Workspace) -> None:
    assert clerk.search.find("FIELDAPP:1:9999999999:7K3M-9QXA").hits == ()
    assert clerk.search.find("https://example.org/x").hits == ()


def _printed_mark(clerk: Workspace, home: str) -> str:
    paper = clerk.printing._paper(home)
    return PaperMark(paper.household.house_no, version_of(paper)).text
