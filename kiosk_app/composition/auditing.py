"""The audit trail of the running terminal: opened, and told how the terminal was when it started."""

from __future__ import annotations

from contract.sealing import Profile
from foundation.clock import Clock
from foundation.version import VERSION
from kiosk_app.config import TerminalPaths
from kiosk_app.reporting.audit import AuditRecorder, digest_of
from kiosk_app.reporting.events import EventMaker
from offline_store.audit_chain import AuditDigest
from offline_store.keys import KeyProvider
from offline_store.rescue import Opening


def audit_digest(profile: Profile) -> AuditDigest:
    """The digest of a trail that is begun in ``profile``."""
    return AuditDigest.HMAC_SM3 if profile is Profile.GOVERNMENT else AuditDigest.HMAC_SHA256


def begin_audit(
    paths: TerminalPaths,
    keys: KeyProvider,
    profile: Profile,
    opening: Opening,
    maker: EventMaker,
    clock: Clock,
) -> AuditRecorder:
    """A recorder that knows of this start. Raises ``StoreKeyError`` when the key of a begun trail is gone.

    ``keys`` are others than the store's: who can open the store cannot rewrite the trail. A new trail has the
    digest of the province's ``profile``.

    Settings, enrolment and place stand in it as digests of their files: whoever changed one between two
    starts, with a tool or an editor, shows.
    """
    store = opening.store
    trail = store.audit_trail(keys, audit_digest(profile))
    recorder = AuditRecorder(trail, store.outbox, maker, clock)
    recorder.record("terminal.started", f"v{VERSION}", f"store/{store.store_id}")
    for name, file in (
        ("settings.read", paths.settings),
        ("enrolment.read", paths.enrolment),
        ("place.read", paths.place),
    ):
        subject = f"sha256/{digest_of(file.read_bytes())}" if file.exists() else ""
        recorder.record(name, "done" if subject else "absent", subject)
    if store.was_rekeyed:
        recorder.record("key.rotated", "done", "store")
    if opening.rescue is not None:
        recorder.record("store.rebuilt", "done", f"events/{opening.rescue.events}")
    return recorder
