"""Two lists that every form may look into, in ODK's own way: the county's policy by day, and what the register has of the
household that no question of the form takes up by itself (open matters, risks, the helper).

``policy.csv`` has a row for each value and span of days: ``name``, ``value``, ``from`` and ``until`` as ``yyyymmdd``; the
span of today comes first, so that ``pulldata`` reads today's value. A value the county has yet to set has no row.
``known.csv`` has ``name`` and ``value``. See docs/forms/README.md.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fieldapp.register.values import display
from fieldapp.services.prefill import answer_text

if TYPE_CHECKING:
    from fieldapp.register.entities import Entity
    from fieldapp.register.rules import RuleBook, RuleValue
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import HouseholdRecords, PublishedForm, Store

__all__ = ["KNOWN", "POLICY", "known_list", "known_values", "own_lists", "policy_list"]

POLICY = "jr://file-csv/policy.csv"
KNOWN = "jr://file-csv/known.csv"
_EVER = 99991231
_HOUSEHOLD = (
    "risks",
    "other_risk",
    "identified_month",
    "no_labour",
    "household_type",
    "monitor_kind",
    "phone",
)
_INCOME = (
    "year",
    "wage",
    "business",
    "property",
    "transfer",
    "expense",
    "compliant_medical",
    "net",
    "per_capita",
)
_ISSUES_DONE = frozenset({"closed"})


def own_lists(
    store: Store, form: PublishedForm, household_id: str, schema: RegisterSchema, today: date
) -> dict[str, bytes]:
    """Return those of the two lists that a form declares. Raises STORE-003."""
    lists = {}
    if POLICY.encode() in form.xml:
        lists[POLICY] = policy_list(store.rule_book(), today)
    if KNOWN.encode() in form.xml:
        lists[KNOWN] = known_list(store.household_file(household_id), schema, today)
    return lists


def policy_list(rules: RuleBook, today: date) -> bytes:
    """Return the policy in force as a list, a row for each value and span of days."""
    return _csv(("name", "value", "from", "until"), _policy_rows(rules, today))


def _policy_rows(rules: RuleBook, today: date) -> Iterator[tuple[str, str, int, int]]:
    used = [preset for preset in rules.presets if preset.id in rules.use]
    starts = {preset.valid_from for preset in used}
    starts |= {preset.valid_to + timedelta(days=1) for preset in used if preset.valid_to is not None}
    spans = _spans(sorted(starts))
    spans.sort(key=lambda span: not (span[0] <= today and (span[1] is None or today <= span[1])))
    for first, last in spans:
        for name in rules.names:
            value = rules.rule(name, first)
            if value is not None:
                yield name, _value_text(value), _number(first), _EVER if last is None else _number(last)


def _spans(starts: list[date]) -> list[tuple[date, date | None]]:
    ends: list[date | None] = [start - timedelta(days=1) for start in starts[1:]]
    return list(zip(starts, [*ends, None], strict=True)) if starts else []


def _number(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


def _value_text(value: RuleValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(str(each) for each in value)
    return str(value)


def known_list(file: HouseholdRecords, schema: RegisterSchema, today: date) -> bytes:
    """Return what the register has of a household as a list of names and values."""
    return _csv(("name", "value"), known_values(file, schema, today).items())


def known_values(file: HouseholdRecords, schema: RegisterSchema, today: date) -> dict[str, str]:
    """Return what the register has of a household, by name; what it does not have is left out."""
    household = file.household
    told = {name: answer_text(household.get(name)) for name in _HOUSEHOLD}
    told["heads"] = str(len(file.members)) if file.members else ""
    helper = next((p for p in file.pairings if _runs(p, today)), None)
    if helper is not None:
        told |= {"helper_id": helper.staff_id, "helper_name": helper.staff_name}
        told["helper_unit"] = _text(helper, "unit_name")
        told["helper_phone"] = _text(helper, "staff_phone")
    if file.incomes:
        told |= {f"income_{name}": answer_text(file.incomes[0].get(name)) for name in _INCOME}
    told["open_matters"] = "\n".join(_open_matters(file, schema))
    told["measures"] = "\n".join(_measure_line(measure, schema) for measure in file.measures)
    return {name: text for name, text in told.items() if text}


def _runs(pairing: Entity, today: date) -> bool:
    ended = _text(pairing, "ended")
    kind = _text(pairing, "kind")
    return (not ended or ended >= today.isoformat()) and kind in ("", "helper")


def _open_matters(file: HouseholdRecords, schema: RegisterSchema) -> Iterator[str]:
    """Return a line for what is still to be done: tasks, problems, leads and measures that run."""
    for task in file.others.get("tasks", ()):
        if _text(task, "state") in ("", "open"):
            yield f"待办：{_text(task, 'title')}" + _by(_text(task, "due_on"))
    for issue in file.issues:
        if issue.state not in _ISSUES_DONE:
            what = _text(issue, "description") or _shown(issue, "kind", schema)
            yield f"问题（{_shown(issue, 'state', schema)}）：{what}" + _by(_text(issue, "deadline"))
    for lead in file.leads:
        if _text(lead, "state") not in ("admitted", "declined"):
            yield f"线索：{_text(lead, 'situation')}" + _by(_text(lead, "decide_by"))
    for measure in file.measures:
        if _text(measure, "state") in ("planned", "running"):
            yield f"措施：{_measure_line(measure, schema)}"


def _measure_line(measure: Entity, schema: RegisterSchema) -> str:
    parts = [_text(measure, "item") or _shown(measure, "group", schema)]
    since = _text(measure, "started")
    parts += [f"{since} 起"] if since else []
    parts += [_shown(measure, "state", schema)]
    return "，".join(part for part in parts if part)


def _by(day: str) -> str:
    return f"（{day} 前）" if day else ""


def _shown(entity: Entity, name: str, schema: RegisterSchema) -> str:
    prop = schema.property(entity.LIST, name)
    value = entity.get(name)
    return "" if prop is None or value in (None, "", []) else display(prop, value, schema)


def _text(entity: Entity, name: str) -> str:
    value = entity.get(name)
    return "" if value is None else str(value)


def _csv(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()
