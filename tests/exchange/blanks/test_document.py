"""A .docx blank: placeholders wherever Word has cut them, rows for members, headers, text boxes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.exchange.blanks import fill, read_blank
from tests.exchange.blanks.making import COMMON, FAMILIES, VOCABULARY, document, document_text

TEXT = "兹有【户主姓名】，家庭人口【家庭人口】人，证件【户主证件号码|隐】。"
DONE = "兹有王建国，家庭人口3人，证件410***********0013。"


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*texts: str) -> str:
    return f"<w:p>{''.join(run(text) for text in texts)}</w:p>"


def cells(*texts: str) -> str:
    return "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in texts)


def filled(path: Path, *, as_list: bool = False, families: int = 1) -> bytes:
    blank = read_blank(path, VOCABULARY)
    return fill(blank, FAMILIES[:families], COMMON, VOCABULARY, "masked", as_list=as_list)


@given(cuts=st.lists(st.integers(1, len(TEXT) - 1), max_size=12))
def test_it_does_not_matter_where_word_has_cut_a_text(
    cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    places = sorted({0, *cuts, len(TEXT)})
    pieces = [TEXT[a:b] for a, b in zip(places, places[1:], strict=False)]
    noise = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="a"/>'
    body = "<w:p>" + noise.join(run(piece) for piece in pieces) + "</w:p>"
    path = document(tmp_path_factory.mktemp("docx") / "证明.docx", body)
    assert document_text(filled(path)) == [DONE]


def test_a_table_row_is_there_for_each_member(tmp_path: Path) -> None:
    rows = f"<w:tr>{cells('姓名', '关系')}</w:tr><w:tr>{cells('【姓名】', '【与户主关系】')}</w:tr>"
    body = f"{paragraph('【户主姓名】')}<w:tbl>{rows}</w:tbl>{paragraph('【填表人】')}"
    texts = document_text(filled(document(tmp_path / "表.docx", body)))
    assert texts == [
        "王建国",
        "姓名",
        "关系",
        "王建国",
        "户主",
        "=SUM(A1)",
        "配偶",
        "王明远",
        "之子",
        "李晓梅",
    ]


def test_a_list_has_a_row_a_household_and_paraids_only_once(tmp_path: Path) -> None:
    row = (
        '<w:tr xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="11111111">'
        f"{cells('【序号】', '【户主姓名】')}</w:tr>"
    )
    data = filled(document(tmp_path / "名单.docx", f"<w:tbl>{row}</w:tbl>"), as_list=True, families=2)
    assert document_text(data) == ["1", "王建国", "2", "阿卜杜热西提·买买提明"]
    assert data.count(b"PK") >= 2
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("word/document.xml").count(b"11111111") == 1


def test_headers_footers_and_text_boxes_are_filled_too(tmp_path: Path) -> None:
    inner = f"<w:txbxContent>{paragraph('【村民', '小组】')}</w:txbxContent>"
    body = f"<w:p>{run('【户主')}<w:r><w:pict>{inner}</w:pict></w:r>{run('姓名】')}</w:p>"
    data = filled(document(tmp_path / "框.docx", body, header1=paragraph("【今天】", "　第一页")))
    assert "一组" in document_text(data)
    assert document_text(data)[0].endswith("建国") or "王建国" in document_text(data)[0]
    assert document_text(data, "word/header1.xml") == ["2026年11月22日　第一页"]


def test_the_value_takes_the_look_of_the_run_its_bracket_opens_in(tmp_path: Path) -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    body = f"<w:p>{run('姓名：')}{run('【户主', bold)}{run('姓名】。')}</w:p>"
    data = filled(document(tmp_path / "粗.docx", body))
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">王建国</w:t>' in text
    assert '<w:t xml:space="preserve">。</w:t>' in text


def test_a_placeholder_merged_over_rows_is_refused(tmp_path: Path) -> None:
    merged = "<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + paragraph("【姓名】") + "</w:tc>"
    with pytest.raises(KnownError) as told:
        filled(document(tmp_path / "合.docx", f"<w:tbl><w:tr>{merged}</w:tr></w:tbl>"))
    assert told.value.code == "BLANK-005"


def cell(text: str, merge: str = "") -> str:
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(text)}</w:tc>"


def rows_in(data: bytes) -> list[list[str]]:
    import io
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return [
        ["".join(t.text or "" for t in made.iter(f"{space}t")) for made in row.iter(f"{space}tc")]
        for row in root.iter(f"{space}tr")
    ]


@pytest.mark.parametrize("spare", [0, 1, 2, 4])
def test_drawn_rows_of_a_document_are_used_before_rows_are_added(tmp_path: Path, spare: int) -> None:
    begins, goes_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = [
        cell("家庭成员", begins) + cell("序号") + cell("姓名"),
        cell("", goes_on) + cell("1") + cell("【姓名】"),
        *(cell("", goes_on) + cell(str(n)) + cell("") for n in range(2, 2 + spare)),
        cell("户主签字") + cell("") + cell(""),
    ]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    told = rows_in(filled(document(tmp_path / "表.docx", f"<w:tbl>{table}</w:tbl>")))
    names = [str(member["姓名"]) for member in FAMILIES[0].members]
    numbers = ["1", "2", "3"] if spare else ["1", "1", "1"]
    rest = [["", str(n), ""] for n in range(4, 2 + spare)]
    assert told == [
        ["家庭成员", "序号", "姓名"],
        *(["", number, name] for number, name in zip(numbers, names, strict=True)),
        *rest,
        ["户主签字", "", ""],
    ]


def test_a_label_that_begins_in_the_pattern_row_is_written_once(tmp_path: Path) -> None:
    begins = "<w:vMerge w:val='restart'/>"
    row = f"<w:tr>{cell('备注', begins)}{cell('【姓名】')}</w:tr>"
    told = rows_in(filled(document(tmp_path / "表.docx", f"<w:tbl>{row}</w:tbl>")))
    assert [line[0] for line in told] == ["备注", "", ""]
