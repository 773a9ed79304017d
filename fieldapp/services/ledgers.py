"""Ledgers 台账: lists of households and people for the office, made from the register, shown and taken out as workbooks.

Nothing is stored for a ledger: it is right the moment it is opened. A line of income is the policy's, of the year of the income.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args

from fieldapp.exchange.ledger_book import LedgerColumn, write_ledger
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat, format_id_number
from fieldapp.services.followed_ledgers import CASE_COLUMNS, HOUSE_COLUMNS, FollowedLedgers
from fieldapp.services.print_log import PrintLog

if TYPE_CHECKING:
    from pathlib import Path

    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.store import LedgerLine, Store

__all__ = ["LEDGERS", "Ledger", "LedgerColumn", "LedgerKey", "LedgerRow", "Ledgers", "ledger_title"]

LedgerKey = Literal[
    "low_listed", "below_line", "student_aid", "out_of_school", "given", "cases", "houses", "submitted"
]
LEDGERS: tuple[LedgerKey, ...] = get_args(LedgerKey)
#: Gifts, help and visits of sympathy; subsidies and projects stand in the list of what a household received.
_GIVEN = ("cash", "donation", "goods", "volunteering")
_TITLES: Mapping[LedgerKey, tuple[str, str]] = {
    "low_listed": ("低收入脱贫户台账", "Households out of poverty with a low income"),
    "below_line": ("低于参考线的其他农户台账", "Other households below the line"),
    "student_aid": ("教育资助台账", "Student aid"),
    "out_of_school": ("控辍保学台账", "Children out of school"),
    "given": ("捐赠、志愿服务、慰问台账", "Donations, volunteering, visits of sympathy"),
    "cases": ("热线、信访件台账", "Hotline and petition cases"),
    "houses": ("危房改造销档台账", "Unsafe houses: found, renewed, struck off"),
    "submitted": ("自查和提交的名单", "Lists checked and handed up"),
}
_LINES: Mapping[LedgerKey, str] = {"low_listed": "line_listed", "below_line": "line_other"}
#: Ledgers whose lines are followed to the end, and how their lines were chosen.
_FOLLOWED: Mapping[LedgerKey, tuple[str, str]] = {
    "cases": (
        "线索表里来源是信访、渠道是热线（12317、12345 等）的件，超期的在前；回车打开农户，在“线索登记与入户核实”里写方案、办结。",
        "Leads by petition or hotline, overdue first. Enter opens the household; plan and end are written on the lead form.",
    ),
    "houses": (
        "鉴定或初判为C级、D级和列入改造的住房，超期的在前；验收了、住房问题也销号的算销档。发现一户、改造一户、销档一户。",
        "Dwellings of grade C or D and those being renewed, overdue first; struck off when accepted and no housing problem is open.",
    ),
}
_HOME = (
    LedgerColumn("村", "Village", 14),
    LedgerColumn("村民小组", "Group", 15),
    LedgerColumn("户编号", "Number", 18),
    LedgerColumn("户主", "Head", 12),
    LedgerColumn("帮扶责任人", "Helper", 13),
)
_INCOME = (
    LedgerColumn("户类型", "Type", 12),
    LedgerColumn("监测类别", "Monitored", 16),
    LedgerColumn("人口", "Members", 8),
    LedgerColumn("人均纯收入（元）", "A head (yuan)", 18),
    LedgerColumn("差额（元）", "Short of the line by", 12),
    LedgerColumn("家庭纯收入（元）", "Net (yuan)", 14),
)
_PERSON = (LedgerColumn("姓名", "Name", 12), LedgerColumn("证件号码", "Certificate", 24))
_COLUMNS: Mapping[LedgerKey, tuple[LedgerColumn, ...]] = {
    "low_listed": (*_HOME, *_INCOME),
    "below_line": (*_HOME, *_INCOME),
    "student_aid": (
        *_HOME,
        *_PERSON,
        LedgerColumn("在校情况", "Class", 14),
        LedgerColumn("学校", "School", 18),
        LedgerColumn("资助", "Aid", 28),
        LedgerColumn("开始", "Since", 10),
        LedgerColumn("金额（元）", "Yuan", 12),
    ),
    "out_of_school": (
        *_HOME,
        *_PERSON,
        LedgerColumn("出生日期", "Born", 14),
        LedgerColumn("周岁", "Age", 6),
        LedgerColumn("在校情况", "Class", 16),
        LedgerColumn("未上学原因", "Reason", 26),
        LedgerColumn("控辍保学措施", "Measure", 14),
        LedgerColumn("学校", "School", 18),
    ),
    "given": (
        *_HOME,
        LedgerColumn("类别", "Kind", 12),
        LedgerColumn("内容", "Item", 26),
        LedgerColumn("日期", "Day", 14),
        LedgerColumn("金额或折价（元）", "Yuan", 14),
        LedgerColumn("数量", "Quantity", 12),
        LedgerColumn("提供单位或个人", "Given by", 22),
        LedgerColumn("受益人", "For", 12),
    ),
    "cases": (*_HOME, *CASE_COLUMNS),
    "houses": (*_HOME, *HOUSE_COLUMNS),
    "submitted": (
        *_HOME,
        LedgerColumn("名单或活动", "List or campaign", 26),
        LedgerColumn("轮次", "Round", 6),
        LedgerColumn("级别", "Level", 14),
        LedgerColumn("日期", "Day", 14),
        LedgerColumn("提交人", "By", 12),
        LedgerColumn("自查结论", "Conclusion", 14),
        LedgerColumn("发现的问题", "What was found", 40),
    ),
}


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line: its household, and the cells in the order of the columns. A number is a number."""

    household_id: str
    cells: tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as it is now. ``note`` says by which rule its lines were chosen, or why it cannot be made yet."""

    key: LedgerKey
    year: int | None
    columns: tuple[LedgerColumn, ...]
    rows: tuple[LedgerRow, ...]
    note_zh: str
    note_en: str

    @property
    def households(self) -> int:
        """How many different households it has."""
        return len({row.household_id for row in self.rows})


def ledger_title(key: LedgerKey) -> tuple[str, str]:
    """Return what a ledger is called."""
    return _TITLES[key]


class Ledgers:
    """The ledgers of the person who unlocked the vault."""

    def __init__(self, store: Store, person: Staff, clock: Clock) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._schema = store.site.schema
        self._log = PrintLog(store, person, clock)

    def years(self) -> list[int]:
        """Return the years of income there are, newest first."""
        return self._store.income_years()

    def open(
        self,
        key: LedgerKey,
        year: int | None = None,
        id_format: IdFormat = DEFAULT_FORMAT,
        area_code: str = "",
    ) -> Ledger:
        """Return a ledger; ``year`` of income, by default the newest there is; of the households of a place, or of all here."""
        whole = self._whole(key, year, id_format)
        if not area_code:
            return whole
        homes = self._store.homes_in(area_code)
        return replace(whole, rows=tuple(row for row in whole.rows if row.household_id in homes))

    def _whole(self, key: LedgerKey, year: int | None, id_format: IdFormat) -> Ledger:
        if key in _LINES:
            return self._below(key, year)
        if key in _FOLLOWED:
            followed = FollowedLedgers(self._store, self._clock)
            told = followed.houses() if key == "houses" else followed.cases()
            return Ledger(
                key, None, _COLUMNS[key], tuple(_row(line, cells) for line, cells in told), *_FOLLOWED[key]
            )
        lines, cells, note = self._made(key, id_format)
        rows = tuple(_row(line, cells(line.facts)) for line in lines)
        return Ledger(key, None, _COLUMNS[key], rows, *note)

    def save(
        self,
        key: LedgerKey,
        year: int | None,
        path: Path,
        *,
        id_format: IdFormat,
        purpose: str,
        area_code: str = "",
    ) -> int:
        """Write a ledger as a workbook and return its lines; noted before it is written. Raises DISK-001, DISK-002."""
        ledger = self.open(key, year, id_format, area_code)
        homes = tuple(dict.fromkeys(row.household_id for row in ledger.rows))
        self._log.exported(f"ledger_{key}", homes, path.name, form=id_format, purpose=purpose)
        place = next((area.name for area in self._store.areas() if area.code == area_code), "")
        title = place + _TITLES[key][0] + (f"（{ledger.year} 年）" if ledger.year else "")
        write_ledger(
            path,
            title=title,
            note=ledger.note_zh,
            columns=ledger.columns,
            rows=[row.cells for row in ledger.rows],
            day=self._clock.today(),
        )
        return len(ledger.rows)

    def _below(self, key: LedgerKey, year: int | None) -> Ledger:
        year = year or next(iter(self.years()), self._clock.today().year - 1)
        book = self._store.rule_book()
        name = book.names.get(_LINES[key])
        line = book.number(name.name, date(year, 12, 31)) if name else None
        if line is None:
            note = (
                f"县里还没有定 {year} 年的参考线，定了（county publish-policy）同步后就有名单。",
                f"The county has not set the line of {year}; once it has, sync.",
            )
            return Ledger(key, year, _COLUMNS[key], (), *note)
        fen = int(Decimal(str(line)) * 100)
        found = self._store.below_line(year, fen, listed=key == "low_listed")
        rows = tuple(_row(each, self._income_cells(each.facts, fen)) for each in found)
        note = (
            f"{year} 年人均纯收入低于 {line:,.0f} 元（县里定的参考线）。没有当年收入的户不在内。",
            f"Income a head of {year} under {line:,.0f} yuan (the county's line). Households without it are left out.",
        )
        return Ledger(key, year, _COLUMNS[key], rows, *note)

    def _made(
        self, key: LedgerKey, form: IdFormat
    ) -> tuple[list[LedgerLine], Callable[[_Facts], Iterable[str | float]], tuple[str, str]]:
        match key:
            case "student_aid":
                note = (
                    "成员登记的教育资助，和教育类帮扶措施；没有金额的是政策减免或未登记。",
                    "Aid told for members, and measures of education.",
                )
                return self._store.student_aids(), lambda facts: self._student_cells(facts, form), note
            case "out_of_school":
                after, until, ages = self._school_age()
                note = (
                    f"{ages} 周岁（县里定的义务教育年龄）未登记在校、登记了未上学原因，或正在劝返、送教的孩子。",
                    f"Children of {ages} not known to be at school, or taught at home, or persuaded to return.",
                )
                return (
                    self._store.out_of_school(after, until),
                    lambda facts: self._child_cells(facts, form),
                    note,
                )
            case "given":
                note = (
                    "一户一策表“获得帮扶”里登记的物资、慰问金、捐款捐物和志愿服务，新的在前。",
                    "Goods, cash, donations and volunteering as registered, newest first.",
                )
                return self._store.given(_GIVEN), self._given_cells, note
            case _:
                note = (
                    "村、乡镇、县提交的名单和自查、抽查的户，新的在前。提交时自动查数据错误，有错的先改再提交下一轮。",
                    "Lists handed up, self-checks and spot checks, newest first.",
                )
                return self._store.submitted(), self._submitted_cells, note

    def _school_age(self) -> tuple[date, date, str]:
        today = self._clock.today()
        first, last = self._store.rule_book().pair("school_age", today) or (6, 15)
        return _years_before(today, last + 1), _years_before(today, first), f"{first}–{last}"

    def _income_cells(self, facts: _Facts, line: int) -> Iterable[str | float]:
        kind, monitored, members, head, net = facts
        yield self._schema.label("household_type", _text(kind))
        yield self._schema.label("monitor_kind", _text(monitored))
        yield float(members or 0)
        yield _yuan(head)
        yield (line - int(head or 0)) / 100
        yield _yuan(net)

    def _student_cells(self, facts: _Facts, form: IdFormat) -> Iterable[str | float]:
        name, number, state, school, aid, since, amount = facts
        yield _text(name) or "全户"
        yield format_id_number(_text(number), form)
        yield self._schema.label("school_state", _text(state))
        yield _text(school)
        yield _text(aid)
        yield _text(since)
        yield float(amount) if amount not in (None, "") else ""

    def _child_cells(self, facts: _Facts, form: IdFormat) -> Iterable[str | float]:
        name, number, born, state, why, measure, school = facts
        yield _text(name)
        yield format_id_number(_text(number), form)
        yield _text(born)
        yield float(_age(_text(born), self._clock.today()))
        yield self._schema.label("school_state", _text(state)) or "未登记"
        yield _text(why)
        yield self._schema.label("dropout_measure", _text(measure))
        yield _text(school)

    def _given_cells(self, facts: _Facts) -> Iterable[str | float]:
        kind, item, day, amount, quantity, giver, person = facts
        yield self._schema.label("aid_kind", _text(kind))
        yield _text(item)
        yield _text(day)
        yield _yuan(amount)
        yield _text(quantity)
        yield _text(giver)
        yield _text(person) or "全户"

    def _submitted_cells(self, facts: _Facts) -> Iterable[str | float]:
        name, number, level, day, by, conclusion, findings = facts
        yield _text(name)
        yield float(number) if number is not None else ""
        yield self._schema.label("inspection_level", _text(level))
        yield _text(day)
        yield _text(by)
        yield self._schema.label("inspection_result", _text(conclusion))
        yield _text(findings)


_Facts = tuple[str | int | None, ...]


def _row(line: LedgerLine, cells: Iterable[str | float]) -> LedgerRow:
    home = line.home
    named = (home.village_name, home.group_name, home.house_no, home.head_name, home.helper_name)
    return LedgerRow(home.household_id, (*named, *cells))


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _yuan(fen: str | int | None) -> str | float:
    return "" if fen is None else int(fen) / 100


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _age(born: str, today: date) -> int:
    birth = date.fromisoformat(born)
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
