"""A whole terminal without its screens: store, province, devices, machine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from contract.sets import ClockTrust
from foundation.clock import Clock, boot_id
from foundation.errors import ErrorCode
from foundation.lifecycle import PermanentFaultError, ResilientService
from foundation.version import VERSION
from kiosk_app.composition.auditing import begin_audit
from kiosk_app.composition.blocking import block_book, judged
from kiosk_app.composition.commands import Commanded, command_services, make_hands
from kiosk_app.composition.devices import FittedDevices, Hearers
from kiosk_app.composition.line import ProvinceLine
from kiosk_app.composition.publications import follow_publications
from kiosk_app.composition.session_end import Holders
from kiosk_app.composition.sessions import SessionKeeping, SessionWatch, keep_sessions
from kiosk_app.composition.spools import Spools
from kiosk_app.composition.staff import make_staff_desk
from kiosk_app.composition.store_watch import StoreWatch, kept_for, settle_opening
from kiosk_app.composition.telemetry import build_telemetry
from kiosk_app.composition.temporary_files import TemporaryFiles
from kiosk_app.composition.voices import heard_too
from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.fitting import Around, fit
from kiosk_app.config.records import Place, read_place
from kiosk_app.config.settings import Settings
from kiosk_app.matters.capture_desk import CaptureDesk
from kiosk_app.matters.documents import DocumentMaker
from kiosk_app.matters.draft_desk import DraftDesk
from kiosk_app.matters.face_desk import FaceDesk
from kiosk_app.matters.paper_desk import PaperDesk
from kiosk_app.matters.paper_words import Printery
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.matters.service_desk import Rooms, ServiceDesk
from kiosk_app.matters.slips import SlipMaker
from kiosk_app.operations.machine_restart import MachineRestart
from kiosk_app.operations.occupancy import Occupancy
from kiosk_app.operations.verbs import BothLanguages
from kiosk_app.province.credentials import Credentials, NotEnrolledError
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.renewal import CertificateKeeper
from kiosk_app.province.terminal_keys import keys_as_set, require_custody
from kiosk_app.province.time_floor import TimeFloor
from kiosk_app.reporting.audit import AuditRecorder
from kiosk_app.reporting.audit_observer import AuditObserver, record_refusal
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.left_behind import CardWatch
from kiosk_app.reporting.matters import MatterWatch
from kiosk_app.reporting.out_of_service import ServiceWatch
from kiosk_app.reporting.reconciliation import Reconciler
from kiosk_app.reporting.sessions import SessionRecords
from kiosk_app.reporting.staff_watch import StaffWatch
from kiosk_app.reporting.status import RunningFacts
from kiosk_app.reporting.waiting_cases import MOST_NAMED
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import PadKey
from kiosk_app.terminal.loop import Inbox, TerminalLoop
from kiosk_app.terminal.machine import Machine
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.presenter import Presenter
from kiosk_app.terminal.situation import TerminalFacts
from kiosk_app.terminal.views import View
from kiosk_app.terminal.voice import ScreenVoice
from kiosk_app.terminal.wipe import Needles
from offline_store.errors import StoreError
from offline_store.lock import TerminalLock
from offline_store.rescue import Opening, open_or_rebuild
from offline_store.store import OfflineStore
from words import LANGUAGES, Words

log = logging.getLogger("dianxiaoer.terminal")


class AlreadyRunningError(PermanentFaultError):
    """Another process runs this terminal."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a terminal needs of whoever builds it.

    ``publish`` shows a view, ``press`` presses a key of the keypad at the screen, and ``forget_screens``
    returns when the screens have let go of what they showed, true if they have; all are called in threads of
    the terminal. ``memory`` is what a wipe searches. ``restart`` has the program end in good order and begin
    again. ``hear`` gives the screens the voice that reads them, once, and its words. ``picture`` gives a JPEG
    of what is shown, without the person, or None.
    """

    clock: Clock
    publish: Callable[[View], None]
    press: Callable[[PadKey], None]
    forget_screens: Callable[[], bool]
    memory: OwnMemory
    inbox: Inbox
    restart: Callable[[], None] = lambda: None
    hear: Callable[[ScreenVoice, Mapping[str, Words]], None] = lambda *_: None
    picture: Callable[[], bytes | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal, built. ``start`` and ``stop`` are called once each, by one thread."""

    lock: TerminalLock
    store: OfflineStore
    line: ProvinceLine
    devices: FittedDevices
    desk: ServiceDesk
    loop: TerminalLoop
    services: Sequence[ResilientService]
    maker: EventMaker
    sessions: SessionKeeping

    def start(self) -> None:
        """Starts everything; returns at once."""
        self.loop.start()
        self.devices.start()
        for service in self.services:
            service.start()

    def stop(self) -> None:
        """Ends everything and closes the store; what is not sent stays for the next start."""
        self.line.close()
        self.sessions.give_up()
        self.loop.stop()  # first who gives orders, then who carries them out
        for service in reversed(self.services):
            service.stop()
        self.devices.stop()
        self.desk.close()
        self.sessions.close()
        self.store.close()
        self.lock.release()


def start_terminal(
    paths: TerminalPaths, settings: Settings, around: Surroundings
) -> Terminal | ErrorCode | None:
    """Builds and starts a terminal; returns at once.

    What keeps it from serving is logged, and returned as the code that the screen has to say. None when
    another process runs this terminal.
    """
    try:
        terminal = build_terminal(paths, settings, around)
    except AlreadyRunningError as fault:
        log.error("%s", fault)
        return None
    except (NotEnrolledError, StoreError, SettingsError) as fault:
        log.error("%s %s", fault.error, fault)
        return fault.error
    try:
        terminal.start()
    except StoreError as fault:
        log.error("%s %s", fault.error, fault)
        terminal.stop()
        return fault.error
    return terminal


def build_terminal(paths: TerminalPaths, settings: Settings, around: Surroundings) -> Terminal:
    """Builds everything and starts nothing.

    Raises ``SettingsError``, ``NotEnrolledError``, ``StoreError`` or :class:`AlreadyRunningError`: each is
    for a person, with a code.
    """
    post = around.inbox.put
    credentials = Credentials.load(paths)
    enrolment = credentials.enrolment
    place = read_place(paths) or Place(site=enrolment.site)
    lock = TerminalLock.take(paths.store.with_name("terminal.lock"))
    if lock is None:
        raise AlreadyRunningError("another process runs this terminal")
    # The one clock of the whole terminal: right as soon as the platform was heard, whatever the machine says.
    clock = PlatformClock(around.clock, TimeFloor(paths.state / "time"))
    maker = EventMaker(enrolment.terminal_id, clock, clock)
    try:
        opening, audit = _open_store(paths, settings, credentials, maker, clock)
    except StoreError:
        lock.release()  # another attempt may find the key where it was not now
        raise
    store = opening.store
    strays = settle_opening(opening)
    reconciler = Reconciler(store, maker, clock)
    line = ProvinceLine(settings.platform, credentials, store, clock, clock, post, reconciler.province_asks)

    def running_facts() -> RunningFacts:
        store.counters.flush()
        batch = line.items.current_batch()
        return RunningFacts(
            VERSION,
            batch.batch_id if batch is not None else "",
            store.counters.figures(),
            store.promises.open(MOST_NAMED),
        )

    telemetry = build_telemetry(
        maker,
        store.outbox,
        clock,
        running_facts,
        line.reachability,
        heartbeat_s=settings.reporting.heartbeat_s or enrolment.heartbeat_s,
        paths=paths,
        enrolled_place=place,
    )
    line.on_case_refused = telemetry.reporter.tell_soon
    line.on_event_refused = partial(record_refusal, audit)
    book = block_book(store, credentials, clock, post)
    devices = FittedDevices(
        lambda listener: fit(
            settings.devices,
            settings.voice,
            settings.screen.language,
            Around(clock, store.counters, listener),
        ),
        Hearers(judged(post, book), around.press, telemetry.devices_changed, telemetry.drift.fixed),
    )
    telemetry.devices_changed(devices.statuses())
    words = {language: Words(language) for language in LANGUAGES}
    if devices.voice is not None:
        around.hear(devices.voice, words)
    certificate = CertificateKeeper(paths, line.command_calls, clock)
    commanded = Commanded(
        line,
        credentials,
        devices,
        telemetry.reporter,
        maker,
        certificate,
        around.restart,
        around.picture,
        audit,
        book,
    )
    hands = make_hands(commanded, store, clock, post, words)
    staff = make_staff_desk(
        paths, commanded, hands, store, telemetry.alarms, BothLanguages(words), clock, post
    )
    printery = Printery(
        words,
        enrolment.terminal_name,
        place.site.name,
        maker.now,
        lambda: devices.capabilities().demonstration,
    )
    spools = Spools(devices.printer, devices.document_printer)
    holders = Holders(devices, spools, around.forget_screens, TemporaryFiles(paths.run), around.memory)
    records = SessionRecords(paths.state / "sessions", store.outbox, maker, boot_id())
    restart = MachineRestart(settings.machine.restart_command, paths.state / "restart.json", clock, boot_id())
    sessions = keep_sessions(records, restart, holders, maker, clock, post, strays)
    desk = ServiceDesk(
        line.citizens_client,
        CaseRecorder(store, maker, credentials, place.site),
        devices,
        sessions.closer,
        Rooms(
            PaperDesk(devices, SlipMaker(printery), DocumentMaker(printery), post),
            CaptureDesk(devices, store.attachments, credentials.sealer, post),
            DraftDesk(store.drafts, clock, post),
            staff,
            FaceDesk(line.citizens_client, devices, post),
        ),
        judged(post, book),
    )
    machine = Machine(
        TerminalFacts(
            enrolment.terminal_id,
            enrolment.terminal_name,
            place.site,
            Language(settings.screen.language),
        ),
        desk,
        clock,
        IdleLimits(
            warn_after_s=settings.session.warn_after_s,
            end_after_s=settings.session.end_after_s - settings.session.warn_after_s,
            extension_s=settings.session.extension_s,
        ),
        Needles,
    )
    occupancy = Occupancy(heard_too(around.publish, devices.voice, words, clock))
    loop = TerminalLoop(
        machine,
        Presenter(clock, words),
        clock,
        occupancy.publish,
        around.inbox,
        observers=(
            AuditObserver(audit),
            SessionWatch(sessions.records, holders),
            CardWatch(telemetry.alarms),
            ServiceWatch(telemetry.alarms, telemetry.reporter.set_out_of_service),
            MatterWatch(telemetry.reporter.set_matters),
            StaffWatch(audit, telemetry.reporter.set_in_maintenance),
        ),
    )
    watch = StoreWatch(
        store,
        clock,
        post,
        lambda: clock.trust() is not ClockTrust.UNKNOWN,
        telemetry.alarms,
        lambda: kept_for(line.items.current_batch()),
        audit.trim,
    )
    commands = command_services(commanded, hands, occupancy, store, clock)
    sessions.left.look(around.memory, post)
    publications = follow_publications(paths, line, credentials, telemetry.alarms, clock, post, book)
    services = (
        audit,
        *line.services,
        *telemetry.services,
        watch,
        reconciler,
        certificate,
        publications,
        *commands,
        sessions.left,
    )
    return Terminal(lock, store, line, devices, desk, loop, services, maker, sessions)


def _open_store(
    paths: TerminalPaths, settings: Settings, credentials: Credentials, maker: EventMaker, clock: Clock
) -> tuple[Opening, AuditRecorder]:
    """The store and its trail, with their keys from where they may be kept; both or neither is open then."""
    require_custody(settings, paths, credentials.enrolment, clock)
    keys = keys_as_set(settings, paths, clock)
    opening = open_or_rebuild(paths.store, keys.store, clock=clock, boot_id=boot_id())
    try:
        return opening, begin_audit(paths, keys.audit, credentials.sealer.profile, opening, maker, clock)
    except StoreError:
        opening.store.close()
        raise
