"""A payment list against the register: rows of one person and month are one decision, and a month that another list has paid
already is asked about, never replaced unasked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from fieldapp.exchange.foreign import ForeignRow
from fieldapp.exchange.foreign.guessing import AMOUNT, MONTH, NAME
from fieldapp.register.change import EntityPatch, FieldChange
from fieldapp.register.checks.duplicates import normalised_name
from fieldapp.register.entities import Entity, IncomeItem, Person
from fieldapp.register.gate import REMOVED
from fieldapp.register.payments import (
    Part,
    Payment,
    Way,
    digest_of,
    list_title,
    parts_text,
    payment_id,
    read_parts,
    standing,
    total_of,
    with_payment,
)
from fieldapp.register.values import Value
from fieldapp.services.foreign_rows import (
    LineState,
    PersonPayment,
    Register,
    SheetLine,
    payee_of,
    unreadable,
)

if TYPE_CHECKING:
    from fieldapp.register.schema import RegisterSchema
    from fieldapp.store import Store

__all__ = ["PaymentPatches", "compare_payments", "payment_patches"]

_TRANSFER = "transfer"
#: No transfer pays a person so much in a month (yuan): the unit of the column is taken for another one, or it is a year's sum.
_UNLIKELY = Decimal(30_000)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row about a person with month and amount, and its line."""

    row: ForeignRow
    line: SheetLine
    person: Person
    month: str
    amount: Decimal

    @property
    def differs(self) -> bool:
        return self.line.state == "name_differs"

    @property
    def whose(self) -> str:
        told = str(self.row.values.get(NAME) or self.row.raw.get(NAME) or "")
        return list_title(normalised_name(told)) if self.differs else ""


@dataclass
class PaymentPatches:
    """Items with the chosen payments taken; how many were, and how many somebody has to say more about."""

    patches: list[EntityPatch] = field(default_factory=list)
    taken: int = 0
    asked: int = 0


def compare_payments(
    rows: Sequence[ForeignRow], register: Register, code: str, month: str, title: str
) -> list[SheetLine]:
    """Return a line for each person and month of the list, and one for each row that says nothing of anybody here.

    Rows that give another name than the register's are decisions of their own, whatever their place in the list.
    """
    schema = register.schema
    item_zh, item_en = schema.label("income_item", code), schema.codes["income_item"].by_code[code].en
    digests = _digests(rows, month)
    lines: list[SheetLine] = []
    groups: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        person, home, line = register.about(row)
        line = replace(line, what_zh=item_zh, what_en=item_en)
        wrong = next((t for t in (AMOUNT, MONTH) if t in row.unreadable), None)
        paid, amount = str(row.values.get(MONTH) or month), row.values.get(AMOUNT)
        if wrong is not None:
            lines.append(unreadable(line, wrong, row.unreadable[wrong], schema))
        elif person is None or home is None:
            if home is not None:
                zh, en = "只有户编号，不知道付给谁", "no person is named"
                line = replace(line, state="not_found", why_zh=zh, why_en=en)
            lines.append(line)
        elif amount is None:
            lines.append(replace(line, why_zh="没有金额", why_en="no amount", state="unreadable"))
        elif Decimal(str(amount)) * 100 % 1:
            why_zh, why_en = "金额最多写到分（两位小数）", "an amount has at most two decimals"
            lines.append(replace(line, why_zh=why_zh, why_en=why_en, state="unreadable"))
        else:
            groups[person.id, paid].append(_Row(row, line, person, paid, Decimal(str(amount))))
    for group in groups.values():
        lines += _of_month(group, register, code, title, digests)
    return sorted(lines, key=lambda line: line.row)


def _digests(rows: Sequence[ForeignRow], month: str) -> dict[str, str]:
    """Return the digest of each month that the list pays; a copy of a row pays nothing."""
    paid: dict[str, dict[tuple[str, int], tuple[str, Decimal]]] = defaultdict(dict)
    for row in rows:
        if (amount := row.values.get(AMOUNT)) is not None:
            whom = payee_of(row)
            paid[str(row.values.get(MONTH) or month)][whom, row.told] = whom, Decimal(str(amount))
    return {each: digest_of(found.values()) for each, found in paid.items()}


def _of_month(
    group: Sequence[_Row], register: Register, code: str, title: str, digests: dict[str, str]
) -> list[SheetLine]:
    """Return the lines of one person's month: the rows of one name together, copies set aside."""
    lines: list[SheetLine] = []
    first: dict[int, int] = {}
    by_name: dict[str, list[_Row]] = defaultdict(list)
    for each in group:
        if (seen := first.setdefault(each.row.told, each.row.number)) != each.row.number:
            why = f"和第 {seen} 行完全一样，只算一次", f"the same as row {seen} in everything: counts once"
            lines.append(replace(each.line, state="twice", why_zh=why[0], why_en=why[1]))
        else:
            by_name[each.whose].append(each)
    for whose, rows in by_name.items():
        person, month = rows[0].person, rows[0].month
        ours = {list_title(normalised_name(person.name))} if not whose else set()
        # Where only another name is paid, it may have been taken when the register had that name.
        alone = {""} if whose and len(by_name) == 1 else set()
        amount = sum((each.amount for each in rows), Decimal(0))
        payment = Payment(
            month, amount, list_title(title), digests.get(month, ""), whose, frozenset(ours | alone)
        )
        lines.append(_line(rows, payment, register, code))
    return lines


def _line(rows: Sequence[_Row], payment: Payment, register: Register, code: str) -> SheetLine:
    person, line = rows[0].person, rows[0].line
    now = register.records.get((IncomeItem.LIST, payment_id(code, person.id, int(payment.month[:4]))))
    how = standing(_parts(now), payment, _former(now))
    numbers = tuple(each.row.number for each in rows)
    kept = [how.own] if how.own is not None else list(how.others)
    before = _listed(kept) if how.own is None else f"{how.own.amount} 元"
    reasons = [(line.why_zh, line.why_en)] if line.why_zh else []
    if len(rows) > 1:
        told = "、".join(map(str, numbers))
        reasons.insert(0, (f"第 {told} 行合计", f"sum of rows {told}"))
    if unit := rows[0].row.unit:
        reasons.append((f"表里的单位是{unit}，已换算成元", f"the sheet has {unit}, made into yuan"))
    state: LineState = "name_differs" if rows[0].differs else "new"
    if how.own is not None and how.own.amount == payment.amount:
        state, reasons = "same", [("这个月已经导入过", "this month is in already")]
    elif how.own is not None:
        state = state if rows[0].differs else "changed"
        if how.own.title:
            why = f"这张表上次记的是 {how.own.amount} 元，接受就换成这次的"
            reasons.append((why, f"the list said {how.own.amount} before; accepting replaces that"))
    elif how.others:
        state = "other_list"
        why = f"这个月已由{_listed(how.others)}：替换还是加上，由您定"
        reasons.append((why, f"paid by another list already ({_listed(how.others)}): replace it, or add"))
    if payment.amount >= _UNLIKELY and state in ("new", "changed"):
        state = "unlikely"
        reasons.insert(
            0,
            (
                "一个人一个月这么多，请核对单位和金额，对的就选中接受",
                "a large amount for a month: check the unit",
            ),
        )
    taken = PersonPayment(person.id, person.household_id, payment)
    return replace(
        line,
        rows=numbers,
        state=state,
        before=before,
        after=f"{payment.month}　{payment.amount} 元",
        why_zh="；".join(zh for zh, _ in reasons),
        why_en="; ".join(en for _, en in reasons),
        payment=None if state == "same" else taken,
    )


def _listed(parts: Sequence[Part]) -> str:
    return "、".join(f"《{part.title or '以前的表'}》记了 {part.amount} 元" for part in parts)


def payment_patches(
    store: Store,
    schema: RegisterSchema,
    code: str,
    payments: Sequence[PersonPayment],
    way: Way,
    list_name: str,
) -> PaymentPatches:
    """Return the items of the year with the payments taken into what the register says now, one patch an item."""
    by_item: dict[tuple[str, int], list[PersonPayment]] = defaultdict(list)
    for one in payments:
        by_item[one.person_id, int(one.payment.month[:4])].append(one)
    ids = {key: payment_id(code, *key) for key in by_item}
    current = store.records([(IncomeItem.LIST, id) for id in ids.values()])
    item_zh = schema.label("income_item", code)
    found = PaymentPatches()
    for key, some in by_item.items():
        now = current.get((IncomeItem.LIST, ids[key]))
        before = parts = _parts(now)
        for one in some:
            after = with_payment(parts, one.payment, way, _former(now))
            if after is None:
                found.asked += 1
            else:
                parts, found.taken = after, found.taken + 1
        if parts != before:
            found.patches.append(_patch(ids[key], key[1], some[0], now, parts, (code, item_zh, list_name)))
    return found


def _patch(
    id: str,
    year: int,
    whose: PersonPayment,
    now: Entity | None,
    parts: Sequence[Part],
    said: tuple[str, str, str],
) -> EntityPatch:
    code, item_zh, list_name = said
    gone = now is not None and now.status == REMOVED
    text = parts_text(parts)
    # What the door has corrected is kept: a further month adds to it, it does not set the sum of the list again.
    corrected = Decimal(0)
    if now is not None and not gone:
        corrected = Decimal(str(now.get("amount") or 0)) - total_of(str(now.get("paid") or ""))
    total = f"{total_of(text) + corrected:f}"
    facts: dict[str, Value] = {
        "household_id": whose.household_id,
        "year": year,
        "period": "year",
        "kind": _TRANSFER,
        "item": item_zh,
        "code": code,
        "person_id": whose.person_id,
        "amount": _plain(total),
        "lump": _plain(total),
        "paid": text,
        "source": "list",
        "list_name": list_name,
        "from_day": f"{year}-01-01",
        "to_day": f"{year}-12-31",
    }
    old = now.values() if now is not None else {}
    fields = {
        name: FieldChange(old.get(name), value) for name, value in facts.items() if old.get(name) != value
    }
    version = now.version if now is not None else 0
    status = FieldChange(REMOVED, "active") if gone else None
    return EntityPatch(IncomeItem.LIST, id, whose.household_id, version, fields, status)


def _parts(now: Entity | None) -> tuple[Part, ...]:
    """What is kept of an item; nothing of one that was taken back."""
    return read_parts(str(now.get("paid") or "")) if now is not None and now.status != REMOVED else ()


def _former(now: Entity | None) -> str:
    return list_title(str(now.get("list_name") or "")) if now is not None else ""


def _plain(total: str) -> str:
    from fieldapp.register.values import canonical_decimal

    return canonical_decimal(Decimal(total))
