"""Printing: which sheets for which households, their pages as pictures, saved or sent to the printer.

Every print and export is logged before it happens (:mod:`fieldapp.services.print_log`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.common.clock import Clock
from fieldapp.common.files import atomic_write
from fieldapp.common.tasks import CancelToken, ProgressSink, silent
from fieldapp.register.entities import Staff, Visit
from fieldapp.services.blank_paper import blank_form_of
from fieldapp.services.figures import figures_of, place_of_all
from fieldapp.services.findings import findings_now
from fieldapp.services.forms import title_of
from fieldapp.services.missed_visits import blank_slips, missed_slip
from fieldapp.services.print_log import PrintAct, PrintLog
from fieldapp.services.printers import CupsPrinters, Printers
from fieldapp.services.typing_list import TypingList
from fieldapp.services.visit_draft import VISIT_FORM
from fieldapp.sheets.blank_form import as_visit_sheet
from fieldapp.sheets.errors import NO_ISSUES
from fieldapp.sheets.frame import PrintSetup
from fieldapp.sheets.issue_slip import open_issues
from fieldapp.sheets.making import (
    make_blank_form,
    make_carry,
    make_family_paper,
    make_figures,
    make_file,
    make_issue_slips,
    make_missed_slips,
    make_typing_list,
    make_visit_list,
)
from fieldapp.sheets.paper import HouseholdPaper, Profile, Sheet, SheetKind, VisitListRow, VisitPaper
from fieldapp.sheets.pdf import merge, page_count, page_png
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.visit_sheet import VisitSheet, visit_sheet
from fieldapp.store import HouseholdRecords, Store

if TYPE_CHECKING:
    from fieldapp.services.visit_draft import VisitDraft

__all__ = ["PrintOrder", "PrintedSheet", "Printing", "SheetKind"]

PrintedSheet = Sheet


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to print, for whom, and in which profile."""

    kind: SheetKind
    household_ids: tuple[str, ...]
    profile: Profile = "full"
    purpose: str = "入户走访"
    form_id: str = ""  # of a blank form


class Printing:
    """The print jobs of the person who unlocked the vault."""

    def __init__(
        self,
        store: Store,
        person: Staff,
        county_name: str,
        clock: Clock,
        printers: Printers | None = None,
        *,
        outline: Callable[[str, str], VisitDraft] | None = None,
    ) -> None:
        self._store = store
        self._person = person
        self._county_name = county_name
        self._clock = clock
        self._printers = printers or CupsPrinters()
        self._log = PrintLog(store, person, clock)
        self._outline = outline

    def make(
        self, order: PrintOrder, progress: ProgressSink = silent, cancel: CancelToken | None = None
    ) -> list[Sheet]:
        """Make the sheets. Raises SHEET errors, STORE-003, DISK-001, TASK-001 when cancelled."""
        self._log.made(order.kind, order.household_ids, profile=order.profile, purpose=order.purpose)
        if order.kind == "visit_list":
            return [self._visit_list(order, cancel)]
        if order.kind == "missed_slip":
            return [self._missed_slips(order, cancel)]
        if order.kind == "typing_list":
            return [self._typing_list(order)]
        if order.kind == "figures":
            return [self._figures(order)]
        if order.kind == "blank_form":
            return self._blank_forms(order, progress, cancel)
        papers = [
            self._paper(household_id, findings=order.kind == "carry") for household_id in order.household_ids
        ]
        if order.kind == "issue_slip" and not any(open_issues(paper) for paper in papers):
            raise NO_ISSUES()
        sheets = self._maker(order)(
            papers,
            order.profile,
            printed_by=self._person.name,
            purpose=order.purpose,
            clock=self._clock,
            progress=progress,
            cancel=cancel,
            setup=PrintSetup(schema=self._store.site.schema),
        )
        return list(sheets)

    def _maker(self, order: PrintOrder) -> Callable[..., Iterator[Sheet]]:
        """Return what makes the sheets of single households."""
        match order.kind:
            case "file":
                return functools.partial(make_file, policies=self._store.policies())
            case "issue_slip":
                return make_issue_slips
            case "facts_card" | "received" | "house_grade" as kind:
                return functools.partial(make_family_paper, kind)
        return functools.partial(make_carry, questions=self._own_questions(order.household_ids))

    def forms(self) -> list[tuple[str, str]]:
        """Return the forms that can be printed blank, by id and title, the visit first."""
        here = dict.fromkeys(form_id for form_id, _ in self._store.form_versions())
        found = [(form_id, form) for form_id in here if (form := self._store.form(form_id)) is not None]
        found.sort(key=lambda each: each[0] != VISIT_FORM)
        return [(form_id, title_of(form.xml) or form_id) for form_id, form in found]

    def _own_questions(self, household_ids: Sequence[str]) -> VisitSheet | None:
        """Return the questions of a county's own visit form, None where it asks what the shipped one asks."""
        if self._outline is None or not household_ids or self._store.form(VISIT_FORM) is None:
            return None
        form = blank_form_of(self._outline(household_ids[0], VISIT_FORM))
        return as_visit_sheet(form, visit_sheet(TemplateFolder()))

    def _blank_forms(
        self, order: PrintOrder, progress: ProgressSink, cancel: CancelToken | None
    ) -> list[Sheet]:
        """Return the form of the order for each household. Raises VISIT-003 when the laptop does not have it."""
        assert self._outline is not None  # the workspace gives it
        papers = []
        for household_id in order.household_ids:
            if cancel is not None:
                cancel.check()
            form = blank_form_of(self._outline(household_id, order.form_id or VISIT_FORM))
            papers.append((self._paper(household_id), form))
        return list(
            make_blank_form(
                papers,
                order.profile,
                printed_by=self._person.name,
                purpose=order.purpose,
                clock=self._clock,
                progress=progress,
                cancel=cancel,
                setup=PrintSetup(schema=self._store.site.schema),
            )
        )

    def page_count(self, pdf: bytes) -> int:
        return page_count(pdf)

    def page_png(self, pdf: bytes, page: int, dpi: int) -> bytes:
        """Return a page (from 0) as a picture."""
        return page_png(pdf, page, dpi)

    def save(self, sheets: Sequence[Sheet], path: Path) -> None:
        """Write the sheets as one PDF; a single sheet stays the archive's PDF/A. Raises DISK-001, DISK-002."""
        if not sheets:
            return
        self._log.saved(sheets, path.name)
        content = sheets[0].pdf if len(sheets) == 1 else merge((sheet.pdf for sheet in sheets), fronts=True)
        atomic_write(path, content)

    def send_to_printer(self, sheets: Sequence[Sheet], printer_name: str, copies: int, duplex: bool) -> None:
        """Print the sheets, each beginning on a front side. Raises PRINT-001."""
        if not sheets:
            return
        self._log.printed(sheets, printer_name, copies)
        pdf = merge((sheet.pdf for sheet in sheets), fronts=duplex)
        self._printers.send(pdf, printer=printer_name, copies=copies, duplex=duplex, title="农户走访")

    def printers(self) -> list[str]:
        """Return the names of the printers."""
        return self._printers.names()

    def log(self) -> list[PrintAct]:
        """Return what was made, saved and printed on this laptop by this person, newest first."""
        return self._log.acts()

    def _visit_list(self, order: PrintOrder, cancel: CancelToken | None) -> Sheet:
        rows = []
        for household_id in order.household_ids:
            if cancel is not None:
                cancel.check()
            rows.append(self._list_row(household_id))
        sheet = make_visit_list(
            rows,
            order.profile,
            printed_by=self._person.name,
            purpose=order.purpose,
            clock=self._clock,
            setup=PrintSetup(schema=self._store.site.schema),
        )
        self._log.listed(sheet, order.household_ids)
        return sheet

    def _missed_slips(self, order: PrintOrder, cancel: CancelToken | None) -> Sheet:
        """Notes for the doors of these households; for none a page of blank ones to take along."""
        slips = []
        for household_id in order.household_ids:
            if cancel is not None:
                cancel.check()
            records = self._store.household_file(household_id)
            slips.append(missed_slip(self._store, records, self._person, self._clock.today()))
        sheet = make_missed_slips(
            slips or blank_slips(self._store, self._person),
            order.profile,
            printed_by=self._person.name,
            purpose=order.purpose,
            clock=self._clock,
            setup=PrintSetup(schema=self._store.site.schema),
        )
        self._log.listed(sheet, order.household_ids)
        return sheet

    def _typing_list(self, order: PrintOrder) -> Sheet:
        """What is open of these households, in the order of typing."""
        wanted = frozenset(order.household_ids)
        lines = [
            line
            for line in TypingList(self._store, self._person, self._clock).lines()
            if line.household_id in wanted and line.state != "typed"
        ]
        sheet = make_typing_list(
            lines,
            order.profile,
            printed_by=self._person.name,
            purpose=order.purpose,
            clock=self._clock,
            setup=PrintSetup(schema=self._store.site.schema),
        )
        self._log.listed(sheet, order.household_ids)
        return sheet

    def _figures(self, order: PrintOrder) -> Sheet:
        """The place that all chosen households are in: one village, else its town, else the county."""
        today = self._clock.today()
        area_code = place_of_all(self._store, order.household_ids)
        return make_figures(
            figures_of(self._store, area_code, self._county_name, today),
            order.profile,
            printed_by=self._person.name,
            purpose=order.purpose,
            clock=self._clock,
            setup=PrintSetup(schema=self._store.site.schema),
        )

    def _contacts(self, area_code: str) -> tuple[Staff, ...]:
        """Whom a family may ask: who works for its village, not the helpers of others."""
        return tuple(one for one in self._store.cadres(area_code) if one.role != "helper")

    def _paper(self, household_id: str, *, findings: bool = False) -> HouseholdPaper:
        records = self._store.household_file(household_id)
        return HouseholdPaper(
            household=records.household,
            village_name=records.village_name,
            town_name=records.town_name,
            county_name=self._county_name,
            members=records.members,
            former_members=records.former_members,
            incomes=records.incomes,
            measures=records.measures,
            issues=records.issues,
            leads=records.leads,
            visits=tuple(self._visit_paper(line.visit) for line in records.visits),
            pairings=records.pairings,
            due=records.due,
            known_since=_known_since(records),
            others=records.others,
            contacts=self._contacts(records.household.area_code),
            findings=findings_now(self._store, records) if findings else (),
        )

    def _visit_paper(self, visit: Visit) -> VisitPaper:
        photos: list[bytes] = []
        signature: bytes | None = None
        for info in self._store.attachments_of(visit.id):
            if not info.media_type.startswith("image/"):
                continue  # a form's audit log
            content = self._store.attachment(info.id)
            if info.name.startswith("signature"):
                signature = content
            else:
                photos.append(content)
        return VisitPaper(visit=visit, photos=tuple(photos), signature=signature)

    def _list_row(self, household_id: str) -> VisitListRow:
        records = self._store.household_file(household_id)
        household, due = records.household, records.due
        today = self._clock.today().isoformat()
        running = [p for p in records.pairings if not p.ended or p.ended >= today]
        helper = max(running, key=lambda pairing: pairing.started or "", default=None)
        return VisitListRow(
            household_id=household.id,
            house_no=household.house_no,
            head_name=household.head_name,
            town_name=records.town_name,
            village_name=records.village_name,
            group_name=household.group_name,
            door_no=household.door_no,
            member_count=household.member_count,
            phone=household.phone,
            helper_name=helper.staff_name if helper else "",
            last_visit=due.last_visit,
            done=due.done,
            required=due.required,
            due_on=due.due_on,
            due_state=due.state,
        )


def _known_since(records: HouseholdRecords) -> dict[str, str]:
    return {
        name: origin.since[:10]
        for (list_name, entity_id, name), origin in records.facts.items()
        if list_name == "households" and entity_id == records.household.id
    }
