"""The audit log: what happened while a form was filled in, in ODK's columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import KnownError
from fieldapp.xform import FormSession, load_form
from fieldapp.xform.limits import MAX_AUDIT_BYTES, MAX_AUDIT_EVENTS
from tests.xform.scenario import environment, form

START = 1_795_311_000_000  # 2026-11-22T01:30:00Z in milliseconds
TRACKED = 'odk:track-changes="true"'
ALL = f'{TRACKED} odk:identify-user="true" odk:track-changes-reasons="on-form-edit"'


def audited(told: str = "") -> bytes:
    """Return a form with a name, an age and members, that asks for a log."""
    return form(
        "<name/><age/><member jr:template=''><who/></member><meta><instanceID/><audit/></meta>",
        '<bind nodeset="/data/name" type="string" required="true()"/>'
        '<bind nodeset="/data/age" type="int" constraint=". &lt; 150"/>'
        f'<bind nodeset="/data/meta/audit" type="binary" {told}/>',
        '<input ref="/data/name"/><input ref="/data/age"/>'
        '<group ref="/data/member"><repeat nodeset="/data/member"><input ref="/data/member/who"/></repeat></group>',
    )


class Filling:
    """A session with a clock that a test moves on."""

    def __init__(self, told: str = "", draft: tuple[bytes, bytes | None] | None = None) -> None:
        world = replace(environment(), properties={"username": "王芳"})
        assert isinstance(world.clock, FixedClock)
        self.clock = world.clock
        definition = load_form(audited(told))
        if draft is None:
            self.session = FormSession.start(definition, world)
        else:
            self.session = FormSession.resume(definition, world, draft[0], audit=draft[1])

    def wait(self, milliseconds: int) -> None:
        self.clock.advance(milliseconds=milliseconds)

    def asks_why(self) -> bool:
        return self.session.needs_reason

    def rows(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.session.audit().decode("utf-8"), newline="")))

    def events(self) -> list[Sequence[str]]:
        """Event, node, and times since the start; what follows as it stands."""
        return [
            (row[0], row[1], *(str(int(at) - START) if at else "" for at in row[2:4]), *row[4:])
            for row in self.rows()[1:]
        ]


def test_a_form_that_asks_for_no_log_has_none() -> None:
    session = FormSession.start(load_form(form("<a/>", body='<input ref="/data/a"/>')), environment())
    session.enter("/data/a")
    session.set("/data/a", "1")
    session.saved()
    session.exit()
    assert session.audit() == b""
    assert not session.needs_reason
    assert session.finalise().attachments == ()


@pytest.mark.parametrize(
    ("told", "columns"),
    [
        ("", "event,node,start,end"),
        (TRACKED, "event,node,start,end,old-value,new-value"),
        ('odk:identify-user="true"', "event,node,start,end,user"),
        (ALL, "event,node,start,end,old-value,new-value,user,change-reason"),
    ],
)
def test_the_columns_are_those_the_form_asks_for(told: str, columns: str) -> None:
    filling = Filling(told)
    assert filling.session.audit().decode().splitlines()[0] == columns
    assert filling.rows()[1][:4] == ["form start", "", str(START), ""]
    assert all(len(row) == len(filling.rows()[0]) for row in filling.rows())


def test_a_page_that_tells_where_it_is_gets_the_times_spent_there() -> None:
    filling = Filling(TRACKED)
    filling.wait(500)
    filling.session.enter("/data/name")
    filling.wait(2000)
    filling.session.set("/data/name", "李")
    filling.session.set("/data/name", "李四")
    filling.wait(1000)
    filling.session.enter("/data/age")
    filling.wait(250)
    filling.session.leave()
    assert filling.events()[1:] == [
        ("question", "/data/name", "500", "3500", "", "李四"),
        ("question", "/data/age", "3500", "3750", "", ""),
    ]


def test_a_page_that_does_not_gets_one_event_for_all_keys_of_an_answer() -> None:
    filling = Filling(TRACKED)
    for text in ("李", "李四", "李四光"):
        filling.wait(100)
        filling.session.set("/data/name", text)
    filling.wait(60_000)
    filling.session.set("/data/age", "7")
    filling.session.set("/data/name", "李四")
    filling.session.set("/data/name", "李四")
    assert filling.events()[1:] == [
        ("question", "/data/name", "100", "300", "", "李四光"),
        ("question", "/data/age", "60300", "60300", "", "7"),
        ("question", "/data/name", "60300", "60300", "李四光", "李四"),
    ]


def test_an_answer_that_is_taken_back_is_no_change() -> None:
    filling = Filling(TRACKED)
    filling.session.set("/data/name", "李")
    filling.session.set("/data/name", "")
    filling.session.leave()
    assert filling.events()[1:] == [("question", "/data/name", "0", "0", "", "")]


def test_values_with_commas_line_breaks_and_quotes_are_read_back() -> None:
    text = '说："行", 好\n第二行'
    filling = Filling(TRACKED)
    filling.session.set("/data/name", text)
    filling.session.set("/data/age", '"7"')
    assert [row[5] for row in filling.rows()[2:]] == [text, '"7"']
    assert b"\r" not in filling.session.audit()


def test_values_stay_out_of_a_log_that_does_not_track_changes() -> None:
    filling = Filling()
    filling.session.set("/data/name", "李四")
    assert "李四" not in filling.session.audit().decode()


def test_repeats_that_are_added_and_removed_are_told_by_their_places() -> None:
    filling = Filling(TRACKED)
    first, second = (filling.session.add_repeat("/data/member") for _ in range(2))
    filling.session.set(f"{second}/who", "张三")
    filling.session.remove_repeat(first)
    filling.session.set("/data/member[1]/who", "张三丰")
    assert [event[:2] for event in filling.events()[1:]] == [
        ("add repeat", "/data/member[1]"),
        ("add repeat", "/data/member[2]"),
        ("question", "/data/member[2]/who"),
        ("delete repeat", "/data/member[1]"),
        ("question", "/data/member[1]/who"),
    ]


def test_an_answer_that_is_not_accepted_is_told_when_it_is_left() -> None:
    filling = Filling()
    filling.session.set("/data/age", "200")
    filling.session.set("/data/name", "李")
    filling.session.set("/data/age", "20")
    filling.session.leave()
    assert [event[:2] for event in filling.events()[1:]] == [
        ("question", "/data/age"),
        ("constraint error", "/data/age"),
        ("question", "/data/name"),
        ("question", "/data/age"),
    ]


def test_finishing_names_the_log_in_the_submission() -> None:
    filling = Filling()
    with pytest.raises(KnownError):
        filling.session.finalise()
    filling.session.set("/data/name", "李四")
    submission = filling.session.finalise()
    assert b"<audit>audit.csv</audit>" in submission.xml
    assert submission.attachments == ("audit.csv",)
    assert [event[0] for event in filling.events()] == [
        "form start",
        "constraint error",
        "question",
        "form exit",
        "form finalize",
    ]


def test_saving_is_told_once_until_something_else_happens() -> None:
    filling = Filling()
    for _ in range(3):
        filling.session.saved()
    filling.session.set("/data/name", "李")
    filling.session.saved()  # in the midst of an answer
    filling.session.leave()
    filling.session.saved()
    filling.session.saved()
    filling.session.exit()
    names = [event[0] for event in filling.events()]
    assert names == ["form start", "form save", "question", "form save", "form exit"]


def test_a_draft_goes_on_with_its_log() -> None:
    before = Filling(ALL)
    before.session.set("/data/name", "李,四")
    kept = before.session.audit()
    after = Filling(ALL, (before.session.serialise(), kept))
    assert after.session.audit().startswith(kept)
    assert not after.asks_why()
    after.session.set("/data/name", "李四")
    assert after.asks_why()
    after.session.give_reason("名字写错了")
    assert not after.asks_why()
    assert [row[0] for row in after.rows()[1:]] == [
        "form start",
        "question",
        "form resume",
        "question",
        "change reason",
    ]
    assert after.rows()[-1][4:] == ["", "", "王芳", "名字写错了"]
    assert after.rows()[-2][4:] == ["李,四", "李四", "王芳", ""]


def test_a_first_filling_in_needs_no_reason() -> None:
    filling = Filling(ALL)
    filling.session.set("/data/name", "李四")
    filling.session.add_repeat("/data/member")
    assert not filling.asks_why()


def test_a_draft_without_a_log_begins_one() -> None:
    before = Filling()
    after = Filling(draft=(before.session.serialise(), None))
    assert [row[0] for row in after.rows()] == ["event", "form resume"]


@pytest.mark.parametrize("kept", [b"\xff\xfe", b"event,node\n", b"PK\x03\x04"])
def test_what_is_no_log_of_this_form_is_refused(kept: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        Filling(draft=(Filling().session.serialise(), kept))
    assert caught.value.code == "FORM-023"


def test_the_log_is_bounded_and_still_tells_how_it_ended() -> None:
    filling = Filling(TRACKED)
    for number in range(MAX_AUDIT_EVENTS + 50):
        filling.session.set("/data/age", str(number % 9 + 1))
        filling.session.leave()
    filling.session.set("/data/name", "李四")
    filling.session.finalise()
    rows = filling.rows()
    assert len(rows) == 1 + MAX_AUDIT_EVENTS + 2
    assert [row[0] for row in rows[-2:]] == ["form exit", "form finalize"]


def test_a_huge_answer_does_not_swell_the_log() -> None:
    filling = Filling(TRACKED)
    filling.session.set("/data/name", "很" * MAX_AUDIT_BYTES)
    assert len(filling.session.audit()) < 1024
    filling.session.leave()
    filling.session.saved()
    assert [event[0] for event in filling.events()] == ["form start", "form save"]


def test_a_clock_that_is_set_back_gives_no_end_before_the_start() -> None:
    filling = Filling()
    filling.session.enter("/data/name")
    filling.wait(-5000)
    filling.session.leave()
    assert filling.events()[1][2:4] == ("0", "0")


def test_only_questions_can_be_entered() -> None:
    filling = Filling()
    for ref in ("/data/nobody", "/data/member", "/data/meta"):
        with pytest.raises(KnownError) as caught:
            filling.session.enter(ref)
        assert caught.value.code == "FORM-020"


def test_a_form_that_wants_positions_is_not_opened() -> None:
    with pytest.raises(KnownError) as caught:
        load_form(audited('odk:location-priority="balanced"'))
    assert caught.value.code == "FORM-013"
    assert "location-priority" in caught.value.zh


def test_a_log_is_attached_even_where_no_bind_says_that_it_is_a_file() -> None:
    xml = form("<a/><meta><audit/></meta>", body='<input ref="/data/a"/>')
    session = FormSession.start(load_form(xml), environment())
    assert session.finalise().attachments == ("audit.csv",)
    assert session.audit().startswith(b"event,node,start,end\nform start,,")


_STEPS = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(["/data/name", "/data/age"]), st.text(max_size=6)),
    st.tuples(st.sampled_from(["enter"]), st.sampled_from(["/data/name", "/data/age"]), st.just("")),
    st.tuples(st.sampled_from(["leave", "saved", "add", "remove", "resume"]), st.just(""), st.just("")),
)


def _play(filling: Filling, step: tuple[str, str, str]) -> Filling:
    session = filling.session
    match step:
        case ("set", ref, text):
            session.set(ref, text)
        case ("enter", ref, _):
            session.enter(ref)
        case ("add", _, _):
            session.set(f"{session.add_repeat('/data/member')}/who", "张三")
        case ("remove", _, _):
            if b"<who>" in session.serialise():
                session.remove_repeat("/data/member[1]")
        case ("resume", _, _):
            return Filling(ALL, (session.serialise(), session.audit()))
        case (name, _, _):
            getattr(session, name)()
    return filling


@given(st.lists(_STEPS, max_size=12))
def test_whatever_is_done_the_log_is_a_table_and_only_grows(steps: list[tuple[str, str, str]]) -> None:
    filling = Filling(ALL)
    for step in steps:
        filling.session.leave()
        before = filling.session.audit()
        filling = _play(filling, step)
        assert filling.session.audit().startswith(before)
    rows = filling.rows()
    assert {len(row) for row in rows} == {8}
    assert all(not row[3] or int(row[2]) <= int(row[3]) for row in rows[1:])
    names = [row[0] for row in rows[1:]]
    assert names.count("add repeat") == sum(step[0] == "add" for step in steps)
    assert names.count("form resume") == sum(step[0] == "resume" for step in steps)
