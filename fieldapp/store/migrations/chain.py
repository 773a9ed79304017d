"""Runs the revisions that a database lacks, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep, RevisionStep
from alembic.script import Script
from alembic.script.revision import RevisionMap
from sqlalchemy import Connection

from fieldapp.store.migrations import v001, v002

__all__ = ["REVISIONS", "upgrade"]

#: Oldest first.
REVISIONS: tuple[ModuleType, ...] = (v001, v002)


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision. Foreign keys are off in the caller's transaction (a batch rebuild
    with them on would cascade). All revisions and their marks are one transaction: old or new, nothing between.
    """
    scripts = [Script(module, module.revision, module.__name__) for module in REVISIONS]
    revisions = RevisionMap(lambda: scripts)
    revisions.get_revisions("heads")  # links them

    def missing(heads: tuple[str, ...], _: MigrationContext) -> Iterable[RevisionStep]:
        known = [script.revision for script in scripts]
        start = known.index(heads[0]) + 1 if heads else 0
        return [MigrationStep.upgrade_from_script(revisions, script) for script in scripts[start:]]

    options: dict[str, Any] = {"fn": missing, "render_as_batch": True}
    context = MigrationContext.configure(connection=connection, opts=options)
    with Operations.context(context):
        context.run_migrations()
