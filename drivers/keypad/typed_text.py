"""What a scanner types that passes for a keyboard: keys of the United States layout, turned back into bytes.

Source: linux/input-event-codes.h; scanners leave the factory with this layout. A key that stands for no
character, or that is pressed with Ctrl or Alt, becomes a NUL, which no code contains: the whole burst is then
unreadable, and never a part of it taken for a code.
"""

from __future__ import annotations

from collections.abc import Iterable

from drivers.keypad.protocol import EV_KEY, PRESSED, RELEASED, InputEvent

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (28, "\r", "\r"),
    (15, "\t", "\t"),
    (96, "\r", "\r"),
)
PLAIN = {first + place: character for first, row, _ in _ROWS for place, character in enumerate(row)}
SHIFTED = {first + place: character for first, _, row in _ROWS for place, character in enumerate(row)}
SHIFTS = frozenset({42, 54})
_OTHER_MODIFIERS = frozenset({29, 97, 56, 100, 125, 126})  # Ctrl, Alt, Meta; left and right
_NO_CHARACTER = 0


class Typist:
    """Follows the keys of one keyboard."""

    def __init__(self) -> None:
        self._down: set[int] = set()

    def feed(self, events: Iterable[InputEvent]) -> bytes:
        """The bytes that these events type."""
        typed = bytearray()
        for event in events:
            if event.kind != EV_KEY:
                continue
            if event.value == RELEASED:
                self._down.discard(event.code)
            elif event.value == PRESSED:
                if event.code in SHIFTS or event.code in _OTHER_MODIFIERS:
                    self._down.add(event.code)
                else:
                    typed.append(self._character(event.code))
        return bytes(typed)

    def forget(self) -> None:
        """All keys are up."""
        self._down.clear()

    def _character(self, code: int) -> int:
        if self._down & _OTHER_MODIFIERS:
            return _NO_CHARACTER
        character = (SHIFTED if self._down & SHIFTS else PLAIN).get(code)
        return _NO_CHARACTER if character is None else ord(character)


def keys_for(text: str) -> list[InputEvent]:
    """The keys that type a text, as a scanner presses them; raises ``ValueError`` for what has no key."""
    events: list[InputEvent] = []
    plain = {character: code for code, character in PLAIN.items()}
    shifted = {character: code for code, character in SHIFTED.items()}
    for character in text:
        if character in plain:
            code, shift = plain[character], False
        elif character in shifted:
            code, shift = shifted[character], True
        else:
            raise ValueError("a character that no key stands for")
        shift_key = [InputEvent(EV_KEY, min(SHIFTS), PRESSED)] if shift else []
        shift_up = [InputEvent(EV_KEY, min(SHIFTS), RELEASED)] if shift else []
        events += shift_key
        events += [InputEvent(EV_KEY, code, PRESSED), InputEvent(EV_KEY, code, RELEASED)]
        events += shift_up
    return events
