"""One unlocked vault and everything one can do with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource
from fieldapp.register.entities import Staff
from fieldapp.register.schema import RegisterSchema
from fieldapp.services.cadres import Cadres
from fieldapp.services.calendar import Calendar
from fieldapp.services.campaigns import Campaigns
from fieldapp.services.corrections import Corrections
from fieldapp.services.duplicates import Duplicates
from fieldapp.services.elsewhere import Elsewhere
from fieldapp.services.filled_forms import FilledForms
from fieldapp.services.findings import Findings
from fieldapp.services.foreign_sheets import ForeignSheets
from fieldapp.services.households import Households
from fieldapp.services.ledgers import Ledgers
from fieldapp.services.national_check import NationalCheck
from fieldapp.services.person_card import PersonCard
from fieldapp.services.policy import Policy
from fieldapp.services.printing import Printing
from fieldapp.services.progress import Progress
from fieldapp.services.proposals import Proposals
from fieldapp.services.round_trip import RoundTrip
from fieldapp.services.search import Search
from fieldapp.services.set_aside import SetAside
from fieldapp.services.settings import Settings
from fieldapp.services.submissions import Submissions
from fieldapp.services.sync_now import SyncNow
from fieldapp.services.table_builder import TableBuilder
from fieldapp.services.tasks import Tasks
from fieldapp.services.typing_list import TypingList
from fieldapp.services.visits import Visits
from fieldapp.services.workers import Workers
from fieldapp.services.worklist import WorkList
from fieldapp.store import Store
from fieldapp.sync import DeviceIdentity
from fieldapp.vault import Vault

__all__ = ["Workspace"]


class Workspace:
    """Built by :class:`~fieldapp.services.laptop.Laptop`; closing it locks the vault."""

    def __init__(
        self,
        vault: Vault,
        identity: DeviceIdentity,
        *,
        clock: Clock,
        ids: IdSource,
        keep_card: Callable[[PersonCard], None],
    ) -> None:
        self.clock = clock
        self._vault = vault
        self._identity = identity
        self._keep_card = keep_card
        self._store = Store.open(
            vault, county_code=identity.county, device=identity.device, clock=clock, ids=ids
        )
        if identity.epoch > self._store.position().epoch:
            # A second enrolment of the same person: the county expects this laptop's chain under its own number.
            self._store.begin_epoch(identity.epoch)
        with contextlib.suppress(KnownError):  # a full disk must not keep the owner out
            self._store.tidy()
        schema, person = self.schema, self.person
        self.worklist = WorkList(self._store, person, schema, clock)
        self.households = Households(self._store, person, clock=clock, ids=ids, schema=schema)
        self.forms = FilledForms(self._store, person)
        self.visits = Visits(self._store, person, clock=clock, ids=ids, schema=schema)
        self.proposals = Proposals(self._store, person, clock=clock, ids=ids, schema=schema)
        self.cadres = Cadres(self._store, person, clock=clock, schema=schema)
        self.sync = SyncNow(self._store, identity, clock=clock, ids=ids, finished=self._renew_card)
        self.printing = Printing(
            self._store, person, identity.county_name, clock, outline=self.visits.outline
        )
        self.corrections = Corrections(self._store, person, clock=clock, ids=ids, schema=schema)
        self.foreign_sheets = ForeignSheets(self._store, person, clock=clock, ids=ids, schema=schema)
        self.set_aside = SetAside(self._store, schema)
        self.duplicates = Duplicates(self._store, person, clock=clock, ids=ids, schema=schema)
        self.findings = Findings(self._store, person, clock=clock, ids=ids, schema=schema)
        self._open_tables(clock, ids)
        self.settings = Settings(self._store, identity)
        self.tasks = Tasks(self._store, person, clock=clock, ids=ids)
        self.elsewhere = Elsewhere(self._store, person, clock=clock, ids=ids)
        self.calendar = Calendar(self._store, schema=schema)
        self.progress = Progress(self._store)
        self.campaigns = Campaigns(self._store)
        self.policy = Policy(self._store)
        self.typing = TypingList(self._store, person, clock)
        self.national = NationalCheck(self._store, person, self.typing, clock=clock, ids=ids)

    def _open_tables(self, clock: Clock, ids: IdSource) -> None:
        """What goes out to Excel, Word and lists, and comes back."""
        schema, person = self.schema, self.person
        self.table_builder = TableBuilder(self._store, person, self.county_name, clock=clock, schema=schema)
        self.round_trip = RoundTrip(self._store, person, clock=clock, ids=ids, schema=schema)
        self.workers = Workers(self._store, person, clock=clock, schema=schema)
        self.submissions = Submissions(self._store, person, clock=clock, ids=ids)
        self.search = Search(self._store, clock=clock, schema=schema)
        self.ledgers = Ledgers(self._store, person, clock)

    @property
    def person(self) -> Staff:
        """Who works here. Role, unit and scope come with the first sync."""
        known = self._store.staff(self._identity.person)
        name = self._identity.person_name
        return known or Staff(id=self._identity.person, name=name, role="helper", area_code="")

    @property
    def county_name(self) -> str:
        return self._identity.county_name

    @property
    def schema(self) -> RegisterSchema:
        """The register's schema with the county's own codes."""
        return self._store.site.schema

    def today(self) -> date:
        """Return the civil date."""
        return self.clock.today()

    def check_password(self, password: str) -> bool:
        """Return whether the password is this vault's, for unlocking the screen. Raises VAULT-004 after wrong ones."""
        return self._vault.check_password(password)

    def count(self) -> tuple[int, int]:
        """Return how many households and members are on this laptop."""
        return self._store.register_counts()

    def close(self) -> None:
        """Lock the vault. Twice is fine."""
        self._vault.close()

    def _renew_card(self) -> None:
        person = self.person
        self._keep_card(PersonCard(person.id, person.name, person.role))
