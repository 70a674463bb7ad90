"""A proxy on the way takes only small bodies: what is too much at once goes one by one."""

from __future__ import annotations

from pathlib import Path

from contract.envelope import split_batch
from foundation.errors import Errors
from tests.fakes.scripted_server import Request, Response
from tests.faults.network import a_line, page


def test_what_is_too_much_at_once_goes_in_smaller_parts(tmp_path: Path) -> None:
    with a_line(tmp_path, page(413)) as line:

        def small_bodies_only(request: Request) -> Response:
            rows = len(split_batch(request.body))
            return page(413)(request) if rows > 1 else line.ledger(request)

        line.server.answer = small_bodies_only
        line.uplink.start()
        line.arrives()
        exchanges = line.store.outbox.board().exchanges
        assert Errors.PROVINCE_NOT_UNDERSTOOD.code in exchanges
