"""The register's declaration: complete, without contradictions, the same for tables and values."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from fieldapp.common.resources import resources_dir
from fieldapp.register.entities import ENTITY_TYPES
from fieldapp.register.schema import load_schema, register_schema

SCHEMA = register_schema()


def test_every_list_has_its_value_class_with_exactly_the_columns_as_fields() -> None:
    assert set(SCHEMA.lists) == set(ENTITY_TYPES)
    for name, kind in ENTITY_TYPES.items():
        own = {field.name for field in dataclasses.fields(kind)} - {"id", "status", "version", "properties"}
        assert own == set(SCHEMA.lists[name].columns), name


def test_every_property_and_code_has_a_chinese_and_an_english_name() -> None:
    for spec in SCHEMA.lists.values():
        assert spec.label in spec.properties
        for prop in spec.properties.values():
            assert prop.zh
            assert prop.en
    for codes in SCHEMA.codes.values():
        labels = [code.zh for code in codes.codes]
        assert len(set(labels)) == len(labels), codes.name
        assert len(codes.by_code) == len(codes.codes), codes.name
        assert all(code.en for code in codes.codes)


def test_codes_have_no_space_since_several_are_written_in_one_answer() -> None:
    for codes in SCHEMA.codes.values():
        assert all(code.code and " " not in code.code for code in codes.codes)


def test_category_monitoring_line_and_pairing_are_never_a_forms_to_write() -> None:
    """Architecture, decision 1."""
    county = ["household_type", "monitor_kind", "risk_cleared", "identified_month", "cleared_month"]
    assert all(SCHEMA.lists["households"].properties[name].write == "county" for name in county)
    assert all(prop.write == "county" for prop in SCHEMA.lists["pairings"].properties.values())
    assert not any(prop.write == "form" for prop in SCHEMA.lists["incomes"].properties.values())


def test_a_label_or_an_older_spelling_is_understood() -> None:
    monitor = SCHEMA.codes["monitor_kind"]
    assert monitor.code_of("脱贫不稳定户") == monitor.code_of("脱贫监测户") == "unstable"
    assert monitor.code_of("没有这种") is None
    assert monitor.label("unstable") == "脱贫不稳定户"
    assert (monitor.label(None), monitor.label("new")) == ("", "new")
    assert SCHEMA.label("sex", "male") == "男"


def test_every_alias_leads_to_a_code() -> None:
    for codes in SCHEMA.codes.values():
        for alias, code in codes.aliases.items():
            assert code in codes.by_code, f"{codes.name}: {alias}"


def test_an_unknown_property_is_unknown() -> None:
    assert SCHEMA.property("households", "no_such") is None
    assert SCHEMA.property("tractors", "power") is None


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{ name = "x", zh = "x", en = "x", type = "code", write = "form" }', ValueError),
        ('{ name = "x", zh = "x", en = "x", type = "text", codes = "sex", write = "form" }', ValueError),
        ('{ name = "x", zh = "x", en = "x", type = "code", codes = "none such", write = "form" }', KeyError),
        (", ".join(['{ name = "x", zh = "x", en = "x", type = "text", write = "form" }'] * 2), ValueError),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(
    tmp_path: Path, line: str, error: type[Exception]
) -> None:
    path = tmp_path / "register.toml"
    path.write_text(f'[things]\nzh = "x"\nen = "x"\nlabel = "x"\nproperties = [ {line} ]\n', "utf-8")
    with pytest.raises(error):
        load_schema(path, resources_dir() / "codes" / "lists.toml")
