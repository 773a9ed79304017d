"""Known errors: what the environment or a person's input can cause, with a code, a sentence and a remedy.

A *known* error (disk full, wrong password, bad workbook) is shown to the user in Chinese with the English
beside it and never loses data. Anything else is a bug and goes to the crash handler. Each room declares its
errors once, in its own ``errors.py``, with :func:`define`; ``docs/errors.md`` is generated from the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ErrorSpec", "KnownError", "catalogue", "define"]

_CODE = re.compile(r"^[A-Z]{3,8}-\d{3}$")
_catalogue: dict[str, ErrorSpec] = {}


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """One row of the catalogue. The texts are ``str.format`` templates over the error's details."""

    code: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str

    def __call__(self, **details: object) -> KnownError:
        """Return the error, ready to be raised, with its details filled in."""
        return KnownError(self, details)


class KnownError(Exception):
    """An error the catalogue knows. ``str()`` gives code and both sentences; it must carry no secret."""

    def __init__(self, spec: ErrorSpec, details: dict[str, object]) -> None:
        self.spec = spec
        self.details = details
        super().__init__(f"{spec.code} {self.zh} / {self.en}")

    @property
    def code(self) -> str:
        return self.spec.code

    @property
    def zh(self) -> str:
        return self.spec.zh.format(**self.details)

    @property
    def en(self) -> str:
        return self.spec.en.format(**self.details)

    @property
    def remedy_zh(self) -> str:
        return self.spec.remedy_zh.format(**self.details)

    @property
    def remedy_en(self) -> str:
        return self.spec.remedy_en.format(**self.details)

    def as_json(self) -> dict[str, object]:
        """Return what commands print with ``--json``: code, sentences, remedies, details as strings."""
        return {
            "code": self.code,
            "zh": self.zh,
            "en": self.en,
            "remedy_zh": self.remedy_zh,
            "remedy_en": self.remedy_en,
            "details": {name: str(value) for name, value in self.details.items()},
        }


def define(code: str, *, zh: str, en: str, remedy_zh: str, remedy_en: str) -> ErrorSpec:
    """Declare an error. Raises ValueError when the code is malformed or taken by another text."""
    if not _CODE.match(code):
        raise ValueError(f"malformed error code {code!r}")
    spec = ErrorSpec(code, zh, en, remedy_zh, remedy_en)
    if _catalogue.setdefault(code, spec) != spec:
        raise ValueError(f"error code {code} is declared twice")
    return spec


def catalogue() -> dict[str, ErrorSpec]:
    """Return every error declared by the rooms imported so far, by code."""
    return dict(sorted(_catalogue.items()))
