"""Enrolment: single-use codes, and what a terminal gets for one.

A code is good once. The same device (the same key) may ask again with it for a while, because the answer to
the first time may have been lost on the way: it gets the same certificate, and nothing new is made.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import msgspec
from cryptography import x509
from sqlalchemy import Connection, Row, func, insert, select, update

from contract.answers import Enrolment, EnrolmentRequest, RenewalRequest
from contract.enrolment_code import make_code
from contract.payloads import Site
from foundation.clock import parse_rfc3339, rfc3339
from province_platform.authority import Keys, is_for_same_key, key_digest, read_signing_request
from province_platform.callers import Terminal
from province_platform.reference_sites import reference_sites
from province_platform.refused import Refused, enrolment_malformed, enrolment_refused
from province_platform.schema import certificates, enrolment_codes, sites, terminals

CODE_VALID = timedelta(hours=24)
REPEAT_WITHIN = timedelta(hours=1)
RENEWAL_REPEATED_WITHIN = timedelta(minutes=10)
_FIRST_NUMBER = 20001
"""Receipt numbers begin with it; from 2 on, eleven figures never look like a mobile number (13 to 19)."""


class UnknownSiteError(ValueError):
    """There is no such site; the message names those that there are."""


def seed_sites(connection: Connection) -> None:
    """Puts the reference sites into a database that has none."""
    if connection.scalar(select(func.count()).select_from(sites)) == 0:
        rows = [
            {"site_id": site.site_id, "record": msgspec.json.encode(site).decode("utf-8")}
            for site in reference_sites()
        ]
        connection.execute(insert(sites), rows)


def all_sites(connection: Connection) -> list[Site]:
    """Every site, by its id."""
    records = connection.scalars(select(sites.c.record).order_by(sites.c.site_id))
    return [msgspec.json.decode(record, type=Site) for record in records]


def make_enrolment_code(connection: Connection, keys: Keys, site_id: str, name: str, now: datetime) -> str:
    """A new code for a terminal called ``name`` at ``site_id``, as it is printed. Raises UnknownSiteError."""
    known = [site.site_id for site in all_sites(connection)]
    if site_id not in known:
        raise UnknownSiteError(f"no site {site_id!r}; known sites: {', '.join(known)}")
    if not 0 < len(name) <= 60:
        raise ValueError("the terminal's name needs 1 to 60 characters")
    code = make_code(keys.authority_der)
    connection.execute(
        insert(enrolment_codes).values(
            secret_digest=_digest(code.secret),
            site_id=site_id,
            terminal_name=name,
            made_at=rfc3339(now),
            expires_at=rfc3339(now + CODE_VALID),
        )
    )
    return code.text()


def redeem(
    connection: Connection, keys: Keys, request: EnrolmentRequest, now: datetime, heartbeat_s: int
) -> Enrolment | Refused:
    """What the terminal is from now on. Repeatable by the same key within :data:`REPEAT_WITHIN`."""
    signing_request = read_signing_request(request.signing_request)
    if signing_request is None:
        return enrolment_malformed()
    digest = _digest(request.secret.lower())
    code = connection.execute(
        select(enrolment_codes).where(enrolment_codes.c.secret_digest == digest)
    ).one_or_none()
    if code is None:
        return enrolment_refused()
    if code.redeemed_at is not None:
        same_device = code.key_digest == key_digest(signing_request)
        if not same_device or now > parse_rfc3339(code.redeemed_at) + REPEAT_WITHIN:
            return enrolment_refused()
    elif now > parse_rfc3339(code.expires_at):
        return enrolment_refused()
    else:
        code = _make_terminal(connection, keys, request, signing_request, code, now)
    return _enrolment(connection, keys, code.terminal_id, heartbeat_s)


def _make_terminal(
    connection: Connection,
    keys: Keys,
    request: EnrolmentRequest,
    signing_request: x509.CertificateSigningRequest,
    code: Row[tuple[object, ...]],
    now: datetime,
) -> Row[tuple[object, ...]]:
    highest = connection.scalar(select(func.max(terminals.c.terminal_number)))
    number = f"{int(highest) + 1 if highest else _FIRST_NUMBER:05d}"
    terminal_id = f"hubei-{number}"
    certificate = keys.certify_terminal(signing_request, terminal_id)
    connection.execute(
        insert(terminals).values(
            terminal_id=terminal_id,
            terminal_number=number,
            name=code.terminal_name,
            site_id=code.site_id,
            certificate=certificate.pem,
            serial_number=certificate.serial_number,
            machine=msgspec.json.encode(request.machine).decode("utf-8"),
            enrolled_at=rfc3339(now),
        )
    )
    this_code = enrolment_codes.c.secret_digest == code.secret_digest
    connection.execute(
        update(enrolment_codes)
        .where(this_code)
        .values(redeemed_at=rfc3339(now), terminal_id=terminal_id, key_digest=key_digest(signing_request))
    )
    return connection.execute(select(enrolment_codes).where(this_code)).one()


def renew(
    connection: Connection,
    keys: Keys,
    terminal: Terminal,
    request: RenewalRequest,
    now: datetime,
    heartbeat_s: int,
) -> Enrolment | Refused:
    """The terminal's next certificate, and everything else that it needs to know, as it is now.

    It is for the key that the connection was made with: who has stolen nothing but a moment at the terminal
    gets no certificate for a key of his own. Repeatable: an answer that was lost is given again for a while.
    """
    signing_request = read_signing_request(request.signing_request)
    if signing_request is None or not is_for_same_key(signing_request, terminal.certificate):
        return enrolment_malformed()
    digest = key_digest(signing_request)
    pem = connection.scalar(
        select(certificates.c.certificate)
        .where(
            certificates.c.terminal_id == terminal.terminal_id,
            certificates.c.key_digest == digest,
            certificates.c.issued_at > rfc3339(now - RENEWAL_REPEATED_WITHIN),
            certificates.c.certificate != terminal.certificate,
        )
        .order_by(certificates.c.issued_at.desc())
        .limit(1)
    )
    if pem is None:
        issued = keys.certify_terminal(signing_request, terminal.terminal_id)
        pem = issued.pem
        connection.execute(
            insert(certificates).values(
                serial_number=issued.serial_number,
                terminal_id=terminal.terminal_id,
                certificate=pem,
                key_digest=digest,
                issued_at=rfc3339(now),
            )
        )
    enrolment = _enrolment(connection, keys, terminal.terminal_id, heartbeat_s)
    return msgspec.structs.replace(enrolment, certificate=pem)


def _enrolment(connection: Connection, keys: Keys, terminal_id: str, heartbeat_s: int) -> Enrolment:
    terminal = connection.execute(select(terminals).where(terminals.c.terminal_id == terminal_id)).one()
    record = connection.scalar(select(sites.c.record).where(sites.c.site_id == terminal.site_id))
    return Enrolment(
        terminal_id=terminal.terminal_id,
        terminal_number=terminal.terminal_number,
        terminal_name=terminal.name,
        certificate=terminal.certificate,
        authority=keys.authority_pem,
        sealing_key=keys.sealing_key,
        item_key=keys.item_signer.public_key(),
        command_key=keys.command_signer.public_key(),
        site=msgspec.json.decode(record or b"", type=Site),
        heartbeat_s=heartbeat_s,
    )


def _digest(secret: str) -> str:
    # 120 random bits: a plain digest cannot be searched.
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
