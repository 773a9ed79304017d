"""A blank as what it is, a zip of parts: read with limits, written with the parts that changed; all others as they were."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from fieldapp.common.archives import DAMAGED_INSIDE
from fieldapp.exchange.blanks.errors import BAD_BLANK, NOT_A_BLANK

__all__ = ["Package", "Sheet", "open_package", "parse_part"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_BYTES = 40 << 20
MOST_UNPACKED = 300 << 20
MOST_PARTS = 5_000
_MACROS = "vbaProject.bin"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet of the blank: its name as people see it, and its part."""

    name: str
    part: str


class Package:
    """The parts of a blank by name. ``kind`` is xlsx or docx."""

    def __init__(self, name: str, kind: str, parts: Mapping[str, bytes], order: tuple[str, ...]) -> None:
        self.name = name
        self.kind = kind
        self.parts = dict(parts)
        self._order = order

    def with_parts(self, changed: Mapping[str, bytes], *, without: frozenset[str] = frozenset()) -> bytes:
        """Return the file with some parts replaced and some left out."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self._order:
                if name not in without:
                    # A fixed day: the same blank and the same values give the same bytes.
                    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, changed.get(name, self.parts[name]))
        return out.getvalue()


def open_package(path: Path) -> Package:
    """Read a blank. Raises BLANK-001 for what is none (old formats, macros, a password), BLANK-002 for a damaged one."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NOT_A_BLANK(
                name=path.name, reason="文件太大（超过 40 MB）", reason_en="it is larger than 40 MB"
            )
        data = path.read_bytes()
    except OSError as error:
        raise BAD_BLANK(name=path.name, reason=type(error).__name__) from error
    if data.startswith(_OLE):
        raise NOT_A_BLANK(
            name=path.name,
            reason="是旧格式，或者加了打开密码",
            reason_en="it is of an old format, or has a password",
        )
    if not data.startswith(_ZIP):
        raise NOT_A_BLANK(
            name=path.name, reason="不是 .xlsx 或 .docx", reason_en="it is no .xlsx and no .docx"
        )
    try:
        return _read(path.name, data)
    except DAMAGED_INSIDE as error:
        raise BAD_BLANK(name=path.name, reason=type(error).__name__) from error


def _read(name: str, data: bytes) -> Package:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise NOT_A_BLANK(name=name, reason="解开后太大", reason_en="it is too large when unpacked")
        names = [info.filename for info in infos]
        if any(part.endswith(_MACROS) for part in names):
            raise NOT_A_BLANK(name=name, reason="带有宏", reason_en="it has macros")
        kind = "xlsx" if "xl/workbook.xml" in names else "docx" if "word/document.xml" in names else ""
        if not kind:
            raise NOT_A_BLANK(
                name=name, reason="不是 .xlsx 或 .docx", reason_en="it is no .xlsx and no .docx"
            )
        return Package(name, kind, {part: archive.read(part) for part in names}, tuple(names))


def parse_part(package: Package, part: str) -> etree._Element:
    """Return the root of a part. Raises BLANK-002 for XML that is none, or that declares entities."""
    content = package.parts[part]
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BAD_BLANK(name=package.name, reason="DOCTYPE")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BAD_BLANK(name=package.name, reason=f"{part}: {error.msg}"[:120]) from error
