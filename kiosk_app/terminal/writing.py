"""Answers in words: what is written, what may be chosen instead, and what the wipe has to look for."""

from __future__ import annotations

from contract.items import Step, StepWidget
from kiosk_app.matters.answering import offered_answers, written
from kiosk_app.terminal.session import Matter
from kiosk_app.terminal.stage import Stage


class Writing:
    """What stands in the field of the question that is being answered."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def write(self, text: str) -> None:
        """Text that was written, as it was finished."""
        matter = self._stage.matter
        if matter.draft is None and matter.step.widget is StepWidget.TEXT:
            matter.typed = written(matter.step, matter.typed, text)
            matter.problem = ""

    def offered(self, step: Step) -> dict[str, str]:
        """The answers that can be chosen instead of writing, by the value of their option."""
        signed_in = self._stage.session.signed_in
        return offered_answers(step, signed_in.identity if signed_in is not None else None)

    def chosen_instead(self, matter: Matter) -> bool:
        """Whether an answer that was offered stands, and nothing is written in its place."""
        answer = matter.answers.get(matter.step.field)
        return (
            matter.step.widget is StepWidget.TEXT
            and not matter.typed
            and answer in self.offered(matter.step).values()
        )

    def forget(self) -> None:
        """What was written leaves the field: the wipe has to look for it all the same."""
        matter = self._stage.matter
        if matter.step.widget is StepWidget.TEXT:
            self.note()
            matter.typed = ""

    def note(self) -> None:
        """Notes what stands in the field, if anything does, for the scan of the wipe.

        Not words that the terminal has itself, in its matters or of its place: those stay in it rightly.
        """
        now = self._stage.now
        matter = now.session.matter if now.session is not None else None
        if now.session is None or matter is None or not matter.typed:
            return
        if matter.step.widget is not StepWidget.TEXT or not now.has_words(matter.typed.strip()):
            now.session.note(matter.typed.strip())
