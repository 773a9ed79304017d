"""A visit form as it is in the field: the shipped XLSForm, a household of the register, a writer that keeps in memory."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from pyxform.xls2xform import convert

from fieldapp.common.clock import CHINA, FixedClock
from fieldapp.register.entities import Household, Person
from fieldapp.register.schema import register_schema
from fieldapp.services.errors import BAD_ANSWERS
from fieldapp.services.forms import OpenForm, open_form
from fieldapp.services.prefill import household_lists, prefill_of
from fieldapp.services.visits import VisitDraft, VisitStart
from fieldapp.store import PublishedForm
from fieldapp.xform import Environment, FormSession

__all__ = ["MORNING", "KeptInMemory", "begin", "compiled", "environment", "family", "resumed"]

MORNING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
_FORMS = Path(__file__).parents[3] / "forms"
_SURNAME_GIVEN = ("桂兰", "建军", "小梅", "明远", "秀英", "志强", "雨桐", "子涵", "海燕", "德顺")


@lru_cache
def compiled(markdown: str) -> bytes:
    """Return the XForm of an XLSForm written as markdown."""
    return str(convert(markdown, file_type=".md", validate=False, pretty_print=False).xform).encode()


def environment() -> Environment:
    """Return a world in which it is the morning of 22 November 2026 in China."""
    numbers = itertools.count(1)
    return Environment(
        clock=FixedClock(MORNING), new_id=lambda: f"00000000-0000-7000-8000-{next(numbers):012d}", zone=CHINA
    )


def family(members: int = 4, *, head: str = "王建国", known: bool = True) -> tuple[Household, tuple[Person, ...]]:
    """Return a household; ``known`` means that an earlier visit has answered the guarantees."""
    answered = dict.fromkeys(
        ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok"), True
    )
    household = Household(
        id="0190a000-0000-7000-8000-000000000001",
        house_no="4199010001",
        head_name=head,
        phone="13800138000",
        properties={**answered, "income_trend": "same"} if known else {},
    )
    return household, tuple(_member(number, head, household.id) for number in range(1, members + 1))


def _member(number: int, head: str, household_id: str) -> Person:
    return Person(
        id=f"0190a000-0000-7000-8000-{number:012d}",
        household_id=household_id,
        line_no=number,
        name=head if number == 1 else "王" + _SURNAME_GIVEN[number % len(_SURNAME_GIVEN)],
        sex="male" if number % 2 else "female",
        birth_date=f"{1950 + number % 60}-0{number % 9 + 1}-11",
        id_number=f"41990119{50 + number % 40:02d}0{number % 9 + 1}11{number:03d}X",
        relationship="head" if number == 1 else "spouse" if number == 2 else "son",
        properties={"health": ["healthy"], "labour": "ordinary", "work_months": 6},
    )


def begin(
    members: int = 4, *, source: VisitStart = "onsite", head: str = "王建国", known: bool = True
) -> VisitDraft:
    """Return the draft of a visit as the visit service begins it."""
    household, persons = family(members, head=head, known=known)
    opened = _opened(household, persons)
    prefill = prefill_of(opened.map, household, persons, register_schema())
    answers = {
        **prefill.answers,
        "/data/how/mode": "phone" if source == "remote" else "door",
        "/data/how/visit_date": "2026-11-22",
    }
    session = FormSession.start(opened.definition, environment(), prefill=answers)
    form = PublishedForm(form_id="visit", version="1", xml=b"", sha256="", lists={})
    return VisitDraft("visit-1", household, persons, session, source, form, prefill.last_values)


def resumed(draft: VisitDraft, saved: bytes) -> VisitDraft:
    """Return the draft as it is opened again after the program was killed."""
    opened = _opened(draft.household, draft.members)
    session = FormSession.resume(opened.definition, environment(), saved)
    return VisitDraft(
        draft.id, draft.household, draft.members, session, draft.source, draft.form, draft.last_values
    )


def _opened(household: Household, persons: tuple[Person, ...]) -> OpenForm:
    xml = compiled((_FORMS / "visit.md").read_text("utf-8"))
    return open_form(xml, household_lists(household, persons))


class KeptInMemory:
    """Keeps drafts, files and visits as the visit service does, in memory; its form session is a real one."""

    def __init__(self) -> None:
        self.saved: list[bytes] = []
        self.files: dict[str, bytes] = {}
        self.finished: list[str] = []
        self.submission = b""
        self.fails: Exception | None = None

    def autosave(self, draft: VisitDraft) -> str:
        if self.fails is not None:
            raise self.fails
        self.saved.append(draft.session.serialise())
        return "2026-11-22T01:30:00Z"

    def attach(self, draft: VisitDraft, ref: str, filename: str, content: bytes) -> None:
        name = f"{ref.rsplit('/', 1)[-1]}-{len(self.files)}.{filename.rpartition('.')[2]}"
        self.files[name] = content
        draft.session.set(ref, name)

    def attachment(self, draft: VisitDraft, filename: str) -> bytes | None:
        return self.files.get(filename)

    def finish(self, draft: VisitDraft) -> str:
        violations = draft.session.validate()
        if violations:
            error = BAD_ANSWERS(count=len(violations), first=violations[0].message or violations[0].ref)
            error.details["violations"] = violations
            raise error
        self.submission = draft.session.finalise().xml
        self.finished.append(draft.id)
        return draft.id
