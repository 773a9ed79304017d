"""A form on paper: what its screen asks a household, in that order, as :mod:`fieldapp.sheets.blank_form` prints it.

Questions of the office (risk, leads, remarks) are left out, since the family reads the paper; so are photos, signatures
drawn on a screen, notes, and what the form works out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from fieldapp.sheets.blank_form import BlankForm, BlankPart, BlankQuestion, BlankRow
from fieldapp.xform import GroupView, NodeView, QuestionView, RepeatView

if TYPE_CHECKING:
    from fieldapp.services.visit_draft import VisitDraft

__all__ = ["OFFICE", "blank_form_of"]

#: The word in the XLSForm's ``appearance`` column for what the family must not read.
OFFICE = "office"
_NOT_ON_PAPER = frozenset(
    {
        "note",
        "calculate",
        "hidden",
        "image",
        "audio",
        "video",
        "file",
        "geopoint",
        "geotrace",
        "geoshape",
        "barcode",
    }
)
_YES = ("是",)
#: Empty rows below the known ones.
_SPARE_PEOPLE, _SPARE_ROWS = 2, 3


def blank_form_of(draft: VisitDraft) -> BlankForm:
    """Return a form that was opened for a household, and is not going to be filled in on the screen, as paper."""
    session = draft.session
    return BlankForm(
        session.definition.title,
        session.definition.version,
        tuple(_Paper(draft).parts(session.root)),
        frozenset(node.name for node in session.definition.by_ref.values()),
    )


class _Paper:
    def __init__(self, draft: VisitDraft) -> None:
        self._last: Mapping[str, str] = draft.last_values
        self._household = draft.map.household_ref
        self._people = {roster.ref for roster in draft.map.rosters("persons")}
        self._session = draft.session

    def parts(self, group: GroupView) -> Iterator[BlankPart]:
        """Return the parts of a group: runs of questions, its groups and its rosters, in order."""
        run: list[QuestionView] = []
        for child in group.children:
            if isinstance(child, QuestionView):
                run.append(child)
                continue
            yield from self._run(run, group)
            run = []
            if OFFICE not in child.appearance:
                yield from self.parts(child) if isinstance(child, GroupView) else self._roster(child)
        yield from self._run(run, group)

    def _run(self, questions: Iterable[QuestionView], group: GroupView) -> Iterator[BlankPart]:
        asked = tuple(self._question(each) for each in questions if self._on_paper(each))
        if asked:
            title = "" if group.ref == self._session.root.ref else group.label
            yield BlankPart(title, asked)

    def _roster(self, repeat: RepeatView) -> Iterator[BlankPart]:
        rows = list(repeat.instances)
        extra = not rows
        if extra:  # its questions are read off a row that is taken away again
            self._session.add_repeat(repeat.ref)
            rows = list(self._again(repeat).instances)
        columns = [view for view in _leaves(rows[0]) if self._on_paper(view)]
        names = [_below(view.ref, rows[0].ref) for view in columns]
        questions = tuple(self._question(view) for view in columns)
        known = (
            []
            if extra
            else [BlankRow(tuple(self._cell(f"{row.ref}{name}") for name in names)) for row in rows]
        )
        if extra:
            self._session.remove_repeat(rows[0].ref)
        spare = _SPARE_PEOPLE if repeat.ref in self._people else _SPARE_ROWS
        if questions:
            yield BlankPart(
                repeat.label,
                questions,
                tuple(row for row in known if any(row.values)),
                spare,
                repeat.ref in self._people,
            )

    def _again(self, repeat: RepeatView) -> RepeatView:
        view = self._session.view(repeat.ref)
        assert isinstance(view, RepeatView)
        return view

    def _cell(self, ref: str) -> str:
        """Return what stands in a known row: the register's words for it, else the answer the form begins with."""
        if ref in self._last:
            return self._last[ref]
        return ""

    def _on_paper(self, view: QuestionView) -> bool:
        if view.kind in _NOT_ON_PAPER or OFFICE in view.appearance or view.ref == self._household:
            return False
        return bool(view.label)

    def _question(self, view: QuestionView) -> BlankQuestion:
        choices = _YES if view.kind == "acknowledge" else tuple(choice.label for choice in view.choices)
        return BlankQuestion(
            label=view.label,
            hint=view.hint,
            choices=choices,
            several=view.kind == "select_multiple",
            lines=2 if "multiline" in view.appearance else 1,
            date=view.kind in ("date", "datetime"),
            known=self._last.get(view.ref, ""),
            sometimes=not view.relevant,
            name=view.name,
        )


def _leaves(view: NodeView) -> Iterator[QuestionView]:
    """Return the questions of a row, those of its groups too; rosters within rosters are not for paper."""
    if isinstance(view, QuestionView):
        yield view
    elif isinstance(view, GroupView) and OFFICE not in view.appearance:
        for child in view.children:
            yield from _leaves(child)


def _below(ref: str, row: str) -> str:
    return ref.removeprefix(row)
