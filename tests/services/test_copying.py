"""The last visit as a draft: typing saved, looking not; the same words in many records are told."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.copying import SAME_TEXT
from fieldapp.services.workspace import Workspace
from fieldapp.xform import FormSession, QuestionView
from tests.services.asking import answer, first, homes
from tests.services.forms import fill_required

TOLD = "老人说今年玉米收成比去年好一些"


def value(session: FormSession, ref: str) -> str:
    view = session.view(ref)
    assert isinstance(view, QuestionView)
    return view.value


def said(clerk: Workspace, home: str, text: str) -> str:
    draft = clerk.visits.start(home, "onsite")
    answer(draft, help__requests=text)
    fill_required(draft.session, {})
    return clerk.visits.finish(draft)


def test_what_is_empty_is_copied_and_what_the_register_knows_comes_from_the_register(
    clerk: Workspace,
) -> None:
    home = first(clerk)
    said(clerk, home, TOLD)
    clerk.households.correct(home, "households", home, "phone", "13900009999", "本人来电更正")
    draft = clerk.visits.copy_last(home, "onsite")
    assert draft.copied_from == clerk.today().isoformat()
    assert value(draft.session, "/data/help/requests") == TOLD
    assert value(draft.session, "/data/how/phone") == "13900009999"
    assert value(draft.session, "/data/how/visit_date") == clerk.today().isoformat()
    assert [each.id for each in clerk.visits.drafts()] == [draft.id], "it is a draft like any other"


def test_without_an_earlier_visit_there_is_nothing_to_copy(clerk: Workspace) -> None:
    with pytest.raises(KnownError) as told:
        clerk.visits.copy_last(first(clerk), "onsite")
    assert told.value.code == "VISIT-011"
    assert clerk.visits.drafts() == []


def test_the_same_words_in_many_records_are_told_and_stop_nobody(clerk: Workspace) -> None:
    some = homes(clerk)[:5]
    for home in some[:3]:
        said(clerk, home, TOLD)
    draft = clerk.visits.start(some[3], "onsite")
    answer(draft, help__requests=TOLD)
    (hint,) = [each for each in clerk.visits.findings(draft) if each.rule_id == SAME_TEXT]
    assert (hint.ref, hint.level) == ("/data/help/requests", "hint")
    assert "3 户" in hint.zh
    fill_required(draft.session, {})
    assert clerk.visits.finish(draft)
    other = clerk.visits.start(some[4], "onsite")
    answer(other, help__requests=TOLD + "，小麦也是")
    assert not [each for each in clerk.visits.findings(other) if each.rule_id == SAME_TEXT]


def test_a_few_words_may_be_said_everywhere(clerk: Workspace) -> None:
    some = homes(clerk)[:4]
    for home in some[:3]:
        said(clerk, home, "没有变化")
    draft = clerk.visits.start(some[3], "onsite")
    answer(draft, help__requests="没有变化")
    assert not [each for each in clerk.visits.findings(draft) if each.rule_id == SAME_TEXT]
