"""A secret in a hardware token with an SKF interface (GM/T 0016-2012), behind the token's PIN.

Each secret is a file of the token's application that only the user, by PIN, may read and write (GM/T 0016,
7.5: access rights). The maker's library is loaded into this process, and only when the key is asked for.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foundation.errors import Errors
from offline_store.errors import KeyHolderError
from offline_store.keys.held import SECRET_BYTES

LEAST_TRIES_LEFT = 3
"""With fewer tries left the PIN is not tried: the last ones belong to a person. A restart is none."""

# GM/T 0016-2012, annex A: what a call answers.
_OK = 0
_PIN_REFUSALS = {0x0A000024, 0x0A000025, 0x0A000026, 0x0A000027}
_APPLICATION_NOT_EXISTS = 0x0A00002E
_FILE_NOT_EXIST = 0x0A000031
_USER_TYPE = 1
_SECURE_USER_ACCOUNT = 0x10
_LARGEST_NAMES_BYTES = 4096
_CALLS = (
    "SKF_EnumDev",
    "SKF_ConnectDev",
    "SKF_DisConnectDev",
    "SKF_OpenApplication",
    "SKF_CloseApplication",
    "SKF_GetPINInfo",
    "SKF_VerifyPIN",
    "SKF_GenRandom",
    "SKF_CreateFile",
    "SKF_DeleteFile",
    "SKF_ReadFile",
    "SKF_WriteFile",
)


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


class TokenHolder:
    """A :class:`~offline_store.keys.held.KeyHolder` on the first token that ``module`` sees.

    ``module`` is the maker's library, ``application`` the name of an application that exists on the token,
    ``pin_file`` where its user PIN stands (a systemd credential, as a rule). The secret in place n is the
    file ``dxekeyN``.
    """

    def __init__(self, module: Path, application: str, pin_file: Path) -> None:
        self._module = module
        self._application = application
        self._pin_file = pin_file
        self._library: ctypes.CDLL | None = None

    def hold(self, place: int) -> bytes:
        with self._opened() as application:
            self._delete(application, place)
            content = ctypes.create_string_buffer(SECRET_BYTES)
            self._call("SKF_GenRandom", application.device, content, ctypes.c_uint32(SECRET_BYTES))
            size, rights = ctypes.c_uint32(SECRET_BYTES), ctypes.c_uint32(_SECURE_USER_ACCOUNT)
            self._call("SKF_CreateFile", application.handle, _name(place), size, rights, rights)
            self._call("SKF_WriteFile", application.handle, _name(place), ctypes.c_uint32(0), content, size)
            return content.raw

    def release(self, place: int) -> bytes:
        with self._opened() as application:
            content, length = ctypes.create_string_buffer(SECRET_BYTES), _Number(SECRET_BYTES)
            start, size = ctypes.c_uint32(0), ctypes.c_uint32(SECRET_BYTES)
            self._call(
                "SKF_ReadFile", application.handle, _name(place), start, size, content, ctypes.byref(length)
            )
            if length.number != SECRET_BYTES:
                raise KeyHolderError(Errors.KEY_GONE, "the token's file is shorter than a key")
            return content.raw

    def forget(self, place: int) -> None:
        with self._opened() as application:
            self._delete(application, place)

    def _delete(self, application: _Application, place: int) -> None:
        try:
            self._call("SKF_DeleteFile", application.handle, _name(place))
        except KeyHolderError as failure:
            if failure.error is not Errors.KEY_GONE:
                raise

    @contextmanager
    def _opened(self) -> Iterator[_Application]:
        device, application = ctypes.c_void_p(), ctypes.c_void_p()
        self._call("SKF_ConnectDev", self._first_device(), ctypes.byref(device))
        try:
            name = self._application.encode("utf-8")
            self._call("SKF_OpenApplication", device, name, ctypes.byref(application))
            try:
                self._verify_pin(application)
                yield _Application(device, application)
            finally:
                self._call("SKF_CloseApplication", application)
        finally:
            self._call("SKF_DisConnectDev", device)

    def _first_device(self) -> bytes:
        names, size = ctypes.create_string_buffer(_LARGEST_NAMES_BYTES), _Number(_LARGEST_NAMES_BYTES)
        self._call("SKF_EnumDev", ctypes.c_int32(1), names, ctypes.byref(size))
        if not names.value:
            raise KeyHolderError(Errors.KEY_HOLDER_LOST, "no token is plugged in")
        return names.value

    def _verify_pin(self, application: ctypes.c_void_p) -> None:
        try:
            pin = self._pin_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            kind = type(error).__name__
            raise KeyHolderError(
                Errors.KEY_PIN_REFUSED, f"the file with the token's PIN cannot be read: {kind}"
            ) from None
        most, left, is_default = _Number(), _Number(), _Number()
        user = ctypes.c_uint32(_USER_TYPE)
        self._call(
            "SKF_GetPINInfo",
            application,
            user,
            ctypes.byref(most),
            ctypes.byref(left),
            ctypes.byref(is_default),
        )
        if left.number < min(LEAST_TRIES_LEFT, most.number):
            raise KeyHolderError(
                Errors.KEY_PIN_REFUSED,
                f"the token allows {left.number} more tries of its PIN, which are left to a person",
            )
        self._call("SKF_VerifyPIN", application, user, pin.encode("utf-8"), ctypes.byref(left))

    def _call(self, name: str, *arguments: object) -> None:
        """One call of the maker's library. Raises :class:`KeyHolderError` unless it answers SAR_OK."""
        answer = int(getattr(self._loaded(), name)(*arguments)) & 0xFFFFFFFF
        if answer == _OK:
            return
        told = f"{name} answered 0x{answer:08X}"
        if answer in _PIN_REFUSALS:
            error = Errors.KEY_PIN_REFUSED
        elif answer in (_FILE_NOT_EXIST, _APPLICATION_NOT_EXISTS):
            error = Errors.KEY_GONE
        else:
            error = Errors.KEY_HOLDER_LOST
        raise KeyHolderError(error, f"{error.meaning} ({told})")

    def _loaded(self) -> ctypes.CDLL:
        if self._library is None:
            try:
                library = ctypes.CDLL(str(self._module))
                for name in _CALLS:
                    getattr(library, name).restype = ctypes.c_uint32
            except (OSError, AttributeError):
                raise KeyHolderError(
                    Errors.KEY_HOLDER_LOST, f"{self._module} is not there or is no SKF library"
                ) from None
            self._library = library
        return self._library


def _name(place: int) -> bytes:
    return f"dxekey{place}".encode("ascii")
