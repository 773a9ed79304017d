"""What is in the vault, by meaning: the one write path, queries, the search index, migrations.

Start at ``store.py`` (what a store is made of), then ``writing.py`` (the one write path ``apply``) and ``feed.py`` (the
county's rows). SQL lives in this room only; nobody above it sees a row.
"""

from fieldapp.store.attachments import AttachmentInfo
from fieldapp.store.cadres import Charge, HomeLine, Turnover
from fieldapp.store.drafts import DraftRecord
from fieldapp.store.elsewhere_queries import SourceRow
from fieldapp.store.figure_queries import CategoryCount, IncomeFigures, WorkFigures
from fieldapp.store.finding_values import FindingFilter, FindingLine, RuleCount
from fieldapp.store.forms import PublishedForm
from fieldapp.store.history import FactLine, FactOrigin, ToldFact
from fieldapp.store.household_records import HouseholdRecords, VisitLine
from fieldapp.store.ladder import LadderStep
from fieldapp.store.ledger_queries import LedgerHome, LedgerLine
from fieldapp.store.outbox import BatchPosition, FrozenBatch, PendingRecord
from fieldapp.store.store import Store
from fieldapp.store.task_lists import CoverLine, TaskRow
from fieldapp.store.tray import BatchState, HeldAnswer, OutboxCounts, SentRecord
from fieldapp.store.work_values import AreaCount, GroupNumbers, WorkCounts, WorkFilter, WorkRow
from fieldapp.store.writing import Applied

__all__ = [
    "Applied",
    "AreaCount",
    "AttachmentInfo",
    "BatchPosition",
    "BatchState",
    "CategoryCount",
    "Charge",
    "IncomeFigures",
    "WorkFigures",
    "CoverLine",
    "DraftRecord",
    "FactLine",
    "FactOrigin",
    "FindingFilter",
    "FindingLine",
    "FrozenBatch",
    "HeldAnswer",
    "HomeLine",
    "HouseholdRecords",
    "LadderStep",
    "LedgerHome",
    "LedgerLine",
    "OutboxCounts",
    "PendingRecord",
    "PublishedForm",
    "RuleCount",
    "SentRecord",
    "Store",
    "SourceRow",
    "TaskRow",
    "Turnover",
    "VisitLine",
    "GroupNumbers",
    "ToldFact",
    "WorkCounts",
    "WorkFilter",
    "WorkRow",
]
