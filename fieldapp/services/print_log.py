"""The log of what was made, saved and printed: who, when, what for, which households (privacy list, point 5).

The journal vouches for each act by a hash; the act itself is kept beside it, encrypted, in the same transaction, one
entry each, and nothing here changes or deletes one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from fieldapp.store.settings import read_setting, write_setting

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.sheets.paper import Sheet
    from fieldapp.store import Store

__all__ = ["PrintAct", "PrintLog"]

_INDEX = "print_log"
Act = Literal["make", "save", "print"]


@dataclass(frozen=True, slots=True)
class PrintAct:
    """One act. ``at`` is UTC; ``purpose`` and ``profile`` are known for what was made, ``to`` where it was sent."""

    act: Act
    by: str
    at: str
    sheet: str
    households: tuple[str, ...]
    profile: str = ""
    purpose: str = ""
    to: str = ""
    copies: int = 1


class PrintLog:
    """Writes the acts of one person into the vault."""

    def __init__(self, store: Store, person: Staff, clock: Clock) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._listed: dict[str, tuple[str, ...]] = {}

    def made(self, sheet: str, households: Sequence[str], *, profile: str, purpose: str) -> None:
        """Note that sheets were asked for. Raises DISK-001: what cannot be noted is not printed."""
        act = self._act("make", sheet, tuple(households))
        self._write(PrintAct(**{**asdict(act), "profile": profile, "purpose": purpose}))

    def listed(self, sheet: Sheet, households: Sequence[str]) -> None:
        """Remember whom a sheet about many households names, for when it is saved or printed."""
        self._listed[_digest(sheet)] = tuple(households)

    def saved(self, sheets: Sequence[Sheet], to: str) -> None:
        """Note that sheets were saved as a file of that name."""
        act = self._act("save", sheets[0].kind, self._households(sheets))
        self._write(PrintAct(**{**asdict(act), "to": to}))

    def printed(self, sheets: Sequence[Sheet], to: str, copies: int) -> None:
        """Note that sheets were sent to a printer."""
        act = self._act("print", sheets[0].kind, self._households(sheets))
        self._write(PrintAct(**{**asdict(act), "to": to, "copies": copies}))

    def exported(
        self, sheet: str, households: Sequence[str], to: str, *, form: str = "", purpose: str = ""
    ) -> None:
        """Note that data of households leave the laptop as a file of that name; ``form``: how ID numbers are shown."""
        act = self._act("save", sheet, tuple(households))
        self._write(PrintAct(**{**asdict(act), "profile": form, "purpose": purpose, "to": to}))

    def acts(self) -> list[PrintAct]:
        """Return every act, newest first."""
        kept = [self._store.setting(_key(seq)) for seq in reversed(self._store.setting(_INDEX) or [])]
        return [PrintAct(**{**act, "households": tuple(act["households"])}) for act in kept]

    def _act(self, act: Act, sheet: str, households: tuple[str, ...]) -> PrintAct:
        at = self._clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")
        return PrintAct(act, self._person.id, at, sheet, households)

    def _households(self, sheets: Sequence[Sheet]) -> tuple[str, ...]:
        named = ((s.household_id,) if s.household_id else self._listed.get(_digest(s), ()) for s in sheets)
        return tuple(household for some in named for household in some)

    def _write(self, act: PrintAct) -> None:
        told = asdict(act)
        payload = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        with self._store.vault.writer() as connection:
            seq = self._store.vault.journal.append(connection, f"sheet.{act.act}", payload).seq
            write_setting(connection, _key(seq), told)
            write_setting(connection, _INDEX, [*(read_setting(connection, _INDEX) or []), seq])


def _key(seq: int) -> str:
    return f"{_INDEX}.{seq}"


def _digest(sheet: Sheet) -> str:
    return hashlib.sha256(sheet.pdf).hexdigest()
