"""The one JSON that is hashed and signed: sorted keys, no spaces, UTF-8, no floats, no NUL.

Floats are left out because two languages print them differently; amounts travel as text. NUL and lone
surrogates are left out because PostgreSQL and UTF-8 cannot hold them. Reading is as strict as writing:
duplicate keys, floats, NaN, integers beyond 64 bits and endless nesting are all ``ValueError``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NoReturn, TypeAlias

__all__ = ["Json", "encode", "parse", "parse_object"]

Json: TypeAlias = "str | int | bool | None | list[Json] | dict[str, Json]"

_LARGEST = 2**63


def encode(value: object) -> bytes:
    """Return the canonical bytes of ``value``. Raises ValueError for what canonical JSON cannot hold."""
    try:
        plain = _plain(value)
        return json.dumps(
            plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        ).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None


def parse(data: bytes) -> Json:
    """Return the value written in ``data``. Raises ValueError, whatever the bytes are."""
    try:
        value: Json = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            parse_int=_bounded,
        )
        encode(value)
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at {error.pos}") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def parse_object(data: bytes) -> dict[str, Json]:
    """Return the JSON object written in ``data``. Raises ValueError."""
    value = parse(data)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _plain(value: object) -> Json:
    match value:
        case None | bool():
            return value
        case str():
            return _text(value)
        case int():
            if not -_LARGEST <= value < _LARGEST:
                raise ValueError("integer beyond 64 bits")
            return int(value)
        case Mapping():
            if not all(isinstance(name, str) for name in value):
                raise ValueError("a key is not text")
            return {_text(name): _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _text(value: str) -> str:
    if "\x00" in value:
        raise ValueError("NUL in a text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("lone surrogate in a text") from None
    return str(value)


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse_number(_: str) -> NoReturn:
    raise ValueError("only whole numbers are allowed")


def _bounded(text: str) -> int:
    if len(text) > 20:
        raise ValueError("integer beyond 64 bits")
    return int(text)
