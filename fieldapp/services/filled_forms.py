"""Which published forms fit a household. Filling one in is the way of a visit (:mod:`fieldapp.services.visits`); what
it leaves behind is an entry of the household, which is no visit of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.register.entities import Staff
from fieldapp.register.form_offers import offer_for
from fieldapp.services.form_records import open_lists
from fieldapp.services.forms import title_of
from fieldapp.services.visit_draft import VISIT_FORM
from fieldapp.store import Store

__all__ = ["FilledForms", "FormChoice"]


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form that fits: its title, group and why (Chinese, English), and the draft that waits, if there is one."""

    form_id: str
    title: str
    group: tuple[str, str]
    why: tuple[str, str]
    draft_id: str | None = None


class FilledForms:
    """The forms that a person may fill in for a household."""

    def __init__(self, store: Store, person: Staff) -> None:
        self._store = store
        self._person = person

    def forms_for(self, household_id: str) -> list[FormChoice]:
        """Return the forms that fit, in the county's order, ad-hoc surveys last. Raises STORE-003."""
        file = self._store.household_file(household_id)
        role = (self._store.staff(self._person.id) or self._person).role
        offers = self._store.form_offers()
        order = {offer.form_id: number for number, offer in enumerate(offers)}
        waiting = {d.form_id: d.id for d in self._store.drafts() if d.household_id == household_id}
        here = dict.fromkeys(form_id for form_id, _ in self._store.form_versions() if form_id != VISIT_FORM)
        choices = []
        for form_id in sorted(here, key=lambda id: order.get(id, len(order))):
            offer = offer_for(offers, form_id)
            form = self._store.form(form_id)
            if form is not None and offer.fits(file.household, role, open_lists(file)):
                title = title_of(form.xml) or form_id
                choices.append(FormChoice(form_id, title, offer.group, offer.why, waiting.get(form_id)))
        return choices
