"""Sheets of other offices on this laptop: payment lists that become income items, facts to compare, who is on a list.

A meaning for each column is confirmed once and known the next time the same heading comes. Rows are about a person by the
first 18 characters of the certificate, or about a household by its number; never by a name alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.exchange.foreign import LookedSheet, fingerprint, guess, look, read_rows, target_label, targets
from fieldapp.register.change import Change, EntityPatch
from fieldapp.services.errors import MEANING_MISSING
from fieldapp.services.foreign_facts import compare_facts, merged
from fieldapp.services.foreign_payments import compare_payments, payment_patches
from fieldapp.services.foreign_rows import Register, SheetLine, compare_list
from fieldapp.services.reviving import as_now
from fieldapp.services.sheet_feedback import HEADINGS, SheetFeedback, told_cells
from fieldapp.services.sheet_filling import FillRequest, SheetFilling
from fieldapp.services.sheet_imports import SheetImport, SheetImports, TakenBack
from fieldapp.services.sheet_order import Checked, SheetOrder, SheetUse, Taken

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Staff
    from fieldapp.register.payments import Way
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = [
    "Checked",
    "FillRequest",
    "ForeignSheets",
    "LookedSheet",
    "SheetImport",
    "SheetLine",
    "SheetOrder",
    "SheetUse",
    "Taken",
    "TakenBack",
]

_SETTING = "sheet_mappings"
_MOST_KEPT = 200
_AT_ONCE = 400
_LONGEST_REASON = 500
_KEYS = ("key.id_number", "key.person_no", "key.house_no")
_FACTS = ("persons.", "households.", "incomes.")
#: What programs call the first sheet of a book; a second one is a list of its own.
_PLAIN_SHEET = re.compile(r"(sheet|工作表|表) ?1", re.IGNORECASE)
_MONTH_IN_NAME = re.compile(r"(20\d{2})\s*[年.\-_]?\s*(1[0-2]|0?[1-9])\s*月?")


class ForeignSheets:
    """The sheets of other offices, for the person who unlocked the vault."""

    def __init__(
        self, store: Store, person: Staff, *, clock: Clock, ids: IdSource, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._schema = schema
        self._imports = SheetImports(store, person, clock=clock, ids=ids, schema=schema)

    def imports(self) -> list[SheetImport]:
        """Return the sheets that were taken in on this laptop, newest first."""
        return self._imports.all()

    def take_back(self, import_id: str) -> TakenBack:
        """Take what a sheet wrote back as a whole. Raises CORR-001, CORR-002, DISK-001."""
        return self._imports.take_back(import_id)

    def look(self, path: Path, password: str | None = None) -> list[LookedSheet]:
        """Return the sheets of a workbook with heading and examples. Raises BOOK-001 … BOOK-012."""
        return look(path, password)

    def meanings(self, sheet: LookedSheet) -> tuple[dict[int, str], bool]:
        """Return what the columns mean: as it was confirmed for the same heading before (True), or as guessed (False)."""
        kept = (self._store.setting(_SETTING) or {}).get(fingerprint(sheet.headings))
        known = set(targets(self._schema))
        if kept is None:
            return guess(sheet.headings, self._schema), False
        by_heading = {heading: target for heading, target in kept if target in known}
        return {at: by_heading[text] for at, text in enumerate(sheet.headings) if text in by_heading}, True

    def targets(self) -> list[tuple[str, str, str]]:
        """Return what a column may mean: the meaning, Chinese, English."""
        return [(target, *target_label(target, self._schema)) for target in targets(self._schema)]

    def month_of(self, path: Path) -> str:
        """Return the month a file's name speaks of (“2026年3月低保发放表”), or nothing."""
        found = _MONTH_IN_NAME.search(path.stem)
        return f"{found[1]}-{int(found[2]):02d}" if found else ""

    def check(
        self, order: SheetOrder, progress: ProgressSink = silent, cancel: CancelToken | None = None
    ) -> Checked:
        """Compare a sheet with the register, and keep the meaning of its columns for the next time, also where there is nothing
        to accept. Raises LIST-001 when a column that it needs has no meaning, BOOK-0xx.
        """
        self._need(order)
        progress(Progress(0, 3, "正在读表格", "reading the sheet"))
        rows = read_rows(
            order.path, order.sheet, order.header_row, order.mapping, self._schema, order.password
        )
        if cancel is not None:
            cancel.check()
        progress(Progress(1, 3, "正在对人", "finding whom"))
        register = Register.of(self._store, self._schema, rows)
        progress(Progress(2, 3, "正在比对", "comparing"))
        if order.use == "payments":
            lines = compare_payments(rows, register, order.code, order.month, _title(order))
        elif order.use == "facts":
            lines = compare_facts(rows, register, order.year)
        else:
            everyone = self._store.all_records(order.flag.partition(".")[0])
            lines = compare_list(rows, register, order.flag, everyone)
        counts: dict[str, int] = {}
        for line in lines:
            counts[line.state] = counts.get(line.state, 0) + 1
        self._remember(order)
        return Checked(order, tuple(lines), len(rows), counts)

    def accept(
        self, checked: Checked, chosen: Collection[int], progress: ProgressSink = silent, way: Way = ""
    ) -> Taken:
        """Write the chosen lines, some hundred in one change each; what cannot be written is passed over. Where the
        clerk's gate keeps a fact it is proposed. ``way`` says what to do with months that another list has paid; without it
        they are passed over. Raises DISK-001.
        """
        order, wanted = checked.order, set(chosen)
        lines = [line for number, line in enumerate(checked.lines) if number in wanted]
        cells = [line.patch for line in lines if line.patch]
        patches, written, asked = self._as_now(merged(cells)), len(cells), 0
        payments = [line.payment for line in lines if line.payment]
        if payments:
            progress(Progress(0, len(lines), "正在写入", "writing"))
            found = payment_patches(self._store, self._schema, order.code, payments, way, order.path.stem)
            patches += found.patches
            written, asked = written + found.taken, asked + found.asked
        done = []
        for start in range(0, len(patches), _AT_ONCE):
            progress(Progress(start, len(patches), "正在写入", "writing"))
            change = self._change(patches[start : start + _AT_ONCE], order)
            self._store.apply(change)
            done.append(change.id)
        if done:
            self._imports.note(_title(order), order.use, self._item(order), written, done)
        return Taken(written, tuple(done), asked)

    def export(self, checked: Checked, chosen: Sequence[int], path: Path) -> int:
        """Write lines as a workbook for the village or the office that sent the sheet. Raises DISK-001, DISK-002."""
        from fieldapp.common.files import atomic_write
        from fieldapp.exchange.result_list import result_workbook
        from fieldapp.services.print_log import PrintLog

        lines = [checked.lines[number] for number in chosen]
        homes = tuple(dict.fromkeys(line.household_id for line in lines if line.household_id))
        PrintLog(self._store, self._person, self._clock).exported("sheet_result", homes, path.name)
        told = [told_cells(line) for line in lines]
        atomic_write(path, result_workbook(checked.order.path.stem, HEADINGS, told))
        return len(lines)

    def _as_now(self, patches: Sequence[EntityPatch]) -> list[EntityPatch]:
        """Return patches of records as they are now: an income that an act before has made is no new one."""
        current = self._store.records([(patch.list, patch.entity_id) for patch in patches])
        found = (as_now(patch, current.get((patch.list, patch.entity_id))) for patch in patches)
        return [patch for patch in found if patch.fields or patch.status]

    def _item(self, order: SheetOrder) -> str:
        """Return what an order was about: the item of income and its month."""
        if order.use != "payments":
            return ""
        return f"{self._schema.label('income_item', order.code)} {order.month}".strip()

    def export_sorted(self, checked: Checked, folder: Path, purpose: str = "") -> list[Path]:
        """Write what was found sorted by whom it goes back to: the office, each village, and a summary. Raises DISK-001, DISK-002."""
        return SheetFeedback(self._store, self._person, self._clock).sorted_into(checked, folder, purpose)

    def fill(
        self,
        order: SheetOrder,
        request: FillRequest,
        path: Path,
        progress: ProgressSink = silent,
        cancel: CancelToken | None = None,
    ) -> int:
        """Write our facts in the sheet's own columns. Raises LIST-001, CORR-003, BOOK-0xx, DISK-001, DISK-002."""
        filling = SheetFilling(self._store, self._person, self._clock, self._schema)
        rows = filling.fill(order, request, path, progress, cancel)
        self._remember(order)
        return rows

    def income_years(self) -> list[int]:
        """Return the years of which incomes are known, newest first, this year before them."""
        return sorted({self._clock.today().year, *self._store.income_years()}, reverse=True)

    def _need(self, order: SheetOrder) -> None:
        given = set(order.mapping.values())
        missing = []
        if not given & set(_KEYS):
            missing.append(("身份证号、人口编号或户编号", "the identity, person or household number"))
        if order.use == "payments":
            if "pay.amount" not in given:
                missing.append(("发放金额", "the amount"))
            if "pay.month" not in given and not re.fullmatch(r"20\d{2}-(0[1-9]|1[0-2])", order.month):
                missing.append(("发放月份", "the month"))
            if order.code not in self._schema.codes["income_item"].by_code:
                missing.append(("是哪一项收入", "which item of income"))
        if order.use == "facts" and not any(each.startswith(_FACTS) for each in given):
            missing.append(("至少一列要比对的内容", "at least one column to compare"))
        of_year = any(each.startswith("incomes.") for each in given) and "key.year" not in given
        if order.use == "facts" and of_year and not order.year:
            missing.append(("收入是哪一年的", "the year of the incomes"))
        if order.use == "list" and self._schema.property(*_split(order.flag)) is None:
            missing.append(("名单说明哪一项", "what the list says"))
        if missing:
            raise MEANING_MISSING(
                what="、".join(zh for zh, _ in missing), what_en=", ".join(en for _, en in missing)
            )

    def _remember(self, order: SheetOrder) -> None:
        kept: dict[str, list[list[str]]] = dict(self._store.setting(_SETTING) or {})
        kept.pop(key := fingerprint(order.headings), None)
        kept[key] = [[order.headings[at], target] for at, target in order.mapping.items()]
        self._store.put_setting(_SETTING, dict(list(kept.items())[-_MOST_KEPT:]))

    def _change(self, patches: Sequence[EntityPatch], order: SheetOrder) -> Change:
        return Change(
            id=self._ids.new(),
            at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            author=self._person.id,
            author_name=self._person.name,
            kind="correction",
            patches=tuple(patches),
            reason=f"导入表格 {order.path.name}"[:_LONGEST_REASON],
        )


def _title(order: SheetOrder) -> str:
    """Return what a list is called: the file's name, and the sheet's where that says something of its own."""
    stem, sheet = order.path.stem, order.sheet.strip()
    return stem if sheet in ("", stem) or _PLAIN_SHEET.fullmatch(sheet) else f"{stem}·{sheet}"


def _split(flag: str) -> tuple[str, str]:
    list_name, _, name = flag.partition(".")
    return list_name, name
