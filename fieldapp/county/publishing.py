"""What the county hands out to every laptop: forms and policy. A form never changes; a new version is a new form."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, select, update

from fieldapp.common.resources import forms_dir, resources_dir
from fieldapp.county.errors import BROKEN_POLICY, FORM_EXISTS
from fieldapp.county.feed import Touch, publish
from fieldapp.county.setup import County
from fieldapp.county.tables import FormRow, PolicyRow, table_of
from fieldapp.register.campaigns import draw_sample, read_campaigns
from fieldapp.register.code_overrides import CODES_FILE, with_county_codes
from fieldapp.register.effects import EffectRule
from fieldapp.register.entities import Household
from fieldapp.register.gate import GATE_FILE, Gate, read_gate, shipped_gate
from fieldapp.register.policy import YearPolicy, read_policy, shipped_policy
from fieldapp.register.policy_files import CAMPAIGNS, RULES, SAMPLES, YEARS, check_policy_file
from fieldapp.register.rules import RuleBook, read_rules, shipped_rulebook
from fieldapp.register.schema import RegisterSchema, register_schema
from fieldapp.tables.register import HouseholdRow
from fieldapp.tables.rows import entity_of

__all__ = [
    "EFFECTS_PREFIX",
    "effect_rules",
    "gate_in_force",
    "publish_form",
    "publish_form_file",
    "publish_shipped_forms",
    "publish_policy",
    "publish_policy_files",
    "publish_shipped_policy",
    "schema_in_force",
    "values_in_force",
    "years_in_force",
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


def publish_shipped_forms(county: County) -> list[str]:
    """Compile and publish the forms that ship with the program; return their ids. Raises as :func:`publish_form_file`."""
    paths = sorted(forms_dir().glob("*.md"))
    for path in paths:
        publish_form_file(county, path)
    return [path.stem for path in paths]


def publish_policy(county: County, files: Iterable[tuple[str, str]]) -> int:
    """Put policy files (name, TOML text) in force, all or none; return how many were new or changed.

    Samples of campaigns are drawn and handed out with them. Raises COUNTY-045 when a file is broken.
    """
    table = table_of(PolicyRow)
    changed = []
    checked = [_checked(name, text) for name, text in files]
    with county.database.write() as connection:
        for name, text in [*checked, *_samples(connection, county.code, checked)]:
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


def schema_in_force(connection: Connection, county_code: str) -> RegisterSchema:
    """Return the register's schema with the county's own codes."""
    return with_county_codes(register_schema(), _published(connection, county_code, CODES_FILE))


def years_in_force(connection: Connection, county_code: str) -> tuple[YearPolicy, ...]:
    """Return the visit policy and the line by year; what ships, where the county has published none."""
    text = _published(connection, county_code, YEARS)
    return shipped_policy() if text is None else read_policy(tomllib.loads(text)["policy"])


def values_in_force(connection: Connection, county_code: str) -> RuleBook:
    """Return the policy values with their days; what ships, where the county has published none."""
    text = _published(connection, county_code, RULES)
    return shipped_rulebook() if text is None else read_rules(text)


def _published(connection: Connection, county_code: str, name: str) -> str | None:
    table = table_of(PolicyRow)
    query = select(table.c.text).where(table.c.county_code == county_code, table.c.name == name)
    text: str | None = connection.execute(query).scalar()
    return text


def publish_policy_files(county: County, paths: Iterable[Path]) -> int:
    """Put the county's own files in force; one in a folder ``effects`` is a file of effect rules. Raises COUNTY-045."""
    files = []
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BROKEN_POLICY(
                file=path.name, reason="读不到，或不是 UTF-8 文本", reason_en="it cannot be read as UTF-8"
            ) from error
        files.append((EFFECTS_PREFIX + path.name if path.parent.name == "effects" else path.name, text))
    return publish_policy(county, files)


def _checked(name: str, text: str) -> tuple[str, str]:
    try:
        check_policy_file(name, text)
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        raise BROKEN_POLICY(file=name, reason=zh, reason_en=en or zh) from error
    return name, text


def _samples(
    connection: Connection, county_code: str, files: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Draw the samples of the campaigns among the files: by seed and size, the same however often they are drawn."""
    home = table_of(HouseholdRow)
    drawn = []
    for campaign in (each for name, text in files if name == CAMPAIGNS for each in read_campaigns(text)):
        if campaign.sample is None:
            continue
        rows = connection.execute(
            select(home).where(home.c.county_code == county_code, home.c.status == "active")
        ).mappings()
        fitting = []
        for row in rows:
            household = entity_of("households", row)
            if isinstance(household, Household) and campaign.population.covers(household):
                fitting.append((household.id, household.area_code))
        ids = draw_sample(campaign.sample, fitting)
        lines = ",\n".join(f'  "{each}"' for each in ids)
        seed = campaign.sample.seed.replace("\\", "\\\\").replace('"', '\\"')
        drawn.append((f"{SAMPLES}{campaign.id}.toml", f'seed = "{seed}"\nhouseholds = [\n{lines}\n]\n'))
    return drawn


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


def gate_in_force(connection: Connection, county_code: str) -> Gate:
    """Return which changes of a helper wait for the village clerk; what ships, where the county has published none."""
    text = _published(connection, county_code, GATE_FILE)
    return shipped_gate() if text is None else read_gate(text)
