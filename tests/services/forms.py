"""Forms of a county's own making, compiled, and sessions of the shipped visit form."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from pyxform.xls2xform import convert

from fieldapp.common.clock import CHINA, Clock
from fieldapp.common.ids import IdSource
from fieldapp.register.entities import Household, Person
from fieldapp.register.schema import register_schema
from fieldapp.services.forms import OpenForm, open_form
from fieldapp.services.prefill import household_lists, prefill_of
from fieldapp.xform import Environment, FormSession, GroupView, QuestionView, RepeatView

__all__ = ["COUNTY_FORM", "compiled", "fill_required", "opened", "session_of"]

#: A household question, a roster that only adds people, and a trouble that becomes an issue.
COUNTY_FORM = """
| settings | | | |
| | form_title | form_id | version |
| | 县里的表 | visit | 2 |

| entities | | | | | |
| | list_name | label | entity_id | create_if | update_if |
| | households | | ${household} | | ${household} != '' |
| | persons | ${who} | | ${who} != '' | |
| | issues | ${what} | | ${what} != '' | |

| survey | | | | |
| | type | name | label | save_to |
| | select_one_from_file households.csv | household | 户 | |
| | integer | built | 建成年份 | households#house_year |
| | begin repeat | people | 新增的人 | |
| | text | who | 姓名 | |
| | text | tel | 电话 | persons#phone |
| | end repeat | | | |
| | begin group | trouble | 问题 | |
| | text | what | 什么问题 | |
| | select_one k | kind | 类别 | issues#kind |
| | end group | | | |

| choices | | | |
| | list_name | name | label |
| | k | water | 饮水 |
"""


@functools.cache
def compiled(markdown: str) -> bytes:
    """Return a form written as a markdown table as XForm."""
    xform: str = convert(markdown, file_type=".md", validate=False).xform
    return xform.encode()


def opened(xml: bytes, household: Household, members: Sequence[Person]) -> OpenForm:
    """Open a form with the lists of a household."""
    return open_form(xml, household_lists(household, members, {}))


def session_of(
    form: OpenForm, household: Household, members: Sequence[Person], clock: Clock, **more: str
) -> FormSession:
    """Begin a session filled in from the register; ``more`` are answers by the last step of their refs under /data."""
    schema = register_schema()
    answers = prefill_of(form.map, household, members, schema)
    answers |= {f"/data/{name.replace('__', '/')}": text for name, text in more.items()}
    environment = Environment(clock, IdSource(clock).new, CHINA)
    return FormSession.start(form.definition, environment, prefill=answers)


def fill_required(session: FormSession, answers: Mapping[str, str]) -> list[str]:
    """Answer what is required and empty, as a person in a hurry: by name, else the first choice, else a word.

    Return the refs that were answered.
    """
    done: list[str] = []
    for _ in range(200):
        missing = [v for v in session.validate() if v.kind == "required" and v.ref not in done]
        if not missing:
            return done
        view = session.view(missing[0].ref)
        assert isinstance(view, QuestionView)
        choice = next((choice.value for choice in view.choices), "说明")
        session.set(view.ref, answers.get(view.name, choice))
        done.append(view.ref)
    raise AssertionError("the form asks for ever more")


def leaves(view: GroupView | RepeatView | QuestionView) -> list[QuestionView]:
    """Return the questions below a view."""
    if isinstance(view, QuestionView):
        return [view]
    inner = view.children if isinstance(view, GroupView) else view.instances
    return [question for child in inner for question in leaves(child)]
