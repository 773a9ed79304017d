"""The workbooks of the demo county, in the form of the national export: one per town, and the ledger of visits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fieldapp.demo.generate.geography import CITY, COUNTY, PROVINCE, Village
from fieldapp.demo.generate.model import Facts, Family
from fieldapp.demo.generate.town_maker import MadeTown
from fieldapp.exchange.layouts import Layout, SheetKind
from fieldapp.exchange.writing import BookWriter, SheetWriter

__all__ = ["NOTICE_EN", "NOTICE_ZH", "LedgerBook", "write_town_book"]

NOTICE_ZH = "演示数据：全部人员、姓名、证件号码、电话均为程序按种子合成，不是任何真实的人；身份证号使用未启用的地区码 4199，电话使用未分配的 169 号段。"
#: The household's facts that the export repeats on every person's row; the dwelling and land are in 户信息.
_ON_PERSONS = frozenset(
    {
        *("natural_village", "group_name", "phone", "relocated", "household_type", "monitor_kind"),
        *("out_of_poverty_year", "identified_month", "risk_cleared", "cleared_month", "clear_way"),
        *("risks", "no_labour"),
    }
)
NOTICE_EN = (
    "Demonstration data: every person, name, identity number and telephone was invented by a program from a seed. "
    "Identity numbers use the unassigned area 4199, telephones the unassigned network 169."
)


def write_town_book(path: Path, made: MadeTown, layout: Layout, today: date) -> None:
    """Write the workbook of one town to ``path``. Raises DISK-001 or DISK-002."""
    book = BookWriter(path, title=f"{COUNTY}{made.town.name} 演示数据", day=today)
    try:
        _TownBook(book, made, layout, today).write()
        book.close()
    except BaseException:
        book.discard()
        raise


class _TownBook:
    """Writes one town's sheets in the layout's order."""

    def __init__(self, book: BookWriter, made: MadeTown, layout: Layout, today: date) -> None:
        self._book = book
        self._made = made
        self._layout = layout
        self._today = today
        self._listed = [family for family in made.families if family.slot.kind != "ordinary"]
        self._ordinary = [family for family in made.families if family.slot.kind == "ordinary"]

    def write(self) -> None:
        self._book.page("说明", ["演示数据说明", NOTICE_ZH, NOTICE_EN])
        self._villages()
        self._staff()
        self._persons(self._listed, 0)
        if self._ordinary:
            self._persons(self._ordinary, 1)
        self._households()
        self._jobs(0, "working")
        self._jobs(1, "planned_county")
        self._incomes()
        self._measures()
        self._pairings()

    def _sheet(self, kind: SheetKind, index: int = 0) -> SheetWriter:
        layout = self._layout.sheet(kind, index)
        return self._book.sheet(
            layout,
            name=layout.write_name.format(date=f"{self._today:%Y%m%d}"),
            title=f"{COUNTY}{self._made.town.name}{layout.zh}",
            note=f"导出日期：{self._today.isoformat()}　{NOTICE_ZH}",
            header_row=self._layout.header_row,
        )

    def _villages(self) -> None:
        sheet = self._sheet("villages")
        for village in self._made.town.villages:
            families = [family for family in self._made.of_village(village) if family.slot.kind != "ordinary"]
            out = [family for family in families if family.facts["household_type"] == "out_of_poverty"]
            monitored = [family for family in families if family.monitored]
            sheet.write(
                {
                    "area": {**_area(village), "village_code": village.code},
                    "": {
                        "村民小组数": len(village.groups),
                        "自然村数": len(village.natural),
                        "脱贫户数": len(out),
                        "脱贫人口数": sum(len(family.members) for family in out),
                        "监测对象户数": len(monitored),
                        "监测对象人数": sum(len(family.members) for family in monitored),
                        "是否通硬化路": "是",
                        "是否有卫生室": "是",
                        "是否通宽带": "是",
                    },
                }
            )

    def _staff(self) -> None:
        sheet = self._sheet("staff")
        for cadre in self._made.cadres:
            place: Facts = {"county": COUNTY, "town": self._made.town.name}
            if cadre.village is not None:
                place["village"] = cadre.village.name
            sheet.write(
                {
                    "area": place,
                    "line": {
                        "name": cadre.name,
                        "post": cadre.post,
                        "unit_name": cadre.unit,
                        "phone": cadre.phone,
                    },
                    "": {"性别": cadre.sex, "政治面貌": cadre.politics},
                }
            )

    def _persons(self, families: list[Family], index: int) -> None:
        sheet = self._sheet("persons", index)
        year: Facts = {"年度": str(self._today.year)}
        for family in families:
            facts: dict[str, Facts] = {
                "area": _area(family.slot.village),
                "households": {
                    "house_no": family.house_no,
                    **{name: value for name, value in family.facts.items() if name in _ON_PERSONS},
                },
                "line": {"member_count": len(family.members)},
                "measures": _items(family),
                "": year,
            }
            for member in family.members:
                sheet.write({**facts, "persons": member.facts})

    def _households(self) -> None:
        sheet = self._sheet("households")
        for family in self._made.families:
            kind = "脱贫户" if family.facts["household_type"] == "out_of_poverty" else "一般农户"
            sheet.write(
                {
                    "area": _area(family.slot.village),
                    "households": {**family.facts, "house_no": family.house_no},
                    "line": {"head_name": family.facts["head_name"]},
                    "": {"户类型": kind},
                }
            )

    def _jobs(self, index: int, named: str) -> None:
        """Write a row for each member of whom the monthly monitoring says so much."""
        sheet = self._sheet("jobs", index)
        for family in self._listed:
            village = family.slot.village
            place: Facts = {
                "省": PROVINCE,
                "市": CITY,
                "县": COUNTY,
                "乡": village.town,
                "村": village.name,
            }
            for member in family.members:
                if named in member.facts:
                    line: Facts = {
                        "person_no": member.facts["person_no"],
                        "name": member.facts["name"],
                        "id_number": member.facts.get("id_number"),
                    }
                    key: Facts = {"house_no": family.house_no}
                    sheet.write({"households": key, "line": line, "persons": member.facts, "": place})

    def _incomes(self) -> None:
        sheet = self._sheet("incomes")
        for family in self._listed:
            key: Facts = {"house_no": family.house_no}
            place = {**_place(family), "人数": len(family.members)}
            for income in family.incomes:
                sheet.write({"households": key, "incomes": income, "": place})

    def _measures(self) -> None:
        sheet = self._sheet("measures")
        for family in self._listed:
            key: Facts = {"house_no": family.house_no}
            names = {member.text("person_no"): member.text("name") for member in family.members}
            for measure in family.measures:
                place = _place(family)
                line: Facts = {}
                person = measure.get("person_no")
                if person is not None:
                    line["person_no"] = person
                    place["受益人姓名"] = names[str(person)]
                sheet.write({"households": key, "measures": measure, "line": line, "": place})

    def _pairings(self) -> None:
        sheet = self._sheet("pairings")
        for family in self._listed:
            key: Facts = {"house_no": family.house_no}
            for cadre, dates in family.pairings:
                facts: Facts = {
                    "staff_name": cadre.name,
                    "unit_name": cadre.unit,
                    "staff_phone": cadre.phone,
                    **dates,
                }
                place = _place(family) | {"性别": cadre.sex, "政治面貌": cadre.politics}
                sheet.write({"households": key, "pairings": facts, "": place})


class LedgerBook:
    """The county's ledger of visits, written town by town."""

    def __init__(self, path: Path, layout: Layout, today: date) -> None:
        self._book = BookWriter(path, title=f"{COUNTY}走访台账 演示数据", day=today)
        sheet = layout.sheet("visits")
        self._sheet = self._book.sheet(
            sheet,
            name=sheet.write_name,
            title=f"{COUNTY}{today.year} 年走访台账",
            note=f"截至 {today.isoformat()}　{NOTICE_ZH}",
            header_row=layout.header_row,
        )
        self.visits = 0

    def add(self, made: MadeTown) -> None:
        """Write the visits of a town's families."""
        for family in made.families:
            key: Facts = {"house_no": family.house_no}
            for visit in family.visits:
                self.visits += 1
                line: Facts = {
                    "head_name": family.facts["head_name"],
                    "unit_name": visit.visitor.unit,
                    "visitor_phone": visit.visitor.phone,
                }
                place: Facts = {
                    "序号": self.visits,
                    "乡": family.slot.village.town,
                    "村": family.slot.village.name,
                }
                self._sheet.write({"households": key, "visits": visit.facts, "line": line, "": place})

    def close(self) -> None:
        """Finish the file. Raises DISK-001 or DISK-002."""
        self._book.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._book.discard()


def _area(village: Village) -> Facts:
    return {
        "province": PROVINCE,
        "city": CITY,
        "county": COUNTY,
        "town": village.town,
        "village": village.name,
    }


def _place(family: Family) -> Facts:
    village = family.slot.village
    return {"乡": village.town, "村": village.name, "户主姓名": family.facts["head_name"]}


def _items(family: Family) -> Facts:
    """Return the measures of a monitored household as its columns have them: items by group."""
    if not family.monitored:
        return {}
    groups: dict[str, list[str]] = {}
    for measure in family.measures:
        groups.setdefault(str(measure["group"]), []).append(str(measure["item"]))
    return {group: "、".join(dict.fromkeys(items)) for group, items in groups.items()}
