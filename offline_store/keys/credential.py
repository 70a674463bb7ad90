"""A secret that systemd hands to the service: a credential, decrypted with the machine's TPM or host key.

systemd.exec(5), ``LoadCredentialEncrypted=``: the service finds it as a file in ``$CREDENTIALS_DIRECTORY``,
in memory that is never swapped.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.errors import Errors
from offline_store.errors import KeyHolderError
from offline_store.keys.held import SECRET_BYTES

LEAST_BYTES = 32
"""A credential is random; so much of it at least (``head -c 32 /dev/urandom``)."""


class SystemdCredential:
    """A :class:`~offline_store.keys.held.KeyHolder` on one credential, which this program can only read.

    The secret of each place is derived from it (HKDF-SHA-256, RFC 5869). So a rotation makes a new key under
    the same credential, and destroying the key leaves the credential to whoever manages the machine.
    """

    def __init__(self, name: str, folder: Path | None) -> None:
        """``folder`` is ``$CREDENTIALS_DIRECTORY``; None where systemd gave none."""
        self._name = name
        self._folder = folder

    def hold(self, place: int) -> bytes:
        return self.release(place)

    def release(self, place: int) -> bytes:
        if self._folder is None:
            raise KeyHolderError(
                Errors.KEY_HOLDER_LOST,
                f"systemd gave no credentials; the unit needs LoadCredentialEncrypted={self._name}",
            )
        try:
            content = (self._folder / self._name).read_bytes()
        except OSError as error:
            raise KeyHolderError(
                Errors.KEY_HOLDER_LOST, f"the credential {self._name} cannot be read: {error.strerror}"
            ) from error
        if len(content) < LEAST_BYTES:
            raise KeyHolderError(
                Errors.KEY_HOLDER_LOST, f"the credential {self._name} has fewer than {LEAST_BYTES} bytes"
            )
        info = f"dianxiaoer store key {place}".encode("ascii")
        return HKDF(hashes.SHA256(), SECRET_BYTES, salt=None, info=info).derive(content)

    def forget(self, place: int) -> None:
        """Nothing that this program could do: a unit cannot change its own credentials."""
