"""The store of one unlocked vault: its parts put together, opened on the right schema and the right county."""

from __future__ import annotations

from fieldapp.common.clock import Clock
from fieldapp.common.ids import IdSource
from fieldapp.register.code_overrides import with_county_codes
from fieldapp.register.schema import register_schema
from fieldapp.store.attachments import Attachments
from fieldapp.store.base import Site
from fieldapp.store.cadres import Cadres
from fieldapp.store.calendar_queries import CalendarQueries
from fieldapp.store.documents import Documents
from fieldapp.store.drafts import Drafts
from fieldapp.store.elsewhere_queries import ElsewhereQueries
from fieldapp.store.errors import WRONG_COUNTY
from fieldapp.store.feed import Feed
from fieldapp.store.figure_queries import FigureQueries
from fieldapp.store.finding_queries import FindingQueries
from fieldapp.store.forms import Forms
from fieldapp.store.group_queries import GroupQueries
from fieldapp.store.history import History
from fieldapp.store.households import Households
from fieldapp.store.ledger_queries import LedgerQueries
from fieldapp.store.outbox import Outbox
from fieldapp.store.person_queries import PersonQueries
from fieldapp.store.policy import county_codes
from fieldapp.store.proposals import Proposals
from fieldapp.store.record_sets import RecordSets
from fieldapp.store.repeated_texts import RepeatedTexts
from fieldapp.store.schema import ensure_schema
from fieldapp.store.search_queries import SearchQueries
from fieldapp.store.settings import Settings
from fieldapp.store.task_lists import TaskLists
from fieldapp.store.tray import Tray
from fieldapp.store.typing import Typing
from fieldapp.store.worklist import WorkLists
from fieldapp.store.writing import Writes
from fieldapp.vault import Vault

__all__ = ["Store"]

_COUNTY_KEY = "county_code"


class Store(
    Writes,
    WorkLists,
    TaskLists,
    ElsewhereQueries,
    Households,
    RecordSets,
    Cadres,
    History,
    Feed,
    Outbox,
    Tray,
    Proposals,
    Drafts,
    Documents,
    Attachments,
    Forms,
    Settings,
    FindingQueries,
    GroupQueries,
    FigureQueries,
    LedgerQueries,
    PersonQueries,
    RepeatedTexts,
    SearchQueries,
    CalendarQueries,
    Typing,
):
    """What is in the vault, by meaning. Each part is a module; this class only puts them together."""

    @classmethod
    def open(cls, vault: Vault, *, county_code: str, device: str, clock: Clock, ids: IdSource) -> Store:
        """Open the store of an unlocked vault: make or bring up its schema. ``device`` is this laptop's writer id.

        Raises STORE-001 for data of a newer program, STORE-002 for another county's.
        """
        ensure_schema(vault)
        with vault.reader() as connection:
            schema = with_county_codes(register_schema(), county_codes(connection))
        store = cls(vault, Site(county_code, device, schema), clock, ids)
        found = store.setting(_COUNTY_KEY)
        if found is None:
            store.put_setting(_COUNTY_KEY, county_code)
        elif found != county_code:
            raise WRONG_COUNTY(found=found, expected=county_code)
        return store
