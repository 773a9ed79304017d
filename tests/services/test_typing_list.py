"""The to-type list: changed facts only, in the order of the national pages, until the national system shows them."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, silent
from fieldapp.register.typing_line import TypingLine
from fieldapp.services.workspace import Workspace
from tests.services.asking import first
from tests.services.world import World


def lines(workspace: Workspace) -> list[TypingLine]:
    return workspace.typing.lines()


def told(workspace: Workspace) -> list[tuple[str, str, str, str]]:
    return [(line.tab_name, line.label, line.value, line.state) for line in lines(workspace)]


def corrected(workspace: Workspace, home: str, name: str, text: str) -> None:
    workspace.households.correct(home, "households", home, name, text, "上门核实")


def test_nothing_is_to_be_typed_before_anything_has_changed(clerk: Workspace) -> None:
    assert lines(clerk) == []
    assert clerk.typing.counts().waiting == 0


def test_changed_facts_stand_in_the_order_of_the_pages_with_the_words_of_the_pages(clerk: Workspace) -> None:
    home = first(clerk)
    corrected(clerk, home, "fuel", "clean")
    corrected(clerk, home, "arable_mu", "3.50")
    corrected(clerk, home, "phone", "13812345678")
    member = clerk.households.file(home).members[-1]
    clerk.households.correct(home, "persons", member.id, "birth_date", "2015-06-01", "看户口簿")
    assert told(clerk) == [
        ("基本情况", "户联系电话", "13812345678", "waiting"),
        ("家庭成员", "出生日期", "2015-06-01", "waiting"),
        ("生产生活条件", "耕地面积(亩)", "3.5", "waiting"),
        ("生产生活条件", "主要燃料类型", "清洁能源", "waiting"),
    ]
    line = lines(clerk)[1]
    assert (line.subject, line.source, line.author_name) == (member.name, "更正", clerk.person.name)


def test_a_fact_that_the_national_system_does_not_have_never_appears(clerk: Workspace) -> None:
    corrected(clerk, first(clerk), "moved_to", "县城")
    assert lines(clerk) == []


def test_a_fact_that_was_changed_back_is_not_typed(clerk: Workspace) -> None:
    home = first(clerk)
    before = str(clerk.households.file(home).household.phone)
    corrected(clerk, home, "phone", "13812345678")
    corrected(clerk, home, "phone", before)
    assert lines(clerk) == []


def test_a_typed_line_says_who_and_a_later_change_opens_it_again(clerk: Workspace) -> None:
    home = first(clerk)
    corrected(clerk, home, "phone", "13812345678")
    (line,) = lines(clerk)
    clerk.typing.mark([line.id], "typed")
    (typed,) = lines(clerk)
    assert (typed.state, typed.by_name) == ("typed", clerk.person.name)
    corrected(clerk, home, "phone", "13912345678")
    (again,) = lines(clerk)
    assert (again.state, again.before, again.value) == ("waiting", "13812345678", "13912345678")


def test_what_was_typed_and_changed_back_is_to_be_typed_back(clerk: Workspace) -> None:
    home = first(clerk)
    before = str(clerk.households.file(home).household.phone)
    corrected(clerk, home, "phone", "13812345678")
    clerk.typing.mark([lines(clerk)[0].id], "typed")
    corrected(clerk, home, "phone", before)
    (line,) = lines(clerk)
    assert (line.state, line.before, line.value) == ("waiting", "13812345678", before)


def test_a_line_sent_back_keeps_what_the_system_said_and_marking_can_be_taken_back(clerk: Workspace) -> None:
    corrected(clerk, first(clerk), "phone", "13812345678")
    (line,) = lines(clerk)
    clerk.typing.mark([line.id], "rejected", "  号码与他户重复 ")
    (back,) = lines(clerk)
    assert (back.state, back.note) == ("rejected", "号码与他户重复")
    assert clerk.typing.counts().rejected == 1
    clerk.typing.mark([line.id], "waiting")
    assert lines(clerk)[0].state == "waiting"


def test_a_line_that_is_gone_cannot_be_marked(clerk: Workspace) -> None:
    with pytest.raises(KnownError) as caught:
        clerk.typing.mark(["no-such-line"], "typed")
    assert caught.value.code == "TYPE-001"


def test_what_a_helper_learnt_reaches_the_clerks_list_and_an_import_of_the_county_does_not(
    world: World,
) -> None:
    helper, clerk = world.unlocked("helper"), world.unlocked("clerk")
    home = first(helper)
    helper.households.correct(home, "households", home, "phone", "13812345678", "")
    for workspace in (helper, clerk):
        workspace.sync.run(silent, CancelToken())
    (line,) = lines(clerk)
    assert (line.household_id, line.value, line.source) == (home, "13812345678", "其他干部上报")
