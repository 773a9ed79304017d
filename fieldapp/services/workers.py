"""The ledger of work 务工台账: who is able to work, where they work or came back from, who plans to leave or wants work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.exchange.difference_book import write_table
from fieldapp.register.entities import Household, Person
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat, format_id_number
from fieldapp.register.identity import age_on
from fieldapp.register.values import display
from fieldapp.register.work_groups import WORK_GROUPS, WorkGroup, work_group
from fieldapp.services.print_log import PrintLog

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = ["WORK_GROUPS", "WorkGroup", "WorkerLine", "Workers"]

_HEADINGS = (
    *("行政村", "村民小组", "户编号", "户主", "姓名", "性别", "证件号码", "联系电话", "分类"),
    *("年龄", "文化程度", "劳动技能", "掌握的技能", "培训意愿"),
    *("务工地", "务工企业", "所属行业", "务工月收入", "开始时间", "返乡或结束", "就业服务需求", "监测对象"),
)


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """A member with what is known of the work; texts as they are read. ``since`` is when the work began, ``back`` when
    it ended or the member came back.
    """

    household_id: str
    person_id: str
    village: str
    group_name: str
    house_no: str
    head_name: str
    name: str
    sex: str
    id_number: str
    phone: str
    group: WorkGroup
    place: str
    employer: str
    industry: str
    wage: str
    since: str
    back: str
    need: str
    monitor: str
    age: str = ""
    education: str = ""
    labour: str = ""
    skill: str = ""
    wants_training: str = ""


class Workers:
    """The ledger of the person who unlocked the vault."""

    def __init__(self, store: Store, person: Staff, *, clock: Clock, schema: RegisterSchema) -> None:
        self._store = store
        self._clock = clock
        self._schema = schema
        self._log = PrintLog(store, person, clock)

    def lines(self, household_ids: Sequence[str]) -> list[WorkerLine]:
        """Return the members of some households who work or could, household by household."""
        homes = self._store.records([("households", home) for home in household_ids])
        villages = {
            row.household_id: row.village_name
            for row in self._store.worklist_rows(self._store.household_keys(household_ids))
        }
        today = self._clock.today()
        found = []
        for person in self._store.members_of(household_ids):
            group = work_group(person, today)
            home = homes.get(("households", person.household_id))
            if group is not None and isinstance(home, Household):
                found.append(self._line(person, home, villages.get(home.id, ""), group))
        return found

    def save(
        self,
        lines: Iterable[WorkerLine],
        path: Path,
        *,
        purpose: str,
        id_format: IdFormat = DEFAULT_FORMAT,
    ) -> int:
        """Write a ledger and return its rows; noted before it is written. Raises DISK-001, DISK-002."""
        wanted = list(lines)
        homes = tuple(dict.fromkeys(line.household_id for line in wanted))
        self._log.exported("work_ledger", homes, path.name, form=id_format, purpose=purpose)
        note = f"{self._clock.today().isoformat()}　{len(wanted)} 人"
        write_table(path, "务工台账", note, _HEADINGS, [_row(line, id_format) for line in wanted])
        return len(wanted)

    def _line(self, person: Person, home: Household, village: str, group: WorkGroup) -> WorkerLine:
        def said(name: str, of: Person | Household = person) -> str:
            prop = self._schema.property(of.LIST, name)
            value = of.get(name)
            return "" if prop is None or value is None else display(prop, value, self._schema)

        places = (said("work_province"), said("work_city"), said("work_county") or said("work_address"))
        place = "".join(dict.fromkeys(one for one in places if one)) or said("work_place")
        return WorkerLine(
            home.id,
            person.id,
            village,
            home.group_name,
            home.house_no,
            home.head_name,
            person.name,
            said("sex"),
            person.id_number,
            person.phone or home.phone,
            group,
            said("planned_county") if group == "planned" else place,
            said("employer"),
            said("industry"),
            said("monthly_wage"),
            said("work_started"),
            said("returned_on") or said("work_ended"),
            said("service_need") or said("wanted_job"),
            said("monitor_kind", home),
            _age(person, self._clock.today()),
            said("education"),
            said("labour"),
            said("skill"),
            said("training") or said("wants_training"),
        )


def _age(person: Person, today: date) -> str:
    try:
        return str(age_on(date.fromisoformat(str(person.get("birth_date") or "")), today))
    except ValueError:
        return ""


def _row(line: WorkerLine, id_format: IdFormat) -> tuple[str, ...]:
    return (
        line.village,
        line.group_name,
        line.house_no,
        line.head_name,
        line.name,
        line.sex,
        format_id_number(line.id_number, id_format),
        line.phone,
        WORK_GROUPS[line.group][0],
        line.age,
        line.education,
        line.labour,
        line.skill,
        line.wants_training,
        line.place,
        line.employer,
        line.industry,
        line.wage,
        line.since,
        line.back,
        line.need,
        line.monitor,
    )
