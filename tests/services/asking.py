"""Short words for what tests ask of a workspace."""

from __future__ import annotations

import io

from PIL import Image

from fieldapp.services.households import VisitLine
from fieldapp.services.visits import VisitDraft
from fieldapp.services.worklist import WorkFilter, WorkRow
from fieldapp.services.workspace import Workspace
from fieldapp.xform import QuestionView
from tests.services.forms import fill_required

__all__ = [
    "answer",
    "finished",
    "first",
    "homes",
    "nobody_home",
    "picture",
    "row_of",
    "value",
    "visit_line",
]


def homes(workspace: Workspace) -> list[str]:
    """Return the households of the work list, in its order."""
    return [row.household_id for row in workspace.worklist.rows(workspace.worklist.ids(WorkFilter()))]


def first(workspace: Workspace) -> str:
    """Return the household on top of the work list."""
    return homes(workspace)[0]


def row_of(workspace: Workspace, household_id: str) -> WorkRow:
    """Return a household's line of the work list."""
    rows = workspace.worklist.rows(workspace.worklist.ids(WorkFilter()))
    return next(row for row in rows if row.household_id == household_id)


def visit_line(workspace: Workspace, household_id: str, visit_id: str) -> VisitLine:
    """Return a visit on the household's page."""
    lines = workspace.households.file(household_id).visits
    return next(line for line in lines if line.visit.id == visit_id)


def value(draft: VisitDraft, ref: str) -> str:
    """Return the answer at a ref."""
    view = draft.session.view(ref)
    assert isinstance(view, QuestionView)
    return view.value


def answer(draft: VisitDraft, **answers: str) -> None:
    """Answer by ref below /data, ``__`` for the slash."""
    for name, text in answers.items():
        draft.session.set(f"/data/{name.replace('__', '/')}", text)


def nobody_home(draft: VisitDraft) -> None:
    """Answer that nobody was met; then nothing else is asked."""
    answer(draft, how__outcome="nobody", how__not_met_note="邻居说赶集去了")


def finished(workspace: Workspace, household_id: str, **answers: str) -> str:
    """Make a visit at which somebody was met; what is required and unknown takes its first choice."""
    draft = workspace.visits.start(household_id, "onsite")
    answer(draft, **answers)
    fill_required(draft.session, {})
    return workspace.visits.finish(draft)


def picture(kind: str = "JPEG", size: int = 40) -> bytes:
    """Return a small photo."""
    stream = io.BytesIO()
    Image.new("RGB", (size, size), (200, 120, 90)).save(stream, kind)
    return stream.getvalue()
