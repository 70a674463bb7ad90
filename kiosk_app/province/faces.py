"""A face that is compared by the province: one picture, sealed, for one question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from contract import answers, operations
from contract.faces import FaceAnswer, FaceComparison
from contract.operations import SESSION_HEADER
from contract.sealing import Sealer
from contract.sets import FaceLiveness
from kiosk_app.province.outcomes import Outcome


class FaceComparisons:
    """Asks by ``call``, the method of ``PlatformCalls``. Thread-safe as that is."""

    def __init__(self, call: Callable[..., Outcome[Any]], sealer: Sealer) -> None:
        self._call = call
        self._sealer = sealer

    def compare(
        self,
        session: answers.CitizenSession,
        picture: bytes,
        liveness: FaceLiveness,
        consent_version: str,
        guardian_token: str = "",
    ) -> Outcome[FaceAnswer]:
        """What came of it. ``picture`` is a JPEG of at most ``LARGEST_PICTURE_BYTES``; it is sealed here."""
        request = FaceComparison(
            sealed=self._sealer.seal(picture),
            liveness=liveness,
            consent_version=consent_version,
            guardian_token=guardian_token,
        )
        return self._call(
            operations.FACE_COMPARE,
            body=msgspec.json.encode(request),
            headers={SESSION_HEADER: session.token},
        )
