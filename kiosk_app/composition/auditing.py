"""The audit trail of the running terminal: opened, and told how the terminal was when it started."""

from __future__ import annotations

from foundation.clock import Clock
from foundation.version import VERSION
from kiosk_app.config import TerminalPaths
from kiosk_app.reporting.audit import AuditRecorder, digest_of
from kiosk_app.reporting.events import EventMaker
from offline_store.keys import KeyProvider
from offline_store.rescue import Opening


def begin_audit(
    paths: TerminalPaths, keys: KeyProvider, opening: Opening, maker: EventMaker, clock: Clock
) -> AuditRecorder:
    """A recorder that knows of this start. Raises ``StoreKeyError`` when the key of a begun trail is gone.

    ``keys`` are others than the store's: who can open the store cannot rewrite the trail.

    Settings, enrolment and place stand in it as digests of their files: whoever changed one between two
    starts, with a tool or an editor, shows.
    """
    store = opening.store
    trail = store.audit_trail(keys)
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
