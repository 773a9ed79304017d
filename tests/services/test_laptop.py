"""Who uses a laptop: enrolling, what an interrupted enrolment leaves, unlocking, and damaged files."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.devices import list_devices
from fieldapp.services import laptop as laptop_module
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from tests.services.network import Network
from tests.services.world import PASSWORD, World, cadres

OTHER_PASSWORD = "另一个人的好密码"


class PowerCut(BaseException):
    """The laptop went off."""


def code_of(caught: pytest.ExceptionInfo[KnownError]) -> str:
    return caught.value.code


def folders(world: World, name: str) -> list[Path]:
    people = world.data_dir(name) / "people"
    return sorted(people.iterdir()) if people.exists() else []


def devices_of(world: World, person_id: str) -> int:
    return sum(device.person_id == person_id for device in list_devices(world.county))


def test_a_new_laptop_has_nobody(offline: World) -> None:
    laptop = offline.laptop("new")
    assert laptop.people() == []
    with pytest.raises(KnownError) as caught:
        laptop.unlock("somebody", PASSWORD)
    assert code_of(caught) == "LAPTOP-001"


def test_enrolling_opens_a_workspace_and_a_card_is_all_that_is_in_the_clear(world: World) -> None:
    clerk = cadres(world.county)["clerk"]
    workspace = world.keep(world.laptop("new").enrol(world.code(clerk.id), world.url, PASSWORD))
    assert (workspace.person.name, workspace.county_name) == (clerk.name, "襄城县（测试）")
    assert workspace.count() == (0, 0)
    workspace.sync.run()
    assert (workspace.person.role, workspace.count()) == ("clerk", world.share("clerk"))
    (folder,) = folders(world, "new")
    told = json.loads((folder / "card.json").read_text("utf-8"))
    assert told == {"id": clerk.id, "name": clerk.name, "role": "clerk"}
    workspace.close()
    again = world.unlocked("new")
    assert (again.person.id, again.count()) == (clerk.id, world.share("clerk"))


def test_a_weak_password_is_refused_before_anything_is_made(offline: World) -> None:
    with pytest.raises(KnownError) as caught:
        offline.laptop("new").enrol("whatever", offline.url, "1234567")
    assert code_of(caught) == "LAPTOP-003"
    assert folders(offline, "new") == []


def test_a_mistyped_code_is_named_before_anything_is_made(offline: World) -> None:
    code = offline.code(cadres(offline.county)["clerk"].id)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    with pytest.raises(KnownError) as caught:
        offline.laptop("new").enrol(wrong, offline.url, PASSWORD)
    assert code_of(caught).startswith("WIRE-")
    assert folders(offline, "new") == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://", "gibberish", "http://10.1.2.3:8443"])
def test_a_server_that_cannot_be_reached_leaves_the_code_unused(offline: World, address: str) -> None:
    with pytest.raises(KnownError) as caught:
        offline.laptop("new").enrol(offline.code(cadres(offline.county)["clerk"].id), address, PASSWORD)
    assert code_of(caught) in {"SYNC-001", "SYNC-010", "SYNC-011"}
    assert offline.laptop("new").people() == []


def test_after_a_dead_server_the_same_code_and_password_go_on(world: World) -> None:
    clerk = cadres(world.county)["clerk"]
    code = world.code(clerk.id)
    before = devices_of(world, clerk.id)
    with pytest.raises(KnownError):
        world.laptop("new").enrol(code, "http://127.0.0.1:1", PASSWORD)
    workspace = world.keep(world.laptop("new").enrol(code, world.url, PASSWORD))
    assert workspace.person.id == clerk.id
    assert len(folders(world, "new")) == 1
    assert devices_of(world, clerk.id) == before + 1


def test_a_lost_answer_is_asked_for_again_with_the_same_keys(world: World, network: Network) -> None:
    clerk = cadres(world.county)["clerk"]
    code = world.code(clerk.id)
    before = devices_of(world, clerk.id)
    network.lose_answers_of("/v1/enrol")
    with pytest.raises(KnownError) as caught:
        world.laptop("new").enrol(code, world.url, PASSWORD)
    assert code_of(caught) == "SYNC-001"
    assert devices_of(world, clerk.id) == before + 1
    workspace = world.keep(world.laptop("new").enrol(code, world.url, PASSWORD))
    workspace.sync.run()
    assert workspace.count() == world.share("clerk")
    assert devices_of(world, clerk.id) == before + 1
    assert len(folders(world, "new")) == 1


@pytest.mark.parametrize("step", ["write_card", "set_recovery_key", "put"])
def test_power_that_goes_during_an_enrolment_costs_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    code = world.code(cadres(world.county)["clerk"].id)

    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        match step:
            case "write_card":
                patch.setattr(laptop_module, "write_card", cut)
            case "set_recovery_key":
                patch.setattr("fieldapp.vault.Vault.set_recovery_key", cut)
            case "put":
                patch.setattr("fieldapp.vault.SealedFolder.put", cut)
        with pytest.raises(PowerCut):
            world.laptop("new").enrol(code, world.url, PASSWORD)
    assert world.laptop("new").people() == []
    workspace = world.keep(world.laptop("new").enrol(code, world.url, PASSWORD))
    workspace.sync.run()
    assert workspace.count() == world.share("clerk")


def test_another_password_cannot_take_up_an_enrolment_and_leaves_nothing_behind(
    world: World, network: Network
) -> None:
    code = world.code(cadres(world.county)["clerk"].id)
    network.lose_answers_of("/v1/enrol")
    with pytest.raises(KnownError):
        world.laptop("new").enrol(code, world.url, PASSWORD)
    with pytest.raises(KnownError) as caught:
        world.laptop("new").enrol(code, world.url, OTHER_PASSWORD)
    assert "登记码" in caught.value.zh
    assert len(folders(world, "new")) == 1
    assert world.keep(world.laptop("new").enrol(code, world.url, PASSWORD)).person.role == "helper"


def test_a_used_code_and_an_expired_code_are_told_apart_from_a_dead_server(world: World) -> None:
    used = world.code(cadres(world.county)["clerk"].id)
    world.keep(world.laptop("new").enrol(used, world.url, PASSWORD))
    with pytest.raises(KnownError) as caught:
        world.laptop("third").enrol(used, world.url, PASSWORD)
    assert code_of(caught).startswith("WIRE-")
    expired = world.code(cadres(world.county)["helper"].id)
    world.clock.advance(days=4)
    with pytest.raises(KnownError) as late:
        world.laptop("third").enrol(expired, world.url, PASSWORD)
    assert code_of(late).startswith("WIRE-")
    assert code_of(late) != code_of(caught)
    assert folders(world, "third") == []


@pytest.mark.requirement("A001")
def test_two_people_on_one_laptop_see_nothing_of_one_another(world: World) -> None:
    helper = cadres(world.county)["helper"]
    laptop = world.laptop("clerk")
    (first,) = laptop.people()
    second = world.keep(laptop.enrol(world.code(helper.id), world.url, OTHER_PASSWORD))
    second.sync.run()
    assert {card.id for card in laptop.people()} == {first.id, helper.id}
    clerk = world.keep(laptop.unlock(first.id, PASSWORD))
    assert (clerk.count(), second.count()) == (world.share("clerk"), world.share("helper"))
    home = second.worklist.rows(second.worklist.ids(WorkFilter()))[0].household_id
    draft = second.visits.start(home, "onsite")
    assert clerk.visits.drafts() == []
    assert [info.id for info in second.visits.drafts()] == [draft.id]
    with pytest.raises(KnownError) as caught:
        laptop.unlock(helper.id, PASSWORD)
    assert code_of(caught) == "VAULT-003"


def test_the_same_person_twice_is_refused_and_the_first_vault_still_opens(world: World) -> None:
    laptop = world.laptop("clerk")
    (card,) = laptop.people()
    with pytest.raises(KnownError) as caught:
        laptop.enrol(world.code(card.id), world.url, PASSWORD)
    assert code_of(caught) == "LAPTOP-002"
    assert card.name in caught.value.zh
    assert len(folders(world, "clerk")) == 1
    assert world.unlocked("clerk").count() == world.share("clerk")


def test_wrong_passwords_are_answered_ever_slower_and_lock_nobody_out(offline: World) -> None:
    laptop = offline.laptop("clerk")
    (card,) = laptop.people()
    codes = []
    for _ in range(4):
        with pytest.raises(KnownError) as caught:
            laptop.unlock(card.id, "不是这个密码")
        codes.append(code_of(caught))
    assert codes == ["VAULT-003"] * 3 + ["VAULT-004"]
    with pytest.raises(KnownError) as waits:
        laptop.unlock(card.id, PASSWORD)
    assert code_of(waits) == "VAULT-004"
    offline.clock.advance(seconds=6)
    assert offline.keep(laptop.unlock(card.id, PASSWORD)).count() == offline.share("clerk")


def test_the_locked_screen_opens_with_the_same_password(clerk: Workspace) -> None:
    assert clerk.check_password(PASSWORD)
    assert not clerk.check_password("不是这个密码")


def test_a_foreign_database_is_refused_and_left_alone(offline: World) -> None:
    (mine,), (theirs,) = folders(offline, "clerk"), folders(offline, "helper")
    database = mine / "vault" / "register.db"
    shutil.copyfile(theirs / "vault" / "register.db", database)
    foreign = database.read_bytes()
    (card,) = offline.laptop("clerk").people()
    with pytest.raises(KnownError) as caught:
        offline.laptop("clerk").unlock(card.id, PASSWORD)
    assert code_of(caught) == "VAULT-010"
    assert database.read_bytes() == foreign


def test_a_plain_database_in_its_place_is_refused_and_left_alone(offline: World) -> None:
    (folder,) = folders(offline, "clerk")
    database = folder / "vault" / "register.db"
    database.unlink()
    plain = sqlite3.connect(database)
    plain.execute("CREATE TABLE households (id TEXT)")
    plain.commit()
    plain.close()
    before = database.read_bytes()
    (card,) = offline.laptop("clerk").people()
    with pytest.raises(KnownError) as caught:
        offline.laptop("clerk").unlock(card.id, PASSWORD)
    assert code_of(caught) == "VAULT-009"
    assert database.read_bytes() == before


def test_yesterdays_folder_put_back_is_noticed_and_can_be_accepted(world: World) -> None:
    (folder,) = folders(world, "clerk")
    kept = world.folder / "yesterday"
    shutil.copytree(folder, kept)
    workspace = world.unlocked("clerk")
    home = workspace.worklist.rows(workspace.worklist.ids(WorkFilter()))[0].household_id
    workspace.households.correct(home, "households", home, "phone", "13900000001", "换号")
    workspace.close()
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    (card,) = world.laptop("clerk").people()
    with pytest.raises(KnownError) as caught:
        world.laptop("clerk").unlock(card.id, PASSWORD)
    assert code_of(caught) in {"VAULT-011", "VAULT-026"}
    again = world.keep(world.laptop("clerk").unlock(card.id, PASSWORD, accept_changed=True))
    assert again.count() == world.share("clerk")


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[1, 2]", b'{"id": 5, "name": 1, "role": 2}', b"\xff\xfe\x00", b"[" * 100_000]
)
def test_a_damaged_card_locks_nobody_out_and_is_written_anew(offline: World, damage: bytes) -> None:
    (folder,) = folders(offline, "clerk")
    whole = (folder / "card.json").read_bytes()
    (folder / "card.json").write_bytes(damage)
    (card,) = offline.laptop("clerk").people()
    assert "密码" in card.name
    workspace = offline.keep(offline.laptop("clerk").unlock(card.id, PASSWORD))
    assert workspace.count() == offline.share("clerk")
    assert (folder / "card.json").read_bytes() == whole


def test_a_lost_card_comes_back_when_its_owner_enrols_again(world: World) -> None:
    (folder,) = folders(world, "clerk")
    person = json.loads((folder / "card.json").read_text("utf-8"))["id"]
    (folder / "card.json").unlink()
    assert world.laptop("clerk").people() == []
    with pytest.raises(KnownError) as caught:
        world.laptop("clerk").enrol(world.code(person), world.url, PASSWORD)
    assert code_of(caught) == "LAPTOP-002"
    assert world.unlocked("clerk").count() == world.share("clerk")


def test_a_full_disk_while_enrolling_is_told_and_the_next_try_works(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = world.code(cadres(world.county)["clerk"].id)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(KnownError) as caught:
            world.laptop("new").enrol(code, world.url, PASSWORD)
    assert code_of(caught) == "DISK-001"
    assert world.keep(world.laptop("new").enrol(code, world.url, PASSWORD)).county_name
