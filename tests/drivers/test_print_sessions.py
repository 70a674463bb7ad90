"""One session at a time, for one person, and never after its end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.print_sessions import Sessions


def test_the_first_document_binds_a_session_to_a_person() -> None:
    sessions = Sessions()
    assert sessions.admits("one", "A")
    assert sessions.admits("one", "A")
    assert not sessions.admits("one", "B")


def test_who_has_not_said_who_she_is_prints_and_binds_nobody() -> None:
    sessions = Sessions()
    assert sessions.admits("one", "")
    assert sessions.admits("one", "A")
    assert sessions.admits("one", "")
    assert not sessions.admits("one", "B")


def test_another_session_ends_the_one_before() -> None:
    sessions = Sessions()
    sessions.admits("one", "A")
    assert sessions.admits("two", "B")
    assert sessions.has_ended("one")
    assert not sessions.admits("one", "A")


def test_the_end_is_for_good_also_of_a_session_that_has_not_printed() -> None:
    sessions = Sessions()
    sessions.end("one")
    assert not sessions.admits("one", "A")
    assert sessions.has_ended("one")
    assert sessions.has_ended(None)
    assert not sessions.has_ended("two")


def test_a_subject_is_forgotten_with_its_session() -> None:
    sessions = Sessions()
    sessions.admits("one", "somebody")
    sessions.end("one")
    assert "somebody" not in repr(vars(sessions))


@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("AB"), st.booleans()), max_size=30))
def test_no_session_ever_prints_for_two_people_or_after_its_end(
    history: list[tuple[str, str, bool]],
) -> None:
    sessions, printed_for, over = Sessions(), dict[str, str](), set[str]()
    for session, subject, ends in history:
        if ends:
            sessions.end(session)
            over.add(session)
        elif sessions.admits(session, subject):
            assert session not in over
            assert printed_for.setdefault(session, subject) == subject
            over |= printed_for.keys() - {session}
