"""The language of the rules: what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.register.checks import load_rules, run_checks
from tests.register.checks.cases import context_of


def write_rule(folder: Path, expr: str, *, scope: str = "person", **more: str) -> None:
    """Write one rule with this expression into a folder."""
    fields = {
        "id": "example",
        "level": "doubt",
        "scope": scope,
        "expr": expr,
        "zh": "例。",
        "en": "Example.",
        "mend": "persons.name",
        "source": "K",
        **more,
    }
    lines = "\n".join(f"{name} = '''{text}'''" for name, text in fields.items())
    (folder / "rules.toml").write_text(f"[[rule]]\n{lines}\n", "utf-8")


def fires(folder: Path, expr: str, *, scope: str = "person", **facts: Any) -> bool:
    """Tell whether a rule with this expression finds something in a household."""
    write_rule(folder, expr, scope=scope)
    return bool(run_checks(load_rules(folder), context_of(facts)))


@pytest.mark.parametrize(
    "expr",
    [
        "p.age == 40",
        "p.age != 41",
        "30 < p.age <= 40",
        "p.age + 2 * 5 - 1 > 48",
        "p.age / 3 > 13",
        "-1 < p.age",
        'p.labour == "weak" and not p.at_school',
        'p.labour in ["weak", "lost"]',
        'p.labour not in ["none", "lost"]',
        'p.labour == "none" or p.age > 30',
        '"chronic" in p.health',
        'not ("serious" in p.health)',
        "blank(p.phone)",
        "known(p.name) and length(p.name) == 2",
        'mentions(p.name, "三")',
        'starts(p.name, "张")',
        "or_zero(p.work_months) == 0",
        "age_on(p.birth_date, today) == p.age",
        'p.birth_date < today and this_month == "2026-11" and year == 2026',
        'months_between("2026-01", this_month) == 10',
        'month_of(p.birth_date) == "1986-01" and year_of(p.birth_date) == 1986',
        "days_between(p.birth_date, today) > 10000",
        "any(x.age < 20 for x in members)",
        "all(x.age >= 12 for x in members)",
        'count(x.age > 10 for x in members if x.labour == "none") == 1',
        "sum(x.age for x in members) == 52",
        "lowest(x.age for x in members) == 12 and highest(x.age for x in members) == 40",
        "any(any(y.age - x.age == 28 for y in members) for x in members)",
        "latest.wage == 1000.5",
        "absolute(latest.wage - 2000) < 1000",
        "sum(i.wage for i in incomes) == 1000.5",
    ],
)
def test_a_condition_holds(tmp_path: Path, expr: str) -> None:
    person = {"name": "张三", "age": 40, "labour": "weak", "health": ["chronic"], "education": "junior"}
    child = {"name": "张小", "age": 12, "labour": "none"}
    assert fires(tmp_path, expr, p=person, members=[child], incomes=[{"wage": "1000.5"}])


@pytest.mark.parametrize(
    "expr",
    [
        "p.age > 1",
        "not p.age > 1",
        'p.labour != "none"',
        'not p.labour == "none"',
        'p.labour not in ["none"]',
        'not ("serious" in p.health)',
        "p.low_income_allowance",
        "not p.low_income_allowance",
        'not (p.labour == "none" and p.age > 3)',
        'not (p.labour == "none" or p.age > 3)',
        "p.work_months + 1 > 0",
        "not is_phone(p.phone)",
        "any(x.age > 1 for x in members)",
        "all(x.age > 1 for x in members)",
        "not any(x.age > 1 for x in members)",
        "not all(x.age > 1 for x in members)",
        "sum(x.work_months for x in members) == 0",
        "income_line > 0",
        "latest.wage / 0 > 0",
    ],
)
def test_no_rule_fires_on_what_is_unknown(tmp_path: Path, expr: str) -> None:
    assert not fires(tmp_path, expr, p={"name": "张三"})


def test_false_beats_unknown_below_not(tmp_path: Path) -> None:
    assert fires(tmp_path, 'not (p.age > 1 and p.name == "李四")', p={"name": "张三"})
    assert fires(tmp_path, 'p.name == "张三" or p.age > 1', p={"name": "张三"})
    assert not fires(tmp_path, 'not (p.age > 1 or p.name == "张三")', p={"name": "张三"})


@pytest.mark.parametrize(
    ("expr", "reason"),
    [
        ("p.agee > 1", "persons has no property “agee”"),
        ("x.age > 1", "there is no “x” here"),
        ("h.age > 1", "households has no property “age”"),
        ('p.labour == "strong"', "“strong” is not in the code list labour"),
        ('p.labour in ["weak", "strong"]', "“strong” is not in the code list labour"),
        ('"ill" in p.health', "“ill” is not in the code list health"),
        ("age_on(today) > 1", "age_on takes 2 arguments, not 1"),
        ("length(p.age) > 1", "“p.age” is number, not text"),
        ('p.age > "30"', "“p.age > '30'” compares number with text"),
        ("p.name > 3", "“p.name > 3” compares text with number"),
        ("p.age", "“p.age” is no condition"),
        ("p.age and p.name", "“p.age” is no condition"),
        ("today + 1 > today", "“today” is date, not number"),
        ("p.age ** 2 > 1", "“p.age ** 2” is not allowed in a rule"),
        ("p.age % 2 == 1", "“p.age % 2” is not allowed in a rule"),
        ("p.age is None", "“p.age is None” is not allowed in a rule"),
        ("p.age == None", "“None” is not allowed in a rule"),
        ("p.__class__ == 1", "persons has no property “__class__”"),
        ("__import__('os').system('true')", "“__import__('os').system('true')” is not allowed in a rule"),
        ("open('x')", "there is no function “open”"),
        ("(lambda: 1)()", "“(lambda: 1)()” is not allowed in a rule"),
        ("[p.age for p in members]", "“[p.age for p in members]” is not allowed in a rule"),
        ("p.name[0] == '张'", "“p.name[0]” is not allowed in a rule"),
        ("f'{p.name}' == '张'", "“f'{p.name}'” is not allowed in a rule"),
        ("length(text=p.name) > 1", "“length(text=p.name)” is not allowed in a rule"),
        ("any(members)", "“any(members)” takes one “… for x in members”"),
        ("any(x.age > 1 for x in people)", "there is no list “people”"),
        ("any(p.age > 1 for p in members)", "the name “p” is taken"),
        ("count(x.age for x in members) > 1", "“x.age” is no condition"),
        ("sum(x.name for x in members) > 1", "“x.name” is text, not number"),
        ("p.age in ['a']", "“a” is of another kind"),
        ("p.name in p.health", "“in” takes a list of constants or a fact of several codes"),
        ('this_month > "2026-13"', "“2026-13” is no month such as 2026-05"),
        ('months_between("1.26", this_month) > 1', "“1.26” is no month such as 2026-05"),
        ('this_month in ["2026"]', "“2026” is no month such as 2026-05"),
        ("p.age >", "“p.age >” is no expression"),
        ("1 +" * 1500 + "1 > 2", "the expression is too long"),
        ("any(any(any(any(any(a.age > 1 for a in members) for b in members) for c in members) for d in members) for e in members)",
         "the loops are nested too deeply"),
    ],
)  # fmt: skip
def test_a_wrong_expression_is_refused_with_rule_file_and_reason(
    tmp_path: Path, expr: str, reason: str
) -> None:
    write_rule(tmp_path, expr)
    with pytest.raises(KnownError) as refused:
        load_rules(tmp_path)
    assert refused.value.code == "RULE-001"
    assert refused.value.en == f"Rule “example” of “rules.toml”: {reason}."
    assert "rules.toml" in refused.value.zh
    assert "example" in refused.value.zh


def test_the_sentences_show_values_as_people_read_them(tmp_path: Path) -> None:
    words = "{p.name}：{p.labour}、{p.health}、{p.at_school}、{p.phone}、{latest.wage}、{p.age + 1}、{p.birth_date}。"
    write_rule(tmp_path, "known(p.name)", zh=words, en=words)
    person = {"name": "张三", "age": 40, "labour": "weak", "health": ["chronic", "disabled"], "school_state": "senior1"}  # fmt: skip
    (found,) = run_checks(load_rules(tmp_path), context_of({"p": person, "incomes": [{"wage": "1200.50"}]}))
    assert found.zh == "张三：弱劳动力或半劳动力、长期慢性病、残疾、是、（空）、1200.5、41、1986-01-01。"
    assert found.en == "张三：weak or half、chronic illness, disabled、yes、(empty)、1200.5、41、1986-01-01。"
