"""One search for everything: households, members, visits, problems, tasks, cadres, villages and forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fieldapp.services.cadres import contacts_of
from fieldapp.services.forms import title_of

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = ["Found", "Hit", "HitKind", "Search"]

HitKind = Literal[
    "household", "member", "visit", "issue", "task", "cadre", "unit", "village", "form", "paper"
]
_MOST = 6
_MOST_RECORDS = 4
#: Lists of records with the kind of hit they give, and the code lists of their kinds and states.
_RECORD_LISTS: tuple[tuple[Literal["visits", "issues", "tasks"], HitKind, str, str], ...] = (
    ("issues", "issue", "issue_kind", "issue_state"),
    ("tasks", "task", "task_kind", "task_state"),
    ("visits", "visit", "visit_mode", "visit_outcome"),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: ``about`` says where or what it is, ``day`` (ISO) when. ``id`` is a record's id, an area's
    code or a form's id; ``opens`` whether a visit's filled form can be read here.
    """

    kind: HitKind
    id: str
    household_id: str
    title: str
    about: str
    day: str = ""
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, by kind; ``households`` counts all households that hold what was typed."""

    hits: tuple[Hit, ...]
    households: int


class Search:
    """Looking for anything by a few characters."""

    def __init__(self, store: Store, *, clock: Clock, schema: RegisterSchema) -> None:
        self._store = store
        self._clock = clock
        self._schema = schema
        self._titles: tuple[object, list[tuple[str, str]]] = (None, [])

    def find(self, text: str) -> Found:
        """Return what is meant: people by name, pinyin, numbers; records by words, kind, state, or whose they are."""
        if not text.strip():
            return Found((), 0)
        if (paper := self._paper(text)) is not None:
            return Found(paper, 0)
        homes, members, total = self._store.search_people(text, _MOST)
        hits = [
            Hit(
                "household",
                home.id,
                home.id,
                home.head_name,
                f"{home.village_name} {home.group_name} {home.house_no}",
            )
            for home in homes
        ]
        hits += [
            Hit(
                "member",
                one.id,
                one.home.id,
                one.name,
                f"{one.home.head_name}户 {self._label('relationship', one.relationship)} {one.home.village_name}",
            )
            for one in members
        ]
        meant = list(dict.fromkeys(hit.household_id for hit in hits)) if total <= _MOST else []
        hits += self._records(text, meant)
        hits += self._cadres(text)
        hits += self._units(text)
        hits += self._villages(text)
        hits += self._forms(text)
        return Found(tuple(hits), total)

    def _paper(self, text: str) -> tuple[Hit, ...] | None:
        """Return the household of a sheet whose mark was scanned, and whether the sheet is out of date; None for another text."""
        if (
            ":" not in text and "：" not in text
        ):  # typed by a scanner; a Chinese input method may widen the colons
            return None
        from fieldapp.sheets.mark import read_mark, version_of_records

        mark = read_mark(unicodedata.normalize("NFKC", text))
        if mark is None:
            return None
        id = self._store.household_numbered(mark.house_no)
        if id is None:
            return ()
        file = self._store.household_file(id)
        now = version_of_records(
            {
                "households": [file.household],
                "persons": [*file.members, *file.former_members],
                "incomes": file.incomes,
                "measures": file.measures,
                "issues": file.issues,
                "leads": file.leads,
                "pairings": file.pairings,
                "visits": [line.visit for line in file.visits],
            }
        )
        told = "纸面和登记册一致" if now == mark.version else "纸面旧了：打印以后登记册改过"
        return (Hit("paper", id, id, file.household.head_name, f"{file.village_name} {told}".strip()),)

    def matching(self, text: str, names: Sequence[str]) -> list[int]:
        """Return which names (of pages, of commands) are meant, by their words or their pinyin."""
        return self._store.names_meant(text, names)

    def helped_by(self, staff_id: str) -> tuple[str, ...]:
        """Return the households a cadre is paired with."""
        return self._store.helped_by(staff_id, self._clock.today())

    def helped_by_unit(self, unit_name: str) -> tuple[str, ...]:
        """Return the households that cadres of a unit are paired with."""
        return self._store.helped_by(None, self._clock.today(), unit_name)

    def _records(self, text: str, homes: Sequence[str]) -> list[Hit]:
        hits = []
        for list_name, kind, kinds, states in _RECORD_LISTS:
            codes = {*self._codes(kinds, text), *self._codes(states, text)}
            for row in self._store.search_records(list_name, text, _MOST_RECORDS, codes=codes, homes=homes):
                what = " · ".join(
                    label for label in (self._label(kinds, row.kind), self._label(states, row.state)) if label
                )
                title = row.text or what
                about = f"{row.head_name} {row.village_name} {what if row.text else ''}".strip()
                hits.append(Hit(kind, row.id, row.household_id, title, about, row.day, row.has_document))
        return hits

    def _cadres(self, text: str) -> list[Hit]:
        names = {area.code: area.name for area in self._store.areas()}
        return [
            Hit(
                "cadre",
                one.id,
                "",
                one.name,
                f"{one.post} {one.unit_name} {names.get(one.area_code, '')}".strip(),
            )
            for one in self._store.search_cadres(text, _MOST_RECORDS)
        ]

    def _units(self, text: str) -> list[Hit]:
        contacts = contacts_of(self._store)
        names = list(contacts)
        meant = self._store.names_meant(text, [f"{name} {contacts[name]}" for name in names])
        return [Hit("unit", names[at], "", names[at], contacts[names[at]]) for at in meant[:_MOST_RECORDS]]

    def _villages(self, text: str) -> list[Hit]:
        areas = self._store.areas()
        names = {area.code: area.name for area in areas}
        meant = [areas[at] for at in self._store.names_meant(text, [area.name for area in areas])]
        return [
            Hit(
                "village",
                area.code,
                "",
                area.name,
                f"{names.get(area.parent, '')} {area.households} 户".strip(),
            )
            for area in meant[:_MOST_RECORDS]
        ]

    def _forms(self, text: str) -> list[Hit]:
        forms = self._form_titles()
        meant = self._store.names_meant(text, [title for _, title in forms])
        return [Hit("form", forms[at][0], "", forms[at][1], "") for at in meant[:_MOST_RECORDS]]

    def _form_titles(self) -> list[tuple[str, str]]:
        """Return the forms' titles; they are read again only when the county has sent another version."""
        versions = self._store.form_versions()
        if self._titles[0] != versions:
            found = ((id, self._store.form(id)) for id in dict.fromkeys(id for id, _ in versions))
            self._titles = versions, [(id, title_of(form.xml)) for id, form in found if form is not None]
        return self._titles[1]

    def _label(self, codes: str, code: str) -> str:
        return self._schema.label(codes, code) if code else ""

    def _codes(self, name: str, text: str) -> list[str]:
        """Return the codes whose Chinese name is what was typed."""
        return [code.code for code in self._schema.codes[name].codes if code.zh == text.strip()]
