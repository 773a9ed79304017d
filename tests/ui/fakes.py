"""In-memory doubles of the services, with real values of the register. They keep their promises and count calls."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import ErrorSpec, KnownError
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink
from fieldapp.register.entities import Staff
from fieldapp.register.schema import register_schema
from fieldapp.services.draft_findings import DraftFinding
from fieldapp.services.draft_notes import Comment, follow_removal
from fieldapp.services.households import FactLine, HouseholdFile
from fieldapp.services.laptop import PersonCard
from fieldapp.services.printing import PrintedSheet, PrintOrder
from fieldapp.services.set_aside import SetAsideLine
from fieldapp.services.sync_now import BatchLine, LogLine, SyncReport, SyncStatus
from fieldapp.services.visits import DraftInfo, VisitDraft, VisitReview, VisitStart
from fieldapp.services.worklist import WorkRow
from tests.ui.fakes_cadres import FakeCadres
from tests.ui.fakes_calendar import FakeCalendar, FakeProgress
from tests.ui.fakes_corrections import FakeCorrections
from tests.ui.fakes_elsewhere import FakeElsewhere
from tests.ui.fakes_filling import FakeTableBuilder
from tests.ui.fakes_findings import FakeDuplicates, FakeFindings
from tests.ui.fakes_foreign import FakeForeignSheets
from tests.ui.fakes_forms import FakeForms
from tests.ui.fakes_ledgers import FakeLedgers, FakeSubmissions
from tests.ui.fakes_plan import FakeCampaigns, FakePolicy, FakeTasks
from tests.ui.fakes_proposals import FakeProposals
from tests.ui.fakes_round_trip import FakeRoundTrip
from tests.ui.fakes_search import FakeSearch
from tests.ui.fakes_typing import FakeNational, FakeTyping, checked_export
from tests.ui.fakes_workers import FakeWorkers
from tests.ui.fakes_worklist import FakeWorkList
from tests.ui.people import PASSWORD, full_file, work_row

__all__ = ["DEAD_SERVER", "FakeLaptop", "FakeWorkspace", "WRONG_PASSWORD", "empty_county", "small_county"]

WRONG_PASSWORD = ErrorSpec(
    "FAKE-001", zh="密码不对。", en="Wrong password.", remedy_zh="请再输一遍。", remedy_en="Try again."
)
DEAD_SERVER = ErrorSpec(
    "FAKE-002",
    zh="联系不上县里的服务器。",
    en="The county's server does not answer.",
    remedy_zh="请检查网络，已保存的走访都还在。",
    remedy_en="Check the network; all visits are kept.",
)
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@dataclass
class FakeHouseholds:
    """Files by id; corrections are remembered."""

    make: Callable[[str], HouseholdFile]
    corrections: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)

    def file(self, household_id: str) -> HouseholdFile:
        return self.make(household_id)

    def history(self, list_name: str, entity_id: str, name: str) -> list[FactLine]:
        return [
            FactLine("80", None, "2026-01-05", "2026-01-05T02:00:00Z", "pull", None, "县里台账", ""),
        ]

    def correct(
        self, household_id: str, list_name: str, entity_id: str, name: str, text: str, reason: str
    ) -> None:
        self.corrections.append((household_id, list_name, entity_id, name, text, reason))


@dataclass
class FakeVisits:
    """Drafts by id. Opening gives whatever ``opens`` makes (a real draft where a test needs the form)."""

    kept: list[DraftInfo] = field(default_factory=list)
    discarded: list[DraftInfo] = field(default_factory=list)
    opens: Callable[[str, VisitStart], VisitDraft] | None = None
    started: list[tuple[str, VisitStart]] = field(default_factory=list)
    reviews: Callable[[str], VisitReview] | None = None
    saved: int = 0

    def start(self, household_id: str, source: VisitStart, visit_date: date | None = None) -> VisitDraft:
        self.started.append((household_id, source))
        if self.opens is None:
            raise DEAD_SERVER()
        return self.opens(household_id, source)

    def copy_last(self, household_id: str, source: VisitStart) -> VisitDraft:
        return self.start(household_id, source)

    def start_form(self, household_id: str, form_id: str) -> VisitDraft:
        return self.start(household_id, "onsite")

    def drafts(self) -> list[DraftInfo]:
        return list(self.kept)

    def resume(self, draft_id: str) -> VisitDraft:
        draft = next(draft for draft in self.kept if draft.id == draft_id)
        return self.start(draft.household_id, draft.source)

    def discard(self, draft_id: str) -> None:
        self.discarded += [draft for draft in self.kept if draft.id == draft_id]
        self.kept = [draft for draft in self.kept if draft.id != draft_id]

    def restore(self, draft_id: str) -> None:
        self.kept += [draft for draft in self.discarded if draft.id == draft_id]

    def autosave(self, draft: VisitDraft) -> str:
        self.saved += 1
        return "2026-11-22T01:30:00Z"

    def attach(self, draft: VisitDraft, ref: str, filename: str, content: bytes) -> None:
        draft.attachments[filename] = ref

    def attachment(self, draft: VisitDraft, filename: str) -> bytes | None:
        return None

    def finish(self, draft: VisitDraft) -> str:
        return draft.id

    def comment(self, draft: VisitDraft, ref: str, text: str) -> None:
        draft.comments[ref] = Comment(ref, text, "李晓梅", "2026-11-22T01:30:00Z")

    def row_removed(self, draft: VisitDraft, instance: str) -> None:
        follow_removal(draft.comments, instance)

    def findings(self, draft: VisitDraft) -> tuple[DraftFinding, ...]:
        return ()

    def explain(self, draft: VisitDraft, finding: DraftFinding, reason: str) -> None:
        raise DEAD_SERVER()

    def review(self, record_id: str) -> VisitReview:
        if self.reviews is None:
            raise DEAD_SERVER()
        return self.reviews(record_id)

    def reviewed_file(self, review: VisitReview, filename: str) -> bytes | None:
        return None


@dataclass
class FakeSetAside:
    """Answers that wait for a person."""

    waiting: list[SetAsideLine] = field(default_factory=list)
    away: list[SetAsideLine] = field(default_factory=list)

    def lines(self) -> list[SetAsideLine]:
        return list(self.waiting)

    def put_away(self, ids: Sequence[str]) -> None:
        self.away += [line for line in self.waiting if line.id in ids]
        self.waiting = [line for line in self.waiting if line.id not in ids]

    def take_back(self, ids: Sequence[str]) -> None:
        self.waiting += [line for line in self.away if line.id in ids]


@dataclass
class FakeSync:
    """A county that answers, or does not."""

    unsent: int = 3
    dead: bool = False
    batch_lines: list[BatchLine] = field(default_factory=list)
    online: bool | None = None
    last_error: KnownError | None = None
    runs: int = 0

    def status(self) -> SyncStatus:
        return SyncStatus(
            self.unsent, 0, "2026-11-20T00:42:00Z", self.last_error, self.online, "https://zf.example.gov.cn"
        )

    def run(self, progress: ProgressSink, cancel: CancelToken) -> SyncReport:
        self.runs += 1
        progress(Progress(0, 2, "正在封装", "sealing"))
        cancel.check()
        if self.dead:
            self.online, self.last_error = False, DEAD_SERVER()
            raise self.last_error
        progress(Progress(1, 2, "正在发送", "sending"))
        line = BatchLine(
            "b1",
            1,
            "2026-11-22T01:00:00Z",
            self.unsent,
            "received",
            {"stored": self.unsent},
            "2026-11-22T01:01:00Z",
        )
        self.batch_lines = [line, *self.batch_lines]
        self.unsent, self.online, self.last_error = 0, True, None
        return SyncReport((line,), 12, (("有 1 户调整给了别人。", "1 household reassigned."),))

    def batches(self) -> list[BatchLine]:
        return self.batch_lines

    def log(self) -> list[LogLine]:
        return [LogLine("2026-11-20T00:42:00Z", "送出 12 条，县里都已收到。", "12 sent, all received.")]


@dataclass
class FakePrinting:
    """Two blank pages a household."""

    printed: list[tuple[str, int, bool]] = field(default_factory=list)
    orders: list[PrintOrder] = field(default_factory=list)

    def make(self, order: PrintOrder, progress: ProgressSink, cancel: CancelToken) -> list[PrintedSheet]:
        self.orders.append(order)
        sheets = []
        for number, household in enumerate(order.household_ids):
            cancel.check()
            progress(Progress(number + 1, len(order.household_ids), "正在排版", "setting"))
            sheets.append(PrintedSheet(order.kind, household, f"一户一档 {number + 1}", b"%PDF", 2))
        return sheets

    def page_png(self, pdf: bytes, page: int, dpi: int) -> bytes:
        return blank_png(210 * dpi // 25, 297 * dpi // 25)

    def save(self, sheets: Sequence[PrintedSheet], path: Path) -> None:
        path.write_bytes(b"".join(sheet.pdf for sheet in sheets))

    def send_to_printer(
        self, sheets: Sequence[PrintedSheet], printer_name: str, copies: int, duplex: bool
    ) -> None:
        self.printed.append((printer_name, copies, duplex))

    def printers(self) -> list[str]:
        return ["村部惠普"]

    def forms(self) -> list[tuple[str, str]]:
        return [("visit", "入户走访记录"), ("sbz", "三保障和饮水核查表")]


def blank_png(width: int, height: int) -> bytes:
    """Return a light grey picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\xf8" * width) * height
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@dataclass
class FakeSettings:
    """A password that can be changed."""

    password: str = PASSWORD

    def change_password(self, old: str, new: str) -> None:
        if old != self.password:
            raise WRONG_PASSWORD()
        self.password = new

    def facts(self) -> list[tuple[str, str, str]]:
        return [("农户", "Households", "60"), ("数据文件夹", "Data folder", "D:\\走访资料")]


class FakeWorkspace:
    """One open vault, in memory."""

    def __init__(self, lines: list[WorkRow]) -> None:
        self.person = Staff(
            id="s1", name="李晓梅", role="helper", area_code="411025101", unit_name="县农业农村局"
        )
        self.county_name = "襄城县"
        self.schema = register_schema()
        self.clock = FixedClock(NOW)
        self.worklist = FakeWorkList(lines)
        self.households = FakeHouseholds(lambda household_id: full_file(household_id, self.today()))
        self.cadres = FakeCadres(lines)
        self.visits = FakeVisits(
            [DraftInfo("d1", "h0003", "王秀英", "2026-11-21T12:10:00Z", "paper")] if lines else []
        )
        self.forms = FakeForms()
        self.findings = FakeFindings(lines)
        self.duplicates = FakeDuplicates(lines)
        self.set_aside = FakeSetAside()
        self.table_builder = FakeTableBuilder()
        self.foreign_sheets = FakeForeignSheets()
        self.corrections = FakeCorrections({line.household_id: line.head_name for line in lines})
        self.sync = FakeSync(unsent=3 if lines else 0)
        self.printing = FakePrinting()
        self.settings = FakeSettings()
        self.typing = FakeTyping()
        self.tasks = FakeTasks()
        self.campaigns = FakeCampaigns()
        self.calendar = FakeCalendar()
        self.progress = FakeProgress()
        self.elsewhere = FakeElsewhere(lines)
        self.policy = FakePolicy()
        self.national = FakeNational(checked_export())
        self.proposals = FakeProposals()
        self.round_trip = FakeRoundTrip()
        self.workers = FakeWorkers()
        self.ledgers = FakeLedgers()
        self.submissions = FakeSubmissions()
        self.search = FakeSearch(lines)
        self.closed = 0

    def today(self) -> date:
        return self.clock.today()

    def close(self) -> None:
        self.closed += 1


class FakeLaptop:
    """A laptop with two people and one workspace."""

    def __init__(self, workspace: FakeWorkspace, people: Sequence[PersonCard] | None = None) -> None:
        self.workspace = workspace
        self.cards = list(
            people
            if people is not None
            else [PersonCard("s1", "李晓梅", "helper"), PersonCard("s2", "张建国", "clerk")]
        )
        self.opened: list[str] = []

    def people(self) -> list[PersonCard]:
        return self.cards

    def unlock(self, person_id: str, password: str, *, accept_changed: bool = False) -> FakeWorkspace:
        if password != PASSWORD:
            raise WRONG_PASSWORD()
        self.opened.append(person_id)
        return self.workspace

    def enrol(self, code: str, server_url: str, password: str) -> FakeWorkspace:
        if code != "GOOD-CODE":
            raise DEAD_SERVER()
        self.cards.append(PersonCard("s3", "赵新人", "helper"))
        return self.workspace


def small_county(households: int = 60) -> list[WorkRow]:
    """Return rows of all states and kinds; the fourth has a name of 25 characters."""
    return [work_row(number) for number in range(households)]


def empty_county() -> list[WorkRow]:
    """Return a register with nobody in it."""
    return []
