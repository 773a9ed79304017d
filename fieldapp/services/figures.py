"""一口清: every figure of a village, town or county, counted from the register on this laptop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from fieldapp.sheets.figures import Figure, FigurePart, Figures

if TYPE_CHECKING:
    from fieldapp.store import CategoryCount, Store

__all__ = ["figures_of", "place_of_all"]

_STATES = (
    ("fulfilled", "今年已走满"),
    ("due", "近期要走"),
    ("overdue", "已超期"),
    ("resting", "未到期"),
    ("not_entered", "本年未补录"),
    ("unscheduled", "不作要求"),
)


def place_of_all(store: Store, household_ids: Sequence[str]) -> str:
    """Return the smallest place all households are in: their village, else the town, else the county."""
    codes = store.area_codes_of(household_ids)
    known = sorted((area.code for area in store.areas()), key=len, reverse=True)
    return next((code for code in known if all(each.startswith(code) for each in codes)), "")


def figures_of(store: Store, area_code: str, county_name: str, today: date) -> Figures:
    """Return the figures of a place today."""
    place = next((area.name for area in store.areas() if area.code == area_code), county_name)
    return Figures(
        place,
        (
            FigurePart("农户和人口", tuple(_population(store, area_code))),
            *_groups(store, area_code, today),
            FigurePart("结对和走访", tuple(_work(store, area_code, today))),
            FigurePart("收入", tuple(_income(store, area_code, today))),
        ),
    )


def _population(store: Store, area_code: str) -> Iterable[Figure]:
    schema, counts = store.site.schema, store.categories(area_code)
    yield _both("农户合计", counts)
    for kind in dict.fromkeys(code.code for code in schema.codes["household_type"].codes):
        # 一般农户 as the filter has it: on no list, so not the monitored ones either.
        some = [each for each in counts if each.household_type == kind]
        listed = [each for each in some if kind != "ordinary" or not each.monitor_kind]
        yield _both(schema.label("household_type", kind), listed)
    monitored = [each for each in counts if each.monitor_kind]
    yield _both("监测对象", monitored)
    yield _both("　其中风险未消除", [each for each in monitored if not each.risk_cleared])
    for kind in dict.fromkeys(code.code for code in schema.codes["monitor_kind"].codes):
        label = schema.label("monitor_kind", kind)
        yield _both(f"　{label}", [each for each in monitored if each.monitor_kind == kind])


def _groups(store: Store, area_code: str, today: date) -> Iterable[FigurePart]:
    book = store.group_book()
    groups = book.in_force(today)
    numbers = store.group_numbers(groups, area_code)
    for axis in book.axes:
        figures = tuple(
            Figure(group.zh, _text(numbers[group.name].households, numbers[group.name].persons))
            for group in groups
            if group.axis == axis.name
        )
        if figures:
            yield FigurePart(axis.zh, figures)


def _work(store: Store, area_code: str, today: date) -> Iterable[Figure]:
    told = store.work_figures(area_code, today)
    yield Figure("有帮扶责任人的农户", f"{told.paired:,} 户")
    yield Figure("帮扶责任人", f"{told.helpers:,} 人")
    yield Figure(f"{today.year} 年见到人的走访", f"{told.visits:,} 次")
    yield Figure(f"{today.year} 年走访到的农户", f"{told.visited:,} 户")
    for state, label in _STATES:
        yield Figure(label, f"{told.states.get(state, 0):,} 户")
    yield Figure("未销号的问题", f"{told.issues_open:,} 个")
    yield Figure("已销号的问题", f"{told.issues_closed:,} 个")


def _income(store: Store, area_code: str, today: date) -> Iterable[Figure]:
    year = next((year for year in store.income_years() if year <= today.year), None)
    if year is None:
        yield Figure("收入", "登记册里还没有")
        return
    book, last_day = store.rule_book(), date(year, 12, 31)
    lines = [
        book.number(name, last_day) if name in book.names else None for name in ("line_listed", "line_other")
    ]
    listed, other = (None if line is None else int(Decimal(str(line)) * 100) for line in lines)
    told = store.income_figures(area_code, year, listed, other)
    yield Figure(f"有 {year} 年收入的农户", f"{told.households:,} 户")
    head = f"{Decimal(told.net) / 100 / told.persons:,.0f} 元" if told.persons else "—"
    yield Figure(f"{year} 年人均纯收入", head)
    yield Figure("脱贫户低于参考线", _below(lines[0], told.listed_below))
    yield Figure("其他农户低于参考线", _below(lines[1], told.others_below))


def _below(line: float | None, households: int) -> str:
    return "县里还没有定参考线" if line is None else f"{households:,} 户（线 {line:,.0f} 元）"


def _both(label: str, counts: Iterable[CategoryCount]) -> Figure:
    some = list(counts)
    return Figure(label, _text(sum(one.households for one in some), sum(one.persons for one in some)))


def _text(households: int, persons: int) -> str:
    return f"{households:,} 户 {persons:,} 人"
