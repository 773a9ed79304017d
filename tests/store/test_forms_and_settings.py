"""Published forms never change; settings and policy are remembered."""

from __future__ import annotations

import dataclasses

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.register.effects import shipped_rules
from fieldapp.register.policy import shipped_policy
from fieldapp.store import PublishedForm, Store
from tests.store.conftest import Laptop

FORM = PublishedForm("visit", "2026112201", "ab" * 32, b"<h:html/>", {"jr://file-csv/towns.csv": b"name\n1"})


def test_a_form_comes_back_as_it_was_published(laptop: Laptop) -> None:
    laptop.store.put_form(FORM)
    store = laptop.reopen()
    assert store.form("visit") == FORM
    assert store.form("visit", "2026112201") == FORM
    assert store.form("visit", "1") is None
    assert store.form("other") is None


def test_a_new_version_is_in_force_and_the_old_one_stays_for_drafts(store: Store) -> None:
    later = dataclasses.replace(FORM, version="2026120101", xml=b"<new/>", lists={})
    store.put_form(FORM)
    store.put_form(later)
    assert store.form("visit") == later
    assert store.form("visit", FORM.version) == FORM
    store.put_form(FORM)
    assert store.form("visit") == FORM
    assert store.form_versions() == [("visit", "2026112201"), ("visit", "2026120101")]


def test_a_version_with_other_content_is_refused(store: Store) -> None:
    store.put_form(FORM)
    with pytest.raises(KnownError) as caught:
        store.put_form(dataclasses.replace(FORM, xml=b"<other/>"))
    assert caught.value.code == "STORE-006"
    assert store.form("visit") == FORM


@pytest.mark.parametrize("value", ["文字", 3, True, {"key": ["a", None]}, [], ""])
def test_a_setting_is_remembered(laptop: Laptop, value: object) -> None:
    laptop.store.put_setting("key", value)
    assert laptop.reopen().setting("key") == value


def test_a_setting_is_forgotten(store: Store) -> None:
    store.put_setting("key", "a")
    store.put_setting("key", "b")
    assert store.setting("key") == "b"
    store.put_setting("key", None)
    assert store.setting("key") is None
    assert store.setting("never") is None


def test_until_the_county_sends_its_own_the_shipped_policy_is_in_force(store: Store) -> None:
    assert store.policies() == shipped_policy()
    assert store.effect_rules() == shipped_rules()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("years.toml", "policy = []"),
        ("years.toml", "[[policy]]\nfrom_year = 2026"),
        ("years.toml", "no toml"),
        ("effects/visit.toml", '[[rule]]\nid = "x"'),
    ],
)
def test_a_broken_policy_is_refused_and_the_one_before_stays(store: Store, name: str, text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        store.put_policy(name, text)
    assert store.policies() == shipped_policy()
    assert store.effect_rules() == shipped_rules()
