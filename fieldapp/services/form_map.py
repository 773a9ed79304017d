"""Which answers of a form belong to the register: read from ODK's own declarations in the compiled XForm.

A bind's ``entities:saveto`` names the property; the nearest enclosing ``meta/entity`` names the list. So a county's
own form needs no program. One convention of ours: inside a roster, the hidden question ``known_id`` receives the
id of the member that is already in the register (empty for a new one); in a form with several such parts the
question may be called ``known_`` and the list.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

__all__ = ["KNOWN_ID", "LEFT_REASON", "Container", "FormMap", "map_form"]

KNOWN_ID = "known_id"
#: The question that names the household in a form that writes nothing of the household itself.
HOUSEHOLD = "household"
#: The property whose answer says that a member has left; it is never filled in from the register.
LEFT_REASON = "left_reason"

_XF = "{http://www.w3.org/2002/xforms}"
_SAVE_TO = "{http://www.opendatakit.org/xforms/entities}saveto"
_PLAIN_PATH = re.compile(r"^\s*((?:\.\./)*|/)[\w./-]+\s*$")


@dataclass(frozen=True, slots=True)
class Container:
    """A part of the form that speaks of one record: ``ref`` of the survey root, a group or a repeat (no index)."""

    ref: str
    list: str
    properties: Mapping[str, str]  # question ref (no index) -> property
    id_ref: str | None  # the question that names the record, when the declaration is a plain reference
    label_ref: str | None
    known_id_ref: (
        str | None
    )  # in a roster: the question that takes the id of a member already in the register


@dataclass(frozen=True, slots=True)
class FormMap:
    """All containers of a form, and the refs of its repeats."""

    containers: tuple[Container, ...]
    repeats: frozenset[str]
    household_ref: str | None = None  # the question that names the household

    def rosters(self, list_name: str) -> tuple[Container, ...]:
        """Return the containers of a list that are repeats: the rosters."""
        return tuple(c for c in self.containers if c.list == list_name and c.ref in self.repeats)

    @property
    def lists(self) -> tuple[str, ...]:
        """The register lists that the form speaks of."""
        return tuple(dict.fromkeys(c.list for c in self.containers))

    def single(self, list_name: str) -> Container | None:
        """Return the container outside any repeat for a list."""
        return next((c for c in self.containers if c.list == list_name and c.ref not in self.repeats), None)


def map_form(xform: bytes) -> FormMap:
    """Read the map of a compiled form. The form was already accepted by the engine, so it is well formed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    document = etree.fromstring(xform, parser)
    binds = {str(bind.get("nodeset")): bind for bind in document.iter(_XF + "bind")}
    repeats = frozenset(str(repeat.get("nodeset")) for repeat in document.iter(_XF + "repeat"))
    primary = next(document.iter(_XF + "instance"))[0]
    refs = _refs(primary)
    entities = _entities(primary)
    found: dict[str, dict[str, str]] = {ref: {} for ref in entities}
    for nodeset, bind in binds.items():
        if name := bind.get(_SAVE_TO):
            owner = max((ref for ref in entities if nodeset.startswith(ref + "/")), key=len)
            found[owner][nodeset] = name
    containers = tuple(
        Container(
            ref,
            dataset,
            found[ref],
            _reference(binds, f"{ref}/meta/entity/@id"),
            _reference(binds, f"{ref}/meta/entity/label"),
            next((at for at in (f"{ref}/{KNOWN_ID}", f"{ref}/known_{dataset}") if at in refs), None),
        )
        for ref, dataset in entities.items()
    )
    root = "/" + etree.QName(primary).localname
    household = next((c.id_ref for c in containers if c.list == "households" and c.id_ref), None)
    plain = f"{root}/{HOUSEHOLD}" if f"{root}/{HOUSEHOLD}" in refs else None
    return FormMap(containers, repeats, household or plain)


def _refs(primary: etree._Element) -> frozenset[str]:
    """Return the refs of all nodes of the primary instance."""
    found: set[str] = set()

    def walk(node: etree._Element, ref: str) -> None:
        found.add(ref)
        for child in node:
            walk(child, f"{ref}/{etree.QName(child).localname}")

    walk(primary, "/" + etree.QName(primary).localname)
    return frozenset(found)


def _entities(primary: etree._Element) -> dict[str, str]:
    """Return dataset by container ref for every ``meta/entity`` of the primary instance."""
    found: dict[str, str] = {}

    def walk(node: etree._Element, ref: str) -> None:
        for child in node:
            name = etree.QName(child).localname
            if name == "entity" and ref.endswith("/meta"):
                found[ref.removesuffix("/meta")] = str(child.get("dataset"))
            walk(child, f"{ref}/{name}")

    walk(primary, "/" + etree.QName(primary).localname)
    return found


def _reference(binds: Mapping[str, etree._Element], ref: str) -> str | None:
    """Return the absolute ref of a bind's calculation when it is nothing but a reference."""
    bind = binds.get(ref)
    expression = bind.get("calculate") if bind is not None else None
    if expression is None or not _PLAIN_PATH.match(expression):
        return None
    return posixpath.normpath(posixpath.join(ref, expression.strip()))
