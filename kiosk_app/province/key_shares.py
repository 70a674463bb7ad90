"""The way to the share of the key that the province keeps: three calls over mutual TLS."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from contract import operations
from contract.operations import Operation
from foundation.clock import Clock
from foundation.errors import ErrorCode, Errors
from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.credentials import Credentials, NotEnrolledError
from kiosk_app.province.outcomes import Answered, Outcome


class ProvinceKeyShares:
    """An ``offline_store.keys.remote_unlock.KeyShares`` on the platform at ``base_url``.

    It connects for each call, with the enrolment that is there then: a key is asked for once a start.
    """

    def __init__(self, base_url: str, paths: TerminalPaths, clock: Clock) -> None:
        self._base_url = base_url
        self._paths = paths
        self._clock = clock

    def make(self, place: int) -> bytes | ErrorCode:
        """A new share, which the province keeps from now on."""
        return _share(self._call(operations.KEY_SHARE_MAKE, place, body=b"{}"))

    def release(self, place: int) -> bytes | ErrorCode:
        """The share that it keeps."""
        return _share(self._call(operations.KEY_SHARE_RELEASE, place))

    def destroy(self, place: int) -> ErrorCode | None:
        """Has it destroyed; one that is not there is no error."""
        outcome = self._call(operations.KEY_SHARE_DESTROY, place)
        if isinstance(outcome, ErrorCode):
            return outcome
        return None if isinstance(outcome, Answered) else outcome.error

    def _call(self, operation: Operation, place: int, body: bytes | None = None) -> Outcome[Any] | ErrorCode:
        try:
            tls = Credentials.load(self._paths).tls
        except (NotEnrolledError, SettingsError) as fault:
            return fault.error
        calls = PlatformCalls(self._base_url, tls, self._clock)
        try:
            return calls.call(operation, names={"place": str(place)}, body=body)
        finally:
            calls.close()


def _share(outcome: Outcome[Any] | ErrorCode) -> bytes | ErrorCode:
    if isinstance(outcome, ErrorCode):
        return outcome
    if not isinstance(outcome, Answered):
        return outcome.error
    try:
        return base64.b64decode(outcome.value.share, validate=True)
    except (ValueError, binascii.Error):
        return Errors.PROVINCE_NOT_UNDERSTOOD
