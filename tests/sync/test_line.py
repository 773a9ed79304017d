"""The session that opens itself, waits when asked to and watches the clock."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from fieldapp.common.errors import KnownError
from fieldapp.county.admission import Admission
from fieldapp.county.app import create_app
from fieldapp.county.setup import County
from fieldapp.sync.line import Line
from fieldapp.sync.transport import Transport
from tests.county.inprocess import InProcess
from tests.sync.world import ADDRESS, Client, moved


class Scripted(InProcess):
    """Gives some answers of its own before it lets the county speak."""

    def __init__(self, app: Any, *answers: tuple[int, dict[str, str], bytes]) -> None:
        super().__init__(app)
        self._answers = list(answers)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(request, *args, **kwargs)
        if self._answers:
            assert response.content is not None  # read, so that what is put in its place counts
            response.status_code, headers, response._content = self._answers.pop(0)
            response.headers = requests.structures.CaseInsensitiveDict(headers)
        return response


def line(laptop: Client, wire: InProcess, **changes: Any) -> Line:
    return Line(laptop.identity, Transport(ADDRESS, adapter=wire), laptop.clock, **changes)


def test_a_busy_server_is_waited_for_within_ones_patience(laptop: Client, county: County) -> None:
    busy = (503, {"Retry-After": "9"}, b"")
    pauses: list[float] = []
    patient = line(laptop, Scripted(create_app(county), busy, busy), patience_s=20, pause=pauses.append)
    assert patient.call("GET", "/v1/changes").status == 200
    assert pauses == [9, 9]
    impatient = line(laptop, Scripted(create_app(county), busy), patience_s=5, pause=pauses.append)
    with pytest.raises(KnownError) as caught:
        impatient.call("GET", "/v1/changes")
    assert caught.value.code == "SYNC-007"
    assert pauses == [9, 9]


def test_the_countys_own_busy_problem_is_waited_for_too(laptop: Client, county: County) -> None:
    pauses: list[float] = []
    wire = InProcess(create_app(county, admission=Admission(most_requests=0)))
    with pytest.raises(KnownError) as caught:
        line(laptop, wire, patience_s=40, pause=pauses.append).call("GET", "/v1/changes")
    assert caught.value.code == "WIRE-023"
    assert pauses
    assert all(4 <= pause <= 16 for pause in pauses)
    assert sum(pauses) <= 40


@pytest.mark.parametrize("content", [b"", b"[]", b'{"other":1}', b'{"nonce":5}', b"\xff"])
def test_a_challenge_that_makes_no_sense_is_not_the_county(
    laptop: Client, county: County, content: bytes
) -> None:
    wire = Scripted(create_app(county), (200, {"Content-Type": "application/json"}, content))
    with pytest.raises(KnownError) as caught:
        line(laptop, wire).call("GET", "/v1/changes")
    assert caught.value.code == "SYNC-003"


def test_a_laptop_of_another_county_cannot_sign_in(laptop: Client, county: County) -> None:
    stranger = moved(laptop.identity, county="110101")
    wire = InProcess(create_app(county))
    with pytest.raises(KnownError) as caught:
        Line(stranger, Transport(ADDRESS, adapter=wire), laptop.clock).call("GET", "/v1/changes")
    assert caught.value.code == "WIRE-002"
