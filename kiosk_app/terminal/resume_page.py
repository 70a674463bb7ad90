"""The page that offers what was begun another time, with what it was in words."""

from __future__ import annotations

from kiosk_app.matters.answering import shown_value
from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.resuming import ANEW, RESUME
from kiosk_app.terminal.session import Matter
from kiosk_app.terminal.views import Fact, Option, QuestionView, Widget
from words import Words

_FACTS_SHOWN = 4


def beginning_page(matter: Matter, draft: Draft, words: Words) -> QuestionView:
    """接着上次填, 重新填: a question, but no step of the matter. Answers stand there masked."""
    item, language = matter.item, words.language
    facts = [
        Fact(
            item.fields[step.field].label.read(language),
            shown_value(item, step, draft.answers[step.field], language, None),
        )
        for step in item.steps
        if step.field in draft.answers
    ]
    more = len(facts) - _FACTS_SHOWN
    return QuestionView(
        matter=item.title.read(language),
        step=0,
        steps=0,
        question=words.say("question.draft_found"),
        help=words.say("question.draft_found_more", count=more) if more > 0 else "",
        widget=Widget.CONFIRM,
        options=(
            Option(RESUME, words.say("question.draft_resume")),
            Option(ANEW, words.say("question.draft_anew"), words.say("question.draft_anew_hint")),
        ),
        facts=tuple(facts[:_FACTS_SHOWN]),
        source=words.say("source.draft"),
    )
