"""What the data checks found stands on the visit sheet, in words the family may read, with room for the answer."""

from __future__ import annotations

from dataclasses import replace

from fieldapp.register.checks import Finding, Level
from fieldapp.sheets.making import make_carry
from tests.sheets.reading import STAMP, all_text, only
from tests.sheets.samples import ordinary


def finding(number: int, zh: str, level: Level = "doubt", name: str = "arable_mu") -> Finding:
    return Finding(f"r{number}", level, "h", "households", "h", name, zh, "", "h", f"r{number}/h/{number}")


def text_with(*findings: Finding) -> str:
    return all_text(only(make_carry([replace(ordinary(), findings=findings)], "full", **STAMP)).pdf)


def test_errors_and_doubts_stand_on_the_sheet_with_room_to_answer() -> None:
    text = text_with(finding(1, "耕地320亩，请核对单位。"), finding(2, "证件号码最后一位不对。", "error"))
    assert "请核对" in text
    assert "要核对的内容核对结果" in text
    assert "耕地320亩，请核对单位。" in text
    assert "证件号码最后一位不对。" in text


def test_the_family_reads_nothing_of_risk_or_monitoring_and_no_hint() -> None:
    text = text_with(
        finding(1, "人均纯收入低于参考线，却不在监测。"),
        finding(2, "风险已消除，住房却不安全。", "error"),
        finding(3, "标了低保。", name="low_income_allowance"),
        finding(4, "没有登记卫生厕所。", "hint"),
    )
    for hidden in ("参考线", "风险已消除", "标了低保", "卫生厕所。", "要核对的内容"):
        assert hidden not in text


def test_at_most_six_are_printed_and_nothing_when_nothing_was_found() -> None:
    text = text_with(*(finding(number, f"第{number}件要核对的事。") for number in range(1, 10)))
    assert "第6件要核对的事" in text
    assert "第7件要核对的事" not in text
    assert "要核对的内容" not in text_with()
