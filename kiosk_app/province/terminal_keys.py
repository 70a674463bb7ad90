"""The keys of this terminal, from where its settings say; and whether it may keep them there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from contract.answers import Enrolment
from contract.key_policy import KeyPolicy, PolicyFault, read_key_policy
from contract.signing import Verifier
from foundation.clock import Clock
from foundation.errors import Errors
from kiosk_app.config import TerminalPaths
from kiosk_app.config.key_address import CredentialKey, KeyAddress, KeyFile, TokenKey, TpmKey
from kiosk_app.config.settings import Settings
from kiosk_app.province.key_shares import ProvinceKeyShares
from offline_store.errors import KeyHolderError
from offline_store.keys.credential import SystemdCredential
from offline_store.keys.held import HeldCustody, KeyHolder
from offline_store.keys.recorded import KeyFileProvider, RecordedKeys
from offline_store.keys.remote_unlock import RemoteUnlock
from offline_store.keys.token import TokenHolder
from offline_store.keys.tpm import TpmHolder

_AUDIT_KEY = "audit.key"
_STORE_PLACES, _AUDIT_PLACES = 0, 2
_CREDENTIALS = "CREDENTIALS_DIRECTORY"


@dataclass(frozen=True, slots=True)
class TerminalKeys:
    """The key of the store and that of the audit trail. Making them asks nobody for anything yet."""

    store: RecordedKeys
    audit: RecordedKeys


def terminal_keys(address: KeyAddress, platform_url: str, paths: TerminalPaths, clock: Clock) -> TerminalKeys:
    """The keys that are kept at ``address``."""
    if isinstance(address, KeyFile):
        return TerminalKeys(KeyFileProvider(paths.store_key), KeyFileProvider(paths.keys / _AUDIT_KEY))
    holder = _holder(address, platform_url, paths, clock)
    return TerminalKeys(
        RecordedKeys(paths.store_key, HeldCustody(holder, _STORE_PLACES)),
        RecordedKeys(paths.keys / _AUDIT_KEY, HeldCustody(holder, _AUDIT_PLACES)),
    )


def keys_as_set(settings: Settings, paths: TerminalPaths, clock: Clock) -> TerminalKeys:
    """The keys that are kept where ``settings`` say."""
    return terminal_keys(settings.keys.provider, settings.platform.url, paths, clock)


def _holder(address: KeyAddress, platform_url: str, paths: TerminalPaths, clock: Clock) -> KeyHolder:
    if isinstance(address, TpmKey):
        return TpmHolder(address.tcti, pcrs=address.pcrs, index=address.index)
    if isinstance(address, TokenKey):
        return TokenHolder(address.module, address.application, address.pin_file)
    if isinstance(address, CredentialKey):
        folder = os.environ.get(_CREDENTIALS)
        return SystemdCredential(address.name, Path(folder) if folder else None)
    return RemoteUnlock(ProvinceKeyShares(platform_url, paths, clock))


def policy_file(paths: TerminalPaths) -> Path:
    """Where the province's leave to keep the key beside the data lies, when there is one."""
    return paths.state / "key-policy.json"


@dataclass(frozen=True, slots=True)
class KeyCustody:
    """Whether this terminal may keep its key where it does.

    ``in_service``: not everything that is fitted is a simulator. ``allowance`` is what came of the province's
    policy: the policy, why it allows nothing, or None when there is none.
    """

    in_service: bool
    is_beside_disk: bool
    allowance: KeyPolicy | PolicyFault | None

    @property
    def is_allowed(self) -> bool:
        """Whether it may serve so."""
        return not (self.in_service and self.is_beside_disk) or isinstance(self.allowance, KeyPolicy)


def key_custody(settings: Settings, paths: TerminalPaths, enrolment: Enrolment, clock: Clock) -> KeyCustody:
    """How this terminal keeps its key, and what the province says to that."""
    allowance: KeyPolicy | PolicyFault | None = None
    try:
        file = policy_file(paths).read_bytes()
        verifier = Verifier(enrolment.item_key)
        allowance = read_key_policy(file, verifier, enrolment.terminal_id, clock.utc_now())
    except FileNotFoundError:
        allowance = None
    except (OSError, ValueError):
        allowance = PolicyFault.MALFORMED
    is_beside_disk = isinstance(settings.keys.provider, KeyFile)
    return KeyCustody(not settings.devices.all_simulated(), is_beside_disk, allowance)


def require_custody(settings: Settings, paths: TerminalPaths, enrolment: Enrolment, clock: Clock) -> None:
    """Raises :class:`KeyHolderError` with ``KEYS-001`` when this terminal may not serve with such a key."""
    if not key_custody(settings, paths, enrolment, clock).is_allowed:
        raise KeyHolderError(Errors.KEY_BESIDE_DISK)
