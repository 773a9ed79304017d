"""Sending photos: sealed copies in parts of 512 KiB, from where the county has them, after the forms."""

from __future__ import annotations

import base64
import hashlib

from fieldapp.common.tasks import CancelToken, Progress, ProgressSink, silent
from fieldapp.sync.errors import NO_PROGRESS, NOT_THE_COUNTY
from fieldapp.sync.line import Line
from fieldapp.sync.outbox import Outbox
from fieldapp.sync.transport import Reply
from fieldapp.wire.canonical import encode
from fieldapp.wire.limits import BLOB_PART_BYTES
from fieldapp.wire.problems import BLOB_UNKNOWN, DIGEST_MISMATCH, OFFSET_MISMATCH, WireError

__all__ = ["send_photos"]

#: How often one photo may be sent back to another place before the run gives up.
_MOST_SETBACKS = 5


def send_photos(
    line: Line,
    outbox: Outbox,
    *,
    progress: ProgressSink = silent,
    cancel: CancelToken | None = None,
) -> int:
    """Send every photo that is not there yet; return how many arrived. Raises SYNC-00x; run it again to go on."""
    waiting = outbox.unsent_blobs()
    for number, attachment_id in enumerate(waiting):
        progress(Progress(number, len(waiting), "上传照片", "sending photos"))
        known = outbox.sealed_blob(attachment_id)
        if known is None:
            continue
        digest, content, _ = known
        _send(line, digest, content, cancel)
        outbox.mark_blob_sent(attachment_id)
    return len(waiting)


def _send(line: Line, digest: str, content: bytes, cancel: CancelToken | None) -> None:
    setbacks = 0
    offset = _announce(line, digest, content)
    while offset < len(content):
        if cancel is not None:
            cancel.check()
        reached = _send_part(line, digest, content, offset)
        setbacks += reached <= offset
        if setbacks > _MOST_SETBACKS:
            raise NO_PROGRESS()
        offset = reached


def _announce(line: Line, digest: str, content: bytes) -> int:
    body = encode({"sha256": digest, "length": len(content)})
    return _offset(line.call("POST", "/v1/blobs", body=body), len(content))


def _send_part(line: Line, digest: str, content: bytes, offset: int) -> int:
    """Send the part at ``offset``; return where to go on, which is where the county says."""
    part = content[offset : offset + BLOB_PART_BYTES]
    told = base64.b64encode(hashlib.sha256(part).digest()).decode("ascii")
    headers = {"Upload-Offset": str(offset), "Content-Digest": f"sha-256=:{told}:"}
    try:
        reply = line.call("PATCH", f"/v1/blobs/{digest}", body=part, headers=headers)
        return _offset(reply, len(content))
    except WireError as error:
        if error.problem is OFFSET_MISMATCH:
            right = error.extra.get("offset")
            if isinstance(right, int) and 0 <= right <= len(content):
                return right
        if error.problem in (DIGEST_MISMATCH, BLOB_UNKNOWN):
            return min(offset, _announce(line, digest, content))
        raise


def _offset(reply: Reply, length: int) -> int:
    text = reply.headers.get("Upload-Offset", "")
    if not text.isdecimal() or int(text) > length:
        raise NOT_THE_COUNTY()
    return int(text)
