"""The reference platform as the demo sees it: its console listener, over plain HTTP on loopback."""

from __future__ import annotations

import json
from typing import Any

import requests


class Console:
    """The console of the reference platform. Raises ``requests.RequestException``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False

    def summary(self) -> dict[str, Any]:
        """What the platform has received."""
        return self._get("/console/summary")

    def events(self, stream: str) -> list[dict[str, Any]]:
        """The newest events of one stream (the platform shows at most 200), newest first."""
        found: list[dict[str, Any]] = self._get(f"/console/events?stream={stream}&limit=200")["events"]
        return found

    def make_code(self, person_id: str, issuer: str = "DXRC1", firm_id: str = "") -> str:
        """A dynamic code as it would be on that person's telephone; ``DXBL1`` is the licence of a firm."""
        wish = {"person_id": person_id, "issuer": issuer, "firm_id": firm_id}
        code: str = self._post("/console/codes", wish)["code"]
        return code

    def confirm_on_telephone(
        self, code: str, person_id: str, *, confirmed: bool = True, firm_id: str = ""
    ) -> None:
        """What she does whose telephone has scanned a terminal's screen; ``HTTPError`` when too late."""
        seen = self._post("/console/challenges", {"code": code})
        choice = {"person_id": person_id, "confirmed": confirmed, "firm_id": firm_id}
        self._post(f"/console/challenges/{seen['challenge_id']}", choice)

    def make_enrolment_code(self, site_id: str, name: str) -> str:
        """A single-use code for a terminal that is to stand on that site."""
        code: str = self._post("/console/enrolment-codes", {"site_id": site_id, "name": name})["code"]
        return code

    def publish(self, content: bytes) -> str:
        """Publishes an item or a whole batch; the id of the batch that is served from now on."""
        batch_id: str = self._post("/console/items", json.loads(content))["batch_id"]
        return batch_id

    def take_up_slip(self, code: str) -> dict[str, Any]:
        """What a window sees that scans this code; an ``HTTPError`` when it does not hold."""
        return self._post("/console/slips", {"code": code})

    def picture(self, command_id: str) -> bytes:
        """The picture that answered a command; an ``HTTPError`` when none did."""
        answer = self._session.get(f"{self.url}/console/commands/{command_id}/picture", timeout=10)
        answer.raise_for_status()
        return answer.content

    def open_handover(self, code: str, by: str, person_id: str) -> dict[str, Any]:
        """What a window sees that opens a form for the person whose card it read; else an ``HTTPError``."""
        return self._post("/console/handovers", {"code": code, "by": by, "person_id": person_id})

    def set_fault(self, **switches: bool | int) -> None:
        """Turns fault switches of the platform, by their names; the others stay."""
        self._post("/console/faults", switches)

    def close(self) -> None:
        """Hangs up."""
        self._session.close()

    def _get(self, path: str) -> dict[str, Any]:
        answer = self._session.get(self.url + path, timeout=10)
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._session.post(self.url + path, json=body, timeout=10)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found
