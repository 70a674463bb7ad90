"""Something leads the terminal elsewhere: it does not go there."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.fakes.scripted_server import Response, ScriptedServer
from tests.faults.network import a_line, page


def test_a_redirect_is_not_followed_with_what_a_person_handed_in(tmp_path: Path) -> None:
    with ScriptedServer(lambda _: Response(200)) as elsewhere:
        with a_line(tmp_path, page(302, ("location", f"{elsewhere.url}/v1/events"))) as line:
            line.uplink.start()
            line.says(Errors.PROVINCE_NOT_UNDERSTOOD)
            line.mend()
        assert elsewhere.seen == []
