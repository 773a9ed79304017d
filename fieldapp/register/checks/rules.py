"""The rules as data: read from ``resources/checks/*.toml``, compiled and checked when they are loaded.

A county's own folder may follow the shipped one: a rule with the same id replaces the shipped rule, and ``level = "off"``
silences it.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fieldapp.common.resources import resources_dir
from fieldapp.register.checks.compiling import Compiler, RuleMistake, parse
from fieldapp.register.checks.errors import BAD_RULE, BAD_RULE_FILE
from fieldapp.register.checks.facts import FactReader
from fieldapp.register.checks.finding import LEVELS, Level
from fieldapp.register.checks.kinds import Vocabulary, vocabulary_of
from fieldapp.register.checks.logic import Run
from fieldapp.register.checks.policy_facts import POLICY_LIST, policy_kinds
from fieldapp.register.checks.scopes import LATEST, SCOPES, Scope
from fieldapp.register.checks.screening import Requirements, Screen, requirements_of
from fieldapp.register.checks.texts import Write, compile_text
from fieldapp.register.policy import YearPolicy
from fieldapp.register.rules import RuleBook as PolicyValues
from fieldapp.register.rules import shipped_rulebook
from fieldapp.register.schema import RegisterSchema, register_schema

__all__ = ["CheckRule", "RuleBook", "load_rules", "shipped_rules"]

_NEEDED = ("id", "level", "scope", "expr", "zh", "en", "mend", "source")
_OPTIONAL = ("when", "mend_at", "valid_from", "valid_to", "fires", "silent")
_OFF = "off"
_HOLE = re.compile(r"\{([^{}]*)\}")
#: What stands in a rule's title for values that say nothing of their own.
_SPOKEN = {
    "name": ("某人", "somebody"),
    "id_problem_zh": ("证件号码写得不对", "the number is wrong"),
    "id_problem_en": ("证件号码写得不对", "the number is wrong"),
}


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One compiled rule. ``fires`` and ``silent`` are its worked examples, as the file states them.

    ``source`` names where the rule comes from (B6 Identity, C1 …); ``valid_from`` and ``valid_to`` are years, both
    included. ``mend_slot`` is the row whose field is opened, None for the list as a whole.
    """

    id: str
    level: Level
    scope: Scope
    when_text: str
    when: Run | None
    expr: Run
    zh: Write
    en: Write
    zh_text: str
    en_text: str
    mend_list: str
    mend_property: str
    mend_slot: int | None
    reads: tuple[tuple[str, str], ...]
    requires: Requirements
    source: str
    valid_from: int | None
    valid_to: int | None
    fires: tuple[Mapping[str, Any], ...]
    silent: tuple[Mapping[str, Any], ...]

    def title(self) -> tuple[str, str]:
        """Return what the rule says, in Chinese and English, with “…” where a household's own values stand."""
        zh = _HOLE.sub(lambda hole: _SPOKEN.get(hole[1].rpartition(".")[2], ("…",))[0], self.zh_text)
        en = _HOLE.sub(lambda hole: _SPOKEN.get(hole[1].rpartition(".")[2], ("…",))[-1], self.en_text)
        return zh, en

    def in_force(self, year: int) -> bool:
        """Tell whether the rule counts in a year."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass
class RuleBook:
    """The rules of a program run, in the order of their files, and what is remembered between households."""

    rules: tuple[CheckRule, ...]
    schema: RegisterSchema
    _reader: tuple[date, tuple[YearPolicy, ...], PolicyValues, FactReader] | None = field(
        default=None, repr=False
    )
    _plans: dict[int, Plan] = field(default_factory=dict, repr=False)

    def plan(self, year: int) -> Plan:
        """Return the rules in force in a year, by scope."""
        plan = self._plans.get(year)
        if plan is None:
            plan = self._plans[year] = _plan(
                [rule for rule in self.rules if rule.in_force(year)], _vocabulary(self.schema)
            )
        return plan

    def reader(self, today: date, policies: tuple[YearPolicy, ...], values: PolicyValues) -> FactReader:
        """Return what makes rows of facts on a day; kept for the next household."""
        held = self._reader
        if held is None or held[0] != today or held[1] is not policies or held[2] is not values:
            reader = FactReader(self.schema, today, policies, values)
            held = self._reader = (today, policies, values, reader)
        return held[3]

    def only(self, *ids: str) -> RuleBook:
        """Return a book of some rules, for a form that asks about a few fields."""
        return RuleBook(tuple(rule for rule in self.rules if rule.id in ids), self.schema)


#: Scope by scope: the rules in force, to be screened by the rows in question.
Plan = tuple[tuple[Scope, Screen[CheckRule]], ...]


def _vocabulary(schema: RegisterSchema) -> Vocabulary:
    return {**vocabulary_of(schema), POLICY_LIST: policy_kinds(shipped_rulebook().names)}


def _plan(rules: list[CheckRule], vocabulary: Vocabulary) -> Plan:
    scopes: dict[str, list[CheckRule]] = {}
    for rule in rules:
        scopes.setdefault(rule.scope.name, []).append(rule)
    return tuple(
        (SCOPES[name], Screen(held, lambda rule: rule.requires, SCOPES[name].screened, vocabulary))
        for name, held in scopes.items()
    )


def _requires(scope: Scope, when: str, expr: str, vocabulary: Vocabulary) -> Requirements:
    text = f"({when}) and ({expr})" if when else expr
    return requirements_of(parse(text), scope.screened, vocabulary)


def load_rules(*folders: Path, schema: RegisterSchema | None = None) -> RuleBook:
    """Read every rule file of the folders; a later folder's rule replaces the rule of the same id.

    Raises RULE-001 for a wrong rule, RULE-002 for a file that is no TOML or has no rules.
    """
    known = schema or register_schema()
    vocabulary = _vocabulary(known)
    rules: dict[str, CheckRule] = {}
    for folder in folders:
        here: dict[str, CheckRule | None] = {}
        for path in sorted(folder.glob("*.toml")):
            for number, row in enumerate(_rows(path), 1):
                name = str(row.get("id", f"#{number}"))
                try:
                    if name in here:
                        raise RuleMistake("这个编号用了两次", "the id is used twice")
                    here[name] = _rule(row, vocabulary, known)
                except RuleMistake as mistake:
                    raise BAD_RULE(
                        file=path.name, rule=name, reason_zh=mistake.zh, reason_en=mistake.en
                    ) from None
        for name, rule in here.items():
            rules.pop(name, None) if rule is None else rules.update({name: rule})
    return RuleBook(tuple(rules.values()), known)


@functools.lru_cache(maxsize=1)
def shipped_rules() -> RuleBook:
    """Return the rules that ship with the program."""
    return load_rules(resources_dir() / "checks")


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["rule"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BAD_RULE_FILE(file=path.name, reason_zh="不是 TOML 文件", reason_en=str(error)) from error
    except KeyError:
        raise BAD_RULE_FILE(file=path.name, reason_zh="里面没有规则", reason_en="it has no rule") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BAD_RULE_FILE(
            file=path.name, reason_zh="规则要写成 [[rule]]", reason_en="rules are written as [[rule]]"
        )
    return rows


def _rule(row: Mapping[str, Any], vocabulary: Vocabulary, schema: RegisterSchema) -> CheckRule | None:
    if row.get("level") == _OFF:
        return None
    _check_fields(row)
    scope = SCOPES[row["scope"]]
    codes = dict(schema.codes)
    compiler = Compiler(scope, vocabulary, codes)
    when_text = " ".join(row.get("when", "").split())
    when = compiler.truth(when_text) if when_text else None
    expr = compiler.truth(row["expr"])
    words = Compiler(scope, vocabulary, codes)  # what a text shows is not what the rule judges
    mend_list, mend_property = _mend(row["mend"], schema)
    return CheckRule(
        id=row["id"],
        level=row["level"],
        scope=scope,
        when_text=when_text,
        when=when,
        expr=expr,
        zh=compile_text(row["zh"], "zh", words, codes),
        en=compile_text(row["en"], "en", words, codes),
        zh_text=row["zh"],
        en_text=row["en"],
        mend_list=mend_list,
        mend_property=mend_property,
        mend_slot=_mend_slot(scope, mend_list, row.get("mend_at")),
        reads=tuple(sorted(compiler.reads)),
        requires=_requires(scope, when_text, row["expr"], vocabulary),
        source=row["source"],
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        fires=tuple(row.get("fires", ())),
        silent=tuple(row.get("silent", ())),
    )


def _check_fields(row: Mapping[str, Any]) -> None:
    for name in _NEEDED:
        if not (isinstance(row.get(name), str) and row[name].strip()):
            raise RuleMistake(f"缺少「{name}」", f"“{name}” is missing")
    for name in row:
        if name not in _NEEDED and name not in _OPTIONAL:
            raise RuleMistake(f"不认识「{name}」", f"“{name}” is not known")
    if row["level"] not in LEVELS:
        raise RuleMistake(f"没有「{row['level']}」这一级", f"there is no level “{row['level']}”")
    if row["scope"] not in SCOPES:
        raise RuleMistake(f"没有「{row['scope']}」这个范围", f"there is no scope “{row['scope']}”")
    if not isinstance(row.get("when", ""), str):
        raise RuleMistake("when 应为文字", "“when” is text")
    for name in ("valid_from", "valid_to"):
        if not isinstance(row.get(name, 0), int):
            raise RuleMistake(f"「{name}」应为年份", f"“{name}” is a year")


def _mend(text: str, schema: RegisterSchema) -> tuple[str, str]:
    list_name, _, name = text.partition(".")
    if schema.property(list_name, name) is None:
        raise RuleMistake(f"没有「{text}」这个字段可改", f"there is no property “{text}” to mend")
    return list_name, name


def _mend_slot(scope: Scope, list_name: str, name: str | None) -> int | None:
    if name is not None:
        slot, held = scope.rows.get(name, (None, None))
        if held != list_name:
            raise RuleMistake(f"「{name}」不是 {list_name} 的一行", f"“{name}” is no row of {list_name}")
        return slot
    slots = [slot for slot, held in scope.rows.values() if held == list_name and slot != LATEST]
    return max(slots) if slots else LATEST if list_name == "incomes" else None
