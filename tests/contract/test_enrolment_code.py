"""The enrolment code is typed by hand, in a corridor, by a person in gloves: no single slip may pass."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.enrolment_code import EnrolmentCode, MalformedCodeError, fingerprint, make_code, parse_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MEANS_THE_SAME = {"O": "0", "I": "1", "L": "1"}
codes = st.builds(
    EnrolmentCode,
    secret=st.binary(min_size=15, max_size=15).map(bytes.hex),
    fingerprint=st.binary(min_size=14, max_size=14),
)


@given(codes)
def test_a_code_comes_back_as_it_was_printed(code: EnrolmentCode) -> None:
    assert parse_code(code.text()) == code


@given(codes)
def test_it_is_read_as_people_write_it(code: EnrolmentCode) -> None:
    printed = code.text()
    bare = printed.removeprefix("DXR-").replace("-", "")
    for written in (
        printed.lower(),
        f"  {printed}\n",
        bare,
        printed.replace("-", " "),
        printed.replace("0", "o").replace("1", "l"),
        printed.replace("1", "I"),
    ):
        assert parse_code(written) == code


def test_it_is_printed_in_eight_groups_of_six() -> None:
    head, *groups = make_code(b"authority").text().split("-")
    assert head == "DXR"
    assert [len(group) for group in groups] == [6] * 8
    assert set("".join(groups)) <= set(ALPHABET)


@given(codes, st.integers(0, 47), st.sampled_from(ALPHABET + "OILU"))
def test_any_single_wrong_character_is_found_or_means_the_same(
    code: EnrolmentCode, at: int, character: str
) -> None:
    bare = code.text().removeprefix("DXR-").replace("-", "")
    mistyped = bare[:at] + character + bare[at + 1 :]
    if MEANS_THE_SAME.get(character, character) == bare[at]:
        assert parse_code(mistyped) == code
    else:
        with pytest.raises(MalformedCodeError):
            parse_code(mistyped)


@given(codes, st.integers(0, 47), st.integers(0, 47))
def test_any_two_characters_that_changed_places_are_found(code: EnrolmentCode, one: int, other: int) -> None:
    bare = [*code.text().removeprefix("DXR-").replace("-", "")]
    swapped = [*bare]
    swapped[one], swapped[other] = bare[other], bare[one]
    if swapped == bare:
        assert parse_code("".join(swapped)) == code
    else:
        with pytest.raises(MalformedCodeError):
            parse_code("".join(swapped))


def test_every_single_slip_of_one_code_is_found() -> None:
    bare = make_code(b"authority").text().removeprefix("DXR-").replace("-", "")
    for at, character in itertools.product(range(48), ALPHABET):
        if character != bare[at]:
            with pytest.raises(MalformedCodeError, match="mistyped"):
                parse_code(bare[:at] + character + bare[at + 1 :])
    for at in range(48):
        for wrong in (bare[:at] + bare[at + 1 :], bare[:at] + bare[at] + bare[at:]):
            with pytest.raises(MalformedCodeError, match=r"4[79] characters of 48"):
                parse_code(wrong)


@given(st.text(max_size=80) | st.text(alphabet=ALPHABET + "-oil ", min_size=40, max_size=60))
def test_garbage_is_malformed_and_nothing_else(typed: str) -> None:
    try:
        code = parse_code(typed)
    except MalformedCodeError:
        return
    assert parse_code(code.text()) == code


@pytest.mark.parametrize("typed", ["", "DXR", "DXR-", "U" * 48, "四" * 48, "0" * 48, "Z" * 48, "\x00" * 48])
def test_empty_and_uniform_codes_are_no_codes(typed: str) -> None:
    with pytest.raises(MalformedCodeError):
        parse_code(typed)


def test_a_code_believes_one_authority() -> None:
    code = make_code(b"the certificate of the province")
    assert code.believes(b"the certificate of the province")
    assert not code.believes(b"the certificate of somebody else")
    assert code.fingerprint == fingerprint(b"the certificate of the province")
    assert len(code.fingerprint) == 14


def test_no_two_codes_share_a_secret_and_no_secret_is_shown() -> None:
    secrets = {make_code(b"authority").secret for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(bytes.fromhex(secret)) == 15 for secret in secrets)
    code = make_code(b"authority")
    assert code.secret not in repr(code)
    assert code.secret not in str(code)
