"""Everything secret on disk: key slots, the encrypted connection, encrypted attachments, the hash-chained journal.

Start at ``opening.py`` (make, open), then ``vault.py`` (the open vault). The vault knows nothing of what the rows
mean; tables, queries and the write path are the ``store`` room's.
"""

from fieldapp.vault.attachments import AttachmentFolder, StoredAttachment
from fieldapp.vault.backup import BackupInfo
from fieldapp.vault.bridge import sqlite_utils_database
from fieldapp.vault.drafts import SealedFolder
from fieldapp.vault.headfile import JournalHead
from fieldapp.vault.integrity import IntegrityReport
from fieldapp.vault.journal import Journal, OutsideHead
from fieldapp.vault.keys import KdfCost
from fieldapp.vault.keyslots import KeySlots
from fieldapp.vault.layout import vault_exists
from fieldapp.vault.opening import create_vault, open_vault, open_with_answer
from fieldapp.vault.passphrase import open_with_passphrase, seal_with_passphrase
from fieldapp.vault.recovery import RecoveryChallenge, answer_challenge, read_challenge, recovery_challenge
from fieldapp.vault.restore import read_backup_info, restore_backup
from fieldapp.vault.spoken import from_digit_groups, to_digit_groups
from fieldapp.vault.vault import Vault

__all__ = [
    "AttachmentFolder",
    "BackupInfo",
    "IntegrityReport",
    "Journal",
    "JournalHead",
    "KdfCost",
    "KeySlots",
    "OutsideHead",
    "RecoveryChallenge",
    "SealedFolder",
    "StoredAttachment",
    "Vault",
    "answer_challenge",
    "create_vault",
    "from_digit_groups",
    "open_vault",
    "open_with_answer",
    "open_with_passphrase",
    "read_backup_info",
    "read_challenge",
    "recovery_challenge",
    "restore_backup",
    "seal_with_passphrase",
    "sqlite_utils_database",
    "to_digit_groups",
    "vault_exists",
]
