"""Blanks for the tests: workbooks by openpyxl, documents from their XML; families that nobody is."""

from __future__ import annotations

import zipfile
from pathlib import Path

from fieldapp.exchange.blanks import FillSet, Vocabulary

__all__ = ["COMMON", "FAMILIES", "VOCABULARY", "document", "document_text"]

VOCABULARY = Vocabulary(
    {
        "今天": "all",
        "填表人": "all",
        "序号": "all",
        "户主姓名": "household",
        "家庭人口": "household",
        "户主证件号码": "household",
        "村民小组": "household",
        "姓名": "member",
        "与户主关系": "member",
        "证件号码": "member",
        "周岁": "member",
    },
    frozenset({"户主证件号码", "证件号码"}),
)
COMMON = {"今天": "2026年11月22日", "填表人": "李晓梅"}


def _member(name: str, relation: str, number: str, age: int) -> dict[str, str | int]:
    return {"姓名": name, "与户主关系": relation, "证件号码": number, "周岁": age}


FAMILIES = (
    FillSet(
        {"户主姓名": "王建国", "家庭人口": 3, "户主证件号码": "410000195102110013", "村民小组": "一组"},
        (
            _member("王建国", "户主", "410000195102110013", 75),
            _member("=SUM(A1)", "配偶", "410000195203110021", 74),
            _member("王明远", "之子", "410000198003110031", 46),
        ),
        "王建国",
    ),
    FillSet(
        {"户主姓名": "阿卜杜热西提·买买提明", "家庭人口": 1, "户主证件号码": "", "村民小组": "二组"},
        (_member("阿卜杜热西提·买买提明", "户主", "", 66),),
        "阿卜杜热西提",
    ),
)

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
    '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(path: Path, body: str, **parts: str) -> Path:
    """Write a document whose body is this WordprocessingML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:hdr xmlns:w="{_W}">{content}</w:hdr>')
    return path


def document_text(data: bytes, part: str = "word/document.xml") -> list[str]:
    """Return the text of each paragraph."""
    import io

    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part))
    return ["".join(t.text or "" for t in p.iter(f"{{{_W}}}t")) for p in root.iter(f"{{{_W}}}p")]
