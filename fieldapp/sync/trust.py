"""Whom the connection trusts: the county's CA alone, or, before there is one, nobody."""

from __future__ import annotations

import ssl
from typing import Any

import urllib3
from requests.adapters import HTTPAdapter

__all__ = ["PinnedAdapter"]


class PinnedAdapter(HTTPAdapter):
    """An adapter that accepts certificates of one CA (PEM) only; the operating system's and the packaged ones do not count.

    Without a CA (an enrolment typed from paper) the certificate is not looked at: an enrolment request holds no
    secret, and its answer is accepted by the county's signature, which the code pins.
    """

    def __init__(self, ca: str) -> None:
        self._context = _context(ca)
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002 - the library's signature
        # The library would load its own bundle of public CAs into our context here.
        conn.cert_reqs = "CERT_NONE" if self._context.verify_mode is ssl.CERT_NONE else "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None


def _context(ca: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca:
        context.load_verify_locations(cadata=ca)
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    return context
