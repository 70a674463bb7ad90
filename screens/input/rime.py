"""Chinese from letters, figures and strokes, by librime, which remembers nothing here.

The C interface of librime 1.8 (``rime_api.h``) through ctypes. Nothing is kept of what is typed: the schemas
have no user dictionary, the list of schemas is ours alone (else librime opens its own first one, which has),
and nothing is logged.
"""

from __future__ import annotations

import ctypes
import re
import shutil
from ctypes import POINTER, c_char_p, c_int, c_size_t, c_void_p
from dataclasses import dataclass, field
from pathlib import Path

LIBRARY = "librime.so.1"
SHARED = Path("/usr/share/rime-data")
SCHEMAS = Path(__file__).parent / "schemas"
MOST_CANDIDATES = 800
"""More than anybody pages through: among strokes the common characters have to be found first."""
_INITIAL = re.compile(r"[zcs]h|[a-z]|[2-9]")
_FIGURES = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
"""The letters on the keys of a telephone (ITU-T E.161)."""
_BACKSPACE, _FATAL_ONLY = 0xFF08, 3
_NO_LOG = b""
_SELECT_CANDIDATE, _FUNCTIONS = 71, 72
"""``select_candidate`` is only in the table of ``rime_get_api``, and there it is the 72nd function."""


class _Traits(ctypes.Structure):
    _fields_ = (
        ("data_size", c_int),
        ("shared_data_dir", c_char_p),
        ("user_data_dir", c_char_p),
        ("distribution_name", c_char_p),
        ("distribution_code_name", c_char_p),
        ("distribution_version", c_char_p),
        ("app_name", c_char_p),
        ("modules", POINTER(c_char_p)),
        ("min_log_level", c_int),
        ("log_dir", c_char_p),
        ("prebuilt_data_dir", c_char_p),
        ("staging_dir", c_char_p),
    )


class _Candidate(ctypes.Structure):
    _fields_ = (("text", c_char_p), ("comment", c_char_p), ("reserved", c_void_p))


class _CandidateList(ctypes.Structure):
    _fields_ = (("ptr", c_void_p), ("index", c_int), ("candidate", _Candidate))


class _Composition(ctypes.Structure):
    _fields_ = (
        ("length", c_int),
        ("cursor_pos", c_int),
        ("sel_start", c_int),
        ("sel_end", c_int),
        ("preedit", c_char_p),
    )


class _Menu(ctypes.Structure):
    _fields_ = (
        ("page_size", c_int),
        ("page_no", c_int),
        ("is_last_page", c_int),
        ("highlighted_candidate_index", c_int),
        ("num_candidates", c_int),
        ("candidates", POINTER(_Candidate)),
        ("select_keys", c_char_p),
    )


class _Context(ctypes.Structure):
    _fields_ = (
        ("data_size", c_int),
        ("composition", _Composition),
        ("menu", _Menu),
        ("commit_text_preview", c_char_p),
        ("select_labels", POINTER(c_char_p)),
    )


class _Commit(ctypes.Structure):
    _fields_ = (("data_size", c_int), ("text", c_char_p))


@dataclass(frozen=True, slots=True)
class Composed:
    """What stands after a key. ``text`` is finished and goes into the field; nothing of it is in the repr."""

    letters: str = field(default="", repr=False)
    """What was pressed and is not text yet, as it is to be shown."""
    candidates: tuple[str, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)


class RimeUnavailableError(Exception):
    """librime or its dictionaries are not there, or cannot be used."""


class Rime:
    """One composition at a time. librime itself is one for each process: make one of these in a process.

    ``directory`` is a folder of its own on a memory file system; indexes of our schemas are made in it when
    they are missing (0.4 s), from the tables in ``/usr/share/rime-data``. Raises
    :class:`RimeUnavailableError`.
    """

    def __init__(self, directory: Path) -> None:
        try:
            self._library = ctypes.CDLL(LIBRARY)
        except OSError as fault:
            raise RimeUnavailableError(str(fault)) from None
        self._declare()
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in SCHEMAS.iterdir():
            shutil.copyfile(file, directory / file.name)
        self._traits = _Traits(
            data_size=ctypes.sizeof(_Traits) - ctypes.sizeof(c_int),
            shared_data_dir=bytes(SHARED),
            user_data_dir=bytes(directory),
            distribution_name=b"dianxiaoer",
            distribution_code_name=b"dianxiaoer",
            distribution_version=b"1",
            app_name=b"rime.dianxiaoer",
            min_log_level=_FATAL_ONLY,
            log_dir=_NO_LOG,
        )
        self._library.RimeSetup(ctypes.byref(self._traits))
        self._library.RimeInitialize(ctypes.byref(self._traits))
        if self._library.RimeStartMaintenance(1):
            self._library.RimeJoinMaintenanceThread()
        self._session = 0
        self._schema = ""
        self._places: tuple[int, ...] = ()
        self.use("kiosk_pinyin")

    def use(self, schema: str) -> None:
        """Begin afresh with this schema; what was being composed is gone."""
        self.forget()
        self._schema = schema
        self._session = self._library.RimeCreateSession()
        if not self._session or not self._library.RimeSelectSchema(self._session, schema.encode()):
            raise RimeUnavailableError(f"the schema {schema} is not there")

    def press(self, letter: str) -> Composed:
        """A letter, figure or stroke of the schema, or ``"delete"``."""
        code = _BACKSPACE if letter == "delete" else ord(letter)
        self._library.RimeProcessKey(self._session, code, 0)
        return self._composed()

    def choose(self, index: int) -> Composed:
        """Take a candidate. What letters it does not stand for are still being composed."""
        self._select_candidate(self._session, self._places[index])
        return self._composed()

    def forget(self) -> None:
        """Drop the composition and everything of it."""
        if self._session:
            self._library.RimeDestroySession(self._session)
            self._session = 0

    def close(self) -> None:
        """Let go of everything."""
        self.forget()
        self._library.RimeFinalize()

    def _composed(self) -> Composed:
        text = ""
        commit = _Commit(data_size=ctypes.sizeof(_Commit) - ctypes.sizeof(c_int))
        if self._library.RimeGetCommit(self._session, ctypes.byref(commit)):
            text = _text(commit.text)
            self._library.RimeFreeCommit(ctypes.byref(commit))
        context = _Context(data_size=ctypes.sizeof(_Context) - ctypes.sizeof(c_int))
        letters = ""
        if self._library.RimeGetContext(self._session, ctypes.byref(context)):
            letters = _text(context.composition.preedit)
            self._library.RimeFreeContext(ctypes.byref(context))
        return Composed(letters, self._candidates(letters), text)

    def _candidates(self, letters: str) -> tuple[str, ...]:
        """Those that are spelt as in the dictionary, then those that many people would spell so.

        librime has both in one list, by how often they are used, and says beside each how it is spelt.
        """
        found: list[tuple[int, int, str]] = []
        each = _CandidateList()
        if self._library.RimeCandidateListBegin(self._session, ctypes.byref(each)):
            while len(found) < MOST_CANDIDATES and self._library.RimeCandidateListNext(ctypes.byref(each)):
                text, sounds = _text(each.candidate.text), _text(each.candidate.comment)
                found.append((_rank(letters, text, sounds), len(found), text))
            self._library.RimeCandidateListEnd(ctypes.byref(each))
        found.sort()
        self._places = tuple(place for _, place, _ in found)
        return tuple(text for _, _, text in found)

    def _declare(self) -> None:
        """What ctypes has to know of the functions that take or give more than an int."""
        library = self._library
        library.RimeCreateSession.restype = c_size_t
        library.RimeDestroySession.argtypes = (c_size_t,)
        library.RimeSelectSchema.argtypes = (c_size_t, c_char_p)
        library.RimeProcessKey.argtypes = (c_size_t, c_int, c_int)
        library.RimeGetCommit.argtypes = (c_size_t, c_void_p)
        library.RimeGetContext.argtypes = (c_size_t, c_void_p)
        library.RimeCandidateListBegin.argtypes = (c_size_t, c_void_p)
        library.rime_get_api.restype = c_void_p
        functions = (c_void_p * _FUNCTIONS).from_address(library.rime_get_api() + ctypes.sizeof(c_size_t))
        select = functions[_SELECT_CANDIDATE]
        if select is None:
            raise RimeUnavailableError("librime has no way to take a candidate")
        self._select_candidate = ctypes.CFUNCTYPE(c_int, c_size_t, c_size_t)(select)


def _rank(letters: str, text: str, sounds: str) -> int:
    """0 for a candidate that is what the letters spell, 1 for what others spell so, 2 for a part of either.

    ``sounds`` are those of the dictionary, ``wu han``; empty where the letters are just these.
    """
    typed = re.findall(r"[a-z]+|[2-9]+", letters)
    said = (sounds.translate(_FIGURES) if letters[-1:].isdigit() else sounds).split()
    if len(said or text) < len(typed):
        return 2
    as_spelt = "".join(said) == "".join(typed) or all(
        sound == part or (_INITIAL.fullmatch(part) and sound.startswith(part))
        for part, sound in zip(typed, said, strict=False)
    )
    return 0 if as_spelt else 1


def _text(raw: bytes | None) -> str:
    return raw.decode("utf-8", "replace") if raw else ""
