"""A position from a GPS receiver on a serial port (a USB “mouse” or a Bluetooth one): NMEA 0183, read until it is sure.

Most receivers speak NMEA at 4800 or 9600 baud. Only the sentence GGA is read: it has position, height and how good the
fix is. Nothing is read until a person asks; nothing is kept but the answer.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fieldapp.common.tasks import CancelToken
from fieldapp.services.errors import NO_FIX, NO_RECEIVER, RECEIVER_BUSY

__all__ = ["Position", "read_gga", "read_position", "receivers"]

_SPEEDS = (9600, 4800)
_SENTENCE = re.compile(r"^\$(?P<body>G[A-Z]GGA,[^*$]*)\*(?P<sum>[0-9A-Fa-f]{2})\s*$")
#: Metres of error a unit of HDOP stands for with an ordinary receiver.
_METRES_A_HDOP = 5.0
_FIELDS = 10
_LISTEN_S = 3.0


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east, metres of height, and how many metres it may be wrong."""

    latitude: float
    longitude: float
    height: float
    accuracy: float

    def answer(self) -> str:
        """Return it as a form stores a geopoint."""
        return f"{self.latitude:.6f} {self.longitude:.6f} {self.height:.1f} {self.accuracy:.1f}"


def receivers() -> list[str]:
    """Return the serial ports that a receiver may be on; what is plugged into USB comes first."""
    from serial.tools.list_ports import comports

    ports = sorted(comports(), key=lambda port: (port.vid is None, str(port.device)))
    return [str(port.device) for port in ports]


def read_position(
    cancel: CancelToken | None = None,
    *,
    seconds: float = 60.0,
    ports: Callable[[], Iterable[str]] = receivers,
) -> Position:
    """Ask every port in turn for a position. Raises GPS-001 when no receiver answers, GPS-002 when it sees no satellites
    in time, GPS-003 when its port is in use; TASK-001 when cancelled.
    """
    busy = spoke = False
    for port in ports():
        try:
            found, heard = _listen(port, seconds, cancel)
        except OSError:
            busy = True
            continue
        if found is not None:
            return found
        spoke = spoke or heard
    raise NO_FIX() if spoke else RECEIVER_BUSY() if busy else NO_RECEIVER()


def _listen(port: str, seconds: float, cancel: CancelToken | None) -> tuple[Position | None, bool]:
    """Return the first fix of a port, and whether anything there spoke NMEA at all. Raises OSError."""
    from serial import Serial, SerialException

    for speed in _SPEEDS:
        try:
            with Serial(port, speed, timeout=0.3) as line:
                heard, begun = False, time.monotonic()
                while time.monotonic() - begun < (seconds if heard else _LISTEN_S):
                    if cancel is not None:
                        cancel.check()
                    text = line.readline().decode("ascii", "replace").strip()
                    heard = heard or (text.startswith("$G") and "," in text)
                    if (found := read_gga(text)) is not None:
                        return found, True
                if heard:
                    return None, True
        except SerialException as error:
            raise OSError(str(error)) from error
    return None, False


def read_gga(text: str) -> Position | None:
    """Return the position of a GGA sentence; None for another sentence, a wrong sum, or no fix."""
    match = _SENTENCE.match(text)
    if match is None or _sum(match["body"]) != int(match["sum"], 16):
        return None
    parts = match["body"].split(",")
    if len(parts) < _FIELDS or parts[6] in ("", "0"):
        return None
    try:
        latitude = _degrees(parts[2], parts[3], "NS")
        longitude = _degrees(parts[4], parts[5], "EW")
        hdop = float(parts[8] or 1)
        height = float(parts[9] or 0)
    except ValueError:
        return None
    sound = all(map(math.isfinite, (latitude, longitude, hdop, height)))
    if not sound or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Position(latitude, longitude, height, hdop * _METRES_A_HDOP)


def _degrees(text: str, side: str, sides: str) -> float:
    """Read ``ddmm.mmmm`` with its side. Raises ValueError."""
    if not side or side not in sides:
        raise ValueError(side)
    whole, _, fraction = text.partition(".")
    minutes = float(f"{whole[-2:]}.{fraction or 0}")
    degrees = float(whole[:-2] or 0) + minutes / 60
    return degrees if side == sides[0] else -degrees


def _sum(body: str) -> int:
    total = 0
    for character in body:
        total ^= ord(character)
    return total
