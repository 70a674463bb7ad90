"""The two voices, as those see them who want something said: what may be said where is a matter of types."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from drivers.speech.agenda import Item, Utterance
from drivers.speech.device import SpeechResult
from drivers.speech.phrases import Phrase

Submit = Callable[[Item, bool], Future[SpeechResult]]
"""Has an item said: in its turn, or (true) instead of everything else."""


class PublicVoice:
    """Says phrases to whoever is near. It takes nothing but phrases."""

    def __init__(self, submit: Submit) -> None:
        self._submit = submit

    def say(self, phrase: Phrase, *, interrupting: bool = False) -> Future[SpeechResult]:
        """Says a phrase after what is being said, or instead of it. Thread-safe, returns at once.

        The Future always resolves. Whatever is no :class:`Phrase` raises ``ValueError``.
        """
        return self._submit(Item(Phrase(phrase), private=False), interrupting)


class PrivateVoice:
    """Says anything into the headset of the person who is there, and nowhere else."""

    def __init__(self, submit: Submit, last: Callable[[], Utterance | None]) -> None:
        self._submit = submit
        self._last = last

    def say(self, utterance: Utterance, *, interrupting: bool = False) -> Future[SpeechResult]:
        """As :meth:`PublicVoice.say`, and texts as well; ``NO_HEADSET`` when none is plugged in."""
        return self._submit(Item(utterance, private=True), interrupting)

    def repeat(self) -> Future[SpeechResult] | None:
        """Says the last thing again that was said in the headset, at once; None when there was none."""
        last = self._last()
        return None if last is None else self.say(last, interrupting=True)
