"""Typed reading of JSON objects from outside: each getter returns the value or raises ``ValueError`` naming the field."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime

__all__ = ["Fields", "base64_text", "is_moment", "is_uuid", "sha256_pattern"]

sha256_pattern = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


def is_uuid(text: str) -> bool:
    """Tell whether ``text`` is a UUID in its canonical spelling."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Tell whether ``text`` is an ISO-8601 moment in UTC that ends with Z."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def base64_text(data: bytes) -> str:
    """Return standard base64, as keys and signatures are written in JSON."""
    return base64.b64encode(data).decode("ascii")


class Fields:
    """A JSON object being read."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str, *, longest: int = 256, empty: bool = False) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or len(value) > longest or not (value or empty):
            raise ValueError(name)
        return value

    def optional_text(self, name: str, *, longest: int = 256) -> str | None:
        if self._values.get(name) is None:
            return None
        return self.text(name, longest=longest)

    def integer(self, name: str, *, least: int = 0, most: int = 2**62) -> int:
        value = self._values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(name)
        return value

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise ValueError(name)
        return value

    def identifier(self, name: str) -> str:
        value = self.text(name)
        if not is_uuid(value):
            raise ValueError(name)
        return value

    def optional_identifier(self, name: str) -> str | None:
        return None if self._values.get(name) is None else self.identifier(name)

    def digest(self, name: str) -> str:
        value = self.text(name)
        if not sha256_pattern.fullmatch(value):
            raise ValueError(name)
        return value

    def moment(self, name: str) -> str:
        value = self.text(name)
        if not is_moment(value):
            raise ValueError(name)
        return value

    def day(self, name: str) -> str:
        value = self.text(name)
        try:
            canonical = date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(name) from None
        if canonical != value:
            raise ValueError(name)
        return value

    def octets(self, name: str, *, length: int) -> bytes:
        try:
            value = base64.b64decode(self.text(name), validate=True)
        except binascii.Error:
            raise ValueError(name) from None
        if len(value) != length:
            raise ValueError(name)
        return value

    def objects(self, name: str, *, most: int) -> list[Fields]:
        value = self._values.get(name)
        if not isinstance(value, list) or len(value) > most:
            raise ValueError(name)
        if not all(isinstance(item, Mapping) for item in value):
            raise ValueError(name)
        return [Fields(item) for item in value]

    def mapping(self, name: str) -> Mapping[str, object]:
        value = self._values.get(name)
        if not isinstance(value, Mapping):
            raise ValueError(name)
        return value
