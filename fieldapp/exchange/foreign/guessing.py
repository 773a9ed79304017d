"""What a column may mean, and what its heading suggests. A person confirms; next month the same heading is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldapp.exchange.texts import folded
from fieldapp.register.schema import RegisterSchema

__all__ = ["AMOUNT", "HOUSE_NO", "ID_NUMBER", "MONTH", "NAME", "guess", "target_label", "targets"]

#: Whom a row is about: never a name, which only helps to find slips.
ID_NUMBER, HOUSE_NO, NAME = "key.id_number", "key.house_no", "check.name"
#: What was paid, and in which month, where the list says so itself.
AMOUNT, MONTH = "pay.amount", "pay.month"
_LABELS: Mapping[str, tuple[str, str]] = {
    ID_NUMBER: ("身份证号（认人）", "identity number (whom)"),
    HOUSE_NO: ("户编号（认户）", "household number (whose)"),
    NAME: ("姓名（核对用）", "name (to compare)"),
    AMOUNT: ("发放金额", "amount paid"),
    MONTH: ("发放月份", "month paid"),
}
_SAID: Mapping[str, tuple[str, ...]] = {
    ID_NUMBER: (
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "公民身份证号码",
        "证件号码",
        "证件号",
        "身份证",
        "居民身份证号码",
        "残疾人证号",
    ),
    HOUSE_NO: ("户编号", "户编码"),
    NAME: ("姓名", "成员姓名", "领取人", "领款人", "户主姓名", "学生姓名", "参保人", "发放对象"),
    AMOUNT: (
        "金额",
        "发放金额",
        "实发金额",
        "补贴金额",
        "发放金额（元）",
        "金额（元）",
        "实发",
        "合计金额",
        "待遇金额",
        "补助金额",
        "资助金额",
    ),
    MONTH: ("月份", "发放月份", "所属月份", "待遇月份", "发放年月", "所属期"),
}
_LISTS = ("persons", "households")
_NEVER = frozenset(
    {
        "household_id",
        "house_no",
        "area_code",
        "person_no",
        "id_number",
        "line_no",
        "member_count",
        "merged_into",
        "merge_note",
    }
)


def targets(schema: RegisterSchema) -> list[str]:
    """Return what a column may mean, in the order of the list to choose from."""
    facts = [
        f"{name}.{prop.name}"
        for name in _LISTS
        for prop in schema.lists[name].properties.values()
        if prop.name not in _NEVER
    ]
    return [*_LABELS, *facts]


def target_label(target: str, schema: RegisterSchema) -> tuple[str, str]:
    """Return a meaning in Chinese and English."""
    if target in _LABELS:
        return _LABELS[target]
    list_name, _, name = target.partition(".")
    prop = schema.property(list_name, name)
    spec = schema.lists.get(list_name)
    if prop is None or spec is None:
        return target, target
    return f"{spec.zh}：{prop.zh}", f"{spec.en}: {prop.en}"


def guess(headings: Sequence[str], schema: RegisterSchema) -> dict[int, str]:
    """Return a meaning for each column that has an evident one; each meaning once, the first column wins."""
    known = {folded(text): target for target, texts in _SAID.items() for text in texts}
    for name in reversed(_LISTS):
        for prop in schema.lists[name].properties.values():
            if prop.name not in _NEVER:
                known.setdefault(folded(prop.zh), f"{name}.{prop.name}")
    found: dict[int, str] = {}
    for at, heading in enumerate(headings):
        target = known.get(folded(heading))
        if target is not None and target not in found.values():
            found[at] = target
    return found
