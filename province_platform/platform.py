"""What the platform is made of, handed to whoever answers a call."""

from __future__ import annotations

from dataclasses import dataclass, field

from foundation.clock import Clock
from province_platform.authority import Keys
from province_platform.database import Database
from province_platform.departments import Departments
from province_platform.drain import DrainWindow
from province_platform.faults import FaultSwitches
from province_platform.feed import Feed
from province_platform.mailboxes import Mailboxes
from province_platform.places import PlaceBoard
from province_platform.presence import Presence
from province_platform.upload_files import UploadFiles


@dataclass(frozen=True, slots=True)
class Platform:
    """The parts.

    ``switches``, ``feed``, ``mailboxes`` and ``uploading`` belong to the event loop, the rest is thread-safe.
    """

    keys: Keys
    database: Database
    clock: Clock
    presence: Presence
    departments: Departments
    upload_files: UploadFiles
    heartbeat_s: int
    drain: DrainWindow
    board: PlaceBoard
    switches: FaultSwitches = field(default_factory=FaultSwitches)
    feed: Feed = field(default_factory=Feed)
    mailboxes: Mailboxes = field(default_factory=Mailboxes)
    uploading: set[str] = field(default_factory=set)
    """Uploads to which somebody writes at this moment."""
