"""Codes by year and by county: an old name for old facts, local names, codes of the county's own; a slip is refused."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.register.code_overrides import with_county_codes
from fieldapp.register.schema import register_schema

SCHEMA = register_schema()
TODAY = date(2026, 11, 22)


def test_a_fact_of_former_years_is_called_as_it_was_then_and_read_by_either_name() -> None:
    kinds = SCHEMA.codes["monitor_kind"]
    assert kinds.label("marginal") == kinds.label("marginal", TODAY) == "边缘易致贫户"
    assert kinds.label("marginal", date(2020, 6, 30)) == "边缘户"
    assert kinds.code_of("边缘户") == kinds.code_of("边缘易致贫户") == "marginal"


def test_a_code_is_offered_in_its_days_only() -> None:
    kinds = SCHEMA.codes["monitor_kind"]
    assert "sudden" in {code.code for code in kinds.offered(TODAY)}
    assert "sudden" not in {code.code for code in kinds.offered(date(2020, 6, 30))}
    assert SCHEMA.codes["sex"].offered(date(1950, 1, 1)) == SCHEMA.codes["sex"].codes


def test_a_county_has_local_names_and_codes_of_its_own() -> None:
    text = """
[labels.household_type]
out_of_poverty = "脱困户"
[former.household_type]
not_yet = [["未脱困户", "2019-12-31"]]
[extra]
household_type = [["not_yet", "未脱贫户", "not yet out of poverty"]]
[valid.household_type]
not_yet = ["", "2020-12-31"]
[aliases.household_type]
"困难户" = "not_yet"
"""
    kinds = with_county_codes(SCHEMA, text).codes["household_type"]
    assert (kinds.label("out_of_poverty"), kinds.label("not_yet")) == ("脱困户", "未脱贫户")
    assert kinds.label("not_yet", date(2019, 1, 1)) == "未脱困户"
    assert (kinds.code_of("困难户"), kinds.code_of("脱困户")) == ("not_yet", "out_of_poverty")
    assert "not_yet" not in {code.code for code in kinds.offered(TODAY)}
    assert SCHEMA.codes["household_type"].label("out_of_poverty") == "脱贫户"


def test_without_a_file_the_codes_are_those_that_ship() -> None:
    assert with_county_codes(SCHEMA, None) is with_county_codes(SCHEMA, "") is SCHEMA


@pytest.mark.parametrize(
    "text",
    [
        '[labels.no_such]\na = "甲"\n',
        '[labels.sex]\nother = "其他"\n',
        '[extra]\nsex = [["male", "男", "male"]]\n',
        '[extra]\nsex = [["two words", "二", "two"]]\n',
        '[extra]\nsex = [["x", "乙"]]\n',
        '[valid.sex]\nmale = ["2020-13-01", ""]\n',
        '[aliases.sex]\n"先生" = "mister"\n',
        "[colours]\n",
        "labels = 3\n",
        "not toml at all",
    ],
)
def test_a_slip_in_the_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        with_county_codes(SCHEMA, text)
