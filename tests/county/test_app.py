"""The county over HTTP: who may do what, and every refusal a problem document."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.common.files import DISK_FULL
from fieldapp.county.admission import Admission
from fieldapp.county.app import create_app
from fieldapp.county.devices import list_devices
from fieldapp.county.enrolling import issue_code
from fieldapp.county.setup import County
from fieldapp.county.tables import BatchRow, SessionRow
from fieldapp.tables.register import VisitRow
from fieldapp.wire.blob import seal_blob
from fieldapp.wire.enrolment import ask_enrolment, open_answer
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.problems import read_problem
from fieldapp.wire.receipt import open_receipt
from fieldapp.wire.session import sign_challenge
from tests.county.inprocess import InProcess
from tests.county.world import CODE, HELPER, Laptop, rows_of

BASE = "http://county.test"


class Caller:
    """A plain HTTP client of the app."""

    def __init__(self, county: County, admission: Admission | None = None) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount(BASE, InProcess(create_app(county, admission=admission)))
        self.token = ""

    def __call__(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] = b"",
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        signed = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self._session.request(
            method, BASE + path, data=body or None, headers={**signed, **(headers or {})}
        )

    def log_in(self, laptop: Laptop) -> None:
        nonce = self("POST", "/v1/challenge").json()["nonce"]
        signature = base64.b64encode(sign_challenge(laptop.signing, CODE, nonce)).decode()
        body = json.dumps({"key": laptop.signing.key_id, "nonce": nonce, "sig": signature}).encode()
        self.token = self("POST", "/v1/session", body).json()["token"]


@pytest.fixture
def call(county: County) -> Caller:
    return Caller(county)


@pytest.fixture
def signed_in(call: Caller, helper: Laptop) -> Caller:
    call.log_in(helper)
    return call


def slug(response: requests.Response) -> str:
    assert response.headers["Content-Type"] == "application/problem+json"
    error = read_problem(response.json())
    assert error is not None
    assert response.status_code == error.problem.status or response.status_code in (405,)
    return error.slug


def test_the_server_says_which_county_it_is(call: Caller) -> None:
    answer = call("GET", "/v1/hello").json()
    assert (answer["service"], answer["county"]) == ("fieldapp-county", CODE)


def test_a_laptop_enrols_over_http(call: Caller, county: County) -> None:
    file = issue_code(county, HELPER, url=BASE)
    request = ask_enrolment(
        file.code, sign_pub=SigningKey.generate().public, seal_pub=SealingKey.generate().public
    )
    response = call("POST", "/v1/enrol", request.to_bytes())
    assert open_answer(response.content, file.code, request).person == HELPER
    assert slug(call("POST", "/v1/enrol", b"{}")) == "bad-request"


def test_a_batch_is_created_once_and_then_replayed(signed_in: Caller, helper: Laptop) -> None:
    batch_id, data = helper.seal(helper.visit(1))
    first = signed_in("PUT", f"/v1/batches/{batch_id}", data)
    again = signed_in("PUT", f"/v1/batches/{batch_id}", data)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content == signed_in("GET", f"/v1/batches/{batch_id}/receipt").content
    assert open_receipt(first.content, helper.keys.receipt).outcomes[0].status == "stored"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/v1/batches/01900000-0000-7000-8000-000000000001"),
        ("GET", "/v1/batches/01900000-0000-7000-8000-000000000001/receipt"),
        ("GET", "/v1/changes"),
        ("POST", "/v1/blobs"),
        ("POST", "/v1/blobs/missing"),
        ("HEAD", "/v1/blobs/" + "0" * 64),
        ("PATCH", "/v1/blobs/" + "0" * 64),
    ],
)
@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer wrong", "Basic eA==", "Bearer " + "é"])
def test_without_a_session_nothing_is_told_or_written(
    call: Caller, county: County, method: str, path: str, authorization: str
) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    response = call(method, path, b"{}" if method != "GET" else b"", headers)
    assert response.status_code == 401
    if method != "HEAD":
        assert slug(response) == "session-invalid"
    assert not rows_of(county, BatchRow)
    assert not rows_of(county, SessionRow)


def test_a_photo_goes_up_in_parts(signed_in: Caller) -> None:
    content = seal_blob(b"photo" * 1000).content
    digest = hashlib.sha256(content).hexdigest()
    announced = signed_in(
        "POST", "/v1/blobs", json.dumps({"sha256": digest, "length": len(content)}).encode()
    )
    assert (announced.status_code, announced.headers["Upload-Offset"]) == (201, "0")
    assert signed_in("POST", "/v1/blobs/missing", json.dumps({"sha256": [digest]}).encode()).json() == {
        "missing": [digest]
    }
    for start, end in ((0, 2000), (2000, len(content))):
        part = content[start:end]
        told = base64.b64encode(hashlib.sha256(part).digest()).decode()
        headers = {"Upload-Offset": str(start), "Content-Digest": f"sha-256=:{told}:"}
        response = signed_in("PATCH", f"/v1/blobs/{digest}", part, headers)
        assert (response.status_code, response.headers["Upload-Offset"]) == (204, str(end))
    state = signed_in("HEAD", f"/v1/blobs/{digest}")
    assert state.headers["Upload-Offset"] == state.headers["Upload-Length"] == str(len(content))


def test_a_part_with_a_wrong_digest_or_place_is_refused(signed_in: Caller) -> None:
    digest = "ab" * 32
    signed_in("POST", "/v1/blobs", json.dumps({"sha256": digest, "length": 100}).encode())
    good = f"sha-256=:{base64.b64encode(hashlib.sha256(b'part').digest()).decode()}:"
    path = f"/v1/blobs/{digest}"
    assert slug(signed_in("PATCH", path, b"part", {"Upload-Offset": "0"})) == "digest-mismatch"
    assert (
        slug(signed_in("PATCH", path, b"trap", {"Upload-Offset": "0", "Content-Digest": good}))
        == "digest-mismatch"
    )
    assert slug(signed_in("PATCH", path, b"part", {"Content-Digest": good})) == "bad-request"
    mismatch = signed_in("PATCH", path, b"part", {"Upload-Offset": "7", "Content-Digest": good})
    assert slug(mismatch) == "offset-mismatch"
    assert mismatch.json()["offset"] == 0


def test_bodies_over_the_limit_are_refused(signed_in: Caller) -> None:
    path = "/v1/batches/01900000-0000-7000-8000-000000000001"
    assert slug(signed_in("PUT", path, bytes(8 * 1024 * 1024 + 1))) == "too-large"
    assert slug(signed_in("POST", "/v1/blobs", bytes(70_000))) == "too-large"
    endless = (bytes(1024 * 1024) for _ in range(9))
    assert slug(signed_in("PUT", path, endless)) == "too-large"


def test_a_full_house_says_when_to_come_again(county: County, helper: Laptop) -> None:
    for gate in (Admission(most_requests=0), Admission(most_bytes=10)):
        response = Caller(county, gate)("POST", "/v1/enrol", b"x" * 100)
        assert slug(response) == "busy"
        assert 4 <= int(response.headers["Retry-After"]) <= 16


def test_unknown_places_and_methods_are_problems_too(call: Caller) -> None:
    assert slug(call("GET", "/v1/nothing")) == "not-found"
    assert slug(call("GET", "/docs")) == "not-found"
    wrong = call("DELETE", "/v1/enrol")
    assert (wrong.status_code, slug(wrong)) == (405, "bad-request")


def test_a_parameter_of_a_wrong_kind_is_a_bad_request(signed_in: Caller) -> None:
    assert slug(signed_in("GET", "/v1/changes?limit=many")) == "bad-request"
    assert signed_in("GET", "/v1/changes?limit=-4").status_code == 200
    assert signed_in("GET", "/v1/changes?limit=99999999").status_code == 200


def test_a_full_disk_and_a_bug_are_told_without_details(
    signed_in: Caller, helper: Laptop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    batch_id, data = helper.seal(helper.visit(1))

    def full(*_: object) -> None:
        raise DISK_FULL(path="/secret/张三")

    def bug(*_: object) -> None:
        raise ZeroDivisionError("张三")

    monkeypatch.setattr("fieldapp.county.app.take_batch", full)
    response = signed_in("PUT", f"/v1/batches/{batch_id}", data)
    assert slug(response) == "storage-full"
    assert "张三" not in response.text
    monkeypatch.setattr("fieldapp.county.app.take_batch", bug)
    response = signed_in("PUT", f"/v1/batches/{batch_id}", data)
    assert slug(response) == "server-fault"
    assert "张三" not in response.text + caplog.text


def test_signing_in_needs_the_right_shape(call: Caller) -> None:
    for body in (b"", b"[]", b'{"key":1}', b'{"key":"a","nonce":"b","sig":"zz"}', b"\xff"):
        assert slug(call("POST", "/v1/session", body)) == "bad-request"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["GET", "POST", "PUT", "PATCH", "HEAD"]),
    st.sampled_from(
        ["/v1/enrol", "/v1/session", "/v1/changes", "/v1/blobs", "/v1/blobs/missing", "/v1/blobs/x"]
    )
    | st.text("abc/%0.", max_size=12).map(lambda text: "/v1/batches/" + text),
    st.binary(max_size=300)
    | st.text(max_size=50).map(lambda text: json.dumps({"sha256": text, "key": text}).encode()),
)
def test_no_request_crashes_the_server(signed_in: Caller, method: str, path: str, body: bytes) -> None:
    response = signed_in(method, path, body)
    assert response.status_code < 500


def test_a_laptop_that_only_talks_nonsense_changes_nothing(signed_in: Caller, county: County) -> None:
    for body in (b"", b"HVB1", b"HVB1" + bytes(500), b"{}"):
        response = signed_in("PUT", "/v1/batches/01900000-0000-7000-8000-000000000001", body)
        assert slug(response) == "bad-container"
    assert not rows_of(county, BatchRow)
    assert not rows_of(county, VisitRow)
    assert len(list_devices(county)) == 1
