"""Which licence a locked distribution has, read from its own metadata, and whether we may ship it."""

from __future__ import annotations

import re
from importlib import metadata

from tests.packaging.locks import Pin

__all__ = ["BY_NAME", "PERMISSIVE", "TOOLS", "chosen", "licence_of", "page_of", "refused"]

# Licences that ask for no more than their notice.
PERMISSIVE = frozenset(
    [
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "PSF-2.0",
        "Public-Domain",
        "Zlib",
    ]
)
# Weak copyleft is let in one by one: shipped unchanged, as separate files that can be replaced.
BY_NAME = {
    "certifi": "MPL-2.0",
    "docxtpl": "LGPL-2.1-only",
    "pikepdf": "MPL-2.0",
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}
# Tools of the developer that no user receives. PyInstaller's exception leaves what it builds to us; of the hooks
# only those under Apache go into what it builds.
TOOLS = {
    "hypothesis": "MPL-2.0",
    "pathspec": "MPL-2.0",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyinstaller-hooks-contrib": "Apache-2.0 AND GPL-2.0-only",
}
# What metadata says in other words, as SPDX.
_WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Public Domain": "Public-Domain",
}
# Metadata that names no licence: what the licence file in the distribution says, and words that prove it.
_BY_FILE = {
    "pyxform": ("BSD-2-Clause", "Redistribution and use in source and binary forms"),
    "sqlcipher3": ("Zlib", "This notice may not be removed or altered from any source distribution"),
}
# Locked for other systems only, so never installed where this is read on Linux.
_ELSEWHERE = {
    "colorama": "BSD-3-Clause",
    "macholib": "MIT",
    "pefile": "MIT",
    "pywin32-ctypes": "BSD-3-Clause",
}


def _field(about: metadata.PackageMetadata, name: str) -> str:
    return about[name] if name in about else ""  # noqa: SIM401 - its type has no get


def _by_file(name: str, distribution: metadata.Distribution) -> str:
    licence, words = _BY_FILE[name]
    for file in distribution.files or []:
        if "LICENSE" in file.name.upper() and words in " ".join(file.read_text("utf-8").split()):
            return licence
    raise LookupError(f"the licence file of {name} no longer says {words!r}")


def _said(distribution: metadata.Distribution) -> str:
    """What the metadata says: the expression, else the licence line, else the classifiers."""
    about = distribution.metadata
    line = _field(about, "License-Expression") or _field(about, "License")
    classifiers = [
        item.split(" :: ")[-1] for item in about.get_all("Classifier") or [] if item.startswith("License")
    ]
    if line.startswith("GPLv2-or-later with a special exception"):
        return "GPL-2.0-or-later WITH Bootloader-exception"
    if line in _WORDS or " :: " not in line and re.fullmatch(r"[\w.+-]+( (OR|AND|WITH) [\w.+-]+)*", line):
        return _WORDS.get(line, line)
    return " AND ".join(dict.fromkeys(_WORDS.get(item, item) for item in classifiers))


def licence_of(pin: Pin) -> str:
    """Return the SPDX expression of ``pin``. Raises LookupError when nothing says it."""
    if pin.name in _ELSEWHERE and pin.marker:
        return _ELSEWHERE[pin.name]
    try:
        distribution = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        raise LookupError(f"{pin.name} is locked but not installed, so its licence is unknown") from None
    said = _by_file(pin.name, distribution) if pin.name in _BY_FILE else _said(distribution)
    if not said:
        raise LookupError(f"{pin.name} names no licence")
    return said


def chosen(expression: str, also: str = "") -> str | None:
    """Return the part of ``expression`` we use it under: the first alternative that is permissive or ``also``."""
    for alternative in expression.split(" OR "):
        if alternative == also or all(part in PERMISSIVE for part in alternative.split(" AND ")):
            return alternative
    return None


def refused(locked: list[Pin], allowed: dict[str, str]) -> list[str]:
    """Return a line for every pin that is neither permissive nor in ``allowed`` with that very licence."""
    expressions = [(pin, licence_of(pin)) for pin in locked]
    wrong = [(pin, said) for pin, said in expressions if chosen(said, allowed.get(pin.name, "")) is None]
    return [f"{pin.name} {pin.version}: {said}" for pin, said in wrong]


def page_of(name: str) -> str:
    """Return the project's own page (homepage, else source), never a registry's."""
    about = metadata.distribution(name).metadata
    pages: dict[str, str] = {}
    for line in about.get_all("Project-URL") or []:
        label, _, address = line.partition(", ")
        pages[label.lower().replace("-", "")] = address
    pages.setdefault("homepage", _field(about, "Home-page"))
    for label in (
        "homepage",
        "source",
        "source code",
        "repository",
        "documentation",
        "docs",
        "changes",
        "changelog",
    ):
        address = pages.get(label, "")
        if address and "pypi" not in address:
            return address
    raise LookupError(f"{name} names no page of its own")
