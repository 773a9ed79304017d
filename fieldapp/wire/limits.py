"""What a batch, a record, a bundle and an attachment may weigh at most (sizes in bytes)."""

from __future__ import annotations

__all__ = [
    "BLOB_PART_BYTES",
    "HEADER_BYTES",
    "MAX_BLOB_BYTES",
    "MAX_BUNDLE_BYTES",
    "MAX_DOCUMENT_BYTES",
    "MAX_PLAIN_BYTES",
    "MAX_RECORDS",
    "MAX_RECORD_BYTES",
    "MAX_WIRE_BYTES",
]

HEADER_BYTES = 16 * 1024
MAX_RECORDS = 1_000
MAX_RECORD_BYTES = 256 * 1024
MAX_WIRE_BYTES = 8 * 1024 * 1024
MAX_PLAIN_BYTES = 32 * 1024 * 1024
#: Downward bundles carry whole register pages; the same bounds hold for them.
MAX_BUNDLE_BYTES = 8 * 1024 * 1024
#: A signed document (receipt, enrolment answer): 1,000 outcomes with details fit well.
MAX_DOCUMENT_BYTES = 1024 * 1024
#: One attachment: a photo is a few hundred kilobytes, a scan a few megabytes.
MAX_BLOB_BYTES = 64 * 1024 * 1024
#: Attachments are sent in parts of this size.
BLOB_PART_BYTES = 512 * 1024
