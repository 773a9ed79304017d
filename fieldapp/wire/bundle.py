"""The downward bundle ``HVD1``: whatever the county tells one laptop (register pages, forms, policy, notices).

It is signed by the county's bundle key, addressed to one device, sealed to that device's key (the register is
personal data) and numbered. A lower number than the laptop has seen, another county's or another laptop's bundle is
refused, so an old stick cannot bring old facts back. The last line of the content is ``{"cursor", "more"}``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.wire.canonical import Json, encode, parse_object
from fieldapp.wire.container import header_prefix, sign_container, split_container
from fieldapp.wire.fields import Fields
from fieldapp.wire.keys import SUITE, SealingKey, SigningKey, key_id
from fieldapp.wire.limits import MAX_BUNDLE_BYTES, MAX_PLAIN_BYTES
from fieldapp.wire.packing import COMPRESSION, join_lines, pack, split_lines, unpack
from fieldapp.wire.problems import BAD_CONTAINER, BAD_SEAL, BUNDLE_STALE, OTHER_COUNTY, SIGNATURE, TOO_LARGE

__all__ = ["Bundle", "BundleHeader", "open_bundle", "seal_bundle"]

_MAGIC = b"HVD1"


@dataclass(frozen=True, slots=True)
class BundleHeader:
    """The readable part: whose, for which device, which number, made when. ``kind`` is ``changes`` for a feed page."""

    county: str
    device: str
    seq: int
    kind: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened bundle. ``cursor`` is where to go on; ``more`` tells that something is already waiting there."""

    header: BundleHeader
    items: tuple[Mapping[str, Json], ...]
    cursor: str
    more: bool


def seal_bundle(
    header: BundleHeader,
    items: Sequence[Mapping[str, object]],
    *,
    cursor: str,
    more: bool,
    signing: SigningKey,
    device_sealing: bytes,
) -> bytes:
    """Return the bundle's bytes. Raises too-large; ValueError when an item has no canonical form (a bug)."""
    lines = [encode(item) for item in items]
    lines.append(encode({"cursor": cursor, "more": more}))
    plain = join_lines(lines)
    if len(plain) > MAX_PLAIN_BYTES:
        raise TOO_LARGE(detail=f"{len(plain)} bytes", limit=MAX_PLAIN_BYTES)
    prefix, info = header_prefix(
        _MAGIC,
        {
            "v": 1,
            "county": header.county,
            "device": header.device,
            "seq": header.seq,
            "kind": header.kind,
            "made_at": header.made_at,
            "signer": signing.key_id,
            "key": key_id(device_sealing),
            "n": len(lines),
            "pt_len": len(plain),
            "comp": COMPRESSION,
            "seal": SUITE,
        },
    )
    data = sign_container(prefix, pack(plain, device_sealing, info), signing)
    if len(data) > MAX_BUNDLE_BYTES:
        raise TOO_LARGE(detail=f"{len(data)} bytes", limit=MAX_BUNDLE_BYTES)
    return data


def open_bundle(
    data: bytes, *, county: str, device: str, county_bundle: bytes, sealing: SealingKey, last_seq: int = 0
) -> Bundle:
    """Check and open a bundle addressed to ``device``.

    Raises bad-container, too-large, signature, other-county, bundle-stale (number below ``last_seq``), bad-seal.
    """
    container = split_container(_MAGIC, data, limit=MAX_BUNDLE_BYTES)
    fields = Fields(container.header)
    try:
        header = BundleHeader(
            county=fields.text("county", longest=12),
            device=fields.identifier("device"),
            seq=fields.integer("seq", least=1),
            kind=fields.text("kind", longest=32),
            made_at=fields.moment("made_at"),
        )
        signer, key = fields.text("signer", longest=16), fields.text("key", longest=16)
        count, length = fields.integer("n", least=1), fields.integer("pt_len", most=MAX_PLAIN_BYTES)
        if (fields.integer("v"), fields.text("comp"), fields.text("seal")) != (1, COMPRESSION, SUITE):
            raise BAD_CONTAINER(detail="version")
    except ValueError as error:
        raise BAD_CONTAINER(detail=f"header: {error}") from None
    if header.county != county:
        raise OTHER_COUNTY()
    if signer != key_id(county_bundle):
        raise SIGNATURE()
    container.check(county_bundle)
    if header.device != device or key != sealing.key_id:
        raise BAD_SEAL()
    if header.seq < last_seq:
        raise BUNDLE_STALE()
    plain = unpack(container.ciphertext, sealing, container.info, length=length, limit=MAX_PLAIN_BYTES)
    return _content(header, split_lines(plain), count)


def _content(header: BundleHeader, lines: Sequence[bytes], count: int) -> Bundle:
    if len(lines) != count:
        raise BAD_CONTAINER(detail="line count")
    try:
        items = [parse_object(line) for line in lines]
        last = Fields(items.pop())
        return Bundle(header, tuple(items), last.text("cursor", empty=True), last.flag("more"))
    except ValueError as error:
        raise BAD_CONTAINER(detail=f"line: {error}") from None
