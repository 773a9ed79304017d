"""The county's HTTP interface (design: ``/v1``): thin routes over the modules of this room.

Handlers read the bounded body in the event loop and work in a thread. Bodies are raw bytes; who sends is taken from
the session, never from the body.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fieldapp import __version__
from fieldapp.county.admission import Admission
from fieldapp.county.answers import BINARY, add_problem_handlers
from fieldapp.county.batches import find_receipt, take_batch
from fieldapp.county.blobs import BlobState, announce, blob_state, missing, receive_part
from fieldapp.county.changes import DEFAULT_LIMIT, pull
from fieldapp.county.devices import Device
from fieldapp.county.enrolling import enrol
from fieldapp.county.sessions import authenticate, make_nonce, open_session
from fieldapp.county.setup import County
from fieldapp.wire.canonical import parse_object
from fieldapp.wire.enrolment import EnrolmentRequest
from fieldapp.wire.fields import Fields, is_uuid, sha256_pattern
from fieldapp.wire.keys import SIGNATURE_BYTES
from fieldapp.wire.limits import BLOB_PART_BYTES, MAX_WIRE_BYTES
from fieldapp.wire.problems import BAD_REQUEST, DIGEST_MISMATCH, NOT_FOUND, SESSION_INVALID

__all__ = ["create_app"]

_SMALL_BODY = 64 * 1024
_MOST_DIGESTS = 1_000
_CONTENT_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")


def create_app(county: County, *, ca: str = "", admission: Admission | None = None) -> FastAPI:
    """Return the ASGI app of an open county. ``ca`` (PEM) is handed to laptops at their enrolment."""
    app = FastAPI(
        title="fieldapp county", version=__version__, docs_url=None, redoc_url=None, openapi_url=None
    )
    gate = admission or Admission()
    add_problem_handlers(app)
    _add_meeting(app, county, gate, ca)
    _add_batches(app, county, gate)
    _add_blobs(app, county, gate)
    return app


def _add_meeting(app: FastAPI, county: County, gate: Admission, ca: str) -> None:
    @app.get("/v1/hello")
    async def hello() -> JSONResponse:
        """Tell that this is a county server and which: what a laptop asks before it trusts an address."""
        return JSONResponse(
            {"service": "fieldapp-county", "v": 1, "county": county.code, "name": county.name}
        )

    @app.post("/v1/enrol")
    async def enrol_laptop(request: Request) -> Response:
        with gate.request():
            async with gate.body(request, _SMALL_BODY) as body:
                answer = await run_in_threadpool(enrol, county, EnrolmentRequest.read(body), ca=ca)
        return _binary(answer)

    @app.post("/v1/challenge")
    async def challenge() -> JSONResponse:
        return JSONResponse({"nonce": make_nonce(county)}, headers={"Cache-Control": "no-store"})

    @app.post("/v1/session")
    async def session(request: Request) -> JSONResponse:
        with gate.request():
            async with gate.body(request, _SMALL_BODY) as body:
                try:
                    fields = Fields(parse_object(body))
                    key, nonce = fields.text("key", longest=16), fields.text("nonce", longest=128)
                    signature = fields.octets("sig", length=SIGNATURE_BYTES)
                except ValueError as error:
                    raise BAD_REQUEST(detail=str(error)) from None
                token, expires = await run_in_threadpool(open_session, county, key, nonce, signature)
        return JSONResponse({"token": token, "expires_at": expires}, headers={"Cache-Control": "no-store"})

    @app.get("/v1/changes")
    async def changes(request: Request, cursor: str = "", limit: int = DEFAULT_LIMIT) -> Response:
        with gate.request():
            device = await _device(county, request)
            bundle = await run_in_threadpool(pull, county, device, cursor, limit)
        return _binary(bundle)


def _add_batches(app: FastAPI, county: County, gate: Admission) -> None:
    @app.put("/v1/batches/{batch_id}")
    async def put_batch(batch_id: str, request: Request) -> Response:
        with gate.request():
            device = await _device(county, request)
            if not is_uuid(batch_id):
                raise BAD_REQUEST(detail="batch id")
            async with gate.body(request, MAX_WIRE_BYTES) as body:
                receipt, fresh = await run_in_threadpool(take_batch, county, device, batch_id, body)
        return _binary(receipt, status=201 if fresh else 200)

    @app.get("/v1/batches/{batch_id}/receipt")
    async def get_receipt(batch_id: str, request: Request) -> Response:
        with gate.request():
            device = await _device(county, request)
            return _binary(await run_in_threadpool(find_receipt, county, device, batch_id))


def _add_blobs(app: FastAPI, county: County, gate: Admission) -> None:
    @app.post("/v1/blobs")
    async def post_blob(request: Request) -> Response:
        with gate.request():
            device = await _device(county, request)
            async with gate.body(request, _SMALL_BODY) as body:
                try:
                    fields = Fields(parse_object(body))
                    digest, length = fields.digest("sha256"), fields.integer("length", least=1)
                except ValueError as error:
                    raise BAD_REQUEST(detail=str(error)) from None
                state = await run_in_threadpool(announce, county, device, digest, length)
        return _progress(state, 201)

    @app.post("/v1/blobs/missing")
    async def post_missing(request: Request) -> JSONResponse:
        with gate.request():
            device = await _device(county, request)
            async with gate.body(request, _SMALL_BODY * 2) as body:
                digests = _digest_list(body)
                wanted = await run_in_threadpool(missing, county, device, digests)
        return JSONResponse({"missing": wanted})

    @app.head("/v1/blobs/{digest}")
    async def head_blob(digest: str, request: Request) -> Response:
        with gate.request():
            device = await _device(county, request)
            state = await run_in_threadpool(blob_state, county, device, _digest(digest))
        return _progress(state, 200)

    @app.patch("/v1/blobs/{digest}")
    async def patch_blob(digest: str, request: Request) -> Response:
        with gate.request():
            device = await _device(county, request)
            offset = request.headers.get("upload-offset", "")
            if not offset.isdecimal() or len(offset) > 15:
                raise BAD_REQUEST(detail="Upload-Offset")
            async with gate.body(request, BLOB_PART_BYTES) as part:
                _check_content_digest(request, part)
                state = await run_in_threadpool(
                    receive_part, county, device, _digest(digest), int(offset), part
                )
        return _progress(state, 204)


async def _device(county: County, request: Request) -> Device:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise SESSION_INVALID()
    return await run_in_threadpool(authenticate, county, token)


def _binary(content: bytes, status: int = 200) -> Response:
    return Response(content, status, {"Cache-Control": "no-store"}, BINARY)


def _progress(state: BlobState, status: int) -> Response:
    headers = {
        "Upload-Offset": str(state.offset),
        "Upload-Length": str(state.length),
        "Cache-Control": "no-store",
    }
    return Response(status_code=status, headers=headers)


def _digest(text: str) -> str:
    if not sha256_pattern.fullmatch(text):
        raise NOT_FOUND()
    return text


def _digest_list(body: bytes) -> list[str]:
    try:
        value = parse_object(body).get("sha256")
    except ValueError as error:
        raise BAD_REQUEST(detail=str(error)) from None
    if not isinstance(value, list) or len(value) > _MOST_DIGESTS:
        raise BAD_REQUEST(detail="sha256")
    return [_digest(item) if isinstance(item, str) else _digest("") for item in value]


def _check_content_digest(request: Request, part: bytes) -> None:
    found = _CONTENT_DIGEST.fullmatch(request.headers.get("content-digest", ""))
    try:
        told = base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error:
        told = b""
    if told != hashlib.sha256(part).digest():
        raise DIGEST_MISMATCH(detail="part")
