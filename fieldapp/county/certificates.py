"""The county's own certificate authority for its one server: made once, renewed before it ends, pinned by laptops.

Laptops trust this CA and no other (they got it signed with their enrolment), so a county needs no public name. The
CA's key lies with the other keys in ``keys/``.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fieldapp.common.clock import Clock
from fieldapp.county.keyring import write_private

__all__ = ["ServerCertificate", "ensure_certificate"]

_CA_DAYS = 3650
_SERVER_DAYS = 397
_RENEW_DAYS = 60
_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """Where the server's key and certificate are, and the CA (PEM) that laptops pin."""

    certificate: Path
    key: Path
    ca: str


def ensure_certificate(folder: Path, hosts: list[str], clock: Clock, *, name: str) -> ServerCertificate:
    """Return a certificate for ``hosts`` in the keys folder, made or renewed where it is missing, old or for others."""
    ca_path, ca_key_path = folder / "ca.pem", folder / "ca.key"
    if not (ca_path.exists() and ca_key_path.exists()):
        ca_key = ec.generate_private_key(ec.SECP256R1())
        write_private(ca_key_path, _pem(ca_key))
        write_private(ca_path, _make_ca(ca_key, clock, name).public_bytes(Encoding.PEM))
    ca = x509.load_pem_x509_certificate(ca_path.read_bytes())
    certificate, key = folder / "server.pem", folder / "server.tls.key"
    if not _is_good(certificate, key, hosts, clock, ca):
        ca_key = _load(ca_key_path)
        server_key = ec.generate_private_key(ec.SECP256R1())
        made = _make_server(server_key, ca, ca_key, hosts, clock)
        write_private(key, _pem(server_key))
        write_private(certificate, made.public_bytes(Encoding.PEM))
    return ServerCertificate(certificate, key, ca_path.read_text("ascii"))


def _make_ca(key: ec.EllipticCurvePrivateKey, clock: Clock, name: str) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"fieldapp county {name}"[:64])])
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACK)
        .not_valid_after(now + timedelta(days=_CA_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _make_server(
    key: ec.EllipticCurvePrivateKey,
    ca: x509.Certificate,
    ca_key: ec.EllipticCurvePrivateKey,
    hosts: list[str],
    clock: Clock,
) -> x509.Certificate:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])]))
        .issuer_name(ca.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACK)
        .not_valid_after(min(now + timedelta(days=_SERVER_DAYS), ca.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_name(host) for host in hosts]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )


def _is_good(certificate: Path, key: Path, hosts: list[str], clock: Clock, ca: x509.Certificate) -> bool:
    if not (certificate.exists() and key.exists()):
        return False
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    if found.not_valid_after_utc < min(clock.now() + timedelta(days=_RENEW_DAYS), ca.not_valid_after_utc):
        return False
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {_name(host) for host in hosts} <= set(names)


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _load(path: Path) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the CA key is no elliptic-curve key")
    return key
