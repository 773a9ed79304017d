"""Every documented difference between ODK's engines is shown with our side of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.xform.scenario import form, open_form, question, value

DIFFERENCES = Path(__file__).resolve().parents[2] / "docs" / "forms" / "differences.json"

BINDS = (
    '<bind nodeset="/data/date" type="date"/><bind nodeset="/data/early" type="dateTime"/>'
    '<bind nodeset="/data/late" type="dateTime"/><bind nodeset="/data/blank" type="int"/>'
    '<bind nodeset="/data/r/n" type="int"/><bind nodeset="/data/int" type="int"/>'
)
INSTANCE = (
    "<date>2026-01-01</date><early>2026-01-01T08:00:00.000+08:00</early><late>2026-01-01T09:00:00.000+08:00</late>"
    "<blank/><int/><r><n>5</n></r><r><n/></r><out/>"
)
LIST = '<instance id="l"><root><item><name>a</name></item><item><name>b</name></item></root></instance>'

#: what each row of the table means, as an expression whose text is the row's ``ours``
EXPRESSIONS = {
    "date-order": "/data/date &gt; '2025-12-31'",
    "number-of-date": "number(/data/date)",
    "moments-of-one-day": "/data/late &gt; /data/early",
    "sum-with-blank": "sum(/data/r/n)",
    "boolean-of-node": "boolean(/data/blank)",
    "regex-whole": "regex('ab1', '[0-9]')",
    "round-negative-half": "round(-2.5)",
    "number-with-comma": "concat(number('1,000'), '')",
    "number-with-exponent": "concat(number('1e3'), '')",
    "several-nodes": "/data/r/n = 5",
    "bare-position": "instance('l')/root/item[2]/name",
    "xpath-functions": "floor(3.7)",
    "unresolved-path": "concat(/data/nobody, 'empty')",
}


def evaluate(expression: str) -> str:
    body = '<repeat nodeset="/data/r"><input ref="/data/r/n"/></repeat>'
    session = open_form(
        form(INSTANCE, f'{BINDS}<bind nodeset="/data/out" calculate="{expression}"/>', body, LIST)
    )
    return value(session, "/data/out")


def rows() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in json.loads(DIFFERENCES.read_text("utf-8"))}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_our_side_is_as_the_table_says(name: str) -> None:
    assert evaluate(EXPRESSIONS[name]) == rows()[name]["ours"]


def test_a_whole_number_with_a_fraction_is_read_and_marked() -> None:
    session = open_form(
        form("<n/><m/>", '<bind nodeset="/data/n" type="int"/><bind nodeset="/data/m" calculate="/data/n"/>')
    )
    violation = session.set("/data/n", "2.5")
    assert (value(session, "/data/m"), violation and violation.kind) == ("2", "type")
    assert question(session, "/data/n").violation == violation


def test_every_row_is_shown_and_complete() -> None:
    elsewhere = {"whole-number-with-fraction", "catastrophic-pattern"}  # above, and among the bad input
    assert set(rows()) == set(EXPRESSIONS) | elsewhere
    assert all(row[key] for row in rows().values() for key in ("id", "ours", "engines", "reason"))
