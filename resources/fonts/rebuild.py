"""Rebuild the fonts of this folder from the packages they come from (see README.md beside this file).

    python resources/fonts/rebuild.py FOLDER_WITH_THE_PACKAGES

The two regular Noto faces are copied unchanged. The bold faces are cut down to the characters that headings and the
screen need. The rare-character faces are cut down to what Noto Serif SC lacks (plus, in the first, GB 2312, so that a
whole name can be set in one hand) and renamed, because their names are reserved by the OFL. The same packages give
the same bytes.
"""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
NOTO_WHEEL = "pylopdf_fonts_zh_cn-0.1.1-py3-none-any.whl"
SERIF_PACKAGE = "expo-google-fonts-noto-serif-sc-0.4.3.tgz"
SANS_PACKAGE = "expo-google-fonts-noto-sans-sc-0.4.3.tgz"
HANAZONO_PACKAGE = "fonts-hanazono_20170904-2.1_all.deb"
_FAMILY, _FULL, _UNIQUE, _POSTSCRIPT = 1, 4, 3, 6
_TYPOGRAPHIC = (16, 17, 21, 22)


def encoded_by(encoding: str) -> set[int]:
    """Return the characters of a two-byte Chinese encoding and printable ASCII."""
    characters = set(range(0x20, 0x7F))
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes([lead, trail]).decode(encoding, "ignore")
            if len(text) == 1 and not 0xE000 <= ord(text) <= 0xF8FF:
                characters.add(ord(text))
    return characters


def is_han(character: int) -> bool:
    """Whether it is an ideograph, of any of the blocks."""
    return 0x3400 <= character <= 0x9FFF or 0xF900 <= character <= 0xFAFF or character >= 0x20000


def cut(source: bytes, keep: Callable[[set[int]], set[int]]) -> TTFont:
    """Return the font with the characters that ``keep`` picks of its own, without hints and vertical metrics."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = Options(hinting=False, notdef_outline=True, layout_features=["kern"], name_IDs=["*"])
    options.drop_tables += ["BASE", "FFTM", "prop", "DSIG", "STAT", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=keep(set(font.getBestCmap())))
    subsetter.subset(font)
    return font


def rename(font: TTFont, family: str) -> None:
    """Give the font another name in every language, as the OFL asks of a modified version."""
    table = font["name"]
    keep = {0, 2, 5, 13, 14}
    table.names = [record for record in table.names if record.nameID in keep and record.langID == 0x409]
    for name_id, text in ((_FAMILY, family), (_FULL, family), (_UNIQUE, f"{family} 2017-09-04")):
        table.setName(text, name_id, 3, 1, 0x409)
    table.setName(family.replace(" ", ""), _POSTSCRIPT, 3, 1, 0x409)


def from_deb(package: Path) -> dict[str, bytes]:
    """Return the font files of a Debian package by name."""
    content = package.read_bytes()
    offset = len(b"!<arch>\n")
    while offset < len(content):
        name = content[offset : offset + 16].decode("ascii").strip()
        size = int(content[offset + 48 : offset + 58])
        body = content[offset + 60 : offset + 60 + size]
        if name.startswith("data.tar"):
            with tarfile.open(fileobj=io.BytesIO(body)) as archive:
                return {
                    Path(member.name).name: stream.read()
                    for member in archive
                    if member.name.endswith(".ttf") and (stream := archive.extractfile(member))
                }
        offset += 60 + size + size % 2
    raise ValueError(f"{package.name} holds no data archive")


def from_tar(package: Path, member: str) -> bytes:
    with tarfile.open(package) as archive:
        stream = archive.extractfile(member)
        if stream is None:
            raise ValueError(f"{package.name} holds no {member}")
        return stream.read()


def rebuild(packages: Path) -> None:
    """Write all font files beside this script."""
    with zipfile.ZipFile(packages / NOTO_WHEEL) as wheel:
        for name in ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf"):
            (HERE / name).write_bytes(wheel.read(f"pylopdf_fonts_zh_cn/{name}"))
    serif = set(TTFont(HERE / "NotoSerifSC-Regular.otf", lazy=True).getBestCmap())
    gb2312, gbk = encoded_by("gb2312"), encoded_by("gbk")

    bold = from_tar(packages / SERIF_PACKAGE, "package/700Bold/NotoSerifSC_700Bold.ttf")
    cut(bold, lambda own: own & gb2312).save(HERE / "NotoSerifSC-Bold.ttf")
    bold = from_tar(packages / SANS_PACKAGE, "package/700Bold/NotoSansSC_700Bold.ttf")
    cut(bold, lambda own: own & gbk).save(HERE / "NotoSansSC-Bold.ttf")

    hanazono = from_deb(packages / HANAZONO_PACKAGE)
    rare_a = cut(hanazono["HanaMinA.ttf"], lambda own: {c for c in own if is_han(c)} - serif | own & gb2312)
    rare_b = cut(hanazono["HanaMinB.ttf"], lambda own: {c for c in own if is_han(c)} - serif)
    for font, family in ((rare_a, "Rare Ming A"), (rare_b, "Rare Ming B")):
        rename(font, family)
        font.save(HERE / f"{family.replace(' ', '')}.ttf")


if __name__ == "__main__":
    rebuild(Path(sys.argv[1]))
