"""Functions on choices, identity and the form's texts."""

from __future__ import annotations

import math

from fieldapp.xform.expr.ast import Call
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.functions.registry import Registry
from fieldapp.xform.expr.runtime import Context, Fn, StringFn
from fieldapp.xform.values.convert import Value
from fieldapp.xform.values.crossing import crosses_itself
from fieldapp.xform.values.geo import area_m2, distance_m, inside, parse_geo
from fieldapp.xform.values.numbers import NAN

__all__ = ["FUNCTIONS"]

_registry = Registry()
FUNCTIONS = _registry.functions
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@_registry.plain("selected", "ss", "boolean")
def _selected(answer: str, choice: str) -> bool:
    wanted = choice.strip()
    return wanted in answer.split() if wanted else not answer.strip()


_registry.plain("count-selected", "s", "number")(lambda answer: float(len(answer.split())))


@_registry.plain("selected-at", "sn", "string")
def _selected_at(answer: str, at: float) -> str:
    chosen = answer.split()
    return chosen[int(at)] if at == at and 0 <= at < len(chosen) else ""


@_registry.plain("jr:choice-name", "ss", "string", world=True)
def _choice_name(c: Context, value: str, path: str) -> str:
    return c.run.choice_name(value, path, c)


@_registry.plain("jr:itext", "s", "string", world=True)
def _itext(c: Context, text_id: str) -> str:
    return c.run.itext(text_id)


@_registry.plain("property", "s", "string", world=True)
def _property(c: Context, name: str) -> str:
    return c.run.properties.get(name, "")


@_registry.plain("uuid", "?n", "string", world=True)
def _uuid(c: Context, length: float | None = None) -> str:
    """A fresh id, or ``length`` random letters and digits."""
    if length is None:
        return c.run.new_id()
    count = int(length) if math.isfinite(length) else 0
    return "".join(c.run.random.choice(_ALPHABET) for _ in range(max(0, min(count, 1000))))


@_registry.built("area", 1, 1, "number")
def _area(compiler: Compiler, call: Call) -> Fn:
    text = _geo_text(compiler, call)

    def run(c: Context) -> Value:
        points = parse_geo(text(c))
        return NAN if points is None else area_m2(points)

    return run


@_registry.built("distance", 1, None, "number")
def _distance(compiler: Compiler, call: Call) -> Fn:
    text = _geo_text(compiler, call)

    def run(c: Context) -> Value:
        points = parse_geo(text(c))
        return NAN if points is None else distance_m(points)

    return run


def _geo_text(compiler: Compiler, call: Call) -> StringFn:
    many = compiler.many(call.args)
    return lambda c: ";".join(part for value in many(c) if (part := str(value).strip().strip(";")))


@_registry.plain("geofence", "ss", "boolean")
def _geofence(point: str, ring: str) -> bool:
    """Say whether a geopoint lies within a geoshape."""
    place, shape = parse_geo(point), parse_geo(ring)
    return bool(place and shape and inside(place[0], shape))


@_registry.built("intersects", 1, 1, "boolean")
def _intersects(compiler: Compiler, call: Call) -> Fn:
    """Say whether a geotrace, a geoshape or the line through a node-set of geopoints crosses itself."""
    text = _geo_text(compiler, call)

    def run(c: Context) -> Value:
        points = parse_geo(text(c))
        return points is not None and crosses_itself(points)

    return run
