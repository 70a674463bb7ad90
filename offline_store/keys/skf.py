"""One order to a hardware token, as a program of its own: ``python -I -S skf.py``, the order on its input.

A maker's library is a closed program that may hang or crash; here it can be killed, and sees nothing of the
terminal's memory. The calls are those of GM/T 0016-2012; only Python's standard library is needed.

The order is a JSON object: ``module``, ``application``, ``pin``, ``place``, ``act`` (``hold``, ``release`` or
``forget``). The answer, on the output, is a JSON object with one of ``secret`` (hexadecimal; empty for
``forget``), ``tries_left`` (too few to try the PIN), ``lost`` (why there is no token), or ``call`` and
``answered`` (the SKF call that failed, and its code). What the library itself prints goes to standard error.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

SECRET_BYTES = 32
LEAST_TRIES_LEFT = 3
"""With fewer tries left the PIN is not tried: the last ones belong to a person. A restart is none."""
FILE_NOT_EXIST = 0x0A000031

_OK = 0
_USER_TYPE = 1
_SECURE_USER_ACCOUNT = 0x10
_LARGEST_NAMES_BYTES = 4096


class LostError(Exception):
    """There is no library, or no token."""


class TriesLeftError(Exception):
    """The PIN has so few tries left that it was not tried; ``left`` is their number."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} tries left")
        self.left = left


class CallError(Exception):
    """A call that did not answer SAR_OK: its name and its answer (GM/T 0016, annex A)."""

    def __init__(self, name: str, answered: int) -> None:
        super().__init__(f"{name} answered 0x{answered:08X}")
        self.name = name
        self.answered = answered


class _Number(ctypes.c_uint64):
    """An ULONG that a call writes. The standard says 32 bits; some makers' headers have 64 on Linux."""

    @property
    def number(self) -> int:
        return int(self.value) & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Application:
    """An application of a connected token, whose PIN was verified."""

    device: ctypes.c_void_p
    handle: ctypes.c_void_p


class Token:
    """The first token that a maker's library sees. A secret in place n is the file ``dxekeyN``."""

    def __init__(self, module: str, application: str, pin: str) -> None:
        """Raises :class:`LostError` when ``module`` is no library."""
        try:
            self._library = ctypes.CDLL(module)
        except OSError:
            raise LostError("the token's library is not there or cannot be loaded") from None
        self._name = application.encode("utf-8")
        self._pin = pin.encode("utf-8")

    def hold(self, place: int) -> bytes:
        """Makes a new secret, in a file that only the user, by PIN, may read and write (7.5)."""
        with self._opened() as application:
            self._delete(application, place)
            content = ctypes.create_string_buffer(SECRET_BYTES)
            self._call("SKF_GenRandom", application.device, content, ctypes.c_uint32(SECRET_BYTES))
            size, rights = ctypes.c_uint32(SECRET_BYTES), ctypes.c_uint32(_SECURE_USER_ACCOUNT)
            self._call("SKF_CreateFile", application.handle, _file(place), size, rights, rights)
            self._call("SKF_WriteFile", application.handle, _file(place), ctypes.c_uint32(0), content, size)
            return content.raw

    def release(self, place: int) -> bytes:
        """The secret."""
        with self._opened() as application:
            content, length = ctypes.create_string_buffer(SECRET_BYTES), _Number(SECRET_BYTES)
            start, size = ctypes.c_uint32(0), ctypes.c_uint32(SECRET_BYTES)
            self._call(
                "SKF_ReadFile", application.handle, _file(place), start, size, content, ctypes.byref(length)
            )
            return content.raw[: length.number]

    def forget(self, place: int) -> bytes:
        """Deletes it; nothing is there afterwards."""
        with self._opened() as application:
            self._delete(application, place)
        return b""

    def _delete(self, application: _Application, place: int) -> None:
        try:
            self._call("SKF_DeleteFile", application.handle, _file(place))
        except CallError as failure:
            if failure.answered != FILE_NOT_EXIST:
                raise

    @contextmanager
    def _opened(self) -> Iterator[_Application]:
        device, application = ctypes.c_void_p(), ctypes.c_void_p()
        self._call("SKF_ConnectDev", self._first_device(), ctypes.byref(device))
        try:
            self._call("SKF_OpenApplication", device, self._name, ctypes.byref(application))
            try:
                self._verify_pin(application)
                yield _Application(device, application)
            finally:
                with suppress(CallError):  # what is closed badly ends with this program
                    self._call("SKF_CloseApplication", application)
        finally:
            with suppress(CallError):
                self._call("SKF_DisConnectDev", device)

    def _first_device(self) -> bytes:
        names, size = ctypes.create_string_buffer(_LARGEST_NAMES_BYTES), _Number(_LARGEST_NAMES_BYTES)
        self._call("SKF_EnumDev", ctypes.c_int32(1), names, ctypes.byref(size))
        if not names.value:
            raise LostError("no token is plugged in")
        return names.value

    def _verify_pin(self, application: ctypes.c_void_p) -> None:
        most, left, is_default = _Number(), _Number(), _Number()
        user = ctypes.c_uint32(_USER_TYPE)
        numbers = (ctypes.byref(most), ctypes.byref(left), ctypes.byref(is_default))
        self._call("SKF_GetPINInfo", application, user, *numbers)
        if left.number < min(LEAST_TRIES_LEFT, most.number):
            raise TriesLeftError(left.number)
        self._call("SKF_VerifyPIN", application, user, self._pin, ctypes.byref(left))

    def _call(self, name: str, *arguments: object) -> None:
        try:
            function = getattr(self._library, name)
        except AttributeError:
            raise LostError("the token's library is no SKF library") from None
        function.restype = ctypes.c_uint32
        answered = int(function(*arguments))
        if answered != _OK:
            raise CallError(name, answered)


def _file(place: int) -> bytes:
    return f"dxekey{place}".encode("ascii")


def carry_out(order: dict[str, str | int]) -> dict[str, str | int]:
    """The answer to an order; see the module."""
    try:
        token = Token(str(order["module"]), str(order["application"]), str(order["pin"]))
        acts = {"hold": token.hold, "release": token.release, "forget": token.forget}
        return {"secret": acts[str(order["act"])](int(order["place"])).hex()}
    except LostError as failure:
        return {"lost": str(failure)}
    except TriesLeftError as failure:
        return {"tries_left": failure.left}
    except CallError as failure:
        return {"call": failure.name, "answered": failure.answered}


if __name__ == "__main__":
    with os.fdopen(os.dup(1), "w", encoding="ascii") as output:
        os.dup2(2, 1)  # makers' libraries print; the answer is not for them to spoil
        json.dump(carry_out(json.load(sys.stdin)), output)
