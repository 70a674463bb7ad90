"""What a technician does with the terminal's key: look where it is, change it, destroy it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from contract.sealing import Profile, Sealer
from foundation.clock import SystemClock, boot_id
from foundation.errors import Errors
from kiosk_app.composition.auditing import audit_digest
from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.key_address import kind_of, parse_key_address
from kiosk_app.config.records import read_enrolment
from kiosk_app.config.settings import Settings, read_settings
from kiosk_app.province.terminal_keys import TerminalKeys, key_custody, keys_as_set, terminal_keys
from offline_store.errors import KeyHolderError, NoKeyError, StoreError
from offline_store.keys.recorded import RecordedKeys
from offline_store.lock import TerminalLock
from offline_store.store import OfflineStore
from words import Words

DONE, NOT_DONE = 0, 1


class KeyWork:
    """One technician's work on the keys of the terminal under ``root``.

    Every verb returns an exit code, 0 or 1, and says in ``language`` what it did or why it did not.
    """

    def __init__(self, root: Path, language: str, say: Callable[[str], object] | None = None) -> None:
        self._paths = TerminalPaths(root)
        self._words = Words(language)
        self._clock = SystemClock()
        self._say_line = say or (lambda line: sys.stdout.write(f"{line}\n"))

    def status(self) -> int:
        """Where the key is, whether it can be had, and whether it may be there. Changes nothing."""
        settings = self._settings()
        if settings is None:
            return NOT_DONE
        self._say("kept", place=self._words.say(f"keys.{kind_of(settings.keys.provider)}"))
        exit_code = DONE
        keys = keys_as_set(settings, self._paths, self._clock)
        for whose, each in (("store", keys.store), ("audit", keys.audit)):
            name = self._words.say(f"keys.of_{whose}")
            try:
                each.get()
                under_way = each.previous() is not None
            except NoKeyError:
                self._say("none_yet", name=name)
            except StoreError as fault:
                self._tell(fault)
                exit_code = NOT_DONE
            else:
                self._say("under_way" if under_way else "good", name=name)
        return exit_code if self._custody(settings) else NOT_DONE

    def rotate(self, come_from: str | None) -> int:
        """Makes a new key for the store and encrypts the store anew under it.

        ``come_from`` is the address of the place where the key was until now, when it moves to another.
        """
        settings = self._settings()
        if settings is None:
            return NOT_DONE
        try:
            before = None if come_from is None else parse_key_address(come_from)
        except ValueError as mistake:
            self._say("wrong_place", mistake=mistake)
            return NOT_DONE
        if before is not None and kind_of(before) == kind_of(settings.keys.provider):
            self._say("same_place")  # one holder has no room for two owners of its places
            return NOT_DONE
        lock = self._lock()
        if lock is None:
            return NOT_DONE
        try:
            keys = keys_as_set(settings, self._paths, self._clock)
            if before is None:
                self._renew(keys.store)
            else:
                old = terminal_keys(before, settings.platform.url, self._paths, self._clock)
                self._move(old, keys)
            self._record(keys)
        except StoreError as fault:
            self._tell(fault)
            return NOT_DONE
        except SettingsError as mistake:
            self._say_line(str(mistake))
            return NOT_DONE
        finally:
            lock.release()
        self._say("rotated", place=self._words.say(f"keys.{kind_of(settings.keys.provider)}"))
        return DONE

    def destroy(self, read: Callable[[], str]) -> int:
        """Destroys the keys, and with them for ever all that lies on this terminal, sent or not.

        Asks for the terminal's five figures, as they stand on its plate and its slips.
        """
        settings = self._settings()
        lock = None if settings is None else self._lock()
        if settings is None or lock is None:
            return NOT_DONE
        try:
            self._say("destroy_what")
            enrolment = read_enrolment(self._paths)
            if read().strip() != (enrolment.terminal_number if enrolment is not None else "00000"):
                self._say("other_number")
                return NOT_DONE
            return self._destroy_all(keys_as_set(settings, self._paths, self._clock))
        except SettingsError as mistake:
            self._say_line(str(mistake))
            return NOT_DONE
        finally:
            lock.release()

    def _destroy_all(self, keys: TerminalKeys) -> int:
        exit_code = DONE
        for each in (keys.store, keys.audit):
            try:
                each.destroy()
            except StoreError as fault:
                self._tell(fault)
                exit_code = NOT_DONE
        self._say("destroyed" if exit_code == DONE else "destroyed_here")
        return exit_code

    def _renew(self, keys: RecordedKeys) -> None:
        if keys.previous() is None:  # else the rotation that is under way is ended, which is what was wanted
            keys.rotate()
        self._encrypt_anew(keys)

    def _move(self, old: TerminalKeys, new: TerminalKeys) -> None:
        """Each key is in the one place or in the other at every moment; the old place is emptied last."""
        store_key = old.store.get()
        new.store.take_over(store_key)
        self._encrypt_anew(new.store)
        old.store.abandon()
        try:
            audit_key = old.audit.get()
        except NoKeyError:
            return
        new.audit.adopt(audit_key)  # the chain goes on under the same key
        old.audit.abandon()

    def _encrypt_anew(self, keys: RecordedKeys) -> None:
        OfflineStore.open(self._paths.store, keys, clock=self._clock, boot_id=boot_id()).close()

    def _record(self, keys: TerminalKeys) -> None:
        store = OfflineStore.open(self._paths.store, keys.store, clock=self._clock, boot_id=boot_id())
        try:
            enrolment = read_enrolment(self._paths)
            profile = Profile.INTERNATIONAL if enrolment is None else Sealer(enrolment.sealing_key).profile
            trail = store.audit_trail(keys.audit, audit_digest(profile))
            trail.record("key.rotated", "done", "store")
        finally:
            store.close()

    def _custody(self, settings: Settings) -> bool:
        try:
            enrolment = read_enrolment(self._paths)
        except SettingsError as mistake:
            self._say_line(str(mistake))
            return False
        if enrolment is None:
            return True
        custody = key_custody(settings, self._paths, enrolment, self._clock)
        if custody.is_allowed:
            return True
        self._tell(KeyHolderError(Errors.KEY_BESIDE_DISK))
        return False

    def _settings(self) -> Settings | None:
        try:
            return read_settings(self._paths.settings)
        except SettingsError as mistake:
            for each in mistake.mistakes:
                self._say_line(each.sentence(self._words.language))
            return None

    def _lock(self) -> TerminalLock | None:
        self._paths.store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = TerminalLock.take(self._paths.store.with_name("terminal.lock"))
        if lock is None:
            self._say("running")
        return lock

    def _say(self, sentence: str, **values: object) -> None:
        self._say_line(self._words.say(f"keys.{sentence}", **values))

    def _tell(self, fault: StoreError) -> None:
        self._say_line(f"[{fault.error}] {self._words.say(f'technician.{fault.error}')}")
        self._say_line(f"  {fault}")
