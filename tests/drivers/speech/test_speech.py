"""Two voices: one for everybody, that knows phrases only, and one for whoever wears a headset."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, time
from pathlib import Path
from typing import cast

import pytest

from drivers.speech.device import (
    LONGEST_TEXT_CHARACTERS,
    OpenText,
    Outlet,
    PrivateText,
    QuietHours,
    SpeechOutcome,
    SpeechSettings,
    SpeechStatus,
    VoiceQuality,
)
from drivers.speech.engine import Espeak
from drivers.speech.fittings import Outputs, Repertoire
from drivers.speech.phrases import Phrase, Recordings
from drivers.speech.protocol import Wave
from drivers.speech.speech import Speech
from drivers.vocabulary import DeviceState, HeadsetState, ModuleState, StatusChanged
from foundation.clock import SystemClock
from foundation.counters import Counters
from tests.drivers.listening import Ears
from tests.drivers.speech.booth import LONG_S, RECORDED_S, book, booth, tone, waiting

NAME = "欧阳测试"


def only(heard: list[object]) -> Wave:
    assert len(heard) == 1
    assert isinstance(heard[0], Wave)
    return heard[0]


def test_a_phrase_is_said_aloud_by_the_synthesiser_and_can_be_heard(tmp_path: Path) -> None:
    with booth(tmp_path, engine=Espeak(SystemClock())) as there:
        assert there.say(Phrase.FACE_CLOSER).outcome is SpeechOutcome.SAID

        heard = only(list(there.loudspeaker.heard))  # parsed: a sound that is silent would be none
        assert heard.rate_hz == 22_050
        assert 0.6 < heard.duration_s < 4.0
        assert there.headset.heard == []


def test_it_knows_what_it_has_and_that_a_robot_is_no_good_voice(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        assert there.speech.capabilities.free_text is VoiceQuality.SYNTHETIC
        assert there.speech.capabilities.phrases["en"] is VoiceQuality.SYNTHETIC
        assert there.speech.capabilities.phrases["zh"] is VoiceQuality.PARTLY_RECORDED
        assert not there.speech.capabilities.good_voice_fitted
    for language in ("zh", "en"):
        for phrase in Phrase:
            path = tmp_path / "recordings" / language / f"{phrase.value}.wav"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes((tmp_path / "recordings/zh/headset-in.wav").read_bytes())
    with booth(tmp_path, engine=None) as there:
        assert there.speech.capabilities.free_text is VoiceQuality.NONE
        assert there.speech.capabilities.good_voice_fitted


def test_it_is_unknown_then_starting_then_online_with_every_part_said(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        first, second = (change.status for change in there.ears.all(StatusChanged)[:2])
        assert first.state is DeviceState.STARTING
        assert second == SpeechStatus(
            device="speech",
            state=DeviceState.ONLINE,
            error=None,
            simulated=True,
            loudspeaker=ModuleState.OK,
            headset_output=ModuleState.OK,
            synthesiser=ModuleState.OK,
            recordings=ModuleState.OK,
            headset=HeadsetState.UNKNOWN,
        )
    assert there.speech.status().state is DeviceState.UNKNOWN


def test_a_recording_takes_the_synthesisers_place_file_by_file_and_at_once(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.say(Phrase.FACE_DONE)
        there.record(Phrase.FACE_DONE, tone(0.15))
        there.say(Phrase.FACE_DONE)

        synthesised, recorded = there.loudspeaker.heard
        assert isinstance(synthesised, Wave)
        assert isinstance(recorded, Wave)
        assert (synthesised.rate_hz, recorded.rate_hz) == (22_050, 16_000)
        assert recorded.duration_s == pytest.approx(0.15, abs=0.001)


def test_the_public_voice_cannot_be_handed_a_text_of_a_person(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        with pytest.raises(ValueError, match="not a valid Phrase"):
            there.speech.public.say(cast(Phrase, NAME))
        with pytest.raises(ValueError, match="not a valid Phrase"):
            there.speech.public.say(cast(Phrase, PrivateText(NAME)))
        assert there.loudspeaker.heard == []


def test_a_line_that_anybody_may_hear_is_said_aloud_and_in_the_headset_of_whoever_has_one(
    tmp_path: Path,
) -> None:
    with booth(tmp_path) as there:
        assert there.speech.outlet() is Outlet.LOUDSPEAKER
        assert waiting(there.speech.public.say(OpenText("开始办理"))).outcome is SpeechOutcome.SAID
        assert len(there.loudspeaker.heard) == 1
        there.plug_headset()
        assert there.speech.outlet() is Outlet.HEADSET
        before = len(there.headset.heard)
        assert waiting(there.speech.public.say(OpenText("开始办理"))).outcome is SpeechOutcome.SAID
        assert (len(there.loudspeaker.heard), len(there.headset.heard)) == (1, before + 1)
    with pytest.raises(ValueError, match="at most 4000"):
        OpenText("字" * (LONGEST_TEXT_CHARACTERS + 1))


def test_it_says_beforehand_where_nothing_would_be_heard(tmp_path: Path) -> None:
    at_noon = SpeechSettings(quiet_hours=QuietHours(time(11), time(13)))
    with booth(tmp_path / "quiet", settings=at_noon) as there:
        assert there.speech.outlet() is Outlet.QUIET
        there.plug_headset()
        assert there.speech.outlet() is Outlet.HEADSET
    with booth(tmp_path / "voiceless", engine=None) as there:
        assert there.speech.outlet() is Outlet.NONE


def test_a_private_text_is_said_in_the_headset_only(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        assert there.read(NAME).outcome is SpeechOutcome.NO_HEADSET
        assert there.loudspeaker.heard == there.headset.heard == []

        there.plug_headset()
        assert there.read(NAME).outcome is SpeechOutcome.SAID
        assert len(there.headset.heard) == 2
        assert there.loudspeaker.heard == []


def test_the_private_voice_begins_by_itself_when_a_headset_goes_in(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.plug_headset()
        assert only(list(there.headset.heard)).duration_s == pytest.approx(RECORDED_S, abs=0.001)
        there.wait_status(headset=HeadsetState.PRESENT)
        there.speech.plug(False)
        there.wait_status(headset=HeadsetState.NOT_PRESENT)


def test_a_headset_that_was_in_before_the_start_is_welcomed_and_interrupts_no_trial_of_the_outputs(
    tmp_path: Path,
) -> None:
    with booth(tmp_path, headset_in=True) as there:
        there.counters.wait_for("speech.said")
        assert len(there.headset.heard) == 1
        assert there.speech.status().loudspeaker is ModuleState.OK
        assert there.speech.status().headset is HeadsetState.PRESENT


def test_where_no_headset_can_be_heard_phrases_stay_aloud_and_the_rest_is_not_said(tmp_path: Path) -> None:
    with booth(tmp_path, headset_fitted=False, before={Phrase.RATE: tone()}) as there:
        assert not there.speech.capabilities.headset
        there.speech.plug(True)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
        assert there.read(NAME).outcome is SpeechOutcome.NO_HEADSET
        assert there.speech.status().headset_output is ModuleState.NOT_SUPPORTED


def test_with_a_headset_in_the_loudspeaker_is_silent_and_the_phrases_are_in_the_headset(
    tmp_path: Path,
) -> None:
    with booth(tmp_path, before={Phrase.PRINTING: tone(LONG_S), Phrase.RATE: tone()}) as there:
        aloud = there.speech.public.say(Phrase.PRINTING)
        there.wait_heard(there.loudspeaker)
        there.plug_headset()
        assert waiting(aloud).outcome is SpeechOutcome.INTERRUPTED
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
        assert len(there.headset.heard) == 2
        assert only(list(there.loudspeaker.heard)).duration_s < 5.0


@pytest.mark.parametrize(
    ("hour", "minute", "outcome"),
    [(13, 59, "said"), (14, 0, "quiet_hours"), (22, 59, "quiet_hours"), (23, 0, "said")],
)
def test_the_loudspeaker_keeps_quiet_hours_by_the_clock_of_hubei_and_the_headset_does_not(
    tmp_path: Path, hour: int, minute: int, outcome: str
) -> None:
    night = SpeechSettings(quiet_hours=QuietHours(time(22), time(7)))
    moment = datetime(2026, 11, 21, hour, minute, tzinfo=UTC)
    with booth(tmp_path, settings=night, now=moment, before={Phrase.RATE: tone(0.08)}) as there:
        assert there.say(Phrase.RATE).outcome is SpeechOutcome(outcome)
        assert len(there.loudspeaker.heard) == (outcome == "said")
        there.plug_headset()
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID


def test_phrases_are_said_one_after_the_other_and_a_new_one_can_interrupt(tmp_path: Path) -> None:
    long, short = Phrase.TOUCH_TO_BEGIN, Phrase.RATE
    with booth(tmp_path, before={long: tone(LONG_S), short: tone(0.08)}) as there:
        first, second = there.speech.public.say(short), there.speech.public.say(short)
        assert waiting(first) == waiting(second)
        spoken = there.speech.public.say(long)
        behind = there.speech.public.say(short)
        there.wait_heard(there.loudspeaker, 3)
        assert waiting(there.speech.public.say(short, interrupting=True)).outcome is SpeechOutcome.SAID
        assert waiting(spoken).outcome is SpeechOutcome.INTERRUPTED
        assert waiting(behind).outcome is SpeechOutcome.INTERRUPTED
        assert len(there.loudspeaker.heard) == 4


def test_silence_is_there_at_once(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.HELP: tone(LONG_S)}) as there:
        spoken = there.speech.public.say(Phrase.HELP)
        there.wait_heard(there.loudspeaker)
        asked_s = there.speech.clock.monotonic_s()
        there.speech.interrupt()
        assert waiting(spoken).outcome is SpeechOutcome.INTERRUPTED
        assert there.speech.clock.monotonic_s() - asked_s < 0.5


def test_a_full_queue_loses_its_oldest_and_every_future_resolves(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.HELP: tone(LONG_S)}) as there:
        in_hand = there.speech.public.say(Phrase.HELP)
        there.wait_heard(there.loudspeaker)
        queued = [there.speech.public.say(Phrase.HELP) for _ in range(40)]
        assert sum(future.done() for future in queued) == 24
        assert all(future.done() for future in queued[:24])
        there.speech.interrupt()
        assert {waiting(future).outcome for future in [in_hand, *queued]} == {SpeechOutcome.INTERRUPTED}


def test_what_was_said_in_the_headset_is_repeated_until_the_session_ends(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        assert there.speech.private.repeat() is None
        there.plug_headset()
        there.read("好")
        repeated = there.speech.private.repeat()
        assert repeated is not None
        assert waiting(repeated).outcome is SpeechOutcome.SAID
        _, first, second = there.headset.heard
        assert isinstance(first, Wave)
        assert isinstance(second, Wave)
        assert first.samples == second.samples

        there.speech.forget()
        assert there.speech.private.repeat() is None


def test_the_next_headset_does_not_hear_what_was_said_in_the_last_one(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.plug_headset()
        there.read("好")
        there.speech.plug(False)
        there.plug_headset()
        assert there.speech._last() is Phrase.HEADSET_IN


def test_speed_volume_and_language_are_chosen_and_forgotten_with_the_session(tmp_path: Path) -> None:
    with booth(tmp_path, engine=Espeak(SystemClock())) as there:
        there.say(Phrase.FACE_DONE)
        there.speech.adjust(speed_percent=900, volume_percent=20)
        there.say(Phrase.FACE_DONE)
        there.speech.adjust(language="en", speed_percent=100, volume_percent=70)
        there.say(Phrase.FACE_DONE)
        there.speech.forget()
        there.say(Phrase.FACE_DONE)

        usual, fast, english, again = there.loudspeaker.heard
        assert isinstance(usual, Wave)
        assert isinstance(fast, Wave)
        assert isinstance(again, Wave)
        assert fast.duration_s < usual.duration_s * 0.8
        assert loudest(fast) < loudest(usual) / 2
        assert english != usual
        assert again.samples == usual.samples
        with pytest.raises(ValueError, match="not 'fr'"):
            there.speech.adjust(language="fr")


def test_a_recording_is_said_at_the_speed_that_was_chosen_too(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.RATE: tone(0.6)}) as there:
        there.say(Phrase.RATE)
        there.speech.adjust(speed_percent=200)
        there.say(Phrase.RATE)
        usual, fast = there.loudspeaker.heard
        assert isinstance(usual, Wave)
        assert isinstance(fast, Wave)
        assert usual.duration_s == pytest.approx(0.6, abs=0.01)
        assert fast.duration_s == pytest.approx(0.3, abs=0.04)


def test_no_log_line_no_repr_no_event_and_no_process_shows_a_private_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), booth(tmp_path) as there:
        there.plug_headset()
        spoken = there.speech.private.say(PrivateText(NAME * 8))
        there.wait_heard(there.headset, 2)
        commands = [path.read_bytes() for path in _command_lines()]
        there.speech.interrupt()
        assert waiting(spoken).outcome is SpeechOutcome.INTERRUPTED
    assert any(b"simulated_card" in command for command in commands)
    told = caplog.text + repr(PrivateText(NAME)) + repr(spoken) + repr(there.ears._events)
    assert NAME not in told + b"".join(commands).decode(errors="replace")
    assert repr(PrivateText(NAME)) == "PrivateText(4 characters)"


def test_quiet_hours_go_over_midnight_and_equal_times_mean_never() -> None:
    noon = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    assert QuietHours(time(11), time(13)).contain(noon)
    assert not QuietHours(time(12, 30), time(13)).contain(noon)
    assert QuietHours(time(20), time(12, 1)).contain(noon)
    assert not QuietHours(time(12), time(12)).contain(noon)


def test_a_voice_needs_an_output(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="loudspeaker or a headset"):
        Speech(
            None,
            Outputs(None, None),
            Repertoire(book(), Recordings(None)),
            SystemClock(),
            Counters(),
            Ears(),
        )


def test_a_text_without_an_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(ValueError, match="at most 4000"):
        PrivateText("长" * (LONGEST_TEXT_CHARACTERS + 1))


def loudest(wave: Wave) -> int:
    return max(abs(sample) for sample in memoryview(wave.samples).cast("h"))


def _command_lines() -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
