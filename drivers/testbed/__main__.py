"""Starts the simulated hardware of a terminal and runs until it is told to end (SIGTERM, SIGINT)."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from drivers.qr_scanner.protocol import CONTINUOUS, profile_named
from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.panel import PanelServer
from drivers.testbed.server import ControlServer
from foundation.atomic_files import write_atomically

_ENDINGS = {signal.SIGTERM, signal.SIGINT}


def main(arguments: list[str]) -> int:
    """The program. ``addresses.json`` and ``panel.json`` are in the folder while every device is there."""
    parser = argparse.ArgumentParser(
        prog="python -m drivers.testbed", description="the hardware of a terminal"
    )
    parser.add_argument(
        "--folder", type=_whole_path, required=True, help="for the links, the socket and the slips"
    )
    parser.add_argument(
        "--profile", type=profile_named, default=CONTINUOUS, help="how the scanner is triggered"
    )
    parser.add_argument("--paper-width-mm", type=int, choices=(58, 80), default=80)
    parser.add_argument("--panel-port", type=int, default=0, help="of the page on 127.0.0.1; a free one")
    parser.add_argument(
        "--card-service",
        action="store_true",
        help="with a reader of social-security cards; it listens on every interface of this machine",
    )
    parser.add_argument("--real-speed", action="store_true", help="bytes and paper no faster than real ones")
    options = parser.parse_args(arguments)
    # Blocked in every thread, so that they wait for whoever asks: a signal that the kernel hands to another
    # thread than the main one would not wake it up.
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    hardware = SimulatedHardware(
        options.folder,
        scanner_profile=options.profile,
        paper_width_mm=options.paper_width_mm,
        real_speed=options.real_speed,
        card_service=options.card_service,
    )
    server = ControlServer(options.folder, hardware)
    panel = PanelServer(hardware, options.panel_port)
    addresses, panel_address = options.folder / "addresses.json", options.folder / "panel.json"
    hardware.start()
    server.start()
    panel.start()
    try:
        write_atomically(panel_address, json.dumps({"url": panel.url}).encode() + b"\n")
        write_atomically(addresses, json.dumps(hardware.addresses(), indent=2).encode() + b"\n")
        print(
            f"the simulated devices are ready; their addresses are in {addresses}; panel: {panel.url}",
            flush=True,
        )
        signal.sigwait(_ENDINGS)
    finally:
        addresses.unlink(missing_ok=True)
        panel_address.unlink(missing_ok=True)
        panel.stop()
        server.stop()
        hardware.stop()
    return 0


def _whole_path(text: str) -> Path:
    """An address in the settings of a terminal is a whole path, wherever the testbed was started."""
    return Path(text).resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
