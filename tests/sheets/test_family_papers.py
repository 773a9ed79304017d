"""明白卡, 获得清单 and 房屋等级确认表, read back from their PDFs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.register.entities import Aid, Dwelling, Entity, Household, Loan, Measure, Post, Staff
from fieldapp.register.values import Value
from fieldapp.sheets.making import make_family_paper
from fieldapp.sheets.paper import HouseholdPaper, PaperKind, Profile, Sheet
from tests.sheets.reading import STAMP, all_text, ink_box_mm, page_texts
from tests.sheets.samples import ordinary

_WORDS_OF_RISK = ("监测", "风险", "返贫", "贫困", "边缘", "线索", "低收入")


def sheet(kind: PaperKind, paper: HouseholdPaper, profile: Profile = "full") -> Sheet:
    (made,) = make_family_paper(kind, [paper], profile, **STAMP)
    return made


def _measures() -> tuple[Measure, ...]:
    return (
        Measure.from_values(
            "m1",
            {
                "household_id": "h1",
                "group": "health",
                "item": "家庭医生签约",
                "state": "running",
                "started": "2026-03",
                "unit": "卫生院",
                "amount": "120",
            },
        ),
        Measure.from_values(
            "m2",
            {
                "household_id": "h1",
                "group": "finance",
                "item": "小额信贷贴息",
                "state": "running",
                "started": "2026-01",
                "amount": "50000",
            },
        ),
        Measure.from_values(
            "m3", {"household_id": "h1", "group": "job", "item": "只是打算", "state": "planned"}
        ),
    )


def _others() -> dict[str, tuple[Entity, ...]]:
    return {
        "aids": (
            Aid.from_values(
                "a1",
                {
                    "household_id": "h1",
                    "item": "棉被",
                    "kind": "donation",
                    "amount": "260.5",
                    "received_on": "2026-11-20",
                    "giver": "县红十字会",
                    "quantity": "两床",
                },
            ),
            Aid.from_values(
                "a2", {"household_id": "h1", "item": "米面", "kind": "goods", "received_on": "2024-02-01"}
            ),
        ),
        "posts": (
            Post.from_values(
                "o1",
                {
                    "household_id": "h1",
                    "post": "cleaning",
                    "started": "2026-02",
                    "monthly_pay": "800",
                    "months": 3,
                    "employer": "村委会",
                },
            ),
        ),
        "loans": (
            Loan.from_values(
                "l1",
                {
                    "household_id": "h1",
                    "purpose": "养牛",
                    "amount": "30000",
                    "state": "running",
                    "granted_on": "2026-05-01",
                    "interest_paid": "400",
                },
            ),
        ),
    }


def helped() -> HouseholdPaper:
    """A monitored household with something of every kind of help."""
    paper = ordinary()
    facts: dict[str, Value] = {"monitor_kind": "unstable", "risk_cleared": False, "risks": ["illness"]}
    home = Household.from_values(
        "h1", {**paper.household.properties, **facts, "house_no": "419999103200017", "head_name": "李茂森"}
    )
    return replace(
        paper,
        household=replace(home, door_no="36号", group_name="第三村民组", member_count=4),
        measures=_measures(),
        contacts=(Staff(id="s8", name="马伟", role="clerk", area_code="419999103200", phone="13900001111"),),
        others=_others(),
    )


def test_the_card_says_what_help_there_is_and_whom_to_ask() -> None:
    made = sheet("facts_card", helped())
    text = all_text(made.pdf)
    assert (made.kind, made.pages) == ("facts_card", 1)
    assert "家庭医生签约" in text
    assert "卫生院" in text
    assert "马伟13900001111" in text
    assert "只是打算" not in text


@pytest.mark.parametrize("kind", ["facts_card", "received", "house_grade"])
def test_nothing_of_risk_stands_on_a_paper_the_family_reads(kind: PaperKind) -> None:
    text = all_text(sheet(kind, helped()).pdf)
    assert [word for word in _WORDS_OF_RISK if word in text] == []


def test_what_was_received_stands_by_year_with_sums_that_leave_loans_out() -> None:
    text = all_text(sheet("received", helped()).pdf)
    assert "2026年5项，合计3,180.50元" in text  # 120 + 260.50 + 3 × 800 + 400 of interest
    assert "2024年1项，合计0.00元" in text
    assert text.index("2026年5项") < text.index("2024年1项")
    assert "棉被（两床）" in text
    assert "贷款30,000.00元，要还" in text
    assert "50,000.00" in text


def test_a_household_that_received_nothing_gets_a_list_that_says_so() -> None:
    bare = replace(ordinary(), measures=())
    assert "登记册里还没有这户获得的帮扶" in all_text(sheet("received", bare).pdf)
    assert "登记册里今年还没有帮扶措施" in all_text(sheet("facts_card", bare).pdf)


def dwelling(grade: str, number: int) -> Dwelling:
    return Dwelling.from_values(
        f"d{number}",
        {
            "household_id": "h1",
            "name": f"第{number}处",
            "grade": grade,
            "assessed_on": "2026-04-02",
            "report_no": f"鉴{number}",
            "assessed_by": "周工",
        },
    )


def test_each_dwelling_of_grade_a_or_b_gets_a_plate_without_a_name() -> None:
    paper = replace(helped(), others={"dwellings": (dwelling("A", 1), dwelling("C", 2), dwelling("B", 3))})
    texts = page_texts(sheet("house_grade", paper).pdf)
    assert len(texts) == 3
    assert all(f"第{number}处：{grade}级" in texts[0] for number, grade in ((1, "A"), (2, "C"), (3, "B")))
    for plate, grade, number in ((texts[1], "A", 1), (texts[2], "B", 3)):
        assert f"{grade}级" in plate
        assert f"编号：鉴{number}" in plate
        assert "第三村民组36号" in plate
        for private in ("李茂森", "419999103200017", "13800009203", "周工", "胡建志"):
            assert private not in plate


def test_without_a_grade_the_sheet_is_to_be_written_on_and_there_is_no_plate() -> None:
    paper = ordinary()
    unknown = replace(paper, household=replace(paper.household, properties={}))
    assert len(page_texts(sheet("house_grade", unknown).pdf)) == 1


def test_masked_papers_hide_telephones() -> None:
    text = all_text(sheet("facts_card", helped(), "masked").pdf)
    assert "13900001111" not in text
    assert "139****1111" in text


def test_much_help_and_long_names_stay_on_the_paper() -> None:
    paper = helped()
    many = tuple(
        replace(paper.measures[0], id=f"m{n}", item="参加城乡居民基本医疗保险个人缴费补贴" * 4)
        for n in range(60)
    )
    home = replace(paper.household, head_name="买买提·阿依古丽·吐尔逊江·阿卜杜热合曼")
    made = sheet("received", replace(paper, measures=many, household=home))
    assert made.pages > 2
    assert min(min(ink_box_mm(made.pdf, page)) for page in range(made.pages)) >= 5
