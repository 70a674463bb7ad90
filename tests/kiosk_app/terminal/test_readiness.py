"""Whether a matter can be done here now, told before anybody begins, and why not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from contract.items import Item
from contract.sets import Assurance, Finish, ItemKind, OfflineRule
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import BatchChanged, CapabilitiesChanged, ServicesChanged
from kiosk_app.terminal.readiness import Means, Queue, Readiness, readiness
from kiosk_app.terminal.resting import AttractView
from kiosk_app.terminal.views import Connection, GuideView, HelpView, HomeView, Screen
from tests.fakes import items
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk, all_words, kiosk_at

QUERY = items.reference_item(items.QUERY)
ONLINE = items.reference_item(items.ONLINE_FORM)
OFFLINE = items.reference_item(items.OFFLINE_FORM)
DRAFT_KEPT = items.reference_item(items.LICENCE_FORM)
CALL_BACK = items.reference_item(items.CALL_BACK)
PASSPORT = items.reference_item(items.NOT_HERE)
DRAFT = items.a_form("draft", items.a_step("one", "choice"), offline="draft", deadline_days=1)
TWICE = items.a_form("twice", items.a_step("one", "choice"), assurance_to_submit="known_twice")

CARD, CODE, SLIP, SOCIAL_CARD = "card", "code", "slip", "social_security_card"
SAVED_FIRST = Readiness(Finish.START, "readiness.saved_here_first")
NO_PROVINCE = Readiness(Finish.NOT_HERE, "readiness.without_province")
NO_SIGN_IN = Readiness(Finish.NOT_HERE, "readiness.without_sign_in")
ON_SCREEN = Readiness(Finish.HERE, "readiness.slip_on_screen")
HERE = Readiness(Finish.HERE)


@pytest.mark.parametrize(
    ("item", "capabilities", "connected", "expected"),
    [
        (QUERY, {CARD, CODE, SLIP}, True, HERE),
        (QUERY, {CARD, SLIP}, True, HERE),
        (QUERY, {CODE, SLIP}, True, HERE),
        (QUERY, {CARD, CODE}, True, ON_SCREEN),
        (QUERY, {SLIP}, True, HERE),
        (QUERY, {CARD, CODE, SLIP}, False, NO_PROVINCE),
        (QUERY, {CODE, SLIP}, False, NO_PROVINCE),
        (ONLINE, {CARD, CODE, SLIP}, False, NO_PROVINCE),
        (DRAFT, {CARD, CODE, SLIP}, True, HERE),
        (DRAFT, {CARD, CODE, SLIP}, False, NO_PROVINCE),
        (OFFLINE, {CARD, CODE, SLIP}, True, HERE),
        (OFFLINE, {CARD, CODE, SLIP}, False, SAVED_FIRST),
        (OFFLINE, {CARD}, False, SAVED_FIRST),
        (OFFLINE, {CODE, SLIP}, False, NO_PROVINCE),
        (OFFLINE, {SLIP}, False, NO_SIGN_IN),
        (QUERY, {SOCIAL_CARD, SLIP}, True, HERE),
        (OFFLINE, {SOCIAL_CARD, SLIP}, False, NO_PROVINCE),
        (CALL_BACK, set(), True, ON_SCREEN),
        (CALL_BACK, set(), False, SAVED_FIRST),
        (CALL_BACK, {SLIP}, True, HERE),
        (PASSPORT, {CARD, CODE, SLIP}, True, Readiness(Finish.NOT_HERE, "readiness.without_fingerprint")),
        (TWICE, {CARD, CODE, SLIP}, True, HERE),
        (TWICE, {CARD, SLIP}, True, HERE),
        (TWICE, {"face", CODE, SLIP}, True, HERE),
        (TWICE, {CODE, SLIP}, True, Readiness(Finish.START, "readiness.second_proof_at_window")),
    ],
)
def test_the_matrix(item: Item, capabilities: set[str], connected: bool, expected: Readiness) -> None:
    assert readiness(item, Means(frozenset(capabilities), connected)) == expected


def test_what_may_be_filled_in_offline_begins_only_where_the_notice_says_that_it_is_kept() -> None:
    begun = readiness(DRAFT, Means(ALL_CAPABILITIES), keeps_drafts=True)
    assert begun == Readiness(Finish.START, "readiness.draft_first")
    assert readiness(ONLINE, Means(ALL_CAPABILITIES), keeps_drafts=True) == NO_PROVINCE
    assert readiness(DRAFT, Means(ALL_CAPABILITIES, connected=True), keeps_drafts=True) == HERE


@pytest.mark.parametrize("item", [*items.reference_batch().items, DRAFT, TWICE], ids=lambda item: item.code)
def test_what_may_begin_can_be_signed_in_for_and_handed_in(item: Item) -> None:
    for lost, connected in product(["", CARD, CODE, SLIP, "all"], [True, False]):
        capabilities = frozenset() if lost == "all" else ALL_CAPABILITIES - {lost}
        if not readiness(item, Means(capabilities, connected)).can_start:
            continue
        assert connected or item.offline is OfflineRule.SUBMIT
        assert connected or item.kind is ItemKind.FORM
        if item.assurance is not Assurance.ANONYMOUS:
            assert CARD in capabilities or connected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_is_a_sentence_also_for_a_device_that_nobody_has_thought_of(language: str) -> None:
    strange = items.a_form("strange", items.a_step("one", "choice"), capabilities=["iris_scanner"])
    kiosk = Kiosk(items.a_batch_of(strange, TWICE, PASSPORT, ONLINE))
    kiosk.tap(Wish.TOUCH)
    if language == "en":
        kiosk.tap(Wish.LANGUAGE)
    kiosk.connection(Connection.OFFLINE)
    body = kiosk.view.body
    assert isinstance(body, HomeView)
    say = all_words()[language].say
    assert {row.code: row.readiness for row in body.rows} == {
        "strange": say("readiness.not_here", reason=say("readiness.without_other")),
        "twice": say("readiness.not_here", reason=say("readiness.without_province")),
        PASSPORT.code: say("readiness.not_here", reason=say("readiness.without_fingerprint")),
        ONLINE.code: say("readiness.not_here", reason=say("readiness.without_province")),
    }
    assert not any(row.can_start for row in body.rows)


def guide(kiosk: Kiosk) -> GuideView:
    body = kiosk.view.body
    assert isinstance(body, GuideView)
    return body


def test_a_matter_that_cannot_be_done_here_says_where_and_does_not_begin() -> None:
    kiosk = Kiosk()
    kiosk.open_guide(items.NOT_HERE)
    assert not guide(kiosk).can_start
    assert guide(kiosk).alternative == PASSPORT.elsewhere.zh  # type: ignore[union-attr]  # it has one
    assert kiosk.say("readiness.without_fingerprint") in guide(kiosk).readiness
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.GUIDE)


def test_what_changes_while_the_guide_is_read_changes_the_guide() -> None:
    kiosk = kiosk_at(Screen.GUIDE)
    states = [guide(kiosk).finish]
    kiosk.connection(Connection.OFFLINE)
    states.append(guide(kiosk).finish)
    kiosk.says(CapabilitiesChanged(frozenset(), demonstration=False))
    states.append(guide(kiosk).finish)
    assert states == ["finish_here", "start_here", "not_here"]
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.GUIDE)


def test_the_attract_screen_counts_what_can_be_done_and_says_what_cannot() -> None:
    kiosk = Kiosk()
    body = kiosk.view.body
    assert isinstance(body, AttractView)
    at_home = [item for item in items.reference_batch().items if item.on_home]
    assert body.matters_now == len(at_home) - 1, "all but the passport"
    assert body.top_matters[0] == QUERY.title.zh
    reason = kiosk.say("readiness.without_fingerprint")
    assert body.unavailable == (kiosk.say("attract.unavailable", matter=PASSPORT.title.zh, reason=reason),)
    kiosk.connection(Connection.OFFLINE)
    offline = kiosk.view.body
    assert isinstance(offline, AttractView)
    assert (offline.matters_now, offline.top_matters) == (
        3,
        (OFFLINE.title.zh, DRAFT_KEPT.title.zh, "养老待遇资格认证"),
    )
    assert len(offline.unavailable) == 3


def test_the_connection_is_told_in_words_and_unknown_is_not_connected() -> None:
    kiosk = kiosk_at(Screen.HOME)
    texts = [kiosk.view.top.connection_text]
    for connection in (Connection.OFFLINE, Connection.UNKNOWN):
        kiosk.connection(connection)
        texts.append(kiosk.view.top.connection_text)
        body = kiosk.view.body
        assert isinstance(body, HomeView)
        startable = {row.code for row in body.rows if row.can_start}
        assert startable == {items.OFFLINE_FORM, items.LICENCE_FORM}
    assert texts == ["网络正常", "自 09:03 起连不上省里", "正在连接省里的平台"]


def test_a_call_back_is_offered_only_where_it_can_be_asked_for() -> None:
    kiosk = kiosk_at(Screen.HELP)
    kiosk.says(BatchChanged(items.a_batch_of(QUERY)))
    body = kiosk.view.body
    assert isinstance(body, HelpView)
    assert body.call_back_matter == ""


SERVICES = ("query", "sign_in_card", "sign_in_code", "sign_in_challenge")


@pytest.mark.parametrize("item", [*items.reference_batch().items, DRAFT, TWICE], ids=lambda item: item.code)
def test_a_silent_service_takes_away_what_needs_it_and_nothing_else(item: Item) -> None:
    """Five devices there or gone, each service answering or silent: no promise that cannot be kept."""
    devices = (CARD, CODE, SLIP, "camera", "document_printer")
    for mask, silence in product(range(2 ** len(devices)), range(2 ** len(SERVICES))):
        fitted = frozenset(device for n, device in enumerate(devices) if mask >> n & 1)
        silent = frozenset(service for n, service in enumerate(SERVICES) if silence >> n & 1)
        well = readiness(item, Means(fitted, connected=True))
        now = readiness(item, Means(fitted, connected=True, left_alone=silent))
        assert now == well or (well.can_start and not now.can_start)
        if not now.can_start:
            continue
        assert item.kind is not ItemKind.QUERY or "query" not in silent
        if item.assurance is Assurance.ANONYMOUS:
            continue
        answers = {
            "sign_in_challenge",
            *({"sign_in_card"} if CARD in fitted else ()),
            *({"sign_in_code"} if CODE in fitted else ()),
        } - silent
        assert answers or (CARD in fitted and item.offline is OfflineRule.SUBMIT)


def test_a_service_that_does_not_answer_is_said_on_every_list_and_comes_back_by_itself() -> None:
    kiosk = Kiosk()
    before = kiosk.view
    kiosk.says(ServicesChanged({"query": kiosk.clock.monotonic_s() + 20.0}))
    resting = kiosk.view.body
    assert isinstance(resting, AttractView)
    assert any(kiosk.say("readiness.without_query") in sentence for sentence in resting.unavailable)
    kiosk.open_guide(items.QUERY)
    kiosk.tap(Wish.START)
    guide = kiosk.view.body
    assert isinstance(guide, GuideView), "nobody begins what cannot be finished"
    assert not guide.can_start
    kiosk.wait(21.0)
    guide = kiosk.view.body
    assert isinstance(guide, GuideView)
    assert guide.can_start, "the next person's call finds out whether it answers again"
    kiosk.tap(Wish.END)
    kiosk.tap(Wish.FINISH)
    assert kiosk.view.body == before.body


def test_a_service_that_falls_silent_while_somebody_is_asked_throws_nobody_out() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.QUERY)
    before = kiosk.question
    until_s = kiosk.clock.monotonic_s() + 600.0
    kiosk.says(
        ServicesChanged({"query": until_s}), CapabilitiesChanged(frozenset({CARD}), demonstration=False)
    )
    assert replace(kiosk.question, help=before.help) == before
    assert kiosk.question.help.splitlines() == [
        kiosk.say("change.query_silent"),
        kiosk.say("change.slip_lost"),
    ]


DEVICES = (CARD, CODE, SLIP, "camera", "document_printer")
ITEMS = [*items.reference_batch().items, DRAFT]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
@pytest.mark.parametrize("lost", DEVICES)
def test_five_devices_in_four_states_promise_no_more_than_can_be_kept(item: Item, lost: str) -> None:
    """Each device there, running low, gone, and gone with everything else; with every queue and service."""
    others = frozenset(DEVICES) - {lost}
    states = {
        "well": (others | {lost}, frozenset[str]()),
        "low": (others | {lost}, frozenset({lost})),
        "gone": (others, frozenset[str]()),
        "alone": (frozenset({lost}), frozenset[str]()),
    }
    for (state, (fitted, low)), queue, connected in product(states.items(), Queue, (True, False)):
        means = Means(fitted, connected, low=low, queue=queue)
        ready = readiness(item, means)
        keeps = ready.finish is Finish.HERE
        assert not keeps or connected, "nothing is finished without a line"
        assert not keeps or item.kind is ItemKind.QUERY or queue is Queue.FLOWS, "it would wait in a queue"
        needed = set(item.capabilities) - {SLIP, "sign_in"}
        assert ready.can_start <= (needed <= fitted), (state, "a device that it needs is not there")
        if keeps and SLIP in item.capabilities and (SLIP not in fitted or SLIP in low):
            assert "slip" in ready.reason, "whoever may leave without a slip hears it before"
        if (
            keeps
            and item.document
            and "document_printer" in low
            and not ready.reason.startswith("readiness.slip")
        ):
            assert ready.reason == "readiness.document_paper_low"
        for language in all_words().values():
            assert ready.reason == "" or language.knows(ready.reason) or item.code == "passport-renewal"


def test_a_long_queue_begins_and_does_not_promise_an_end() -> None:
    means = Means(ALL_CAPABILITIES, connected=True, queue=Queue.LONG)
    assert readiness(OFFLINE, means) == Readiness(Finish.START, "readiness.queue_long")
    assert readiness(QUERY, means) == HERE, "its answer does not wait in the queue"


def test_a_list_of_cases_that_does_not_answer_closes_what_begins_with_it() -> None:
    own = items.reference_item("my-cases")
    silent = Means(ALL_CAPABILITIES, connected=True, left_alone=frozenset({"cases"}))
    assert readiness(own, silent) == Readiness(Finish.NOT_HERE, "readiness.without_query")
    assert readiness(QUERY, silent) == HERE
