"""Lines into sealed bytes and back: zstd, then HPKE, with every size bounded before memory is spent."""

from __future__ import annotations

from collections.abc import Sequence

from backports import zstd

from fieldapp.wire.keys import SealingKey, seal
from fieldapp.wire.problems import BAD_CONTAINER, TOO_LARGE

__all__ = ["COMPRESSION", "join_lines", "pack", "split_lines", "unpack"]

COMPRESSION = "zstd"
_LEVEL = 3
#: 2^25 = 32 MiB: no frame may ask for a larger window than the largest plaintext.
_WINDOW_LOG = 25


def join_lines(lines: Sequence[bytes]) -> bytes:
    """Return the lines as NDJSON, each ended by a line feed."""
    return b"".join(line + b"\n" for line in lines)


def split_lines(plain: bytes) -> list[bytes]:
    """Return the lines of NDJSON. Raises bad-container when the last one is cut."""
    if not plain:
        return []
    if not plain.endswith(b"\n"):
        raise BAD_CONTAINER(detail="last line cut")
    return plain[:-1].split(b"\n")


def pack(plain: bytes, public: bytes, info: bytes) -> bytes:
    """Compress and seal ``plain`` to ``public``."""
    return seal(public, zstd.compress(plain, level=_LEVEL), info)


def unpack(sealed: bytes, key: SealingKey, info: bytes, *, length: int, limit: int) -> bytes:
    """Open and decompress. ``length`` is what the header promises; raises bad-seal, too-large or bad-container."""
    if length > limit:
        raise TOO_LARGE(detail=f"{length} bytes unpacked", limit=limit)
    compressed = key.open(sealed, info)
    expander = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
    try:
        plain = expander.decompress(compressed, max_length=length + 1)
    except zstd.ZstdError:
        raise BAD_CONTAINER(detail="zstd") from None
    if len(plain) != length or not expander.eof or expander.unused_data:
        raise BAD_CONTAINER(detail="length unpacked")
    return plain
