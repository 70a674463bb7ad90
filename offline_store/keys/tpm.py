"""A secret inside of the machine's TPM 2.0, given only when the machine started as it should.

Each secret is an NV index of its own: readable under a policy over PCRs (TPM 2.0 Library, part 3,
TPM2_PolicyPCR), removed from inside of the chip by TPM2_NV_UndefineSpace, and gone after TPM2_Clear. It is
read in a session that is salted with the chip's own key and encrypts the answer, so that a probe on the bus
sees nothing of it. The work is done by tpm2-tools, one short process for each command.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from foundation.errors import Errors
from offline_store.errors import KeyHolderError
from offline_store.keys.held import SECRET_BYTES

DEFAULT_TCTI = "device:/dev/tpmrm0"
DEFAULT_PCRS = "sha256:7"
"""Whether and by whom secure boot is ruled. It changes with its keys and not with each update."""
DEFAULT_INDEX = 0x01500D20
"""Of the range that owners may use (TCG Registry of Reserved TPM 2.0 Handles, 0x01500000 to 0x015FFFFF)."""
COMMAND_LIMIT_S = 20.0
_ATTRIBUTES = "ownerwrite|policyread|no_da"
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - contexts of sessions: never on a disk
_RETURN_CODE = re.compile(r"\(0x([0-9A-Fa-f]+)\)")
# TPM 2.0 Library, part 2, 6.6: response codes; the low bits name the reason, the others which argument.
_POLICY_FAIL = 0x1D
_HANDLE = 0x0B
_NV_UNINITIALISED = 0x14A
_FORMAT_ONE = 0x80


class TpmHolder:
    """A :class:`~offline_store.keys.held.KeyHolder` on the TPM that ``tcti`` leads to (tpm2-tss's notation).

    ``pcrs`` in the notation of tpm2-tools, such as ``sha256:0,7``. The secret in place n is in the NV index
    ``index`` + n. Needs no password of the owner hierarchy, as TPMs are delivered.
    """

    def __init__(
        self, tcti: str = DEFAULT_TCTI, *, pcrs: str = DEFAULT_PCRS, index: int = DEFAULT_INDEX
    ) -> None:
        self._tcti = tcti
        self._pcrs = pcrs
        self._index = index

    def hold(self, place: int) -> bytes:
        secret = secrets.token_bytes(SECRET_BYTES)
        self.forget(place)
        index = hex(self._index + place)
        with _scratch() as folder:
            with self._session(folder, "startauthsession") as session:
                self._run("policypcr", "-S", session, "-l", self._pcrs, "-L", f"{folder}/policy")
            size = str(SECRET_BYTES)
            self._run("nvdefine", index, "-C", "o", "-s", size, "-a", _ATTRIBUTES, "-L", f"{folder}/policy")
            self._run("nvwrite", index, "-C", "o", "-i", "-", standard_input=secret)
        return secret

    def release(self, place: int) -> bytes:
        with _scratch() as folder:
            primary = f"{folder}/primary"
            self._run("createprimary", "-C", "o", "-g", "sha256", "-G", "ecc", "-c", primary)
            try:
                with self._session(folder, "startauthsession", "--policy-session", "-c", primary) as session:
                    self._run("flushcontext", "-t")  # the session has its salt; old chips hold three objects
                    self._run("sessionconfig", session, "--enable-encrypt")
                    self._run("policypcr", "-S", session, "-l", self._pcrs)
                    index, size = hex(self._index + place), str(SECRET_BYTES)
                    return self._run("nvread", index, "-P", f"session:{session}", "-s", size)
            finally:
                self._run("flushcontext", "-t")

    def forget(self, place: int) -> None:
        try:
            self._run("nvundefine", hex(self._index + place), "-C", "o")
        except KeyHolderError as failure:
            if failure.error is not Errors.KEY_GONE:
                raise

    @contextmanager
    def _session(self, folder: str, *command: str) -> Iterator[str]:
        session = f"{folder}/session"
        self._run(*command, "-S", session)
        try:
            yield session
        finally:
            self._run("flushcontext", session)

    def _run(self, *command: str, standard_input: bytes | None = None) -> bytes:
        """One tool of tpm2-tools; what it wrote. Raises :class:`KeyHolderError` with the fitting code."""
        try:
            done = subprocess.run(
                [f"tpm2_{command[0]}", *command[1:]],
                input=standard_input,
                stdin=subprocess.DEVNULL if standard_input is None else None,
                capture_output=True,
                env={
                    "PATH": os.environ.get("PATH", os.defpath),
                    "TPM2TOOLS_TCTI": self._tcti,
                    "TSS2_LOG": "all+none",
                },
                timeout=COMMAND_LIMIT_S,
                check=False,
            )
        except FileNotFoundError:
            raise KeyHolderError(Errors.KEY_HOLDER_LOST, "tpm2-tools is not installed") from None
        except subprocess.TimeoutExpired:
            raise KeyHolderError(Errors.KEY_HOLDER_LOST, "the TPM does not answer") from None
        if done.returncode != 0:
            raise _failure(command, done.stderr.decode("utf-8", "replace"))
        return done.stdout


@contextmanager
def _scratch() -> Iterator[str]:
    where = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="dianxiaoer-tpm-", dir=where) as folder:
        yield folder


def _failure(command: Sequence[str], said: str) -> KeyHolderError:
    found = _RETURN_CODE.search(said)
    code = int(found[1], 16) if found else 0
    reason = code & 0x3F if code & _FORMAT_ONE else 0
    told = f"tpm2_{command[0]} failed" + (f" with 0x{code:X}" if code else "")
    if reason == _POLICY_FAIL:
        return KeyHolderError(Errors.KEY_MACHINE_CHANGED, f"{Errors.KEY_MACHINE_CHANGED.meaning} ({told})")
    if reason == _HANDLE or code == _NV_UNINITIALISED:
        return KeyHolderError(Errors.KEY_GONE, f"{Errors.KEY_GONE.meaning} ({told})")
    return KeyHolderError(Errors.KEY_HOLDER_LOST, told)
