"""What a person may change about the own vault, and what the laptop is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldapp.services.errors import WEAK_PASSWORD

if TYPE_CHECKING:
    from fieldapp.store import Store
    from fieldapp.sync import DeviceIdentity

__all__ = ["LEAST_PASSWORD", "Settings"]

LEAST_PASSWORD = 8


class Settings:
    """The settings page's service."""

    def __init__(self, store: Store, identity: DeviceIdentity) -> None:
        self._store = store
        self._identity = identity

    def change_password(self, old: str, new: str) -> None:
        """Wrap the vault's key anew. Raises LAPTOP-003 and the vault's errors for a wrong old password."""
        if len(new) < LEAST_PASSWORD:
            raise WEAK_PASSWORD(least=LEAST_PASSWORD)
        self._store.vault.change_password(old, new)

    def facts(self) -> list[tuple[str, str, str]]:
        """Return lines (Chinese label, English label, value) about laptop, county and vault."""
        head = self._store.vault.journal.head()
        forms = "、".join(f"{form} {version}" for form, version in self._store.form_versions())
        return [
            ("所在县", "County", self._identity.county_name),
            ("县级服务地址", "County server", self._identity.address),
            ("电脑编号", "Device", self._identity.device),
            ("登记次数", "Enrolment epoch", str(self._identity.epoch)),
            ("流水账条数", "Journal entries", str(head.seq)),
            ("流水账校验值", "Journal head", head.hash[:16]),
            ("表单", "Forms", forms),
            ("数据文件夹", "Data folder", str(self._store.vault.folder.parent)),
        ]
