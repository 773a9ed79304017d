"""``intersects()``: a walked boundary that crosses itself has no area."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.xform.values.crossing import crosses_itself
from fieldapp.xform.values.geo import Point
from tests.xform.scenario import form, open_form, value

_whole = st.integers(-4, 4)
_lines = st.lists(st.builds(Point, _whole.map(float), _whole.map(float)), max_size=8)


def _line(*places: tuple[float, float]) -> list[Point]:
    return [Point(*place) for place in places]


@pytest.mark.parametrize(
    ("places", "crosses"),
    [
        ([(0, 0), (1, 1)], False),
        ([(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)], False),  # a square
        ([(0, 0), (2, 2), (0, 2), (2, 0), (0, 0)], True),  # a bow tie
        ([(0, 0), (0, 2), (0, 1)], True),  # turned back
        ([(0, 0), (0, 1), (0, 2)], False),  # straight on
        ([(0, 0), (0, 2), (2, 2), (0, 1)], True),  # ends on its own first leg
        ([(0, 0), (0, 0), (0, 2), (0, 2), (2, 2), (0, 0)], False),  # repeated points
        ([(0, 0), (2, 2), (4, 0), (2, 2), (0, 4)], True),  # comes back over the same leg
        ([(0, 0), (0, 4), (2, 2), (0, 2), (0, 0)], True),  # the last leg runs over the first
        ([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4), (0, 0)], True),  # a corner touches a side
    ],
)
def test_a_line_that_meets_itself_is_told(places: list[tuple[float, float]], crosses: bool) -> None:
    assert crosses_itself(_line(*places)) is crosses


def _meets_by_counting(points: list[Point]) -> bool:
    """The same in fractions, every leg against every other."""
    legs = [(a, b) for a, b in pairwise(points) if a != b]
    closed = bool(legs) and legs[0][0] == legs[-1][1]
    for i, (a, b) in enumerate(legs):
        for j in range(i + 1, len(legs)):
            c, d = legs[j]
            allowed = {b} if j == i + 1 else set()
            if closed and i == 0 and j == len(legs) - 1:
                allowed = allowed | {a}
            if _common(a, b, c, d, allowed):
                return True
    return False


def _common(a: Point, b: Point, c: Point, d: Point, allowed: set[Point]) -> bool:
    from fractions import Fraction as F

    (ay, ax), (by, bx), (cy, cx), (dy, dx) = ((F(p.lat), F(p.lon)) for p in (a, b, c, d))
    ux, uy, vx, vy = bx - ax, by - ay, dx - cx, dy - cy
    area = ux * vy - uy * vx
    if area:
        t, s = ((cx - ax) * vy - (cy - ay) * vx) / area, ((cx - ax) * uy - (cy - ay) * ux) / area
        place = Point(float(ay + t * uy), float(ax + t * ux))
        return 0 <= t <= 1 and 0 <= s <= 1 and place not in allowed
    if (cx - ax) * uy != (cy - ay) * ux:
        return False
    length = ux * ux + uy * uy
    first, last = sorted(((x - ax) * ux + (y - ay) * uy) / length for x, y in ((cx, cy), (dx, dy)))
    low, high = max(first, F(0)), min(last, F(1))
    if low < high:
        return True
    return low == high and Point(float(ay + low * uy), float(ax + low * ux)) not in allowed


@given(_lines)
def test_it_is_what_exact_reckoning_says(points: list[Point]) -> None:
    assert crosses_itself(points) is _meets_by_counting(points)


@given(_lines)
def test_the_direction_of_the_walk_does_not_matter(points: list[Point]) -> None:
    assert crosses_itself(points) is crosses_itself(points[::-1])


def test_forms_ask_it_of_shapes_traces_and_points_of_a_repeat() -> None:
    xml = form(
        "<shape/><bad/><walk><at/></walk><many/>",
        '<bind nodeset="/data/shape" type="geoshape"/>'
        '<bind nodeset="/data/bad" calculate="intersects(/data/shape)"/>'
        '<bind nodeset="/data/walk/at" type="geopoint"/>'
        '<bind nodeset="/data/many" calculate="intersects(/data/walk/at)"/>',
        '<input ref="/data/shape"/><repeat nodeset="/data/walk"><input ref="/data/walk/at"/></repeat>',
    )
    places = ["33.0 113.0", "33.2 113.2", "33.0 113.2", "33.2 113.0"]
    session = open_form(xml, prefill={f"/data/walk[{n}]/at": at for n, at in enumerate(places, start=1)})
    assert value(session, "/data/bad") == "false"  # nothing walked yet
    assert value(session, "/data/many") == "true"
    session.set("/data/shape", ";".join([*places, places[0]]))
    assert value(session, "/data/bad") == "true"
    session.set("/data/shape", ";".join([places[0], places[2], places[1], places[3], places[0]]))
    assert value(session, "/data/bad") == "false"
    session.set("/data/shape", "somewhere")
    assert value(session, "/data/bad") == "false"
