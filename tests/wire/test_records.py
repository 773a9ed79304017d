"""Records and their bodies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.wire.canonical import Json, encode, parse_object
from fieldapp.wire.limits import MAX_RECORD_BYTES, MAX_RECORDS
from fieldapp.wire.patches import PatchBody
from fieldapp.wire.problems import WireError
from fieldapp.wire.records import BadRecord, Record, encode_record, read_line, record_digest, take_batch
from fieldapp.wire.visits import VisitBody
from tests.wire.samples import patch, uid, visit, visit_body


def test_a_line_carries_the_digest_of_all_its_other_members() -> None:
    values = parse_object(encode_record(visit()))
    assert values.pop("sha256") == record_digest(visit())
    assert set(values) == {"id", "kind", "author", "at", "body"}


def test_an_unknown_member_belongs_to_the_digest() -> None:
    values = parse_object(encode_record(visit()))
    values["newer"] = 1
    found = read_line(encode(values), 1)
    assert isinstance(found, BadRecord)
    assert found.error.slug == "digest-mismatch"


@pytest.mark.parametrize("body", [{"a": 1.5}, {"a": "\ud800"}, {"a": "\x00"}])
def test_a_body_that_cannot_travel_is_refused_when_made(body: dict[str, Json]) -> None:
    with pytest.raises(WireError) as caught:
        encode_record(Record(uid(1), "visit", "p", "2026-11-20T08:00:00Z", body))
    assert caught.value.slug == "bad-record"


def test_a_record_over_256_kib_is_refused_when_made() -> None:
    with pytest.raises(WireError) as caught:
        encode_record(Record(uid(1), "visit", "p", "2026-11-20T08:00:00Z", {"xml": "x" * MAX_RECORD_BYTES}))
    assert caught.value.slug == "too-large"


@pytest.mark.parametrize(
    "at", ["2026-11-20", "2026-11-20T08:00:00", "2026-13-20T08:00:00Z", "2026-11-20T08:00:00+08:00"]
)
def test_a_moment_that_is_not_utc_with_z_is_refused(at: str) -> None:
    found = read_line(encode_record(Record(uid(1), "visit", "p", at, {})), 1)
    assert isinstance(found, BadRecord)
    assert found.id == uid(1)


def test_a_batch_takes_as_many_records_as_fit_in_order() -> None:
    assert take_batch([]) == ()
    assert take_batch([visit(number) for number in range(3)]) == tuple(visit(number) for number in range(3))
    assert len(take_batch(patch(number) for number in range(MAX_RECORDS + 7))) == MAX_RECORDS
    heavy = [Record(uid(n), "visit", "p", "2026-11-20T08:00:00Z", {"xml": "x" * 250_000}) for n in range(60)]
    assert 20 < len(take_batch(heavy)) < 40


def test_a_visit_body_reads_back() -> None:
    assert VisitBody.from_json(visit_body().to_json()) == visit_body()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("household", "12"),
        ("visit_date", "2026-02-30"),
        ("visit_date", "20260228"),
        ("entered_at", "2026-11-20"),
        ("source", ""),
        ("xml", None),
        ("form", {}),
        ("attachments", [{}]),
        ("attachments", [1]),
        ("attachments", "x"),
        ("supersedes", "x"),
    ],
)
def test_a_visit_body_with_a_wrong_member_is_a_bad_record(name: str, value: Json) -> None:
    with pytest.raises(WireError) as caught:
        VisitBody.from_json({**visit_body().to_json(), name: value})
    assert caught.value.slug == "bad-record"


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.text("甲乙a", max_size=3)
    | st.lists(st.text("ab", max_size=2), max_size=2)
)


@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=5), st.tuples(scalars, scalars), min_size=1, max_size=4
    )
)
def test_a_patch_body_reads_back(fields: dict[str, tuple[str, str]]) -> None:
    body = PatchBody("persons", uid(1), uid(2), 3, False, fields, visit=uid(4))
    assert PatchBody.from_json(parse_object(encode(body.to_json()))) == body


@pytest.mark.parametrize(
    "fields", [{}, {"a": ["x"]}, {"a": "x"}, {"a": [{}, 1]}, {"": [1, 2]}, {"a": [[1], None]}, None]
)
def test_a_patch_body_with_wrong_changes_is_a_bad_record(fields: Json) -> None:
    good = PatchBody("persons", uid(1), uid(2), 3, True, {"a": (None, "x")}).to_json()
    with pytest.raises(WireError) as caught:
        PatchBody.from_json({**good, "fields": fields})
    assert caught.value.slug == "bad-record"
