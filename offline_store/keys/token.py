"""A secret in a hardware token with an SKF interface (GM/T 0016-2012), behind the token's PIN.

The maker's library runs in a program of its own (:mod:`offline_store.keys.skf`), for one order at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from foundation.errors import ErrorCode, Errors
from offline_store.errors import KeyHolderError
from offline_store.keys import skf
from offline_store.keys.held import SECRET_BYTES

ORDER_LIMIT_S = 30.0
"""A token answers within some seconds; one that takes longer hangs."""
# GM/T 0016-2012, annex A.
_PIN_REFUSALS = {0x0A000024, 0x0A000025, 0x0A000026, 0x0A000027}
_APPLICATION_NOT_EXISTS = 0x0A00002E


class TokenHolder:
    """A :class:`~offline_store.keys.held.KeyHolder` on the first token that ``module`` sees.

    ``module`` is the maker's library, ``application`` the name of an application that exists on the token,
    ``pin_file`` where its user PIN stands (a systemd credential, as a rule).
    """

    def __init__(
        self, module: Path, application: str, pin_file: Path, *, limit_s: float = ORDER_LIMIT_S
    ) -> None:
        self._module = module
        self._application = application
        self._pin_file = pin_file
        self._limit_s = limit_s

    def hold(self, place: int) -> bytes:
        return self._secret("hold", place)

    def release(self, place: int) -> bytes:
        return self._secret("release", place)

    def forget(self, place: int) -> None:
        self._order("forget", place)

    def _secret(self, act: str, place: int) -> bytes:
        secret = self._order(act, place)
        if len(secret) != SECRET_BYTES:
            raise KeyHolderError(Errors.KEY_GONE, "the token's file is shorter than a key")
        return secret

    def _order(self, act: str, place: int) -> bytes:
        """What the token gave. Raises :class:`KeyHolderError` when it did not."""
        order = {
            "module": str(self._module),
            "application": self._application,
            "pin": self._pin(),
            "act": act,
            "place": place,
        }
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", skf.__file__],
                input=json.dumps(order).encode("ascii"),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._limit_s,
                check=True,
            )
            answer = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            raise KeyHolderError(Errors.KEY_HOLDER_LOST, "the token's library hangs") from None
        except (subprocess.CalledProcessError, OSError, ValueError):
            raise KeyHolderError(Errors.KEY_HOLDER_LOST, "the token's library crashed") from None
        if "secret" not in answer:
            raise _failure(answer)
        return bytes.fromhex(answer["secret"])

    def _pin(self) -> str:
        try:
            return self._pin_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            kind = type(error).__name__
            raise KeyHolderError(
                Errors.KEY_PIN_REFUSED, f"the file with the token's PIN cannot be read: {kind}"
            ) from None


def _failure(answer: dict[str, str | int]) -> KeyHolderError:
    if "lost" in answer:
        return KeyHolderError(Errors.KEY_HOLDER_LOST, str(answer["lost"]))
    if "tries_left" in answer:
        left = answer["tries_left"]
        return KeyHolderError(
            Errors.KEY_PIN_REFUSED,
            f"the token allows {left} more tries of its PIN, which are left to a person",
        )
    error, answered = _error_of(int(answer["answered"])), int(answer["answered"])
    return KeyHolderError(error, f"{error.meaning} ({answer['call']} answered 0x{answered:08X})")


def _error_of(answered: int) -> ErrorCode:
    if answered in _PIN_REFUSALS:
        return Errors.KEY_PIN_REFUSED
    if answered in (skf.FILE_NOT_EXIST, _APPLICATION_NOT_EXISTS):
        return Errors.KEY_GONE
    return Errors.KEY_HOLDER_LOST
