"""Reading answers back: drafts and submissions."""

from __future__ import annotations

from fieldapp.xform.errors import SAVED_MISMATCH
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.skeleton import seed_of
from fieldapp.xform.form.tree import Seed
from fieldapp.xform.xmlsafe import local_name, parse_xml

__all__ = ["seed_from_saved"]


def seed_from_saved(definition: FormDefinition, saved: bytes) -> Seed:
    """Return the contents of a saved instance. Raises FORM-001, FORM-003, and FORM-023 for another form's."""
    element = parse_xml(saved, definition.form_id)
    if local_name(element) != definition.root.name:
        raise SAVED_MISMATCH(form_id=definition.form_id, reason=f"<{local_name(element)}>")
    form_id = element.get("id")
    if form_id and form_id != definition.form_id:
        raise SAVED_MISMATCH(form_id=definition.form_id, reason=str(form_id))
    return seed_of(definition.root, element, saved=True)
