"""The county's own certificate authority."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from fieldapp.county.certificates import ServerCertificate, ensure_certificate
from tests.county.world import new_clock


def made(folder: Path, *hosts: str, days: int = 0) -> tuple[ServerCertificate, x509.Certificate]:
    clock = new_clock()
    clock.advance(days=days)
    certificate = ensure_certificate(folder, list(hosts), clock, name="样例县")
    return certificate, x509.load_pem_x509_certificate(certificate.certificate.read_bytes())


def test_a_certificate_names_hosts_and_addresses_and_is_signed_by_the_ca(tmp_path: Path) -> None:
    files, certificate = made(tmp_path, "county.example", "10.1.2.3")
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["county.example"]
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["10.1.2.3"]
    ca = x509.load_pem_x509_certificate(files.ca.encode())
    certificate.verify_directly_issued_by(ca)
    assert stat.S_IMODE(files.key.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "ca.key").stat().st_mode) == 0o600


def test_the_same_hosts_keep_their_certificate_and_new_ones_get_a_new_one(tmp_path: Path) -> None:
    _, first = made(tmp_path, "a.example", "b.example")
    _, same = made(tmp_path, "a.example")
    _, other = made(tmp_path, "c.example")
    assert first.serial_number == same.serial_number
    assert other.serial_number != first.serial_number


def test_it_is_renewed_before_it_ends_and_laptops_keep_their_ca(tmp_path: Path) -> None:
    old, first = made(tmp_path, "a.example")
    renewed, second = made(tmp_path, "a.example", days=350)
    assert second.serial_number != first.serial_number
    assert second.not_valid_after_utc > first.not_valid_after_utc + timedelta(days=300)
    assert renewed.ca == old.ca
