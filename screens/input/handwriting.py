"""Which character was written by hand, by libzinnia.

The C interface of zinnia 0.06 (``zinnia.h``) through ctypes, with Tegaki's model of the 6,763 characters of
GB 2312. It knows shape and order of strokes and keeps nothing of what is shown to it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from ctypes import c_char_p, c_int, c_size_t, c_void_p
from pathlib import Path

LIBRARY = "libzinnia.so.0"
MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
MOST_CANDIDATES = 30
GRID = 1000
"""Points are given on a square with sides of so many units; x to the right, y downwards."""

Stroke = Sequence[tuple[int, int]]


class HandwritingUnavailableError(Exception):
    """libzinnia or its model is not there."""


class Handwriting:
    """The recogniser. Raises :class:`HandwritingUnavailableError` when there is none."""

    def __init__(self) -> None:
        try:
            self._library = ctypes.CDLL(LIBRARY)
        except OSError as fault:
            raise HandwritingUnavailableError(str(fault)) from None
        self._declare()
        self._recogniser = self._library.zinnia_recognizer_new()
        if not self._library.zinnia_recognizer_open(self._recogniser, bytes(MODEL)):
            self._library.zinnia_recognizer_destroy(self._recogniser)
            raise HandwritingUnavailableError(f"{MODEL} cannot be read")

    def read(self, strokes: Sequence[Stroke]) -> tuple[str, ...]:
        """The characters that these strokes may be, the likeliest first; none for no strokes."""
        if not any(strokes):
            return ()
        library = self._library
        character = library.zinnia_character_new()
        library.zinnia_character_set_width(character, GRID)
        library.zinnia_character_set_height(character, GRID)
        for number, stroke in enumerate(strokes):
            for x, y in stroke:
                library.zinnia_character_add(character, number, x, y)
        result = library.zinnia_recognizer_classify(self._recogniser, character, MOST_CANDIDATES)
        library.zinnia_character_destroy(character)
        if not result:
            return ()
        count = library.zinnia_result_size(result)
        found = [library.zinnia_result_value(result, number).decode("utf-8") for number in range(count)]
        library.zinnia_result_destroy(result)
        return tuple(found)

    def close(self) -> None:
        """Let go of the model."""
        self._library.zinnia_recognizer_destroy(self._recogniser)

    def _declare(self) -> None:
        library = self._library
        for name, result, arguments in (
            ("zinnia_recognizer_new", c_void_p, ()),
            ("zinnia_recognizer_open", c_int, (c_void_p, c_char_p)),
            ("zinnia_recognizer_destroy", None, (c_void_p,)),
            ("zinnia_recognizer_classify", c_void_p, (c_void_p, c_void_p, c_size_t)),
            ("zinnia_character_new", c_void_p, ()),
            ("zinnia_character_destroy", None, (c_void_p,)),
            ("zinnia_character_set_width", None, (c_void_p, c_size_t)),
            ("zinnia_character_set_height", None, (c_void_p, c_size_t)),
            ("zinnia_character_add", c_int, (c_void_p, c_size_t, c_int, c_int)),
            ("zinnia_result_size", c_size_t, (c_void_p,)),
            ("zinnia_result_value", c_char_p, (c_void_p, c_size_t)),
            ("zinnia_result_destroy", None, (c_void_p,)),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
