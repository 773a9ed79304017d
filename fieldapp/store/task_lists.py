"""What has to be done by a day, over all households: tasks, problems with a deadline; and who a campaign has reached."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from fieldapp.register.axes import AXES
from fieldapp.register.campaigns import Campaign
from fieldapp.store.base import raw
from fieldapp.store.rolling import Rolling

__all__ = ["CoverLine", "TaskLists", "TaskRow"]

_WHO = "h.head_name, ifnull(a.name, '') AS village_name, h.group_name"
_HOME = (
    " CROSS JOIN households AS h ON h.county_code = :county AND h.id = t.household_id AND h.status = 'active'"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
)
_TASKS = (
    "SELECT * FROM (SELECT 'tasks' AS list, t.id, t.household_id, "  # noqa: S608 - constants
    f"{_WHO}, ifnull(t.kind, 'other') AS kind, t.title, t.due_on AS due_on,"
    " ifnull((SELECT v.visit_date FROM visits AS v WHERE v.county_code = :county"
    "  AND v.id = json_extract(t.properties, '$.visit_id')), '') AS visit_on,"
    " ifnull((SELECT i.description FROM issues AS i WHERE i.county_code = :county"
    "  AND i.id = json_extract(t.properties, '$.issue_id')), '') AS issue, t.campaign,"
    " (SELECT i.kind FROM issues AS i WHERE i.county_code = :county"
    "  AND i.id = json_extract(t.properties, '$.issue_id')) AS issue_kind,"
    " (SELECT json_extract(i.properties, '$.lead_unit') FROM issues AS i WHERE i.county_code = :county"
    "  AND i.id = json_extract(t.properties, '$.issue_id')) AS lead_unit"
    f" FROM tasks AS t {_HOME}"
    " WHERE t.county_code = :county AND t.status = 'active' AND t.state = 'open'"
    f" UNION ALL SELECT 'issues', t.id, t.household_id, {_WHO}, 'issue', t.description, t.deadline, '', '', '',"
    " t.kind, json_extract(t.properties, '$.lead_unit')"
    f" FROM issues AS t {_HOME} WHERE t.county_code = :county AND t.status = 'active'"
    " AND t.state NOT IN ('closed', 'listed') AND ifnull(t.deadline, '') != ''"
    ") ORDER BY due_on IS NULL OR due_on = '', due_on, village_name, head_name"
)
#: Households of a campaign with the first day on which it reached them. ``{fits}`` and ``{done}`` are constants.
_COVER = (
    "SELECT h.id, h.head_name, s.area_code, ifnull(a.name, ''), h.group_name, s.helper_name, {done} AS done_on"
    " FROM summaries AS s CROSS JOIN households AS h ON h.county_code = :county AND h.id = s.household_id"
    " LEFT JOIN areas AS a ON a.county_code = :county AND a.code = h.area_code"
    " WHERE ({fits}) AND (:drawn IS NULL OR h.id IN (SELECT value FROM json_each(:drawn)))"
    " AND (:areas = '[]' OR EXISTS (SELECT 1 FROM json_each(:areas) AS p"
    "  WHERE substr(h.area_code, 1, length(p.value)) = p.value)) ORDER BY s.place"
)
_BY_VISIT = (
    "(SELECT min(v.visit_date) FROM visits AS v WHERE v.county_code = :county AND v.household_id = h.id"
    " AND v.status = 'active' AND v.outcome = 'met' AND v.visit_date BETWEEN :first AND :last"
    " AND (:remote OR v.mode NOT IN ('phone', 'wechat', 'sms')))"
)
#: A filled form of the campaign, or a check that names it (or no campaign at all) and no other round.
_BY_FORM = (
    "(SELECT min(day) FROM (SELECT e.filled_on AS day FROM entries AS e WHERE e.county_code = :county"
    " AND e.household_id = h.id AND e.status = 'active' AND e.form_id = :form AND e.filled_on BETWEEN :first AND :last"
    " UNION ALL SELECT i.inspected_on FROM inspections AS i WHERE i.county_code = :county AND i.household_id = h.id"
    " AND i.status = 'active' AND i.inspected_on BETWEEN :first AND :last AND i.campaign IN (:id, :name)"
    " AND ifnull(i.round, :round) = :round))"
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task or a problem with a deadline; ``kind`` as in the code list. ``visit_on`` the day of the visit it comes from,
    ``issue`` the problem it comes from, with its kind and the unit that leads in it.
    """

    list: str
    id: str
    household_id: str
    head_name: str
    village_name: str
    group_name: str
    kind: str
    title: str
    due_on: str | None
    visit_on: str
    issue: str
    campaign: str
    issue_kind: str | None
    lead_unit: str | None


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A household of a campaign; ``done_on`` is None until the campaign has reached it."""

    household_id: str
    head_name: str
    area_code: str
    village_name: str
    group_name: str
    helper_name: str
    done_on: str | None


class TaskLists(Rolling):
    """Reading tasks and coverage."""

    def open_tasks(self) -> list[TaskRow]:
        """Return what is open, the soonest day first, without a day last."""
        with self._read() as connection:
            rows = raw(connection).execute(_TASKS, {"county": self.site.county_code}).fetchall()
        return [TaskRow(**dict(zip(_TASK_COLUMNS, row, strict=True))) for row in rows]

    def coverage(self, campaign: Campaign, drawn: frozenset[str] | None) -> list[CoverLine]:
        """Return the campaign's households on this laptop in the order people go, each reached or not."""
        self._be_current()
        kinds = campaign.population.kinds
        fits = " OR ".join(f"({AXES[kind].sql})" for kind in kinds) or "TRUE"
        done = _BY_VISIT if campaign.form == "visit" else _BY_FORM
        arguments = {
            "county": self.site.county_code,
            "areas": json.dumps(campaign.population.areas),
            "drawn": None if drawn is None else json.dumps(sorted(drawn)),
            "first": campaign.starts_on.isoformat(),
            "last": campaign.deadline.isoformat(),
            "remote": campaign.remote_counts,
            "form": campaign.form,
            "id": campaign.id,
            "name": campaign.name,
            "round": campaign.round,
        }
        with self._read() as connection:
            rows = raw(connection).execute(_COVER.format(fits=fits, done=done), arguments).fetchall()
        return [CoverLine(*row) for row in rows]


_TASK_COLUMNS = tuple(column.name for column in fields(TaskRow))
