"""The line to the province: every call that the terminal makes, and who is told what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contract.items import ItemBatch
from foundation.clock import Clock, rfc3339
from foundation.lifecycle import ResilientService
from kiosk_app.config.settings import PlatformSettings
from kiosk_app.province.attachment_uplink import AttachmentUplink
from kiosk_app.province.client import PlatformCalls, ProvinceClient
from kiosk_app.province.connection import ConnectionMonitor, ConnectionProbe, ConnectionState
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.exchange import Exchange
from kiosk_app.province.items import ItemKeeper
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.reachability import Reachability
from kiosk_app.province.time_question import dates_judged_by
from kiosk_app.province.tus import TusClient
from kiosk_app.province.uplink import Asked, Uplink
from kiosk_app.terminal.answers import CaseAnswered
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import BatchChanged, ConnectionChanged, ServicesChanged
from offline_store.store import OfflineStore


class ProvinceLine:
    """Built whole and not started. ``post`` takes messages for the machine, from any thread.

    What a citizen waits for goes by ``citizens_client``, a connection of its own: it never stands behind the
    queue. Files of cases have one too. ``command_calls`` is for waiting for commands: its calls are long, and
    break for all terminals at once when the platform begins again, so they are not asked about the line.
    """

    def __init__(
        self,
        settings: PlatformSettings,
        credentials: Credentials,
        store: OfflineStore,
        clock: Clock,
        platform_clock: PlatformClock,
        post: Callable[[Message], None],
        on_asked: Asked,
    ) -> None:
        self._post = post
        self.on_case_refused: Callable[[], None] = lambda: None
        self.on_event_refused: Callable[[str, str, str], None] = lambda *_: None
        """Told ``(subject, stream, code)`` of what was refused and is no case: no screen waits for it."""
        """Called after a case was set aside; it must return at once."""
        self.monitor = ConnectionMonitor(clock)
        self.reachability = Reachability(clock)
        self.reachability.on_change = lambda left_alone: post(ServicesChanged(left_alone))

        def client() -> ProvinceClient:
            return ProvinceClient(
                settings.url,
                credentials,
                clock,
                platform_clock,
                self.monitor.observe,
                self.reachability,
                self.monitor.doubt,
            )

        self.client, self.citizens_client = client(), client()
        date_check = dates_judged_by(platform_clock)
        self.command_calls = PlatformCalls(settings.url, credentials.tls, clock, date_check=date_check)
        self.publication_calls = PlatformCalls(
            settings.url, credentials.tls, clock, date_check=date_check, reachability=self.reachability
        )
        self.uplink = Uplink(
            store.outbox,
            self.client,
            credentials.enrolment.terminal_id,
            clock,
            self._confirmed,
            on_refused=self._refused,
            on_asked=on_asked,
        )
        reentry = self.uplink.reentry
        probe = ConnectionProbe(self.client, self.monitor, clock, on_time=reentry.heard)
        files_line = Exchange(settings.url, credentials.tls, clock, date_check)
        self._files = AttachmentUplink(
            store,
            TusClient(files_line),
            clock,
            on_delivered=self.uplink.wake,
            on_refused=self._refused,
            closed_for_s=reentry.closed_for_s,
        )
        store.outbox.on_committed = self._committed
        self.items = ItemKeeper(
            self.client,
            store.catalogue,
            credentials.item_verifier,
            clock,
            self._batch_changed,
            look_every_s=settings.items_every_s,
        )
        if (batch := self.items.current_batch()) is not None:
            self._batch_changed(batch)
        self.monitor.listen(self._connection_changed)
        self.monitor.listen(reentry.connection_changed)
        self.monitor.listen(self.uplink.connection_changed)
        self.monitor.listen(self._files.connection_changed)
        self.monitor.listen(self.items.connection_changed)
        self.services: Sequence[ResilientService] = (probe, self.uplink, self._files, self.items)

    def close(self) -> None:
        """Breaks the calls under way; for the end of the program, before the services are stopped."""
        self.client.close()
        self.citizens_client.close()
        self.command_calls.close()
        self.publication_calls.close()

    def _committed(self) -> None:
        self.uplink.wake()
        self._files.wake()

    def _confirmed(self, subject: str, stream: str, case_no: str) -> None:
        if stream == "case":
            self._post(CaseAnswered(subject.removeprefix("case/"), case_no, refused_code=""))

    def _refused(self, subject: str, stream: str, code: str) -> None:
        if stream == "case":
            self._post(CaseAnswered(subject.removeprefix("case/"), "", refused_code=code))
            self.on_case_refused()
        else:
            self.on_event_refused(subject, stream, code)

    def _batch_changed(self, batch: ItemBatch) -> None:
        self._post(BatchChanged(batch))

    def _connection_changed(self, state: ConnectionState) -> None:
        self._post(ConnectionChanged(state.connection, rfc3339(state.since)))
