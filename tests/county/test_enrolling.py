"""One-time codes, enrolment, sessions."""

from __future__ import annotations

import pytest

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import KnownError
from fieldapp.county.devices import list_devices, revoke_device
from fieldapp.county.enrolling import MOST_WRONG_TRIES, enrol, issue_code
from fieldapp.county.sessions import NONCE_LIFE_S, SESSION_LIFE_S, authenticate, make_nonce, open_session
from fieldapp.county.setup import County
from fieldapp.county.tables import CodeRow, SessionRow
from fieldapp.wire.code import EnrolmentCode, EnrolmentFile
from fieldapp.wire.enrolment import EnrolmentRequest, ask_enrolment, open_answer
from fieldapp.wire.keys import SealingKey, SigningKey
from fieldapp.wire.problems import WireError
from fieldapp.wire.session import sign_challenge
from tests.county.world import CODE, HELPER, Laptop, enrolled, rows_of


def fresh_request(code: EnrolmentCode, person: str = "") -> EnrolmentRequest:
    return ask_enrolment(
        code, sign_pub=SigningKey.generate().public, seal_pub=SealingKey.generate().public, person=person
    )


def refusal(county: County, request: EnrolmentRequest) -> str:
    with pytest.raises(WireError) as caught:
        enrol(county, request)
    return caught.value.slug


def later(county: County, **delta: float) -> None:
    assert isinstance(county.clock, FixedClock)
    county.clock.advance(**delta)


def test_a_code_enrols_one_laptop_of_its_cadre(county: County) -> None:
    file = issue_code(county, HELPER, url="https://county:8443")
    request = fresh_request(file.code, file.person)
    answer = open_answer(enrol(county, request), file.code, request)
    assert (answer.person, answer.person_name, answer.county, answer.epoch) == (HELPER, "李帮扶", CODE, 1)
    assert answer.keys == county.keys.public
    assert [device.id for device in list_devices(county)] == [answer.device]
    assert refusal(county, fresh_request(file.code)) == "code-unknown"


def test_the_same_request_gets_the_same_answer_when_it_was_lost(county: County) -> None:
    code = issue_code(county, HELPER, url="http://x").code
    request = fresh_request(code)
    assert enrol(county, request) == enrol(county, request)
    assert len(list_devices(county)) == 1


def test_the_secret_of_a_code_is_not_in_the_database(county: County) -> None:
    code = issue_code(county, HELPER, url="http://x").code
    (row,) = rows_of(county, CodeRow)
    assert all(code.secret != value for value in row)


def test_five_wrong_tries_kill_a_code(county: County) -> None:
    code = issue_code(county, HELPER, url="http://x").code
    good = fresh_request(code)
    guess = EnrolmentRequest(good.code_id, good.sign_pub, good.seal_pub, good.person, "00" * 32)
    assert [refusal(county, guess) for _ in range(MOST_WRONG_TRIES)] == ["code-wrong"] * MOST_WRONG_TRIES
    assert refusal(county, good) == "code-unknown"
    assert not list_devices(county)


def test_a_code_expires(county: County) -> None:
    code = issue_code(county, HELPER, url="http://x", valid_hours=2).code
    later(county, hours=3)
    assert refusal(county, fresh_request(code)) == "code-expired"


def test_a_code_is_for_its_cadre_only(county: County) -> None:
    code = issue_code(county, HELPER, url="http://x").code
    assert refusal(county, fresh_request(code, "somebody else")) == "bad-request"


def test_no_code_for_somebody_the_county_does_not_know(county: County) -> None:
    with pytest.raises(KnownError) as caught:
        issue_code(county, "nobody", url="http://x")
    assert caught.value.code == "COUNTY-007"


def test_a_second_laptop_of_a_cadre_begins_a_new_epoch(county: County) -> None:
    enrolled(county, HELPER)
    enrolled(county, HELPER)
    assert [device.epoch for device in list_devices(county)] == [1, 2]


def test_a_key_that_is_enrolled_cannot_enrol_again(county: County, helper: Laptop) -> None:
    code = issue_code(county, HELPER, url="http://x").code
    request = ask_enrolment(code, sign_pub=helper.signing.public, seal_pub=helper.sealing.public)
    assert refusal(county, request) == "bad-request"


def test_the_file_reads_back(county: County) -> None:
    file = issue_code(county, HELPER, url="https://county:8443", ca="PEM")
    assert EnrolmentFile.read(file.to_bytes()) == file


def test_a_signed_nonce_opens_one_session_for_an_hour(county: County, helper: Laptop) -> None:
    nonce = make_nonce(county)
    key, signature = helper.signing.key_id, sign_challenge(helper.signing, CODE, nonce)
    token, _ = open_session(county, key, nonce, signature)
    assert authenticate(county, token).id == helper.device_id
    with pytest.raises(WireError) as again:
        open_session(county, key, nonce, signature)
    assert again.value.slug == "session-invalid"
    later(county, seconds=SESSION_LIFE_S + 1)
    with pytest.raises(WireError) as expired:
        authenticate(county, token)
    assert expired.value.slug == "session-invalid"


def test_an_old_forged_or_foreign_nonce_opens_nothing(county: County, helper: Laptop) -> None:
    nonce = make_nonce(county)
    later(county, seconds=NONCE_LIFE_S + 1)
    for text in (nonce, "", "AAAA", nonce[:-4] + "AAAA", "é" * 20, make_nonce(county).swapcase()):
        with pytest.raises(WireError) as caught:
            open_session(county, helper.signing.key_id, text, sign_challenge(helper.signing, CODE, text))
        assert caught.value.slug == "session-invalid"
    assert not rows_of(county, SessionRow)


def test_a_stranger_or_a_wrong_signature_opens_nothing(county: County, helper: Laptop) -> None:
    nonce = make_nonce(county)
    stranger = SigningKey.generate()
    with pytest.raises(WireError) as unknown:
        open_session(county, stranger.key_id, nonce, sign_challenge(stranger, CODE, nonce))
    with pytest.raises(WireError) as wrong:
        open_session(county, helper.signing.key_id, nonce, sign_challenge(stranger, CODE, nonce))
    assert (unknown.value.slug, wrong.value.slug) == ("device-unknown", "signature")
    assert not rows_of(county, SessionRow)


def test_asking_for_nonces_writes_nothing(county: County) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in county.folder.iterdir()}
    for _ in range(100):
        make_nonce(county)
    assert {path.name: path.stat().st_mtime_ns for path in county.folder.iterdir()} == before


def test_any_text_may_be_shown_as_a_token(county: County) -> None:
    for token in ("", "x", "\ud800", "' or 1=1"):
        with pytest.raises(WireError) as caught:
            authenticate(county, token)
        assert caught.value.slug == "session-invalid"


def test_revoking_an_unknown_laptop_is_told(county: County) -> None:
    with pytest.raises(KnownError) as caught:
        revoke_device(county, "nothing")
    assert caught.value.code == "COUNTY-008"
