"""A small world for tests: a form written as rows, a still clock, counted ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count

from fieldapp.common.clock import FixedClock
from fieldapp.xform import Environment, FormDefinition, FormSession, QuestionView, load_form

__all__ = ["environment", "form", "open_form", "question", "value"]

_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms" '
    'xmlns:orx="http://openrosa.org/xforms" xmlns:entities="http://www.opendatakit.org/xforms/entities">'
    "<h:head><h:title>T</h:title><model>{model}</model></h:head><h:body>{body}</h:body></h:html>"
)


def form(instance: str, binds: str = "", body: str = "", more: str = "") -> bytes:
    """Return an XForm: the inside of ``<data>``, binds, body, and further parts of the model."""
    model = f'<instance><data id="t" version="1">{instance}</data></instance>{more}{binds}'
    return _HEAD.format(model=model, body=body).encode()


def _ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012d}"


def environment(at: str = "2026-11-22T01:30:00+00:00") -> Environment:
    """Return a world that stands still at ``at``."""
    return Environment(FixedClock(datetime.fromisoformat(at).astimezone(UTC)), _ids(), random_seed=1)


def open_form(
    xml: bytes | FormDefinition,
    lists: Mapping[str, bytes] | None = None,
    prefill: Mapping[str, str] | None = None,
) -> FormSession:
    """Open a form in that world."""
    definition = xml if isinstance(xml, FormDefinition) else load_form(xml, lists)
    return FormSession.start(definition, environment(), prefill=prefill)


def question(session: FormSession, ref: str) -> QuestionView:
    """Return the question at ``ref``."""
    view = session.view(ref)
    assert isinstance(view, QuestionView)
    return view


def value(session: FormSession, ref: str) -> str:
    """Return the answer at ``ref``."""
    return question(session, ref).value
