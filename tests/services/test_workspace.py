"""One unlocked vault: whose it is, that closing locks it, and that old leftovers go when it is opened."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.files import DISK_FULL
from fieldapp.services.workspace import Workspace
from fieldapp.store import Store
from tests.services.asking import first, picture
from tests.services.world import World


def test_it_knows_who_where_and_when(clerk: Workspace) -> None:
    assert (clerk.person.role, clerk.county_name) == ("clerk", "襄城县（测试）")
    assert clerk.today() == date(2026, 11, 22)


def test_the_day_is_chinas_not_greenwichs(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    offline.clock.advance(hours=14, minutes=1)
    assert clerk.today() == date(2026, 11, 23)


def test_a_closed_workspace_gives_nothing_away_and_closing_twice_is_fine(clerk: Workspace) -> None:
    home = first(clerk)
    clerk.close()
    clerk.close()
    for ask in (lambda: clerk.households.file(home), clerk.visits.drafts, clerk.sync.status):
        with pytest.raises(KnownError) as caught:
            ask()
        assert caught.value.code == "VAULT-025"


def test_photos_of_drafts_long_discarded_are_gone_after_unlocking(offline: World) -> None:
    clerk = offline.unlocked("clerk")
    draft = clerk.visits.start(first(clerk), "onsite")
    clerk.visits.attach(draft, "/data/photos/photo_1", "a.jpg", picture())
    clerk.visits.discard(draft.id)
    clerk.close()
    folder = next(offline.data_dir("clerk").rglob("attachments"))
    assert len(list(folder.iterdir())) == 1
    offline.clock.advance(days=31)
    offline.unlocked("clerk")
    assert list(folder.iterdir()) == []


def test_a_full_disk_keeps_nobody_out(offline: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DISK_FULL(path="register.db")

    monkeypatch.setattr(Store, "tidy", full)
    assert offline.unlocked("clerk").count() == offline.share("clerk")
