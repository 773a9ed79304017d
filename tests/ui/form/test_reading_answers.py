"""Typed and pasted text becomes answers; the register's words become answers again; choices are found by pinyin."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.ui.viewmodels.choice_search import ChoiceSearch
from fieldapp.ui.viewmodels.form_nodes import answer_text
from fieldapp.ui.viewmodels.last_values import last_answer
from fieldapp.ui.viewmodels.typed_answers import read_answer
from fieldapp.xform import Choice, FormSession, QuestionView
from tests.ui.form.world import begin

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def session() -> FormSession:
    return begin(2).session


def question(session: FormSession, ref: str) -> QuestionView:
    view = session.view(ref)
    assert isinstance(view, QuestionView)
    return view


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("relationship", "配偶", "spouse"),
        ("relationship", " 之 子".replace(" ", ""), "son"),
        ("relationship", "spouse", "spouse"),
        ("relationship", "邻居", None),
        ("relationship", "", ""),
        ("work_place", "乡（镇）内", "town"),
        ("health", "长期慢性病、残疾", "chronic disabled"),
        ("health", "长期慢性病，残疾", "chronic disabled"),
        ("health", "长期慢性病 不知道", None),
        ("birth_date", "1950.3.7", "1950-03-07"),
        ("birth_date", "不详", "不详"),
        ("work_months", "１２", "12"),
        ("id_number", "41000019500307001X", "41000019500307001X"),
    ],
)
def test_text_from_paper_or_excel_becomes_an_answer(
    session: FormSession, name: str, typed: str, answer: str | None
) -> None:
    assert read_answer(question(session, f"/data/members[1]/{name}"), typed, TODAY) == answer


def test_separators_of_thousands_are_taken_out_of_numbers_only_where_they_separate(
    session: FormSession,
) -> None:
    amount = question(session, "/data/expenses[1]/expense_amount")
    assert read_answer(amount, "12,300.50", TODAY) == "12300.50"
    assert read_answer(amount, "1,2", TODAY) == "1,2"


@pytest.mark.parametrize(
    ("name", "last", "answer"),
    [
        ("work_months", "6月", "6"),
        ("health", "健康", "healthy"),
        ("health", "患有大病、残疾", "serious disabled"),
        ("health", "患有大病、未列出", None),
        ("sex", "男", "male"),
        ("name", "王建国", "王建国"),
        ("name", "", None),
    ],
)
def test_a_value_as_it_reads_becomes_the_answer_it_was(
    session: FormSession, name: str, last: str, answer: str | None
) -> None:
    assert last_answer(question(session, f"/data/members[1]/{name}"), last) == answer


def test_an_answer_reads_as_its_labels(session: FormSession) -> None:
    health = question(session, "/data/members[1]/health")
    assert answer_text(health, "chronic disabled") == "长期慢性病、残疾"
    assert answer_text(health, "unknown_code") == "unknown_code"


class TestChoiceSearch:
    CHOICES = (
        Choice("son", "之子"),
        Choice("daughter", "之女"),
        Choice("daughters_son", "之外孙子"),
        Choice("sibling", "之兄弟姐妹"),
    )

    def test_pinyin_initials_find_a_choice(self) -> None:
        assert ChoiceSearch(self.CHOICES).matches("zws", 10) == [2]

    def test_a_part_of_the_label_finds_it(self) -> None:
        assert ChoiceSearch(self.CHOICES).matches("孙", 10) == [2]

    def test_those_that_begin_with_the_text_come_first(self) -> None:
        search = ChoiceSearch((Choice("a", "外县"), Choice("b", "县外"), Choice("c", "县内")))
        assert search.matches("县", 10) == [1, 2, 0]

    def test_nothing_typed_gives_all_up_to_the_limit(self) -> None:
        assert ChoiceSearch(self.CHOICES).matches("", 3) == [0, 1, 2]

    def test_what_fits_nothing_gives_nothing(self) -> None:
        assert ChoiceSearch(self.CHOICES).matches("xyz", 10) == []
