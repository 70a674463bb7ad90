"""What the province has blocked, as this terminal knows it: also without a line, and after a restart."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Mapping

from contract.block_list import KEY_HEADER, BlockList, decode_block_list, key_id_of, reference_of, stretched
from contract.items import LocalText
from contract.sealing import Sealer
from kiosk_app.terminal.messages import IdentityBlocked


class BlockBook:
    """The list in use, under this terminal's own ``key``. Thread-safe.

    ``changed`` is told, whenever a list is taken, whether this terminal itself is blocked.
    """

    def __init__(self, key: bytes, sealer: Sealer, changed: Callable[[bool], None]) -> None:
        self._key = key
        self._sealer = sealer
        self._changed = changed
        self._lock = threading.Lock()
        self._list = BlockList(serial=0, key_id=key_id_of(key))

    def headers(self) -> Mapping[str, str]:
        """What goes with the question: the key, which only the province can open."""
        return {KEY_HEADER: self._sealer.seal(base64.b64encode(self._key))}

    def read(self, content: bytes) -> BlockList:
        """The list, if it can be used. Raises ``ValueError`` that says why not."""
        blocked = decode_block_list(content)
        if blocked.key_id != key_id_of(self._key):
            raise ValueError("it is under another key: nobody would be found in it")
        if blocked.serial < self._in_use().serial:
            raise ValueError("it is older than the one in use")
        return blocked

    def take(self, blocked: BlockList) -> None:
        """Uses it from now on."""
        with self._lock:
            self._list = blocked
        self._changed(blocked.terminal_blocked)

    def judge(self, number: str, valid_from: str = "") -> IdentityBlocked | None:
        """What is blocked of a person, and of her document where one was read; None when nothing is.

        Takes up to a tenth of a second where there is a list: not for the loop of the terminal.
        """
        blocked = self._in_use()
        document = None
        if valid_from and blocked.documents:
            here = reference_of(self._key, stretched("document", number, valid_from))
            document = next((each.remedy for each in blocked.documents if each.reference == here), None)
        items: dict[str, LocalText] = {}
        if blocked.persons:
            here = reference_of(self._key, stretched("person", number))
            for each in blocked.persons:
                if each.reference == here:
                    items |= dict.fromkeys(each.item_codes, each.remedy)
        return IdentityBlocked(number, document, items) if document is not None or items else None

    def blocks_staff(self, staff_number: str) -> bool:
        """Whether this member of staff may not work here now."""
        return staff_number in self._in_use().staff_numbers

    def _in_use(self) -> BlockList:
        with self._lock:
            return self._list
