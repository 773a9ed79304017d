"""What the engine itself says when it opens the compiled form, with the author's places."""

from __future__ import annotations

from fieldapp.authoring.errors import MISSING_LIST
from fieldapp.authoring.findings import Finding, finding_of
from fieldapp.authoring.places import Place, Places
from fieldapp.common.errors import KnownError
from fieldapp.xform.form.definition import FormDefinition, load_form

__all__ = ["opened_or_findings", "place_of"]


def place_of(places: Places, where: str) -> Place:
    """Return the place of ``/data/q · attribute``, which is how the engine names it."""
    ref, _, attribute = where.partition(" · ")
    return places.find(ref.strip(), attribute.strip())


def _located(error: KnownError, places: Places) -> Finding:
    details = error.details
    where = str(details.get("where") or "")
    if error.code == "FORM-012":
        first = str(details["nodes"]).split(" → ")[0]
        where = f"{first} · calculate"
    place = place_of(places, where)
    return finding_of(error, place.sheet, place.row, place.column)


def opened_or_findings(xml: bytes, places: Places) -> tuple[FormDefinition | None, list[Finding]]:
    """Open the form and return it with what other engines would have overlooked; or None and why it does not open."""
    try:
        definition = load_form(xml)
    except KnownError as error:
        return None, [_located(error, places)]
    found = [_located(error, places) for error in definition.problems]
    for source in definition.missing_lists:
        found.append(finding_of(MISSING_LIST(source=source), places.find("", "").sheet, level="warning"))
    return definition, found
