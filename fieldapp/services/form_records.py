"""The records of a household that a form is filled in from: those of the register lists it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fieldapp.register.entities import Entity, Household, Person
from fieldapp.register.form_offers import FormOffer, offer_for
from fieldapp.services.forms import map_of
from fieldapp.store import HouseholdRecords, PublishedForm, Store

__all__ = ["FormRecords", "open_lists", "records_for"]

_LIGHT = frozenset({"households", "persons"})
_DONE = frozenset({"closed", "declined", "admitted"})


@dataclass(frozen=True, slots=True)
class FormRecords:
    """The household, its members, the records of further lists that the form takes up, and for a form about several
    households the others of the village.
    """

    household: Household
    members: tuple[Person, ...]
    others: Mapping[str, tuple[Entity, ...]] = field(default_factory=dict)
    neighbours: Sequence[Household] = ()

    @property
    def all(self) -> tuple[Entity, ...]:
        """Every record but the household."""
        return (*self.members, *(record for some in self.others.values() for record in some))


def records_for(store: Store, form: PublishedForm, household_id: str, today: date) -> FormRecords:
    """Read what a form is about. Raises STORE-003."""
    lists = [name for name in map_of(form.xml).lists if name not in _LIGHT]
    if not lists:  # a visit, most of the time: nothing else need be read
        return FormRecords(*store.household_with_members(household_id))
    offer = offer_for(store.form_offers(), form.form_id)
    file = store.household_file(household_id)
    others = {name: offer.takes_up(_of_list(file, name), today.year) for name in lists}
    neighbours = _neighbours(store, offer, file.household)
    return FormRecords(file.household, file.members, others, neighbours)


def open_lists(file: HouseholdRecords) -> frozenset[str]:
    """Return which of the lists of problems and leads have a record that is not done with."""
    return frozenset(
        name for name in ("issues", "leads") if any(r.get("state") not in _DONE for r in _of_list(file, name))
    )


def _of_list(file: HouseholdRecords, name: str) -> tuple[Entity, ...]:
    match name:
        case "measures":
            return file.measures
        case "issues":
            return file.issues
        case "leads":
            return file.leads
    return file.others.get(name, ())


def _neighbours(store: Store, offer: FormOffer, household: Household) -> Sequence[Household]:
    return store.village_households(household.area_code) if offer.batch else ()
