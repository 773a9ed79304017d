"""The laptop before anybody unlocked it: who uses it, unlocking, enrolling with a code.

Each person has a vault of one's own under ``people/<id>``; beside it a card with name and role, which is all that is
in the clear. A folder without a card is an enrolment that was interrupted: the same code and password take it up again
with the same keys, and the county answers the same. A card that cannot be read locks nobody out: the vault knows whose
it is.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from fieldapp.common.clock import Clock, SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.files import known_disk_errors
from fieldapp.common.ids import IdSource
from fieldapp.services.errors import ALREADY_ENROLLED, NO_SUCH_PERSON, WEAK_PASSWORD
from fieldapp.services.person_card import PersonCard, has_card, read_card, shown_card, write_card
from fieldapp.services.settings import LEAST_PASSWORD

if TYPE_CHECKING:
    from fieldapp.services.workspace import Workspace
    from fieldapp.sync import DeviceIdentity
    from fieldapp.vault import KdfCost, Vault
    from fieldapp.wire.code import EnrolmentCode
    from fieldapp.wire.keys import SealingKey, SigningKey

__all__ = ["Laptop", "PersonCard"]

_VAULT = "vault"
#: Sealed files of the vault: the keys of an enrolment under way, and the identity once enrolled.
_PENDING = "enrolment"
_IDENTITY = "identity"


class Laptop:
    """The people of one data folder. ``state_dir`` is kept outside it: journal heads and counts of wrong passwords."""

    def __init__(
        self,
        data_dir: Path,
        *,
        clock: Clock | None = None,
        ids: IdSource | None = None,
        state_dir: Path | None = None,
        cost: KdfCost | None = None,
    ) -> None:
        self._people = data_dir / "people"
        self._clock = clock or SystemClock()
        self._ids = ids or IdSource(self._clock)
        self._state_dir = state_dir or Path(platformdirs.user_state_dir("fieldapp", appauthor=False))
        self._cost = cost

    def people(self) -> list[PersonCard]:
        """Return who uses this laptop, in order of enrolment."""
        return [card for folder in self._folders() if (card := shown_card(folder)) is not None]

    def unlock(self, person_id: str, password: str, *, accept_changed: bool = False) -> Workspace:
        """Open a person's vault. Raises LAPTOP-001 and the vault's errors (wrong password, foreign or old data)."""
        from fieldapp.vault import open_vault

        folder = self._folder_of(person_id)
        vault = open_vault(
            folder / _VAULT,
            password=password,
            clock=self._clock,
            state_dir=self._state_dir,
            accept_changed=accept_changed,
        )
        return self._enter(folder, vault)

    def vault_folder(self, person_id: str) -> Path:
        """Return where a person's vault lies. Raises LAPTOP-001."""
        return self._folder_of(person_id) / _VAULT

    def open_recovered(self, person_id: str, answer: bytes, new_password: str) -> Workspace:
        """Open a person's vault by the county's answer to its challenge and set a new password. Raises VAULT-022."""
        from fieldapp.vault import open_with_answer

        folder = self._folder_of(person_id)
        vault = open_with_answer(
            folder / _VAULT,
            answer,
            new_password,
            clock=self._clock,
            state_dir=self._state_dir,
            cost=self._cost,
        )
        return self._enter(folder, vault)

    def _folder_of(self, person_id: str) -> Path:
        folder = next((f for f in self._folders() if (c := shown_card(f)) and c.id == person_id), None)
        if folder is None:
            raise NO_SUCH_PERSON()
        return folder

    def _enter(self, folder: Path, vault: Vault) -> Workspace:
        from fieldapp.sync import read_identity

        try:
            identity = read_identity(vault.drafts.get(_IDENTITY))
        except BaseException:
            vault.close()
            raise
        workspace = self._open(folder, vault, identity)
        if read_card(folder) is None:
            write_card(folder, PersonCard(identity.person, identity.person_name, workspace.person.role))
        return workspace

    def enrol(self, code: str, server_url: str, password: str) -> Workspace:
        """Enrol a person with the county's one-time code and open the new vault; the first sync fills it.

        Raises LAPTOP-002, LAPTOP-003, the code's errors, and SYNC errors when the county does not answer; the same
        code and password may then be tried again.
        """
        from fieldapp.sync import enrol
        from fieldapp.sync.transport import Transport
        from fieldapp.wire.code import read_code

        if len(password) < LEAST_PASSWORD:
            raise WEAK_PASSWORD(least=LEAST_PASSWORD)
        wanted = read_code(code)
        folder, vault = self._pending(wanted, password) or self._begin(wanted, password)
        empty = _IDENTITY not in vault.drafts.names()
        try:
            signing, sealing = _pending_keys(vault)
            transport = Transport(server_url)
            try:
                identity = enrol(transport, wanted, signing=signing, sealing=sealing)
            finally:
                transport.close()
            if any(card.id == identity.person for card in self.people()):
                raise ALREADY_ENROLLED(name=identity.person_name)
            vault.set_recovery_key(password, identity.keys.recovery)
            vault.drafts.put(_IDENTITY, identity.to_bytes())
            write_card(folder, PersonCard(identity.person, identity.person_name, ""))
            vault.drafts.delete(_PENDING)
        except BaseException as error:
            vault.close()
            if empty and _came_to_nothing(error):
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return self._open(folder, vault, identity)

    def _open(self, folder: Path, vault: Vault, identity: DeviceIdentity) -> Workspace:
        from fieldapp.services.workspace import Workspace

        def keep_card(card: PersonCard) -> None:
            if read_card(folder) != card:
                write_card(folder, card)

        try:
            return Workspace(vault, identity, clock=self._clock, ids=self._ids, keep_card=keep_card)
        except BaseException:
            vault.close()
            raise

    def _begin(self, code: EnrolmentCode, password: str) -> tuple[Path, Vault]:
        """Make a vault with fresh keys in it, before the county is asked."""
        from fieldapp.vault import create_vault
        from fieldapp.wire.fields import base64_text
        from fieldapp.wire.keys import SealingKey, SigningKey

        vault_id = self._ids.new()
        folder = self._people / vault_id
        with known_disk_errors(folder):
            folder.mkdir(parents=True)
        vault = create_vault(
            folder / _VAULT,
            password=password,
            recovery_public_key=None,
            vault_id=vault_id,
            clock=self._clock,
            state_dir=self._state_dir,
            cost=self._cost,
        )
        keys = {
            "code": code.code_id,
            "signing": base64_text(SigningKey.generate().private),
            "sealing": base64_text(SealingKey.generate().private),
        }
        vault.drafts.put(_PENDING, json.dumps(keys).encode())
        return folder, vault

    def _pending(self, code: EnrolmentCode, password: str) -> tuple[Path, Vault] | None:
        """Return the vault of an interrupted enrolment with this code, when the password opens it."""
        from fieldapp.vault import open_vault, vault_exists

        for folder in self._folders():
            if has_card(folder) or not vault_exists(folder / _VAULT):
                continue
            try:
                vault = open_vault(
                    folder / _VAULT, password=password, clock=self._clock, state_dir=self._state_dir
                )
            except KnownError:
                continue  # another person's interrupted enrolment, or one with another password
            if _PENDING in vault.drafts.names() and _pending_values(vault)["code"] == code.code_id:
                return folder, vault
            self._heal_card(folder, vault)
            vault.close()
        return None

    def _heal_card(self, folder: Path, vault: Vault) -> None:
        """Write the card anew when somebody's finished enrolment has lost it; the vault was opened by the password."""
        from fieldapp.sync import read_identity

        names = vault.drafts.names()
        if _IDENTITY in names and _PENDING not in names:
            identity = read_identity(vault.drafts.get(_IDENTITY))
            write_card(folder, PersonCard(identity.person, identity.person_name, ""))

    def _folders(self) -> list[Path]:
        return (
            sorted(path for path in self._people.iterdir() if path.is_dir()) if self._people.is_dir() else []
        )


def _came_to_nothing(error: BaseException) -> bool:
    """Tell whether an enrolment is over, so that its empty vault can go. While an answer may have been lost on its
    way, it is kept: only its keys are let in by the same code.
    """
    from fieldapp.wire.problems import CODE_EXPIRED, CODE_UNKNOWN, CODE_WRONG, WireError

    if isinstance(error, WireError):
        return error.problem in (CODE_EXPIRED, CODE_UNKNOWN, CODE_WRONG)
    return isinstance(error, KnownError) and error.spec is ALREADY_ENROLLED


def _pending_values(vault: Vault) -> dict[str, str]:
    values: dict[str, str] = json.loads(vault.drafts.get(_PENDING))
    return values


def _pending_keys(vault: Vault) -> tuple[SigningKey, SealingKey]:
    from fieldapp.wire.fields import Fields
    from fieldapp.wire.keys import KEY_BYTES, SealingKey, SigningKey

    fields = Fields(_pending_values(vault))
    return (
        SigningKey(fields.octets("signing", length=KEY_BYTES)),
        SealingKey(fields.octets("sealing", length=KEY_BYTES)),
    )
