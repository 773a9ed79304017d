"""Geometry answers: points, traces and shapes as ODK writes them (``lat lon [alt [accuracy]]; …``)."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

__all__ = ["Point", "area_m2", "distance_m", "inside", "parse_geo", "valid_geo"]

#: Mean radius used by JavaRosa and Enketo, metres.
_RADIUS_M: Final = 6_378_100.0


class Point(NamedTuple):
    """A place in WGS 84 degrees."""

    lat: float
    lon: float


def _point(text: str) -> Point | None:
    parts = text.split()
    if not 2 <= len(parts) <= 4:
        return None
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    lat, lon = numbers[:2]
    if not (abs(lat) <= 90 and abs(lon) <= 180) or not all(map(math.isfinite, numbers)):
        return None
    return Point(lat, lon)


def parse_geo(text: str) -> list[Point] | None:
    """Return the points of a geopoint, geotrace or geoshape; None when one of them is no place."""
    points: list[Point] = []
    for part in text.strip().strip(";").split(";"):
        point = _point(part)
        if point is None:
            return None
        points.append(point)
    return points


def valid_geo(text: str, kind: str) -> bool:
    """Say whether ``text`` is an answer of ``kind`` (geopoint, geotrace, geoshape)."""
    points = parse_geo(text)
    if points is None:
        return False
    if kind == "geopoint":
        return len(points) == 1
    if kind == "geotrace":
        return len(points) >= 2
    return len(points) >= 4 and points[0] == points[-1]


def distance_m(points: list[Point]) -> float:
    """Return the length of the line through ``points`` on the sphere, metres."""
    return sum(_leg(a, b) for a, b in zip(points, points[1:], strict=False))


def _leg(a: Point, b: Point) -> float:
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    cosine = math.sin(lat_a) * math.sin(lat_b) + math.cos(lat_a) * math.cos(lat_b) * math.cos(
        math.radians(a.lon - b.lon)
    )
    return math.acos(max(-1.0, min(1.0, cosine))) * _RADIUS_M if a != b else 0.0


def area_m2(points: list[Point]) -> float:
    """Return the area of the ring through ``points`` (closed or not), square metres."""
    if len(points) < 3:
        return 0.0
    ring = points if points[0] == points[-1] else [*points, points[0]]
    total = 0.0
    for a, b in zip(ring, ring[1:], strict=False):
        total += math.radians(b.lon - a.lon) * (
            2 + math.sin(math.radians(a.lat)) + math.sin(math.radians(b.lat))
        )
    return abs(total * _RADIUS_M * _RADIUS_M / 2)


def inside(point: Point, ring: list[Point]) -> bool:
    """Say whether ``point`` lies in the closed ``ring`` (ray casting, edges by the half-open rule)."""
    odd = False
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (a.lat > point.lat) != (b.lat > point.lat):
            crossing = (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat) + a.lon
            odd ^= point.lon < crossing
    return odd
