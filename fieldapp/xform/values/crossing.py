"""Whether a line crosses or touches itself: what ``intersects()`` asks of a trace or a shape."""

from __future__ import annotations

from fieldapp.xform.values.geo import Point

__all__ = ["crosses_itself"]


def crosses_itself(points: list[Point]) -> bool:
    """Say whether two legs of the line through ``points`` share a place where they do not follow on one another.

    As in ODK Collect 2025.4: consecutive legs meet in their common point and may not fold back over each other, a
    closed line's last leg follows on its first, repeated points count once. Degrees are taken as plane coordinates.
    """
    legs = [(a, b) for a, b in zip(points, points[1:], strict=False) if a != b]
    closed = bool(legs) and legs[0][0] == legs[-1][1]
    last = len(legs) - 1
    order = sorted(range(len(legs)), key=lambda at: min(legs[at][0].lon, legs[at][1].lon))
    for place, one in enumerate(order):
        east = max(legs[one][0].lon, legs[one][1].lon)
        for other in order[place + 1 :]:
            if min(legs[other][0].lon, legs[other][1].lon) > east:
                break  # this leg and all after it lie further east
            first, second = sorted((one, other))
            if second == first + 1:
                met = _folds_back(*legs[first], legs[second][1])
            else:
                met = _meet(legs[first], legs[second])
            if closed and first == 0 and second == last:
                met = _folds_back(*legs[second], legs[first][1])
            if met:
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> float:
    """Return to which side of the line from ``a`` to ``b`` lies ``c``: its sign, 0 on the line."""
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)


def _folds_back(a: Point, b: Point, c: Point) -> bool:
    """Say whether the way a → b → c goes back over itself."""
    ahead = (b.lon - a.lon) * (c.lon - b.lon) + (b.lat - a.lat) * (c.lat - b.lat)
    return ahead < 0 and _turn(a, b, c) == 0


def _between(a: Point, b: Point, c: Point) -> bool:
    """Say whether ``c``, which lies on the line through ``a`` and ``b``, lies between them."""
    return min(a.lat, b.lat) <= c.lat <= max(a.lat, b.lat) and min(a.lon, b.lon) <= c.lon <= max(a.lon, b.lon)


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Say whether two legs have a place in common."""
    (a, b), (c, d) = one, other
    turns = (_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b))
    if (turns[0] > 0) != (turns[1] > 0) and (turns[2] > 0) != (turns[3] > 0) and all(turns):
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _between(*end) for turn, end in zip(turns, ends, strict=True))
