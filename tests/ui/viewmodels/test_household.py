"""One household: facts with since when, visits with their ladder, corrections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.register.entities import Loan
from fieldapp.register.policy import income_line_of
from fieldapp.services.corrections import CorrectedFact, CorrectionLine
from fieldapp.services.households import FactLine
from fieldapp.ui.viewmodels.household import HouseholdViewModel
from fieldapp.ui.viewmodels.household_facts import Fact
from tests.ui.fakes import FakeWorkspace
from tests.ui.people import LONG_NAME


@pytest.fixture
def model(workspace: FakeWorkspace) -> HouseholdViewModel:
    made = HouseholdViewModel(workspace, InlineRunner())
    made.open("h0002")
    return made


def _fact(model: HouseholdViewModel, name: str) -> Fact:
    return next(fact for _, facts in model.sections() for fact in facts if fact.name == name)


def test_category_and_risk_are_two_badges(model: HouseholdViewModel) -> None:
    texts = [badge.text for badge in model.head().badges]
    assert texts[:3] == ["脱贫户", "脱贫不稳定户", "风险未消除"]
    assert "因病" in texts


def test_numbers_are_masked_until_asked_for(model: HouseholdViewModel, qtbot: QtBot) -> None:
    assert model.head().phone == "138****5521"
    assert all("*" in row[3].text for row in model.members())
    with qtbot.waitSignal(model.numbers_shown):
        model.show_numbers(True)
    assert model.head().phone == "13800005521"
    assert not any("*" in row[3].text for row in model.members())
    model.open("h0003")
    assert model.head().phone == "138****5521"


def test_at_the_door_nothing_of_risk_is_to_be_seen(model: HouseholdViewModel) -> None:
    model.set_at_the_door(True)
    assert model.head().badges == ()
    assert model.issues() == []


def test_a_fact_says_from_which_visit_it_is(model: HouseholdViewModel) -> None:
    area = _fact(model, "house_area")
    assert area.text == "96平方米"
    assert area.origin == "2026-09-14 走访"
    assert area.before == "80平方米"
    assert _fact(model, "house_year").origin == ""


def test_who_may_correct_what(model: HouseholdViewModel, workspace: FakeWorkspace) -> None:
    assert _fact(model, "house_area").writable
    assert not _fact(model, "out_of_poverty_year").writable, "the county decides on it"
    assert not _fact(model, "house_grade").writable, "a helper is no clerk"
    workspace.person = type(workspace.person)(id="s2", name="张建国", role="clerk", area_code="411025")
    model.open("h0002")
    assert _fact(model, "house_grade").writable


def test_guarantees_are_words(model: HouseholdViewModel) -> None:
    told = {fact.name: (fact.text, fact.tone) for fact in model.guarantees()}
    assert told["food_ok"] == ("有保障", "good")
    assert told["water_ok"] == ("有问题", "bad")
    assert told["medical_ok"] == ("未了解", "neutral")


def test_members_read_as_people_say_it(model: HouseholdViewModel) -> None:
    rows = [[cell.text for cell in row] for row in model.members()]
    assert rows[0][:3] == ["王秀英", "户主", "女 · 65 岁"]
    assert rows[1][6] == "省外务工 10 个月"
    assert rows[3][6] == "小学"
    assert model.former_members() == "王老汉（死亡）"


def test_income_goes_from_old_to_new_with_the_line_of_each_year(model: HouseholdViewModel) -> None:
    assert [(bar.year, bar.per_head) for bar in model.incomes()] == [
        (2023, 6120.0),
        (2024, 12960.0),
        (2025, 14238.5),
    ]
    assert [bar.line for bar in model.incomes()] == [income_line_of(year) for year in (2023, 2024, 2025)]


def test_the_ladder_says_how_far_a_visit_has_come(model: HouseholdViewModel) -> None:
    saved, received, _, imported = (entry for entry in model.timeline() if entry.kind == "visit")
    assert [rung.reached for rung in saved.rungs] == [True, False, False]
    assert saved.entered == "据纸质记录补录，11月20日 20:00录入"
    assert saved.tone == "neutral", "late entry is ordinary"
    assert [rung.reached for rung in received.rungs] == [True, True, True]
    assert received.rungs[-1].label == "「县里已收到」9月15日 08:40"
    assert received.entered == "现场"
    assert received.lines[-1] == "纸质签字 · 照片 1 张 · 更新了 3 项台账"
    assert [rung.label for rung in imported.rungs] == ["县里台账"]


def test_a_deadline_that_passed_is_said_in_a_word(model: HouseholdViewModel) -> None:
    (row,) = model.issues()
    assert row[3].text == "11月10日 已过"
    assert row[3].tone == "attention"


def test_a_correction_takes_its_reason_along(
    model: HouseholdViewModel, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    fact = _fact(model, "house_area")
    with qtbot.waitSignals([model.corrected, model.loaded]):
        model.correct(fact, "98", "量错了")
    assert workspace.households.corrections == [
        ("h0002", "households", "h0002", "house_area", "98", "量错了")
    ]


def test_the_history_of_a_fact_is_read_on_demand(model: HouseholdViewModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.history_arrived) as told:
        model.ask_history(_fact(model, "house_area"))
    assert told.args is not None
    assert told.args[1] == ["2026-01-05 · 80平方米 · 县里台账"]


def test_choices_follow_the_kind_of_fact(model: HouseholdViewModel) -> None:
    assert [code.zh for code in model.choices(_fact(model, "electricity"))] == ["是", "否"]
    assert "砌体" in [code.zh for code in model.choices(_fact(model, "house_structure"))]
    assert model.choices(_fact(model, "house_area")) == ()


def test_a_long_name_stays_whole(model: HouseholdViewModel) -> None:
    model.open("h0003")
    assert model.head().name == LONG_NAME


def test_asking_before_it_is_loaded_is_a_bug(workspace: FakeWorkspace) -> None:
    with pytest.raises(RuntimeError):
        HouseholdViewModel(workspace, InlineRunner()).head()


@pytest.mark.parametrize(("since", "name"), [("2020-06-30", "边缘户"), ("2026-01-05", "边缘易致贫户")])
def test_a_former_value_is_called_as_it_was_then(
    model: HouseholdViewModel,
    workspace: FakeWorkspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    since: str,
    name: str,
) -> None:
    line = FactLine("marginal", None, since, f"{since}T02:00:00Z", "pull", None, "", "")
    monkeypatch.setattr(workspace.households, "history", lambda *_: [line])
    known = _fact(model, "house_area")
    with qtbot.waitSignal(model.history_arrived) as told:
        model.ask_history(replace(known, name="monitor_kind"))
    assert told.args is not None
    assert name in told.args[1][0].split(" · ")


def test_the_time_line_tells_more_than_visits_and_less_at_the_door(
    model: HouseholdViewModel, workspace: FakeWorkspace
) -> None:
    workspace.corrections.lines = [
        CorrectionLine(
            "change-1",
            "2026-11-21T02:00:00Z",
            "张会计",
            "录错",
            (CorrectedFact("耕地面积", "Arable land", "3亩", "3.2亩", now=True),),
            4,
        )
    ]
    model.reload()
    entries = model.timeline()
    assert [entry.day for entry in entries] == sorted((entry.day for entry in entries), reverse=True)
    (correction,) = [entry for entry in entries if entry.kind == "correction"]
    assert correction.undo == "change-1"
    assert "原因：录错" in correction.lines
    assert "耕地面积：3亩 → 3.2亩" in correction.lines
    assert "同一笔更正了 4 户" in correction.lines
    assert {entry.kind for entry in entries} >= {"visit", "matter", "help", "correction"}
    model.set_at_the_door(True)
    assert not {"matter", "correction"} & {entry.kind for entry in model.timeline()}


def test_a_correction_is_taken_back_from_the_time_line(
    model: HouseholdViewModel, workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.undone) as told:
        model.undo("change-1")
    assert workspace.corrections.undone == ["change-1"]
    assert told.args is not None
    assert told.args[0].startswith("已撤销这次更正")


def test_each_further_list_with_records_is_a_table_with_what_is_known(
    model: HouseholdViewModel, workspace: FakeWorkspace
) -> None:
    assert model.file is not None
    person = model.file.members[0]
    loan = Loan(
        id="l1",
        household_id="h0",
        purpose="养牛",
        amount="50000",
        due_on="2027-03-01",
        state="running",
        person_id=person.id,
    )
    model.file = replace(model.file, others={**model.file.others, "loans": (loan,), "posts": ()})
    tables = {table.list_name: table for table in model.records()}
    assert "posts" not in tables, "a list without records is not shown"
    texts = [cell.text for cell in tables["loans"].rows[0]]
    assert "养牛" in texts
    assert person.name in texts, "whom, by name and not by id"
    assert tables["loans"].ids == ("l1",)
