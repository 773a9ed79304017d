"""A visit form as it is in the field: the shipped XLSForm, a family of the register, a keeper that keeps in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from pyxform.xls2xform import convert

from fieldapp.common.clock import CHINA, FixedClock
from fieldapp.services.draft_findings import DraftFinding
from fieldapp.services.draft_notes import Comment, follow_removal
from fieldapp.services.errors import BAD_ANSWERS
from fieldapp.xform import Environment, FormDefinition, FormSession, Lists, load_form

__all__ = ["MORNING", "MemoryKeeper", "begin", "compiled", "environment", "open_markdown", "reopened"]

#: 2026-11-22 09:30 in China, a Sunday.
MORNING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
HOUSEHOLD = "0190a000-0000-7000-8000-000000000001"
_VISIT = Path(__file__).parents[3] / "forms" / "visit.md"
_GIVEN = ("桂兰", "建军", "小梅", "明远", "秀英", "志强", "雨桐", "子涵", "海燕", "德顺")
_GUARANTEES = ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok")
_RELATIONS = {1: ("head", "户主"), 2: ("spouse", "配偶")}


@dataclass
class MemoryKeeper:
    """Keeps drafts, files and the finished record in memory; the session is a real one. ``fails`` breaks saving."""

    session: FormSession
    subject: str = ""
    known_record: str = ""
    from_paper: bool = False
    last_values: Mapping[str, str] = field(default_factory=dict)
    saved: list[bytes] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    submission: bytes = b""
    fails: Exception | None = None
    people: Set[str] = frozenset({"/data/members"})
    comments: dict[str, Comment] = field(default_factory=dict)
    checks: Callable[[FormSession], Sequence[DraftFinding]] = lambda session: ()
    reasons: dict[str, str] = field(default_factory=dict)

    def autosave(self) -> str:
        if self.fails is not None:
            raise self.fails
        self.saved.append(self.session.serialise())
        return "2026-11-22T01:30:00Z"

    def attach(self, ref: str, filename: str, content: bytes) -> None:
        if self.fails is not None:
            raise self.fails
        name = f"{ref.rsplit('/', 1)[-1]}-{len(self.files)}.{filename.rpartition('.')[2]}"
        self.files[name] = content
        self.session.set(ref, name)

    def attachment(self, filename: str) -> bytes | None:
        return self.files.get(filename)

    def comment(self, ref: str, text: str) -> None:
        if text.strip():
            self.comments[ref] = Comment(ref, text.strip(), "李晓梅", "2026-11-22T01:30:00Z")
        else:
            self.comments.pop(ref, None)

    def row_removed(self, instance: str) -> None:
        follow_removal(self.comments, instance)

    def findings(self) -> Sequence[DraftFinding]:
        return [replace(each, reason=self.reasons.get(each.key, "")) for each in self.checks(self.session)]

    def explain(self, finding: DraftFinding, reason: str) -> None:
        self.reasons[finding.key] = reason

    def finish(self) -> str:
        violations = self.session.validate()
        if violations:
            error = BAD_ANSWERS(count=len(violations), first=violations[0].message or violations[0].ref)
            error.details["violations"] = violations
            raise error
        self.submission = self.session.finalise().xml
        return "visit-1"


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


def open_markdown(markdown: str, lists: Lists | None = None) -> MemoryKeeper:
    """Return a keeper over a new session of a form written as markdown."""
    return MemoryKeeper(FormSession.start(load_form(compiled(markdown), lists), environment()))


def begin(
    members: int = 4, *, from_paper: bool = False, head: str = "王建国", known: bool = True
) -> MemoryKeeper:
    """Return a visit as the service begins it. ``known``: an earlier visit has answered the guarantees."""
    answers, last = {"/data/household": HOUSEHOLD}, dict[str, str]()

    def put(ref: str, answer: str, shown: str) -> None:
        answers[ref], last[ref] = answer, shown

    put("/data/how/phone", "13800138000", "13800138000")
    for name in _GUARANTEES if known else ():
        put(f"/data/state/{name}", "yes", "是")
    if known:
        put("/data/state/income_trend", "same", "持平")
    for number in range(1, members + 1):
        row = f"/data/members[{number}]"
        answers[f"{row}/known_id"] = f"0190a000-0000-7000-9000-{number:012d}"
        relation = _RELATIONS.get(number, ("son", "之子"))
        put(f"{row}/relationship", *relation)
        put(f"{row}/name", *[head if number == 1 else "王" + _GIVEN[number % len(_GIVEN)]] * 2)
        put(f"{row}/sex", *(("male", "男") if number % 2 else ("female", "女")))
        put(f"{row}/birth_date", *[f"{1950 + number % 60}-0{number % 9 + 1}-11"] * 2)
        put(f"{row}/id_number", *[f"410000{1950 + number % 60}0{number % 9 + 1}11{number:03d}X"] * 2)
        put(f"{row}/health", "healthy", "健康")
        put(f"{row}/labour", "ordinary", "普通劳动力")
        put(f"{row}/work_months", "6", "6月")
    answers |= {"/data/how/mode": "door", "/data/how/visit_date": "2026-11-22"}
    session = FormSession.start(_visit_form(head), environment(), prefill=answers)
    return MemoryKeeper(session, head, HOUSEHOLD, from_paper, last)


def reopened(keeper: MemoryKeeper) -> MemoryKeeper:
    """Return the visit as it is opened again from what was last saved: the program was killed in between."""
    session = FormSession.resume(_visit_form(keeper.subject), environment(), keeper.saved[-1])
    return MemoryKeeper(
        session,
        keeper.subject,
        keeper.known_record,
        keeper.from_paper,
        keeper.last_values,
        files=keeper.files,
    )


def _visit_form(head: str) -> FormDefinition:
    lists = {
        "jr://file-csv/households.csv": f"name,label\n{HOUSEHOLD},{head}\n".encode(),
        "jr://file-csv/persons.csv": b"name,label\n",
    }
    return load_form(compiled(_VISIT.read_text("utf-8")), lists)
