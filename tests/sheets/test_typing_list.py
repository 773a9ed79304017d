"""The printed 待录入清单, read back from its PDF."""

from __future__ import annotations

from dataclasses import replace

from fieldapp.register.typing_line import TypingLine
from fieldapp.sheets.making import make_typing_list
from tests.sheets.reading import STAMP, all_text, ink_box_mm, page_texts


def line(number: int, *, home: int = 1, name: str = "phone", value: str = "13812345678") -> TypingLine:
    return TypingLine(
        id=f"line{number}",
        list="persons" if name == "id_number" else "households",
        entity_id=f"e{home}",
        name=name,
        household_id=f"h{home}",
        house_no=f"4199991032{home:05d}",
        head_name=f"赵建{'国秀兰'[home % 3]}",
        place=f"石门村第{'一二三'[home % 3]}村民组",
        sort_key=f"{home:05d}",
        subject="赵小春" if name == "id_number" else "",
        tab=0,
        tab_name="家庭成员" if name == "id_number" else "基本情况",
        field=number,
        label="证件号码" if name == "id_number" else "户联系电话",
        kind="change",
        before="",
        value=value,
        since="2026-11-20",
        source="走访",
        author_name="李晓梅",
    )


def test_lines_stand_under_their_household_with_a_box_for_typed_and_one_for_checked() -> None:
    sheet = make_typing_list([line(1), line(2, value="3.5"), line(3, home=2)], "full", **STAMP)
    text = all_text(sheet.pdf)
    assert (sheet.kind, sheet.household_id, sheet.title) == ("typing_list", None, "待录入清单")
    assert "共2户3条" in text
    assert text.index("赵建秀419999103200001（2条）") < text.index("13812345678")
    assert text.index("3.5") < text.index("赵建兰419999103200002（1条）")
    assert text.count("录核") == 3


def test_an_emptied_fact_and_what_the_system_sent_back_are_said() -> None:
    sent_back = replace(line(1, value=""), state="rejected", note="号码已被占用", before="13900000000")
    text = all_text(make_typing_list([sent_back], "full", **STAMP).pdf)
    assert "系统退回：号码已被占用" in text
    assert "13900000000（清空）" in text


def test_masked_lists_hide_numbers() -> None:
    lines = [line(1), line(2, name="id_number", value="419999198001011239")]
    text = all_text(make_typing_list(lines, "masked", **STAMP).pdf)
    assert "13812345678" not in text
    assert "419999198001011239" not in text
    assert "138****5678" in text


def test_many_lines_keep_their_head_on_every_page_and_long_values_stay_on_the_paper() -> None:
    lines = [line(number, home=number // 4) for number in range(120)]
    lines.append(line(121, home=99, value="东莞市长安镇上沙社区第三工业区新美龙电子有限公司" * 3))
    sheet = make_typing_list(lines, "full", **STAMP)
    texts = page_texts(sheet.pdf)
    assert len(texts) == sheet.pages > 2
    assert all("页面对象项目系统里要录成录入核对" in text for text in texts[:-1])
    assert min(ink_box_mm(sheet.pdf, sheet.pages - 1)) >= 5


def test_an_empty_list_says_so() -> None:
    assert "没有要录进全国系统的变化" in all_text(make_typing_list([], "full", **STAMP).pdf)
