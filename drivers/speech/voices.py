"""The two voices, as those see them who want something said: what may be said where is a matter of types."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from drivers.speech.agenda import Item, Utterance
from drivers.speech.device import OpenText, SpeechResult
from drivers.speech.phrases import Phrase

Submit = Callable[[Item, bool], Future[SpeechResult]]
"""Has an item said: in its turn, or (true) instead of everything else."""


class PublicVoice:
    """Says to whoever is near what anybody may hear. A text of a person is of another type: it takes none."""

    def __init__(self, submit: Submit) -> None:
        self._submit = submit

    def say(self, utterance: Phrase | OpenText, *, interrupting: bool = False) -> Future[SpeechResult]:
        """Says it after what is being said, or instead of it. Thread-safe, returns at once.

        The Future always resolves. Whatever is neither a :class:`Phrase` nor an :class:`OpenText` raises
        ``ValueError``.
        """
        said = utterance if isinstance(utterance, OpenText) else Phrase(utterance)
        return self._submit(Item(said, private=False), interrupting)


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
