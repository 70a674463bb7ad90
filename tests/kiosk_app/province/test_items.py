"""A batch is taken only with the province's signature over its exact bytes, and is there again offline."""

from __future__ import annotations

import hashlib
import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract.items import ItemBatch
from contract.operations import SIGNATURE_HEADER
from contract.sealing import make_private_key
from contract.signing import Signer
from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.items import ItemKeeper
from kiosk_app.province.platform_clock import PlatformClock
from offline_store.store import OfflineStore
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.batches import a_batch, batch_bytes
from tests.fixtures.stores import a_store
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal

MakeKeeper = Callable[[], ItemKeeper]


class Publisher:
    """Serves signed bytes under an ETag; what it serves may be spoilt."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer
        self.served: queue.Queue[int] = queue.Queue()
        self.publish(batch_bytes())

    def publish(self, content: bytes, *, signature: str | None = None) -> None:
        self.content = content
        self.signature = self.signer.sign(content) if signature is None else signature

    def __call__(self, request: Request) -> Response:
        etag = f'"{hashlib.sha256(self.content).hexdigest()}"'
        unchanged = request.headers.get("if-none-match") == etag
        self.served.put(304 if unchanged else 200)
        if unchanged:
            return Response(304)
        return Response(200, self.content, (("etag", etag), (SIGNATURE_HEADER, self.signature)))


@pytest.fixture
def terminal(tmp_path: Path) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path)


@pytest.fixture
def publisher(terminal: EnrolledTerminal) -> Publisher:
    return Publisher(terminal.item_signer)


@pytest.fixture
def platform(publisher: Publisher) -> Iterator[ScriptedServer]:
    with ScriptedServer(publisher) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OfflineStore]:
    with a_store(tmp_path) as store:
        yield store


@pytest.fixture
def changes() -> queue.Queue[ItemBatch]:
    return queue.Queue()


@pytest.fixture
def make_keeper(
    terminal: EnrolledTerminal,
    platform: ScriptedServer,
    store: OfflineStore,
    changes: queue.Queue[ItemBatch],
) -> Iterator[MakeKeeper]:
    clock = SystemClock()
    client = ProvinceClient(platform.url, terminal.credentials, clock, PlatformClock(clock))
    keepers: list[ItemKeeper] = []

    def make() -> ItemKeeper:
        verifier = terminal.credentials.item_verifier
        keepers.append(ItemKeeper(client, store.catalogue, verifier, clock, changes.put, look_every_s=60))
        return keepers[-1]

    yield make
    client.close()
    assert all(keeper.stop() for keeper in keepers)


def test_the_batch_is_fetched_at_the_start_kept_and_there_without_a_network(
    make_keeper: MakeKeeper, changes: queue.Queue[ItemBatch], platform: ScriptedServer
) -> None:
    keeper = make_keeper()
    assert keeper.current_batch() is None
    keeper.start()
    assert changes.get(timeout=5) == a_batch()
    assert keeper.current_batch() == a_batch()
    platform.answer = lambda _: None
    assert make_keeper().current_batch() == a_batch()


def test_a_new_batch_is_in_use_without_a_restart_and_the_same_one_is_not_fetched_twice(
    make_keeper: MakeKeeper, changes: queue.Queue[ItemBatch], publisher: Publisher
) -> None:
    keeper = make_keeper()
    keeper.start()
    changes.get(timeout=5)
    assert publisher.served.get(timeout=5) == 200
    keeper.look_now()
    assert publisher.served.get(timeout=5) == 304
    publisher.publish(batch_bytes("2026-11-22.1", title="新事项"))
    keeper.look_now()
    assert changes.get(timeout=5).batch_id == "2026-11-22.1"
    assert publisher.served.get(timeout=5) == 200
    assert changes.empty()


def spoilt_by_a_byte(publisher: Publisher) -> None:
    content = batch_bytes("2026-11-22.1")
    publisher.publish(
        content.replace(b"2026-11-22.1", b"2026-11-22.2"), signature=publisher.signer.sign(content)
    )


def signed_by_somebody_else(publisher: Publisher) -> None:
    content = batch_bytes("2026-11-22.1")
    publisher.publish(content, signature=Signer(make_private_key()).sign(content))


def signed_but_not_runnable(publisher: Publisher) -> None:
    publisher.publish(batch_bytes("2026-11-22.1").replace(b'"year", "widget"', b'"yeah", "widget"'))


def signed_but_no_batch(publisher: Publisher) -> None:
    publisher.publish(b'{"items": []}')


@pytest.mark.parametrize(
    "spoil", [spoilt_by_a_byte, signed_by_somebody_else, signed_but_not_runnable, signed_but_no_batch]
)
def test_what_cannot_be_verified_or_run_is_refused_and_the_old_batch_stays(
    make_keeper: MakeKeeper,
    changes: queue.Queue[ItemBatch],
    publisher: Publisher,
    store: OfflineStore,
    spoil: Callable[[Publisher], None],
) -> None:
    keeper = make_keeper()
    keeper.start()
    changes.get(timeout=5)
    publisher.served.get(timeout=5)
    spoil(publisher)
    keeper.look_now()
    assert publisher.served.get(timeout=5) == 200
    publisher.publish(batch_bytes("2026-11-23.1"))
    assert keeper.current_batch() == a_batch()
    keeper.look_now()
    assert changes.get(timeout=5).batch_id == "2026-11-23.1"
    previous = store.catalogue.previous()
    assert previous is not None
    assert previous.content == batch_bytes()


def test_why_the_last_look_brought_nothing_can_be_asked(
    make_keeper: MakeKeeper, publisher: Publisher, platform: ScriptedServer
) -> None:
    spoilt_by_a_byte(publisher)
    keeper = make_keeper()
    assert keeper.problem() is None
    assert keeper._look() < 60
    assert keeper.problem() is Errors.ITEM_BATCH_REFUSED
    platform.answer = lambda _: Response(200, b"<html>")
    keeper._look()
    assert keeper.problem() is Errors.PROVINCE_NOT_UNDERSTOOD


def test_a_catalogue_that_somebody_changed_is_not_believed(
    make_keeper: MakeKeeper, store: OfflineStore, terminal: EnrolledTerminal
) -> None:
    older, newer = batch_bytes("older"), batch_bytes("newer")
    sign = terminal.item_signer.sign
    store.catalogue.put("older", older, sign(older), "2026-11-21T00:00:00.000Z")
    store.catalogue.put("newer", newer, sign(newer), "2026-11-21T00:00:00.000Z")
    kept = make_keeper().current_batch()
    assert kept is not None
    assert kept.batch_id == "newer"
    store.catalogue.put("newer", newer.replace("查询".encode(), "申领".encode()), sign(newer), "-")
    kept = make_keeper().current_batch()
    assert kept is not None
    assert kept.batch_id == "older"
