"""The six visits of the synthetic household: every way in, one closed door, and pictures with the last."""

from __future__ import annotations

from fieldapp.register.entities import Visit
from fieldapp.register.values import Value
from fieldapp.sheets.paper import VisitPaper
from tests.sheets.pictures import photo, signature

#: Date, source, mode, outcome, summary, other facts.
_Told = tuple[str, str, str, str, str, dict[str, Value]]
_TOLD: tuple[_Told, ...] = (
    ("2026-01-16", "onsite", "door", "met", "春节前走访，了解过冬取暖和年货情况，家中一切正常。", {}),
    (
        "2026-03-08",
        "paper",
        "door",
        "met",
        "核对家庭成员信息，孙子在镇中心小学住校。",
        {"requests": "想给孙子申请寄宿生补助", "changes": ["school"]},
    ),
    (
        "2026-05-11",
        "remote",
        "phone",
        "met",
        "电话询问务工情况，儿子在广东电子厂，月收入约六千元。",
        {"changes": ["none"]},
    ),
    ("2026-07-05", "onsite", "door", "nobody", "家中无人，邻居说去镇上赶集。", {}),
    (
        "2026-07-06",
        "onsite",
        "door",
        "met",
        "宣传医保续缴政策，四人均已参保。",
        {"solved": "帮助在手机上办理医保缴费"},
    ),
    (
        "2026-10-12",
        "onsite",
        "door",
        "met",
        "查看住房和饮水，水管冬季易冻，已报村里。",
        {"changes": ["water"], "requests": "希望入冬前换水管"},
    ),
)


def visits() -> tuple[VisitPaper, ...]:
    """Return the visits in the order they were made; the last has two photos and a signature."""
    last = len(_TOLD)
    return tuple(
        VisitPaper(
            visit=_visit(number, told),
            photos=(photo(1), photo(2)) if number == last else (),
            signature=signature() if number == last else None,
        )
        for number, told in enumerate(_TOLD, 1)
    )


def _visit(number: int, told: _Told) -> Visit:
    day, source, mode, outcome, summary, facts = told
    values: dict[str, Value] = {
        "household_id": "h1",
        "visit_date": day,
        "entered_at": f"{day}T12:00:00Z",
        "source": source,
        "mode": mode,
        "outcome": outcome,
        "visitor_id": "u1",
        "visitor_name": "胡建志",
        "summary": summary,
        "signing": "screen" if number == 6 else "paper",
        "answered_by": "self" if outcome == "met" else None,
        **facts,
    }
    return Visit.from_values(f"v{number}", values)
