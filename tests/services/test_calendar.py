"""The month is made of what the register knows of each day; its numbers are those of the day's list."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from fieldapp.register.plan import add_months
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from tests.services.asking import finished, first, nobody_home


def test_every_number_of_a_month_is_the_length_of_its_list(clerk: Workspace) -> None:
    finished(clerk, first(clerk), help__requests="想把漏雨的屋顶修好")
    today, seen = clerk.today(), 0
    for back in range(12):
        month = add_months(today.replace(day=1), -back)
        for day, sheet in clerk.calendar.month(month.year, month.month).items():
            assert (day.year, day.month) == (month.year, month.month)
            assert sheet.numbers == Counter(line.what for line in clerk.calendar.day(day))
            seen += sum(sheet.numbers.values())
    assert seen > 0


def test_visits_and_attempts_of_today_and_who_is_due_stand_on_their_days(clerk: Workspace) -> None:
    today = clerk.today()
    rows = clerk.worklist.rows(clerk.worklist.ids(WorkFilter()))
    row = next(each for each in rows if each.due_on)
    assert ("due", row.household_id) in {
        (line.what, line.household_id) for line in clerk.calendar.day(today.fromisoformat(str(row.due_on)))
    }
    draft = clerk.visits.start(row.household_id, "onsite")
    nobody_home(draft)
    clerk.visits.finish(draft)
    other = next(each.household_id for each in rows if each.household_id != row.household_id)
    finished(clerk, other)
    told = {(line.what, line.household_id) for line in clerk.calendar.day(today)}
    assert {("missed", row.household_id), ("visited", other)} <= told
    (line,) = [
        each for each in clerk.calendar.day(today) if each.household_id == other and each.what == "visited"
    ]
    assert "见到" in line.text
    assert clerk.calendar.day(today + timedelta(days=2000)) == []
