"""Making sheets: one PDF/A-2b for each household, lazily, with progress, and never more than a chunk in memory.

Everything that can be wrong with the input (a name no font can set, a county's template or settings) is found before
the first sheet is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from fieldapp.common.clock import Clock
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.register.policy import YearPolicy
from fieldapp.register.typing_line import TypingLine
from fieldapp.sheets.blank_form import BlankForm, blank_content, blank_words, names_on
from fieldapp.sheets.carry import carry_content
from fieldapp.sheets.family_papers import family_content, paper_words
from fieldapp.sheets.figures import Figures, figures_content
from fieldapp.sheets.frame import PrintSetup, frame_of
from fieldapp.sheets.glyphs import MissingGlyph
from fieldapp.sheets.household_file import file_content
from fieldapp.sheets.issue_slip import open_issues, slip_content, slip_words
from fieldapp.sheets.layout import carry_layout, file_layout, list_layout, typing_layout
from fieldapp.sheets.mark import version_of
from fieldapp.sheets.missed_slip import MissedSlip, missed_content
from fieldapp.sheets.paper import (
    HouseholdPaper,
    PaperKind,
    PrintStamp,
    Profile,
    Sheet,
    SheetKind,
    VisitListRow,
)
from fieldapp.sheets.pdf import page_count
from fieldapp.sheets.press import Press, press
from fieldapp.sheets.typing_list import typing_content
from fieldapp.sheets.visit_list import list_content
from fieldapp.sheets.visit_sheet import VisitSheet, visit_sheet
from fieldapp.sheets.wording import Wording

__all__ = [
    "CHUNK",
    "PrintSetup",
    "make_blank_form",
    "make_carry",
    "make_figures",
    "make_family_paper",
    "make_file",
    "make_issue_slips",
    "make_missed_slips",
    "make_typing_list",
    "make_visit_list",
    "missing_glyphs",
]

#: After so many documents the compiler's cache is pushed out of memory.
CHUNK = 50
_LABELS = {
    "file": ("一户一档", "household file"),
    "carry": ("对照表和走访记录", "comparison and visit sheet"),
    "visit_list": ("走访名单", "visit list"),
    "typing_list": ("待录入清单", "to-type list"),
    "blank_form": ("空白表", "blank form"),
    "facts_card": ("帮扶明白卡", "card of facts"),
    "received": ("获得清单", "list of what was received"),
    "house_grade": ("房屋等级确认表", "sheet of the house's grade"),
    "figures": ("一口清", "page of figures"),
    "issue_slip": ("问题反馈单", "slip of a problem"),
    "missed_slip": ("走访未遇联系单", "note for the door"),
}


def make_file(
    papers: Sequence[HouseholdPaper],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    setup: PrintSetup | None = None,
    policies: tuple[YearPolicy, ...] | None = None,
) -> Iterator[Sheet]:
    """Return the 一户一档 of each household, in order, made as the caller asks for the next one.

    Raises SHEET-002 (a name with a character no font has) and SHEET-001, SHEET-004 (a county's own template or
    settings) before the first; TASK-001 when cancelled between two.
    """
    run = _Run("file", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    layout = file_layout(run.press.templates)
    run.check(name for paper in papers for name in _names(paper))

    def content(paper: HouseholdPaper, words: Wording, version: str) -> dict[str, object]:
        return file_content(paper, layout, words, version, policies)

    return run.households(papers, "file.typ", content, progress, cancel)


def make_carry(
    papers: Sequence[HouseholdPaper],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    setup: PrintSetup | None = None,
    questions: VisitSheet | None = None,
) -> Iterator[Sheet]:
    """Return, for each household, 信息采集对照表 and 走访记录 in one PDF, each beginning on a front side.

    ``questions`` are those of the shipped visit form unless given. Raises as :func:`make_file`.
    """
    run = _Run("carry", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    layout = carry_layout(run.press.templates)
    asked = questions or visit_sheet(run.press.templates)
    run.check(name for paper in papers for name in _names(paper))

    def content(paper: HouseholdPaper, words: Wording, version: str) -> dict[str, object]:
        return carry_content(paper, layout, asked, words, version)

    return run.households(papers, "carry.typ", content, progress, cancel)


def make_blank_form(
    papers: Sequence[tuple[HouseholdPaper, BlankForm]],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    setup: PrintSetup | None = None,
) -> Iterator[Sheet]:
    """Return a form for each household, to be written on by hand (空白表). Raises as :func:`make_file`."""
    run = _Run("blank_form", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    around = blank_words(run.press.templates)
    forms = {paper.household.id: form for paper, form in papers}
    run.check(name for paper, form in papers for name in (*_names(paper), *names_on(form)))

    def content(paper: HouseholdPaper, words: Wording, version: str) -> dict[str, object]:
        return blank_content(forms[paper.household.id], paper, around, words, version)

    return run.households([paper for paper, _ in papers], "blank_form.typ", content, progress, cancel)


def make_issue_slips(
    papers: Sequence[HouseholdPaper],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    setup: PrintSetup | None = None,
) -> Iterator[Sheet]:
    """Return the 问题反馈单 of each household that has an open problem, a page a problem. Raises as :func:`make_file`."""
    run = _Run("issue_slip", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    around = slip_words(run.press.templates)
    some = [paper for paper in papers if open_issues(paper)]
    run.check(name for paper in some for name in _names(paper))

    def content(paper: HouseholdPaper, words: Wording, version: str) -> dict[str, object]:
        return slip_content(paper, around, words, version, printed_by)

    return run.households(some, "issue_slip.typ", content, progress, cancel)


def make_family_paper(
    kind: PaperKind,
    papers: Sequence[HouseholdPaper],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
    setup: PrintSetup | None = None,
) -> Iterator[Sheet]:
    """Return 明白卡, 获得清单 or 房屋等级确认表 for each household. Raises as :func:`make_file`."""
    run = _Run(kind, profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    said = paper_words(run.press.templates, kind)
    run.check(name for paper in papers for name in _names(paper))

    def content(paper: HouseholdPaper, words: Wording, version: str) -> dict[str, object]:
        return family_content(kind, paper, said, words, version)

    return run.households(papers, "papers.typ", content, progress, cancel)


def make_figures(
    figures: Figures,
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    setup: PrintSetup | None = None,
) -> Sheet:
    """Return the 一口清 of a place. Raises as :func:`make_file`."""
    run = _Run("figures", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    run.check([figures.place])
    body = figures_content(figures, paper_words(run.press.templates, "figures"), run.words)
    return run.sheet("papers.typ", body, names=[figures.place], title=str(body["title"]))


def make_visit_list(
    rows: Sequence[VisitListRow],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    setup: PrintSetup | None = None,
) -> Sheet:
    """Return the 走访名单 of the rows in their order, under a head for each village and group. Raises as :func:`make_file`."""
    run = _Run("visit_list", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    layout = list_layout(run.press.templates)
    names = [name for row in rows for name in (row.head_name, row.helper_name, row.village_name)]
    run.check(names)
    body = list_content(rows, layout, run.words, printed_by)
    return run.sheet("visit_list.typ", body, names=names, title=layout.title)


def make_missed_slips(
    slips: Sequence[MissedSlip],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    setup: PrintSetup | None = None,
) -> Sheet:
    """Return notes for the door (走访未遇联系单), two a page, to be cut apart. Raises as :func:`make_file`."""
    run = _Run("missed_slip", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    names = [name for slip in slips for name in (slip.name, slip.visitor, slip.village) if name]
    run.check(names)
    body = missed_content(slips, run.press.templates)
    return run.sheet("missed_slip.typ", body, names=names, title=_LABELS["missed_slip"][0])


def make_typing_list(
    lines: Sequence[TypingLine],
    profile: Profile,
    *,
    printed_by: str,
    purpose: str,
    clock: Clock,
    setup: PrintSetup | None = None,
) -> Sheet:
    """Return the 待录入清单 of the lines in their order, under a head for each household. Raises as :func:`make_file`."""
    run = _Run("typing_list", profile, PrintStamp(printed_by, purpose, clock.today()), clock, setup)
    layout = typing_layout(run.press.templates)
    names = [name for line in lines for name in (line.head_name, line.subject, line.place)]
    run.check(names)
    body = typing_content(lines, layout, run.words, printed_by)
    return run.sheet("typing_list.typ", body, names=names, title=layout.title)


def missing_glyphs(papers: Sequence[HouseholdPaper], setup: PrintSetup | None = None) -> list[MissingGlyph]:
    """Return the names that cannot be printed and why, so that a caller can print the other households first."""
    book = _press(setup or PrintSetup()).glyphs
    return book.missing(name for paper in papers for name in _names(paper))


def _press(setup: PrintSetup) -> Press:
    return press(setup.fonts, setup.county_templates)


def _names(paper: HouseholdPaper) -> Iterator[str]:
    """All names of persons and places on a household's sheets."""
    yield from (paper.household.head_name, paper.village_name, paper.town_name, paper.county_name)
    yield from paper.person_names.values()
    yield from (pairing.staff_name for pairing in paper.pairings)
    yield from (one.name for one in paper.contacts)
    yield from (each.visit.visitor_name for each in paper.visits)


class _Run:
    """One order of printing: its kind, profile, stamp and press."""

    def __init__(
        self, kind: SheetKind, profile: Profile, stamp: PrintStamp, clock: Clock, setup: PrintSetup | None
    ) -> None:
        self.kind = kind
        self.stamp = stamp
        self.setup = setup or PrintSetup()
        self.words = Wording(self.setup.schema, profile, stamp.printed_on)
        self.press = _press(self.setup)
        self._made_at = clock.now()

    def check(self, names: Iterable[str]) -> None:
        self.press.glyphs.refuse_missing([self.stamp.printed_by, *names])

    def sheet(
        self,
        template: str,
        body: Mapping[str, object],
        *,
        names: Iterable[str],
        title: str,
        about: HouseholdPaper | None = None,
        version: str = "",
    ) -> Sheet:
        replaced: set[str] = set()
        frame = frame_of(
            title=title,
            about=about,
            version=version,
            stamp=self.stamp,
            profile=self.words.profile,
            setup=self.setup,
            rare_names=self.press.glyphs.rare([self.stamp.printed_by, *names]),
        )
        content = self.press.glyphs.tidy({"frame": frame, **body}, replaced)
        pdf = self.press.print(template, content, self._made_at)
        household_id = about.household.id if about else None
        return Sheet(self.kind, household_id, title, pdf, page_count(pdf), tuple(sorted(replaced)))

    def households(
        self,
        papers: Sequence[HouseholdPaper],
        template: str,
        content: Callable[[HouseholdPaper, Wording, str], dict[str, object]],
        progress: ProgressSink,
        cancel: CancelToken | None,
    ) -> Iterator[Sheet]:
        zh, en = _LABELS[self.kind]
        for done, paper in enumerate(papers):
            if cancel is not None:
                cancel.check()
            progress(Progress(done, len(papers), f"正在生成{zh}", f"Making the {en}"))
            household, version = paper.household, version_of(paper)
            yield self.sheet(
                template,
                content(paper, self.words, version),
                names=_names(paper),
                title=f"{zh} {household.head_name} {household.house_no}",
                about=paper,
                version=version,
            )
            if (done + 1) % CHUNK == 0 and done + 1 < len(papers):
                self.press.rest()
        progress(Progress(len(papers), len(papers), f"{zh}已生成", f"The {en} is made"))
