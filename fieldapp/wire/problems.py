"""Every refusal that laptop and county can give one another: slug, number, HTTP status and both sentences.

The slug is the contract (RFC 9457 ``type``); the number is its error code in the catalogue (``WIRE-007``).
Numbers are never given out twice: a retired one stays in the table's gap.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.common.errors import ErrorSpec, KnownError, define

__all__ = [
    "BAD_BLOB",
    "BAD_CONTAINER",
    "BAD_ENROLMENT",
    "BAD_RECORD",
    "BAD_REQUEST",
    "BAD_SEAL",
    "BATCH_ID_REUSE",
    "BLOB_UNKNOWN",
    "BUNDLE_STALE",
    "BUSY",
    "CLIENT_TOO_OLD",
    "CODE_EXPIRED",
    "CODE_UNKNOWN",
    "CODE_WRONG",
    "CURSOR_EXPIRED",
    "DEVICE_REVOKED",
    "DEVICE_UNKNOWN",
    "DIGEST_MISMATCH",
    "NOT_FOUND",
    "OFFSET_MISMATCH",
    "OTHER_COUNTY",
    "OUT_OF_ORDER",
    "SERVER_FAULT",
    "SESSION_INVALID",
    "SIGNATURE",
    "STORAGE_FULL",
    "TOO_LARGE",
    "TOO_MANY_REQUESTS",
    "UNKNOWN_PROBLEM",
    "Problem",
    "WireError",
    "problems",
    "read_problem",
]

_PREFIX = "urn:fieldapp:problem:"
_table: dict[str, Problem] = {}


class WireError(KnownError):
    """A refusal with a slug. ``extra`` are further members of the problem document, such as ``offset``."""

    def __init__(self, problem: Problem, details: dict[str, object], extra: Mapping[str, object]) -> None:
        self.problem = problem
        self.extra = dict(extra)
        super().__init__(problem.spec, details)

    @property
    def slug(self) -> str:
        return self.problem.slug

    def as_problem(self) -> dict[str, object]:
        """Return the RFC 9457 document; details are texts and carry no personal data."""
        return {
            **self.extra,
            "type": _PREFIX + self.slug,
            "title": self.en,
            "title_zh": self.zh,
            "status": self.problem.status,
            "code": self.code,
            "details": {name: str(value) for name, value in self.details.items()},
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of the table. Calling it gives the error to raise; a detail left out reads as 「未注明」."""

    slug: str
    number: int
    status: int
    spec: ErrorSpec

    def __call__(self, *, extra: Mapping[str, object] | None = None, **details: object) -> WireError:
        texts = (self.spec.zh, self.spec.en, self.spec.remedy_zh, self.spec.remedy_en)
        wanted = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
        return WireError(self, {**dict.fromkeys(wanted, "未注明"), **details}, extra or {})


def problems() -> dict[str, Problem]:
    """Return the whole table by slug."""
    return dict(_table)


def read_problem(document: Mapping[str, object]) -> WireError | None:
    """Return the error that a problem document stands for, or None when it is not one of ours."""
    kind = document.get("type")
    if not isinstance(kind, str) or not kind.startswith(_PREFIX):
        return None
    slug = kind.removeprefix(_PREFIX)
    given = document.get("details")
    details = {str(name): str(value) for name, value in given.items()} if isinstance(given, Mapping) else {}
    known = {"type", "title", "title_zh", "status", "code", "details"}
    extra = {str(name): value for name, value in document.items() if name not in known}
    problem = _table.get(slug)
    if problem is None:
        return UNKNOWN_PROBLEM(slug=slug, extra=extra)
    return problem(extra=extra, **details)


def _problem(
    slug: str, number: int, status: int, zh: str, en: str, remedy_zh: str, remedy_en: str
) -> Problem:
    spec = define(f"WIRE-{number:03d}", zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)
    if slug in _table:
        raise ValueError(f"problem slug {slug} is declared twice")
    _table[slug] = Problem(slug, number, status, spec)
    return _table[slug]


_KEPT_ZH = "本机数据都还在。请重试；仍不行请联系县里管理员，并告知编号。"
_KEPT_EN = "Nothing on this laptop is lost. Try again; if it stays, tell the county's administrator the code."

BAD_CONTAINER = _problem(
    "bad-container", 1, 400,
    "这份数据包不完整或格式不对（{detail}）。", "The package is incomplete or malformed ({detail}).",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
SIGNATURE = _problem(
    "signature", 2, 403,
    "签名核对不上，这份数据可能被改动过。", "The signature does not match; the data may have been changed.",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
BAD_SEAL = _problem(
    "bad-seal", 3, 400,
    "这份数据包打不开：不是封给本方的，或在路上损坏了。",
    "The package cannot be opened: it is sealed to somebody else, or was damaged on the way.",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
DIGEST_MISMATCH = _problem(
    "digest-mismatch", 4, 400,
    "内容和它的校验值对不上（{detail}）。", "The content does not match its digest ({detail}).",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
TOO_LARGE = _problem(
    "too-large", 5, 413,
    "数据太大：{detail}，上限 {limit}。", "Too large: {detail}; the limit is {limit}.",
    "程序会分批再送；单条太大时请减少照片或文字。", "It is sent again in smaller parts; shorten a single large one.",
)  # fmt: skip
BAD_RECORD = _problem(
    "bad-record", 6, 422,
    "这条记录格式不对（{detail}）。", "This record is malformed ({detail}).",
    "记录仍在本机「待处理」中，不会删除。请联系县里管理员。",
    "The record stays in the tray on this laptop. Tell the county's administrator.",
)  # fmt: skip
OTHER_COUNTY = _problem(
    "other-county", 7, 403,
    "这份数据属于另一个县，没有接收。", "The data belongs to another county and was refused.",
    "请核对服务器地址和 U 盘里的文件。", "Check the server's address and the files on the stick.",
)  # fmt: skip
BATCH_ID_REUSE = _problem(
    "batch-id-reuse", 8, 409,
    "同一批号送来了不同的内容，没有接收。", "The same batch number came with other content and was refused.",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
DEVICE_UNKNOWN = _problem(
    "device-unknown", 9, 401,
    "县里不认识这台电脑的密钥。", "The county does not know this laptop's key.",
    "请用一次性登记码重新登记本机。", "Enrol this laptop again with a one-time code.",
)  # fmt: skip
DEVICE_REVOKED = _problem(
    "device-revoked", 10, 403,
    "这台电脑的登记已被县里停用。", "The county has revoked this laptop's enrolment.",
    "未上报的内容没有删除，请带电脑到县里处理。", "Unsent work is kept; bring the laptop to the county office.",
)  # fmt: skip
SESSION_INVALID = _problem(
    "session-invalid", 11, 401,
    "登录已过期，需要重新连接。", "The session has expired.",
    "程序会自动重新登录；请重试。", "The program signs in again; try once more.",
)  # fmt: skip
CODE_UNKNOWN = _problem(
    "code-unknown", 12, 404,
    "没有这个登记码，或已经用过。", "There is no such enrolment code, or it has been used.",
    "请向县里管理员要一个新的登记码。", "Ask the county's administrator for a new code.",
)  # fmt: skip
CODE_EXPIRED = _problem(
    "code-expired", 13, 410,
    "登记码已过期。", "The enrolment code has expired.",
    "请向县里管理员要一个新的登记码。", "Ask the county's administrator for a new code.",
)  # fmt: skip
CODE_WRONG = _problem(
    "code-wrong", 14, 403,
    "登记码不对（错 5 次作废，还可试 {left} 次）。", "The enrolment code is wrong ({left} tries left of five).",
    "请照着登记单重新核对，注意每组最后一位是校验位。", "Compare with the slip; each group ends with a check letter.",
)  # fmt: skip
BAD_ENROLMENT = _problem(
    "bad-enrolment", 15, 400,
    "登记码或登记文件有误：{zh}。", "The enrolment code or file is wrong: {en}.",
    "请照着登记单重新输入，或重新拷贝登记文件。", "Type it again from the slip, or copy the file again.",
)  # fmt: skip
BAD_BLOB = _problem(
    "bad-blob", 16, 400,
    "照片或附件损坏，打不开（{detail}）。", "The photo or attachment is damaged ({detail}).",
    "原件仍在本机，请重新上传。", "The original is still on the laptop; send it again.",
)  # fmt: skip
BLOB_UNKNOWN = _problem(
    "blob-unknown", 17, 404,
    "县里还没有登记这个附件。", "The county has no such attachment announced.",
    "程序会重新登记后再传；请重试。", "It is announced and sent again; try once more.",
)  # fmt: skip
OFFSET_MISMATCH = _problem(
    "offset-mismatch", 18, 409,
    "附件续传位置不一致，县里已收到 {offset} 字节。", "Wrong place to resume; the county holds {offset} bytes.",
    "程序会从正确位置续传；请重试。", "It resumes at the right place; try once more.",
)  # fmt: skip
CURSOR_EXPIRED = _problem(
    "cursor-expired", 19, 410,
    "离上次下载太久，需要重新下载本片区数据。", "Too long since the last download; the area is fetched afresh.",
    "请再点一次「同步」。", "Press “Sync” again.",
)  # fmt: skip
BUNDLE_STALE = _problem(
    "bundle-stale", 20, 409,
    "这份下发数据比本机已有的旧，没有使用。", "This download is older than what the laptop has and was not used.",
    "请重新下载，或用新的 U 盘文件。", "Download again or use a newer file.",
)  # fmt: skip
CLIENT_TOO_OLD = _problem(
    "client-too-old", 21, 426,
    "程序版本太旧，县里已不接收。", "The program is too old for the county's server.",
    "请先升级程序；未上报的内容不会丢失。", "Upgrade the program first; unsent work is kept.",
)  # fmt: skip
TOO_MANY_REQUESTS = _problem(
    "too-many-requests", 22, 429,
    "请求太频繁，请 {retry_after_s} 秒后再试。", "Too many requests; try again in {retry_after_s} s.",
    "稍等片刻再同步。", "Wait a moment and sync again.",
)  # fmt: skip
BUSY = _problem(
    "busy", 23, 503,
    "县里服务器正忙，请 {retry_after_s} 秒后再试。", "The county's server is busy; try again in {retry_after_s} s.",
    "稍等片刻再同步，数据都在本机。", "Wait a moment and sync again; everything is on the laptop.",
)  # fmt: skip
STORAGE_FULL = _problem(
    "storage-full", 24, 507,
    "县里服务器磁盘已满，这批没有收下。", "The county's server is out of disk space; the batch was not taken.",
    "数据都在本机。请告诉县里管理员。", "Everything is on the laptop. Tell the county's administrator.",
)  # fmt: skip
BAD_REQUEST = _problem(
    "bad-request", 25, 400,
    "请求格式不对（{detail}）。", "The request is malformed ({detail}).",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
NOT_FOUND = _problem(
    "not-found", 26, 404,
    "县里没有这份内容。", "The county has no such thing.",
    "请核对服务器地址。", "Check the server's address.",
)  # fmt: skip
OUT_OF_ORDER = _problem(
    "out-of-order", 27, 409,
    "批次顺序和县里的记录接不上。", "The batch does not continue what the county has.",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
SERVER_FAULT = _problem(
    "server-fault", 28, 500,
    "县里服务器出了内部错误，这次没有完成。", "The county's server failed; this was not completed.",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
UNKNOWN_PROBLEM = _problem(
    "unknown", 99, 500,
    "县里拒绝了这次请求（{slug}）。", "The county refused the request ({slug}).",
    _KEPT_ZH, _KEPT_EN,
)  # fmt: skip
