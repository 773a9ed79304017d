"""What was found goes back sorted (A079 分门别类反馈): to the office, what is wrong in its sheet; to each village, what is to be looked
at there; and a summary with the numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.common.files import atomic_write, safe_name
from fieldapp.exchange.result_list import result_workbook
from fieldapp.register.entities import Household
from fieldapp.services.print_log import PrintLog

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.services.foreign_rows import SheetLine
    from fieldapp.services.sheet_order import Checked
    from fieldapp.store import Store

__all__ = ["HEADINGS", "SheetFeedback", "told_cells"]

HEADINGS = ("表中行号", "姓名", "村组", "户主", "项目", "册里", "表里", "情况")
_CHECKS = ("□录", "□核")
#: What only the office can mend: its own rows.
_OFFICE = frozenset({"not_found", "several", "keys_differ", "twice", "unreadable"})


def told_cells(line: SheetLine) -> tuple[str, ...]:
    """Return a line as it is exported."""
    return (
        line.rows_text,
        line.who,
        line.place,
        line.head_name,
        line.what_zh,
        line.before,
        line.after,
        line.why_zh,
    )


class SheetFeedback:
    """Writing feedback for the person who unlocked the vault."""

    def __init__(self, store: Store, person: Staff, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._log = PrintLog(store, person, clock)

    def sorted_into(self, checked: Checked, folder: Path, purpose: str) -> list[Path]:
        """Write a workbook for the office, one for each village that has something to look at, and a summary; return them. Every
        one is noted before it is written. Raises DISK-001, DISK-002.
        """
        name = checked.order.path.stem
        places = self._places(checked.lines)
        groups: dict[str, list[SheetLine]] = defaultdict(list)
        for line in checked.lines:
            if line.state == "same":
                continue
            office = line.state in _OFFICE or not line.household_id
            groups["" if office else places.get(line.household_id, "")].append(line)
        day = self._clock.today().isoformat()
        written, numbers = [], []
        for village in sorted(groups):
            lines = groups[village]
            title = f"{village or '反馈部门'}_{name}_{day}"
            path = folder / f"{safe_name(title)}.xlsx"
            headings = HEADINGS if not village else (*HEADINGS, *_CHECKS)
            rows = [told_cells(line) + (("", "") if village else ()) for line in lines]
            self._write(path, title, headings, rows, _homes(lines), purpose)
            written.append(path)
            counts = Counter(line.why_zh.split("；")[0] or line.what_zh for line in lines)
            numbers += [(village or "反馈部门", what, str(number)) for what, number in counts.most_common()]
        if written:
            summary = folder / f"{safe_name(f'汇总_{name}_{day}')}.xlsx"
            self._write(summary, f"{name} 比对汇总", ("给谁", "情况", "行数"), numbers, (), purpose)
            written.append(summary)
        return written

    def _places(self, lines: Sequence[SheetLine]) -> dict[str, str]:
        """Return town and village of the households that lines are about."""
        areas = {area.code: area for area in self._store.areas()}
        found = {}
        for (_, id), home in self._store.records([(Household.LIST, home) for home in _homes(lines)]).items():
            village = areas.get(str(home.get("area_code")))
            town = areas.get(village.parent) if village is not None else None
            found[id] = f"{town.name if town else ''}{village.name if village else ''}"
        return found

    def _write(
        self,
        path: Path,
        title: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        homes: tuple[str, ...],
        purpose: str,
    ) -> None:
        self._log.exported("sheet_feedback", homes, path.name, purpose=purpose)
        atomic_write(path, result_workbook(title, headings, rows))


def _homes(lines: Sequence[SheetLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.household_id for line in lines if line.household_id))
