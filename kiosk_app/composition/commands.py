"""The province's commands: who takes them, who carries them out, and what with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contract.sets import CommandVerb
from foundation.clock import Clock
from foundation.lifecycle import ResilientService
from kiosk_app.composition.devices import FittedDevices
from kiosk_app.composition.line import ProvinceLine
from kiosk_app.operations.command_desk import Accounts, CommandDesk, Verb
from kiosk_app.operations.looking import screenshot_verb
from kiosk_app.operations.occupancy import Occupancy
from kiosk_app.operations.service_gate import ServiceGate
from kiosk_app.operations.verbs import BothLanguages, Reach, make_verbs
from kiosk_app.province.block_list import BlockBook
from kiosk_app.province.commands import CommandReceiver
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.renewal import CertificateKeeper
from kiosk_app.reporting.audit_observer import Trail
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.status import StatusReporter
from kiosk_app.terminal.machine import Message
from offline_store.store import OfflineStore
from words import Words


@dataclass(frozen=True, slots=True)
class Commanded:
    """What commands come by and work with, besides the store; see ``kiosk_app.operations.verbs.Reach``."""

    line: ProvinceLine
    credentials: Credentials
    devices: FittedDevices
    reporter: StatusReporter
    maker: EventMaker
    certificate: CertificateKeeper
    restart: Callable[[], None]
    picture: Callable[[], bytes | None]
    trail: Trail
    book: BlockBook


@dataclass(frozen=True, slots=True)
class Hands:
    """What can be done at the terminal, for the province and for its staff alike."""

    gate: ServiceGate
    verbs: Mapping[CommandVerb, Verb]


def make_hands(
    commanded: Commanded,
    store: OfflineStore,
    clock: Clock,
    post: Callable[[Message], None],
    words: Mapping[str, Words],
) -> Hands:
    """The verbs. What is in force is told to the machine now."""
    sentences = BothLanguages(words)
    maker, reporter = commanded.maker, commanded.reporter
    gate = ServiceGate(
        store.standing_orders, post, reporter.set_mode, maker.now, sentences.say("closing_for_a_moment")
    )
    gate.tell()
    reach = Reach(
        clock,
        store.outbox,
        reporter,
        commanded.line.items,
        gate,
        commanded.certificate,
        commanded.devices.printer,
        commanded.restart,
    )
    verbs = {
        **make_verbs(reach, sentences, commanded.credentials.enrolment.terminal_name),
        CommandVerb.SCREENSHOT: screenshot_verb(commanded.picture, post, clock, sentences),
    }
    return Hands(gate, verbs)


def command_services(
    commanded: Commanded, hands: Hands, occupancy: Occupancy, store: OfflineStore, clock: Clock
) -> tuple[ResilientService, ...]:
    """The services, to be started after what they work with."""
    accounts = Accounts(store.outbox, commanded.maker, commanded.trail)
    desk = CommandDesk(store.commands, accounts, clock, occupancy, hands.gate, hands.verbs)
    receiver = CommandReceiver(
        commanded.line.command_calls,
        commanded.line.client.time,
        commanded.credentials,
        store.commands,
        store.counters,
        clock,
        desk.wake,
    )
    commanded.line.monitor.listen(receiver.connection_changed)
    return desk, receiver
