"""The small county of the services' tests; its laptops hold every form that ships with the program."""

from __future__ import annotations

import functools
import hashlib

import pytest

from fieldapp.authoring import compile_form
from fieldapp.common.resources import forms_dir
from fieldapp.services.workspace import Workspace
from fieldapp.store import PublishedForm
from fieldapp.xform import load_form
from tests.services.conftest import made, offline
from tests.services.world import World

__all__ = ["made", "offline", "published"]


@functools.cache
def _shipped() -> tuple[PublishedForm, ...]:
    return tuple(published(path.stem) for path in sorted(forms_dir().glob("*.md")) if path.stem != "visit")


def published(form_id: str) -> PublishedForm:
    """Return a shipped form as the county would publish it."""
    xml = compile_form(forms_dir() / f"{form_id}.md").xml
    definition = load_form(xml)
    return PublishedForm(definition.form_id, definition.version, hashlib.sha256(xml).hexdigest(), xml)


@pytest.fixture
def clerk(offline: World) -> Workspace:
    """The unlocked laptop of the village clerk, with all the forms."""
    workspace = offline.unlocked("clerk")
    for form in _shipped():
        workspace._store.put_form(form)
    return workspace
