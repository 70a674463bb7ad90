"""A pcscd of a simulator's own, beside the machine's and without a trace of it.

pcscd takes its socket from whoever starts it (socket activation, sd_listen_fds(3)) and its readers from a
folder that it is told, so that any number of them can run. As root it would write over the process number of
the machine's pcscd, so it is started as nobody, who may not. The folder for that number must be there all the
same.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from drivers.social_security_card.address import PcscReader

_PROGRAM = "/usr/sbin/pcscd"
_VIRTUAL_READER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
_NAME = "Virtual PCD"
_NOBODY = 65534
_STATE = Path("/run/pcscd")
_BECOME = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$@" 3<&0 </dev/null'
"""The shell puts its standard input where pcscd expects its socket, and becomes pcscd."""
_WAITING = 16
_TRIES = 100


def reserve_ports() -> tuple[socket.socket, socket.socket]:
    """Two ports in a row, for the two slots of the virtual reader; nobody else gets them while they are held.

    They are bound and never listened on; the reader binds them too, with SO_REUSEADDR as well (socket(7)).
    Its other way, to connect to the card, is no use: in version 3.3 pcscd dies when such a card is taken out.
    """
    for _ in range(_TRIES):
        first, second = socket.socket(), socket.socket()
        for port in (first, second):
            port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        first.bind(("127.0.0.1", 0))
        try:
            second.bind(("127.0.0.1", first.getsockname()[1] + 1))
        except (OSError, OverflowError):
            first.close()
            second.close()
            continue
        return first, second
    raise RuntimeError("no two ports in a row are free")


class SimulatedCardService:
    """pcscd with one virtual reader that waits for its card at ``port``; for one thread."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._folder = Path(tempfile.mkdtemp(prefix="pcscd-"))
        self._folder.chmod(0o755)
        self._readers = self._folder / "readers"
        self._readers.mkdir(mode=0o755)
        self._socket_path = self._folder / "socket"
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The reader's address for the settings."""
        return str(PcscReader(_NAME, service=str(self._socket_path)))

    @property
    def process_id(self) -> int | None:
        """The daemon's, while there is one."""
        return self._daemon.pid if self._daemon is not None else None

    def start(self, *, reader: bool = True) -> None:
        """Starts the daemon; whoever connects before it is ready waits for it."""
        (self._write_reader if reader else self._forget_reader)()
        listener = socket.socket(socket.AF_UNIX)
        try:
            self._socket_path.unlink(missing_ok=True)
            listener.bind(str(self._socket_path))
            self._socket_path.chmod(0o666)
            listener.listen(_WAITING)
            program = (_PROGRAM, "--foreground", "--critical", "--config", str(self._readers))
            nobody = _NOBODY if os.geteuid() == 0 else None
            self._daemon = subprocess.Popen(
                (*_launcher(), *program),
                stdin=listener.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                user=nobody,
                group=nobody,
                extra_groups=None if nobody is None else (),
            )
        finally:
            listener.close()

    def stop(self) -> None:
        """Kills the daemon; its socket is gone with it."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.kill()
            daemon.wait()
        self._socket_path.unlink(missing_ok=True)

    def hang(self) -> None:
        """Stops the daemon in whatever it is doing: it takes orders and carries out none."""
        if self._daemon is not None:
            self._daemon.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Ends :meth:`hang`."""
        if self._daemon is not None:
            self._daemon.send_signal(signal.SIGCONT)

    def plug_in_reader(self) -> None:
        """Plugs the reader in. The daemon cannot win or lose a virtual one: another daemon is started."""
        self.stop()
        self.start()

    def unplug_reader(self) -> None:
        """Pulls the reader's plug; see :meth:`plug_in_reader`."""
        self.stop()
        self.start(reader=False)

    def remove_files(self) -> None:
        """Removes its folder, for good."""
        shutil.rmtree(self._folder)

    def _write_reader(self) -> None:
        (self._readers / "virtual").write_text(
            f'FRIENDLYNAME "{_NAME}"\nDEVICENAME /dev/null:{self._port:#x}\nLIBPATH {_VIRTUAL_READER}\n'
            f"CHANNELID {self._port:#x}\n",
            encoding="ascii",
        )

    def _forget_reader(self) -> None:
        (self._readers / "virtual").unlink(missing_ok=True)


def _launcher() -> tuple[str, ...]:
    """What starts pcscd where its folder under /run is there, or can be made, or can be made to look so."""
    if os.geteuid() == 0:
        _STATE.mkdir(exist_ok=True)
    if _STATE.is_dir():
        return ("sh", "-c", _BECOME)
    return ("unshare", "--map-root-user", "--mount", "sh", "-c", f"mount -t tmpfs none /run && {_BECOME}")
