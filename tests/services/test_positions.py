"""A position from a receiver: sentences of NMEA, and a real serial line (a pseudo-terminal) with somebody at its end."""

from __future__ import annotations

import os
import pty
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken
from fieldapp.services.positions import read_gga, read_position

FIX = "GPGGA,013000.00,3351.2340,N,11329.5670,E,1,08,0.9,88.4,M,-12.0,M,,"
NO_FIX_YET = "GPGGA,013000.00,,,,,0,00,99.9,,,,,,"


def sentence(body: str) -> str:
    total = 0
    for character in body:
        total ^= ord(character)
    return f"${body}*{total:02X}"


def test_a_sentence_is_degrees_minutes_and_metres() -> None:
    found = read_gga(sentence(FIX))
    assert found is not None
    assert (round(found.latitude, 6), round(found.longitude, 6)) == (33.8539, 113.492783)
    assert (found.height, found.accuracy) == (88.4, 4.5)
    assert found.answer() == "33.853900 113.492783 88.4 4.5"


def test_south_and_west_are_negative() -> None:
    found = read_gga(sentence(FIX.replace(",N,", ",S,").replace(",E,", ",W,")))
    assert found is not None
    assert found.latitude < 0 > found.longitude


@pytest.mark.parametrize(
    "text",
    [
        "",
        sentence(NO_FIX_YET),
        sentence(FIX)[:-2] + "00",
        sentence(FIX.replace("GPGGA", "GPRMC")),
        sentence(FIX.replace("3351.2340", "9951.2340")),
        sentence(FIX.replace("3351.2340", "thirty")),
        sentence("GPGGA,1,2,3"),
        sentence(FIX.replace(",N,", ",X,")),
        sentence(",".join("nan" if at == 8 else part for at, part in enumerate(FIX.split(",")))),
    ],
)
def test_what_is_no_fix_is_none(text: str) -> None:
    assert read_gga(text) is None


@given(st.text(max_size=120))
def test_noise_on_the_line_never_breaks_the_reading(text: str) -> None:
    read_gga(text)
    read_gga(f"$GPGGA,{text}*00")


@contextmanager
def receiver(*lines: str) -> Iterator[str]:
    """Yield a port at whose other end these lines are said over and over."""
    outer, inner = pty.openpty()
    name, ended = os.ttyname(inner), threading.Event()

    def speak() -> None:
        while not ended.wait(0.02):
            for line in lines:
                os.write(outer, f"{line}\r\n".encode("ascii"))

    voice = threading.Thread(target=speak, daemon=True)
    voice.start()
    try:
        yield name
    finally:
        ended.set()
        voice.join()
        os.close(outer)
        os.close(inner)


def at(*names: str) -> Callable[[], list[str]]:
    return lambda: list(names)


def test_a_receiver_is_read_from_its_port() -> None:
    with receiver("$GPRMC,noise", sentence(NO_FIX_YET), sentence(FIX)) as port:
        assert read_position(ports=at(port)).answer() == "33.853900 113.492783 88.4 4.5"


def test_a_receiver_without_satellites_says_so() -> None:
    with receiver(sentence(NO_FIX_YET)) as port, pytest.raises(KnownError) as told:
        read_position(seconds=0.3, ports=at(port))
    assert told.value.code == "GPS-002"


def test_without_a_receiver_that_is_said() -> None:
    with pytest.raises(KnownError) as told:
        read_position(ports=at())
    assert told.value.code == "GPS-001"


def test_a_port_that_does_not_open_is_said_and_the_next_one_is_asked() -> None:
    with pytest.raises(KnownError) as told:
        read_position(ports=at("/dev/none-such"))
    assert told.value.code == "GPS-003"
    with receiver(sentence(FIX)) as port:
        assert read_position(ports=at("/dev/none-such", port)).height == 88.4


def test_it_stops_when_it_is_told_to() -> None:
    cancel = CancelToken()
    with receiver(sentence(NO_FIX_YET)) as port:
        threading.Timer(0.2, cancel.cancel).start()
        begun = time.monotonic()
        with pytest.raises(KnownError) as told:
            read_position(cancel, ports=at(port))
    assert told.value.code == "TASK-001"
    assert time.monotonic() - begun < 20
