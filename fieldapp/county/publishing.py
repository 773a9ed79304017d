"""What the county hands out to every laptop: forms and policy. A form never changes; a new version is a new form."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, select, update

from fieldapp.common.resources import resources_dir
from fieldapp.county.errors import FORM_EXISTS
from fieldapp.county.feed import Touch, publish
from fieldapp.county.setup import County
from fieldapp.county.tables import FormRow, PolicyRow, table_of
from fieldapp.register.code_overrides import CODES_FILE, with_county_codes
from fieldapp.register.effects import EffectRule
from fieldapp.register.schema import RegisterSchema, register_schema

__all__ = [
    "EFFECTS_PREFIX",
    "effect_rules",
    "publish_form",
    "publish_form_file",
    "publish_policy",
    "publish_shipped_policy",
    "schema_in_force",
]

EFFECTS_PREFIX = "effects/"


def publish_form(county: County, *, form_id: str, version: str, title: str, xml: bytes) -> str:
    """Publish a compiled form; return its digest. Publishing the same bytes again changes nothing.

    Raises COUNTY-011 when the version exists with other bytes: laptops may hold drafts on it.
    """
    digest = hashlib.sha256(xml).hexdigest()
    table = table_of(FormRow)
    mine = (table.c.county_code == county.code) & (table.c.form_id == form_id)
    with county.database.write() as connection:
        found = connection.execute(select(table.c.sha256).where(mine, table.c.version == version)).scalar()
        if found == digest:
            return digest
        if found is not None:
            raise FORM_EXISTS(form=form_id, version=version)
        connection.execute(update(table).where(mine).values(state="former"))
        row = {
            "county_code": county.code,
            "form_id": form_id,
            "version": version,
            "sha256": digest,
            "title": title,
            "xml": xml,
            "published_at": county.now(),
            "state": "current",
        }
        county.database.insert_new(connection, FormRow, [row])
        publish(county.database, connection, county.code, [Touch("forms", form_id)])
    return digest


def publish_form_file(county: County, path: Path) -> str:
    """Compile an XLSForm, let the engine read it, and publish it; return its digest.

    Raises CHECK-0xx, FORM-0xx for a form that does not compile or that the engine refuses, COUNTY-011.
    """
    from fieldapp.authoring import compile_form
    from fieldapp.xform import load_form

    compiled = compile_form(path)
    definition = load_form(compiled.xml)
    return publish_form(
        county,
        form_id=definition.form_id,
        version=definition.version,
        title=definition.title,
        xml=compiled.xml,
    )


def publish_policy(county: County, files: Iterable[tuple[str, str]]) -> int:
    """Put policy files (name, TOML text) in force; return how many were new or changed. A broken one raises ValueError."""
    table = table_of(PolicyRow)
    changed = []
    with county.database.write() as connection:
        for name, text in files:
            _check(name, text)
            found = connection.execute(
                select(table.c.text).where(table.c.county_code == county.code, table.c.name == name)
            ).scalar()
            if found != text:
                row = {
                    "county_code": county.code,
                    "name": name,
                    "text": text,
                    "published_at": county.now(),
                }
                county.database.upsert(connection, PolicyRow, [row])
                changed.append(Touch("policy", name))
        publish(county.database, connection, county.code, changed)
    return len(changed)


def _check(name: str, text: str) -> None:
    """Refuse what laptops would refuse, so that a slip is seen where it was made. Raises ValueError."""
    tomllib.loads(text)
    if name == CODES_FILE:
        with_county_codes(register_schema(), text)


def schema_in_force(connection: Connection, county_code: str) -> RegisterSchema:
    """Return the register's schema with the county's own codes."""
    table = table_of(PolicyRow)
    text = connection.execute(
        select(table.c.text).where(table.c.county_code == county_code, table.c.name == CODES_FILE)
    ).scalar()
    return with_county_codes(register_schema(), text)


def publish_shipped_policy(county: County) -> int:
    """Put the policy that ships with the program in force; return how many files were new or changed."""
    folder = resources_dir() / "policy"
    files = [
        (path.relative_to(folder).as_posix(), path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.toml"))
    ]
    return publish_policy(county, files)


def effect_rules(connection: Connection, county_code: str) -> tuple[EffectRule, ...]:
    """Return the effect rules in force, in the order of their files."""
    table = table_of(PolicyRow)
    texts = connection.execute(
        select(table.c.text)
        .where(table.c.county_code == county_code, table.c.name.startswith(EFFECTS_PREFIX))
        .order_by(table.c.name)
    ).scalars()
    return tuple(EffectRule(**row) for text in texts for row in tomllib.loads(text)["rule"])
