"""Where a terminal keeps what it has, all under one root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TerminalPaths:
    """The places of a terminal. ``root`` is ``/`` on a terminal and a folder of its own in demo and tests."""

    root: Path = Path("/")

    @property
    def settings(self) -> Path:
        """Read-only settings."""
        return self.root / "etc" / "dianxiaoer" / "terminal.toml"

    @property
    def state(self) -> Path:
        """Everything that must survive a restart."""
        return self.root / "var" / "lib" / "dianxiaoer"

    @property
    def run(self) -> Path:
        """What may go with the power: sockets and the like (a tmpfs on a terminal)."""
        return self.root / "run" / "dianxiaoer"

    @property
    def store(self) -> Path:
        """The encrypted store. Its folder is 0700."""
        return self.state / "store" / "terminal.sqlite"

    @property
    def keys(self) -> Path:
        """The folder of all keys, 0700."""
        return self.state / "keys"

    @property
    def store_key(self) -> Path:
        """The key of the store, 0600."""
        return self.keys / "store.key"

    @property
    def terminal_key(self) -> Path:
        """The private key that was made on this terminal, PEM (PKCS #8), 0600. It never leaves."""
        return self.keys / "terminal.key"

    @property
    def pending_key(self) -> Path:
        """A key that waits for its certificate, or for its place after a power cut; 0600."""
        return self.keys / "terminal.pending"

    @property
    def terminal_certificate(self) -> Path:
        """The certificate for :attr:`terminal_key`, PEM."""
        return self.keys / "terminal.crt"

    @property
    def authority_certificate(self) -> Path:
        """The platform's authority, PEM; nothing else is believed."""
        return self.keys / "authority.crt"

    @property
    def enrolment(self) -> Path:
        """What the province said this terminal is."""
        return self.state / "enrolment.json"

    @property
    def place(self) -> Path:
        """Where this terminal stands: site and position."""
        return self.state / "site.json"
