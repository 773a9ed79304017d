"""The form's view-model: autosave, what was there before, what is missing, where the keyboard begins."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.services.errors import NOT_A_PHOTO
from fieldapp.ui.viewmodels.form import AUTOSAVE_LIMIT_MS, AUTOSAVE_MS, FormViewModel
from fieldapp.ui.viewmodels.form_progress import Progress
from fieldapp.xform import QuestionView
from tests.ui.form.world import MemoryKeeper, begin, reopened


def question(form: FormViewModel, ref: str) -> QuestionView:
    view = form.session.view(ref)
    assert isinstance(view, QuestionView)
    return view


def part(form: FormViewModel, ref: str) -> Progress:
    return next(progress for progress in form.progress() if progress.ref == ref)


class TestSaving:
    def test_a_pause_in_typing_saves_the_draft(self, qtbot: QtBot) -> None:
        keeper = begin()
        form = FormViewModel(keeper)
        with qtbot.waitSignal(form.saved, timeout=3 * AUTOSAVE_MS):
            form.set_answer("/data/help/requests", "想修路")
        assert "想修路".encode() in keeper.saved[-1]

    def test_somebody_who_never_pauses_is_saved_all_the_same(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("fieldapp.ui.viewmodels.form.AUTOSAVE_LIMIT_MS", 300)
        monkeypatch.setattr("fieldapp.ui.viewmodels.form.AUTOSAVE_MS", 200)
        keeper = begin()
        form = FormViewModel(keeper)
        for letter in range(12):
            form.set_answer("/data/help/requests", "路" * (letter + 1))
            qtbot.wait(60)
        assert keeper.saved

    def test_the_pauses_are_those_of_the_design(self) -> None:
        assert (AUTOSAVE_MS, AUTOSAVE_LIMIT_MS) == (800, 5000)

    def test_flush_saves_at_once_and_only_what_is_new(self, qtbot: QtBot) -> None:
        keeper = begin()
        form = FormViewModel(keeper)
        form.flush()
        assert keeper.saved == []
        form.set_answer("/data/help/requests", "想修路")
        form.flush()
        form.flush()
        assert len(keeper.saved) == 1

    def test_a_full_disk_is_told_and_what_was_typed_is_saved_later(self, qtbot: QtBot) -> None:
        keeper = begin()
        form = FormViewModel(keeper)
        keeper.fails = NOT_A_PHOTO(name="disk")
        form.set_answer("/data/help/requests", "想修路")
        with qtbot.waitSignal(form.failed):
            form.flush()
        keeper.fails = None
        form.flush()
        assert "想修路".encode() in keeper.saved[-1]

    def test_a_killed_program_finds_everything_again(self, qtbot: QtBot) -> None:
        keeper = begin()
        form = FormViewModel(keeper)
        form.set_answer("/data/help/requests", "想修路")
        form.set_answer("/data/how/phone", "12")
        row = form.add_row("/data/members")
        form.set_answer(f"{row}/name", "王新生")
        form.flush()
        again = FormViewModel(reopened(keeper))
        assert question(again, "/data/help/requests").value == "想修路"
        assert question(again, "/data/how/phone").value == "12"
        assert question(again, f"{row}/name").value == "王新生"
        assert again.violation(question(again, "/data/how/phone")) is not None

    def test_answers_of_questions_that_are_hidden_now_survive(self, qtbot: QtBot) -> None:
        keeper = begin()
        form = FormViewModel(keeper)
        form.set_answer("/data/state/water_ok", "no")
        form.set_answer("/data/state/water_note", "井水发黄")
        form.set_answer("/data/state/water_ok", "yes")
        form.flush()
        again = FormViewModel(reopened(keeper))
        again.set_answer("/data/state/water_ok", "no")
        assert question(again, "/data/state/water_note").value == "井水发黄"


class TestBefore:
    def test_an_untouched_visit_has_no_changes(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin(4))
        refs = [ref for ref in form.keeper.last_values if form.is_changed(question(form, ref))]
        assert refs == []

    def test_a_change_is_marked_and_can_be_taken_back(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin())
        asked = question(form, "/data/state/water_ok")
        form.set_answer(asked.ref, "no")
        assert form.is_changed(asked)
        form.restore_last(asked)
        assert asked.value == "yes"
        assert not form.is_changed(asked)

    def test_a_number_with_its_unit_is_no_change(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin())
        months = question(form, "/data/members[1]/work_months")
        assert form.last_text(months) == "6月"
        assert not form.is_changed(months)
        form.set_answer(months.ref, "7")
        assert form.is_changed(months)


class TestParts:
    def test_the_household_is_not_asked_again(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin())
        assert form.parts[0].ref == "/data/how"

    def test_a_part_counts_what_is_answered_and_what_must_be(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin(known=False))
        state = part(form, "/data/state")
        assert (state.answered, state.total, state.missing, state.state) == (1, 8, 6, "open")
        for name in ("food", "clothes", "housing", "schooling", "medical", "water"):
            form.set_answer(f"/data/state/{name}_ok", "yes")
        assert part(form, "/data/state").state == "complete"
        assert part(form, "/data/help").state == "open"

    def test_nobody_at_home_leaves_only_what_can_be_asked(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin())
        form.set_answer("/data/how/outcome", "nobody")
        assert [progress.ref for progress in form.progress()] == ["/data/how", "/data/help", "/data/photos"]

    def test_what_is_missing_is_quiet_until_one_tries_to_finish(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin(known=False))
        asked = question(form, "/data/state/food_ok")
        assert form.violation(asked) is None
        form.finish()
        found = form.violation(asked)
        assert found is not None
        assert found.kind == "required"
        assert part(form, "/data/state").errors == 6
        form.set_answer(asked.ref, "yes")
        assert form.violation(asked) is None

    def test_counting_on_gives_what_counting_again_gives(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin(3))
        steps = (
            ("/data/how/outcome", "nobody"),
            ("/data/how/outcome", "met"),
            ("/data/state/water_ok", "no"),
            ("/data/members[2]/member_state", "left"),
            ("/data/members[2]/work_months", "15"),
            ("/data/help/requests", "修路"),
            ("/data/state/water_ok", ""),
        )
        form.check()
        for ref, value in steps:
            form.set_answer(ref, value)
            afresh = FormViewModel(form.keeper)
            afresh.check()
            assert form.progress() == afresh.progress()


class TestWays:
    def test_the_keyboard_begins_at_the_first_thing_that_must_be_answered(self, qtbot: QtBot) -> None:
        assert FormViewModel(begin(known=False)).first_to_answer() == "/data/state/food_ok"
        assert FormViewModel(begin()).first_to_answer() == "/data/how/mode"

    def test_from_paper_it_begins_at_the_top(self, qtbot: QtBot) -> None:
        assert FormViewModel(begin(known=False, from_paper=True)).first_to_answer() == "/data/how/mode"

    def test_next_empty_goes_round_the_end(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin())
        first = form.next_empty(None)
        assert first == "/data/expenses[1]/expense_item"
        assert form.next_empty("/data/later/companions") == first

    def test_with_everything_right_there_is_no_next_error(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin())
        form.check()
        assert form.next_error(None) is None

    def test_a_finished_form_is_followed_no_longer(self, qtbot: QtBot) -> None:
        keeper = begin()
        form = FormViewModel(keeper)
        with qtbot.waitSignal(form.finished) as told:
            form.finish()
        assert told.args == ["visit-1"]
        with qtbot.assertNotEmitted(form.changed):
            keeper.session.set("/data/help/requests", "以后")


class TestRows:
    def test_a_removed_row_comes_back_with_everything_in_it(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin(2))
        ref = form.add_row("/data/members")
        form.set_answer(f"{ref}/name", "王新生")
        form.set_answer(f"{ref}/sex", "male")
        removed = form.remove_row(ref)
        assert len(list(_members(form))) == 2
        back = form.restore_row(removed)
        assert question(form, f"{back}/name").value == "王新生"
        assert question(form, f"{back}/sex").value == "male"

    def test_rows_are_told_of_before_what_changed_in_them(self, qtbot: QtBot) -> None:
        form = FormViewModel(begin(2))
        told: list[str] = []
        form.rows_changed.connect(lambda repeat, gone: told.append(f"{repeat} {gone}"))
        form.changed.connect(lambda refs: told.append("changed"))
        ref = form.add_row("/data/members")
        form.remove_row(ref)
        assert told == ["/data/members -1", "changed", "/data/members 2", "changed"]


class TestReview:
    def test_a_finished_visit_cannot_be_changed(self, qtbot: QtBot) -> None:
        keeper = begin()
        form = FormViewModel(keeper, read_only=True)
        form.set_answer("/data/help/requests", "改一改")
        form.flush()
        assert question(form, "/data/help/requests").value == ""
        assert keeper.saved == []


def test_a_file_that_is_refused_is_told(qtbot: QtBot) -> None:
    keeper: MemoryKeeper = begin()
    form = FormViewModel(keeper)
    keeper.fails = NOT_A_PHOTO(name="a.txt")
    with qtbot.waitSignal(form.failed):
        assert form.attach("/data/photos/photo_1", "a.txt", b"x") is False


def _members(form: FormViewModel) -> list[str]:
    return [p.ref for p in form.session.view("/data/members").instances]  # type: ignore[union-attr]
