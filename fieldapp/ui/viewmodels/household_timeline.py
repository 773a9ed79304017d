"""A household's time line: visits and tries, filled forms, problems, tasks, help, pairings, corrections, newest first.

What happened stays: a measure that ended, a task that was dropped and a correction that was taken back are lines too
(requirement A176).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from fieldapp.register.entities import Entity, FormEntry, Task
from fieldapp.register.schema import ListSpec, RegisterSchema
from fieldapp.register.values import display
from fieldapp.ui.dates import long_day, moment
from fieldapp.ui.text import choose, language, say
from fieldapp.ui.viewmodels.household_lines import TimeKind, VisitEntry, visit_entries

if TYPE_CHECKING:
    from fieldapp.services.corrections import CorrectionLine
    from fieldapp.services.households import HouseholdFile

__all__ = ["TIME_KINDS", "time_kind_word", "timeline"]

#: The kinds in the order of the filter.
TIME_KINDS: tuple[TimeKind, ...] = ("visit", "form", "matter", "help", "correction")
#: Lists with cards or lines of their own.
_TOLD_APART = frozenset(
    {"entries", "tasks", "passes", "proposals", "dwellings", "income_items", "loans", "posts"}
)
_HELP = frozenset({"aids", "plans", "deliveries"})
_SHOWN_LINES = 2


def time_kind_word(kind: TimeKind) -> str:
    """Return the word of a kind for the filter."""
    return {
        "visit": say("走访", "Visits"),
        "form": say("填表", "Forms"),
        "matter": say("问题和事项", "Problems and tasks"),
        "help": say("帮扶", "Help"),
        "correction": say("更正", "Corrections"),
    }[kind]


def timeline(
    file: HouseholdFile,
    corrections: Sequence[CorrectionLine],
    schema: RegisterSchema,
    today: date,
    approvals: Mapping[str, tuple[str, str]],
    *,
    door: bool,
) -> list[VisitEntry]:
    """Return every line, newest first. While the family looks on, only visits, forms and help."""
    entries = [
        *visit_entries(file.visits, schema, today, approvals, file.readable),
        *_forms(file, schema, today),
        *_help(file, schema),
        *_records(file, schema),
    ]
    if not door:
        entries += [*_matters(file, schema), *(_correction(line, today) for line in corrections)]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def _forms(file: HouseholdFile, schema: RegisterSchema, today: date) -> Iterator[VisitEntry]:
    for entry in file.others.get("entries", ()):
        if isinstance(entry, FormEntry):
            source = schema.label("visit_source", entry.source)
            typed = moment(entry.entered_at, today)
            yield _entry(
                entry.id,
                entry.filled_on,
                entry.title,
                "form",
                lines=(" · ".join(part for part in (entry.author_name, source, typed) if part),),
                opens=entry.id in file.readable,
            )


def _help(file: HouseholdFile, schema: RegisterSchema) -> Iterator[VisitEntry]:
    for measure in file.measures:
        group = schema.label("measure_group", measure.group)
        told = f"{group}：{measure.item}" if measure.item else group
        for day, word in (
            (measure.started, say("开始", "begins")),
            (measure.ended, say("结束", "ends")),
        ):
            if day:
                yield _entry(measure.id, day, f"{told}（{word}）", "help")
    for pairing in file.pairings:
        who = " · ".join(part for part in (pairing.staff_name, pairing.unit_name) if part)
        for day, word in (
            (pairing.started, say("开始结对", "paired")),
            (pairing.ended, say("结束结对", "no longer paired")),
        ):
            if day:
                yield _entry(pairing.id, day, f"{word}：{who}", "help")


def _matters(file: HouseholdFile, schema: RegisterSchema) -> Iterator[VisitEntry]:
    for issue in file.issues:
        state = schema.label("issue_state", issue.state)
        title = say("问题", "Problem") + f"：{schema.label('issue_kind', issue.kind)}（{state}）"
        yield _entry(issue.id, issue.found_on or "", title, "matter", lines=(issue.description,))
    for lead in file.leads:
        title = say("线索", "Lead") + f"：{schema.label('lead_state', lead.state)}"
        yield _entry(lead.id, lead.found_on or "", title, "matter", lines=(lead.situation,))
    for task in file.others.get("tasks", ()):
        if isinstance(task, Task):
            yield from _task(task, schema)


def _task(task: Task, schema: RegisterSchema) -> Iterator[VisitEntry]:
    state = schema.label("task_state", task.state)
    due = say("期限 {day}", "due {day}", day=long_day(task.due_on)) if task.due_on else ""
    why = str(task.get("closed_why") or "")
    made = str(task.get("made_on") or task.due_on or "")
    title = say("事项", "Task") + f"：{task.title}（{state}）"
    yield _entry(task.id, made, title, "matter", lines=tuple(part for part in (due, why) if part))


def _records(file: HouseholdFile, schema: RegisterSchema) -> Iterator[VisitEntry]:
    """Every further list that says when: hand-overs, reviews, inspections, aid received, papers delivered, surveys."""
    for name, records in file.others.items():
        spec = schema.lists.get(name)
        if spec is None or name in _TOLD_APART:
            continue
        kind: TimeKind = "help" if name in _HELP else "matter"
        for record in records:
            if record.status == "active" and (day := _day_of(record, spec)):
                yield _entry(record.id, day, _title_of(record, spec, schema), kind)


def _day_of(record: Entity, spec: ListSpec) -> str:
    days = (record.get(prop.name) for prop in spec.properties.values() if prop.type == "date")
    return str(next((day for day in days if day), ""))


def _title_of(record: Entity, spec: ListSpec, schema: RegisterSchema) -> str:
    told = []
    for prop in spec.properties.values():
        if (
            prop.column
            and prop.type != "date"
            and prop.name != "household_id"
            and not prop.name.endswith("_id")
        ):
            told.append(display(prop, record.get(prop.name), schema))
    name = spec.zh if language() == "zh" else spec.en
    return f"{name}：" + " · ".join([text for text in told if text][: _SHOWN_LINES + 1])


def _correction(line: CorrectionLine, today: date) -> VisitEntry:
    empty = say("（空）", "(empty)")
    facts = [
        f"{choose(fact.label_zh, fact.label_en)}：{fact.before or empty} → {fact.after or empty}"
        for fact in line.facts
    ]
    more = len(facts) - _SHOWN_LINES
    lines = [*facts[:_SHOWN_LINES], say("还有 {n} 项", "{n} more", n=more)] if more > 0 else facts
    if line.households > 1:
        lines.append(say("同一笔更正了 {n} 户", "one of {n} households", n=line.households))
    return _entry(
        line.change_id,
        long_day(line.at),
        say("更正", "Correction") + f" · {line.author_name} · {moment(line.at, today)}",
        "correction",
        lines=(say("原因：{why}", "Why: {why}", why=line.reason), *lines),
        undo=line.change_id if line.can_be_undone else "",
    )


def _entry(
    id: str,
    day: str,
    title: str,
    kind: TimeKind,
    *,
    lines: tuple[str, ...] = (),
    opens: bool = False,
    undo: str = "",
) -> VisitEntry:
    return VisitEntry(
        id, day, title, "", tuple(line for line in lines if line), (), "neutral", kind, opens, undo
    )
