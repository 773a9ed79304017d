"""The table builder: a county's own blank with 【户主姓名】 in it, filled for many households (requirement: typed once)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.common.files import atomic_write, safe_name
from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.exchange.blanks import Blank, FillSet, Level, Value, fill, read_blank
from fieldapp.exchange.blanks.words import put_words
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.services.fill_words import common_values, fill_set, vocabulary
from fieldapp.services.print_log import PrintLog

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = ["Blank", "FillOrder", "TableBuilder", "WordLine"]


@dataclass(frozen=True, slots=True)
class WordLine:
    """A placeholder: whom it is about, and what it says for the household that serves as example."""

    word: str
    level: Level
    example: str


@dataclass(frozen=True, slots=True)
class FillOrder:
    """For whom a blank is filled and what for; ``as_list``: one file with a row each, otherwise a file each."""

    household_ids: tuple[str, ...]
    purpose: str
    as_list: bool
    id_format: IdFormat = DEFAULT_FORMAT


class TableBuilder:
    """Filling blanks for the person who unlocked the vault."""

    def __init__(
        self, store: Store, person: Staff, county_name: str, *, clock: Clock, schema: RegisterSchema
    ) -> None:
        self._store = store
        self._person = person
        self._county = county_name
        self._clock = clock
        self._schema = schema
        self._words = vocabulary(schema)
        self._log = PrintLog(store, person, clock)

    def words(self, household_id: str | None = None) -> list[WordLine]:
        """Return every placeholder there is, with an example of a household. Raises STORE-003."""
        example = self._set(household_id) if household_id else FillSet({})
        member = example.members[0] if example.members else {}
        known = {**self._common(1), "序号": 1, **example.values, **member}
        return [
            WordLine(word, level, self._shown(word, known))
            for word, level in sorted(self._words.levels.items(), key=lambda pair: (_RANK[pair[1]], pair[0]))
        ]

    def read(self, path: Path) -> Blank:
        """Look at a blank. Raises BLANK-001 to BLANK-004; nothing is written."""
        return read_blank(path, self._words)

    def examples(self, blank: Blank, household_id: str) -> list[WordLine]:
        """Return the placeholders of a blank in their order, each once, with what they say for a household."""
        lines = {line.word: line for line in self.words(household_id)}
        return [lines[word] for word in dict.fromkeys(found.word for found in blank.found)]

    def fill(
        self,
        blank: Blank,
        order: FillOrder,
        target: Path,
        progress: ProgressSink = silent,
        cancel: CancelToken | None = None,
    ) -> list[Path]:
        """Fill the blank into ``target``, a file for a list and a folder otherwise; return what was written.

        A file that is there already is not written over: the new one gets a number. The export is noted before anything is
        written. Raises BLANK-005, BLANK-006, DISK-001, DISK-002, TASK-001 (what was written before stays).
        """
        if order.as_list:
            sets = list(self._sets(order, progress, cancel))
            content = self._fill(blank, sets, order)
            path = _free(target)
            self._note(blank, order, path.name)
            atomic_write(path, content)
            return [path]
        self._fill(
            blank, [self._set(order.household_ids[0])], order
        )  # what would spoil the blank is told first
        self._note(blank, order, target.name)
        written = []
        stem, suffix = Path(blank.name).stem, f".{blank.kind}"
        for each in self._sets(order, progress, cancel):
            path = _free(target / f"{stem}-{safe_name(each.file_name)}{suffix}")
            atomic_write(path, self._fill(blank, [each], order))
            written.append(path)
        return written

    def _fill(self, blank: Blank, sets: Sequence[FillSet], order: FillOrder) -> bytes:
        common = self._common(len(order.household_ids))
        return fill(blank, sets, common, self._words, order.id_format, as_list=order.as_list)

    def _note(self, blank: Blank, order: FillOrder, to: str) -> None:
        self._log.exported(
            f"blank:{blank.name}", order.household_ids, to, form=order.id_format, purpose=order.purpose
        )

    def _sets(
        self, order: FillOrder, progress: ProgressSink, cancel: CancelToken | None
    ) -> Iterator[FillSet]:
        total = len(order.household_ids)
        for number, household_id in enumerate(order.household_ids):
            if cancel is not None:
                cancel.check()
            progress(Progress(number, total, "正在套填", "filling"))
            yield self._set(household_id)
        progress(Progress(total, total, "正在套填", "filling"))

    def _set(self, household_id: str) -> FillSet:
        return fill_set(self._store.household_file(household_id), self._schema, self._clock.today())

    def _common(self, households: int) -> dict[str, Value]:
        return common_values(self._person, self._county, self._clock.today(), households)

    def _shown(self, word: str, known: Mapping[str, Value]) -> str:
        return str(put_words(f"【{word}】", known, DEFAULT_FORMAT, self._words.numbers))


_RANK = {"all": 0, "household": 1, "member": 2}


def _free(path: Path) -> Path:
    """Return a path where nothing is yet."""
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return free
