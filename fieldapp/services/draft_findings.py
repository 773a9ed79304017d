"""Doubts while a form is filled in: the register's checks over the household as the answers would leave it.

A doubt never blocks. It stands beside the question that mends it, and is passed with a reason, which travels with the
visit. What somebody passed before stays passed as long as the values are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fieldapp.register.checks import CheckContext, Finding, RuleBook, open_findings, run_checks
from fieldapp.register.checks.finding import Level, digest_of
from fieldapp.register.entities import (
    Dwelling,
    Entity,
    Household,
    IncomeYear,
    Issue,
    Loan,
    Measure,
    Pass,
    Person,
)
from fieldapp.register.policy import YearPolicy
from fieldapp.register.rules import RuleBook as PolicyValues
from fieldapp.register.schema import RegisterSchema
from fieldapp.register.values import Value
from fieldapp.services.draft_answers import Answered, answered_records
from fieldapp.services.form_map import FormMap

if TYPE_CHECKING:
    from fieldapp.services.draft_content import SeenRecord
    from fieldapp.store import HouseholdRecords
    from fieldapp.xform import FormSession

__all__ = ["LARGE_CHANGE", "DraftFinding", "Ground", "draft_findings"]

#: The form's own doubt: an amount, an area or a number that is many times, or a small part of, what it was.
LARGE_CHANGE = "form.large-change"
_MANY_TIMES = Decimal(3)
#: Counted within a year or known to jump; a threefold is nothing there.
_JUMPING_UNITS = frozenset({"月", "人", "次"})


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """A finding beside a question. ``reason`` is why it was passed in this draft, empty while it is open."""

    ref: str
    rule_id: str
    level: Level
    zh: str
    en: str
    key: str
    reason: str = ""

    @property
    def can_be_passed(self) -> bool:
        """An error is mended, now or later; a doubt or a hint may have a good reason."""
        return self.level != "error"


@dataclass(frozen=True)
class Ground:
    """What the checks stand on while a form is open: the records of the register, the rules and the policy."""

    records: tuple[Entity, ...]
    book: RuleBook
    today: date
    policies: tuple[YearPolicy, ...]
    values: PolicyValues
    passed: Mapping[str, str]  # reasons by key, of the register
    before: frozenset[str]  # keys of what was found before the first answer

    @classmethod
    def of(
        cls,
        records: HouseholdRecords,
        book: RuleBook,
        today: date,
        policies: tuple[YearPolicy, ...],
        values: PolicyValues,
    ) -> Ground:
        """Return the ground of a household as the register has it now."""
        entities: tuple[Entity, ...] = (
            records.household,
            *records.members,
            *records.incomes,
            *records.measures,
            *records.issues,
            *(each for some in records.others.values() for each in some),
        )
        known = Answered({(entity.LIST, entity.id): entity for entity in entities})
        passed = {each.key: each.reason for each in known.active(Pass)}
        ground = cls(entities, book, today, policies, values, passed, frozenset())
        found = run_checks(book, _context(known, records.household, ground))
        return replace(ground, before=frozenset(finding.key for finding in found))


def draft_findings(
    ground: Ground,
    form: FormMap,
    session: FormSession,
    household: Household,
    seen: Mapping[str, SeenRecord],
    schema: RegisterSchema,
) -> tuple[DraftFinding, ...]:
    """Return what the checks find after the answers: what this form can mend, and what its answers brought about."""
    after = answered_records(form, session, ground.records, household.id, schema)
    context = _context(after, household, ground)
    found = [
        DraftFinding(ref, finding.rule_id, finding.level, finding.zh, finding.en, finding.key)
        for finding in open_findings(run_checks(ground.book, context), ground.passed)
        if (ref := _place(finding, after, ground)) is not None
    ]
    found += [each for each in _large_changes(after, seen, schema) if each.key not in ground.passed]
    return tuple(found)


def _context(known: Answered, household: Household, ground: Ground) -> CheckContext:
    now = known.records.get((Household.LIST, household.id), household)
    return CheckContext(
        household=now if isinstance(now, Household) else household,
        members=known.active(Person),
        incomes=known.active(IncomeYear),
        measures=known.active(Measure),
        issues=known.active(Issue),
        loans=known.active(Loan),
        dwellings=known.active(Dwelling),
        today=ground.today,
        policies=ground.policies,
        values=ground.values,
    )


def _place(finding: Finding, after: Answered, ground: Ground) -> str | None:
    """Return the question that mends a finding. One that the answers brought about and that is mended elsewhere stands
    at a question that the rule read.
    """
    mended = after.question_of(finding.list, finding.entity_id, finding.property)
    if mended is not None or finding.key in ground.before:
        return mended
    rule = next((rule for rule in ground.book.rules if rule.id == finding.rule_id), None)
    subjects = set(finding.subject.split("+"))
    read = {fact for _, fact in rule.reads} if rule is not None else set()
    asked = [
        (entity_id in subjects, ref)
        for (_, entity_id, name), ref in after.questions.items()
        if name in read and (entity_id in subjects or entity_id == finding.household_id)
    ]
    return max(asked, default=(False, None), key=lambda pair: pair[0])[1]


def _large_changes(
    after: Answered, seen: Mapping[str, SeenRecord], schema: RegisterSchema
) -> Iterable[DraftFinding]:
    for (list_name, entity_id, name), ref in after.questions.items():
        prop = schema.property(list_name, name)
        if prop is None or prop.type not in ("decimal", "integer") or prop.unit in _JUMPING_UNITS:
            continue
        entity = after.records.get((list_name, entity_id))
        was = _number(seen[entity_id].facts.get(name)) if entity_id in seen else None
        now = _number(entity.get(name)) if entity is not None else None
        if was and now and (now >= _MANY_TIMES * was or was >= _MANY_TIMES * now):
            yield DraftFinding(
                ref,
                LARGE_CHANGE,
                "doubt",
                f"{prop.zh}上次是 {was}{prop.unit}，这次是 {now}{prop.unit}，相差很大，请再核对",
                f"{prop.en}: {was} last time, {now} now; a large change, please look again",
                f"{LARGE_CHANGE}/{entity_id}/{digest_of([name, str(was), str(now)])}",
            )


def _number(value: Value) -> Decimal | None:
    if value is None or isinstance(value, bool | list):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number > 0 else None
