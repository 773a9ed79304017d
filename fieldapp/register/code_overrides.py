"""A county's own codes: local names by year, codes of its own, codes it does not use. Data, published as ``codes.toml``.

::

    [labels.household_type]              # a local name in force from today on (A031)
    out_of_poverty = "脱困户"
    [former.household_type]              # what it was called before, with the last day
    out_of_poverty = [["贫困户", "2020-12-31"]]
    [extra]                              # codes of its own (A026)
    household_type = [["not_yet", "未脱贫户", "not yet out of poverty"]]
    [valid.household_type]               # first and last day; "" = open
    not_yet = ["", "2020-12-31"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fieldapp.register.schema import Code, CodeList, RegisterSchema

__all__ = ["CODES_FILE", "with_county_codes"]

#: The name of the policy file.
CODES_FILE = "codes.toml"
_PARTS = frozenset({"labels", "former", "extra", "valid", "aliases"})


def with_county_codes(schema: RegisterSchema, text: str | None) -> RegisterSchema:
    """Return the schema as the county has it; without a file, as it ships.

    Raises ValueError naming what is wrong: a list or code that is not there, a code twice, a day that is none.
    """
    if not text:
        return schema
    raw = tomllib.loads(text)
    if unknown := set(raw) - _PARTS:
        raise ValueError(f"{CODES_FILE}: {sorted(unknown)}")
    codes = dict(schema.codes)
    for part in sorted(
        raw, key=lambda name: name != "extra"
    ):  # a code of its own may be named in the other parts
        for name, told in _table(raw[part], part).items():
            if name not in codes:
                raise ValueError(f"{part}.{name}: no such code list")
            codes[name] = _APPLY[part](codes[name], told)
    return replace(schema, codes=codes)


def _extra(codes: CodeList, rows: Any) -> CodeList:
    made = tuple(Code(*_texts(row, 3)) for row in rows)
    for code in made:
        if not code.code.isidentifier() or code.code in codes.by_code:
            raise ValueError(f"extra.{codes.name}: {code.code}")
    return replace(codes, codes=(*codes.codes, *made))


def _labels(codes: CodeList, told: Any) -> CodeList:
    labels = {code: str(zh) for code, zh in _known(codes, told).items()}
    return replace(codes, codes=tuple(replace(c, zh=labels.get(c.code, c.zh)) for c in codes.codes))


def _former(codes: CodeList, told: Any) -> CodeList:
    former = dict(codes.former)
    for code, rows in _known(codes, told).items():
        former[code] = tuple(sorted(((zh, _day(day)) for zh, day in rows), key=lambda row: row[1]))
    return replace(codes, former=former)


def _valid(codes: CodeList, told: Any) -> CodeList:
    spans = {code: _span(span) for code, span in _known(codes, told).items()}
    return replace(codes, valid={**codes.valid, **spans})


def _aliases(codes: CodeList, told: Any) -> CodeList:
    table = {str(alias): str(code) for alias, code in _table(told, codes.name).items()}
    for code in table.values():
        if code not in codes.by_code:
            raise ValueError(f"aliases.{codes.name}: {code}")
    return replace(codes, aliases={**codes.aliases, **table})


_APPLY = {"extra": _extra, "labels": _labels, "former": _former, "valid": _valid, "aliases": _aliases}


def _known(codes: CodeList, told: Any) -> Mapping[str, Any]:
    table = _table(told, codes.name)
    for code in table:
        if code not in codes.by_code:
            raise ValueError(f"{codes.name}.{code}: no such code")
    return table


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{where}: a table is wanted")
    return value


def _texts(row: Any, many: int) -> list[str]:
    if (
        not isinstance(row, list)
        or len(row) != many
        or not all(isinstance(text, str) and text for text in row)
    ):
        raise ValueError(f"{row}: {many} texts are wanted")
    return row


def _span(span: Any) -> tuple[str, str]:
    if not isinstance(span, list) or len(span) != 2:
        raise ValueError(f"{span}: first and last day are wanted")
    first, last = (_day(day) if day else "" for day in span)
    return first, last


def _day(text: Any) -> str:
    return date.fromisoformat(str(text)).isoformat()
