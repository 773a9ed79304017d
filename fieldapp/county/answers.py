"""Answers of the server: problem documents (RFC 9457) for every refusal, and our content types."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fieldapp.common.errors import KnownError
from fieldapp.common.files import DISK_FULL
from fieldapp.common.log import describe_crash, logger
from fieldapp.county.errors import DATABASE_DOWN
from fieldapp.wire.problems import BAD_REQUEST, BUSY, NOT_FOUND, SERVER_FAULT, STORAGE_FULL, WireError

__all__ = ["BINARY", "PROBLEM", "add_problem_handlers", "problem_response"]

PROBLEM = "application/problem+json"
BINARY = "application/vnd.fieldapp"
_RETRY_S = 30

_log = logger("county")


def problem_response(error: WireError) -> JSONResponse:
    """Return the problem document of a refusal, with Retry-After where it says when to come again."""
    headers = {"Cache-Control": "no-store"}
    if "retry_after" in error.extra:
        headers["Retry-After"] = str(error.extra["retry_after"])
    return JSONResponse(
        error.as_problem(), status_code=error.problem.status, media_type=PROBLEM, headers=headers
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Let every refusal and every failure leave the server as a problem document."""

    @app.exception_handler(WireError)
    async def refused(_: Request, error: WireError) -> Response:
        return problem_response(error)

    @app.exception_handler(KnownError)
    async def environment(_: Request, error: KnownError) -> Response:
        _log.error("known error %s", error.code)
        if error.spec is DISK_FULL:
            return problem_response(STORAGE_FULL())
        if error.spec is DATABASE_DOWN:
            return problem_response(BUSY(retry_after_s=_RETRY_S, extra={"retry_after": _RETRY_S}))
        return problem_response(SERVER_FAULT())

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> Response:
        places = ".".join(str(part) for part in error.errors()[0]["loc"]) if error.errors() else "request"
        return problem_response(BAD_REQUEST(detail=places))

    @app.exception_handler(HTTPException)
    async def routed(_: Request, error: HTTPException) -> Response:
        response = problem_response(NOT_FOUND() if error.status_code == 404 else BAD_REQUEST(detail="method"))
        response.status_code = error.status_code
        return response

    @app.exception_handler(Exception)
    async def failed(_: Request, error: Exception) -> Response:
        _log.error("request failed: %s", describe_crash(type(error), error.__traceback__))
        return problem_response(SERVER_FAULT())
