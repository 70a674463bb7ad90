"""What the platform says when it will not do something: a value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from starlette.responses import Response

from contract.answers import Problem
from contract.items import LocalText
from foundation.errors import ErrorCode, Errors


@dataclass(frozen=True, slots=True)
class Refused:
    """An HTTP status, a code of the catalogue, and a sentence that says what to do.

    ``retry_after_s`` above 0 goes out as ``Retry-After`` (RFC 9110, 10.2.3).
    """

    status: int
    error: ErrorCode
    message: LocalText
    retry_after_s: int = 0

    def response(self) -> Response:
        """The refusal as it goes over the wire."""
        headers = {"retry-after": str(self.retry_after_s)} if self.retry_after_s else {}
        return json_response(Problem(code=self.error.code, message=self.message), self.status, headers)


def json_response(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON as msgspec writes it."""
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")


def not_authorised() -> Refused:
    """No certificate, one that is not known here, or one that was withdrawn."""
    return Refused(
        401,
        Errors.TERMINAL_NOT_AUTHORISED,
        LocalText(
            "省平台不认可本终端的证书，请重新登记终端。",
            "This terminal's certificate is not accepted. Enrol again.",
        ),
    )


def sign_in_expired() -> Refused:
    """The citizen's session has ended, or never was."""
    return Refused(
        401,
        Errors.SIGN_IN_EXPIRED,
        LocalText("登录已过期，请重新登录。", "Your sign-in has ended. Sign in again."),
    )


def sign_in_refused() -> Refused:
    """The card was not believed; deliberately without saying which check failed."""
    return Refused(
        403,
        Errors.SIGN_IN_REFUSED,
        LocalText(
            "这次没有核验成功，请重新放卡再试一次，或到人工窗口办理。",
            "Your card could not be verified. Try once more, or go to a staffed window.",
        ),
    )


def relation_unknown() -> Refused:
    """Nobody is told which part is missing: it could be asked about people who are not here."""
    return Refused(
        403,
        Errors.RELATION_UNKNOWN,
        LocalText(
            "省里没有查到可以代办的关系登记，请本人办理，或到人工窗口。",
            "No registered relation allows this. Please do it in person, or go to a staffed window.",
        ),
    )


def in_person_only() -> Refused:
    """What a helper is not shown of the person whom she helps."""
    return Refused(
        403,
        Errors.QUERY_REFUSED,
        LocalText(
            "这一项只给本人看，请本人来查。", "This is shown to the person alone, who has to sign in herself."
        ),
    )


def helped_alone() -> Refused:
    """Helper and person are the same."""
    return Refused(
        403,
        Errors.SAME_PERSON,
        LocalText(
            "两次是同一个人，请本人核对身份。", "This is the same person twice. The person herself signs in."
        ),
    )


def card_read_too_long_ago() -> Refused:
    """The time of the reading is too far from the platform's clock."""
    return Refused(
        403,
        Errors.SIGN_IN_REFUSED,
        LocalText(
            "读卡时间与平台时间相差过大，请重新放卡。若仍不行，请联系现场工作人员校准终端时间。",
            "The card was not read just now. Place it again; if that fails, ask the staff to set the clock.",
        ),
    )


def code_refused() -> Refused:
    """The code on the telephone is unknown, too old, or was used."""
    return Refused(
        403,
        Errors.CODE_REFUSED,
        LocalText(
            "二维码已失效，请在手机上刷新后再扫。",
            "This code is no longer valid. Refresh it on your phone and scan again.",
        ),
    )


def other_person() -> Refused:
    """A further proof that is not of the person whose session it is named beside."""
    return Refused(
        403,
        Errors.PROOF_OTHER_PERSON,
        LocalText(
            "这不是刚才在办的那位，请本人来核对。", "This is not the person who began. Only they can confirm."
        ),
    )


def social_card_refused() -> Refused:
    """The social-security card is somebody else's than the session."""
    return Refused(
        403,
        Errors.SOCIAL_CARD_OF_ANOTHER,
        LocalText(
            "社保卡和另一样证明不是同一个人的。请用您自己的再试，或到人工窗口办理。",
            "The social-security card and the other proof are not of the same person. Use your own, "
            "or go to a staffed window.",
        ),
    )


def guardian_needed() -> Refused:
    """Under 14, and no guardian whom the register knows has signed in here and agreed."""
    return Refused(
        403,
        Errors.FACE_GUARDIAN_NEEDED,
        LocalText(
            "未满14周岁，请监护人先核对身份并同意。",
            "Under 14: a guardian signs in and agrees first.",
        ),
    )


def face_tries_used() -> Refused:
    """A face was compared as often as it may be in one session."""
    return Refused(
        403,
        Errors.FACE_TRIES_USED,
        LocalText("刷脸已试三次，请换一种方式核对。", "Three tries are used. Confirm in another way."),
    )


def enrolment_refused() -> Refused:
    """The enrolment code is unknown, has expired, or was used by another device."""
    return Refused(
        403,
        Errors.ENROLMENT_CODE_REFUSED,
        LocalText(
            "登记码已使用、已过期或不存在，请向省平台运维人员申请新的登记码。",
            "This enrolment code was used, has expired or is unknown. Ask the operators for a new one.",
        ),
    )


def enrolment_malformed() -> Refused:
    """The request to enrol, or the certificate request in it, is not what it should be."""
    return Refused(
        400,
        Errors.ENROLMENT_CODE_MALFORMED,
        LocalText(
            "登记请求不完整，请重新输入登记码。", "The enrolment request is incomplete. Enter the code again."
        ),
    )


def busy() -> Refused:
    """The platform cannot do it now; nothing was stored."""
    return Refused(
        503,
        Errors.PROVINCE_BUSY,
        LocalText("省平台繁忙，请稍后再试。", "The province platform is busy. Try again in a moment."),
        retry_after_s=5,
    )


def not_understood(error: ErrorCode, status: int = 400) -> Refused:
    """The request is not what the contract says; ``error`` is what the caller is to make of it."""
    return Refused(
        status,
        error,
        LocalText(
            "请求内容不符合接口约定，请更新终端软件。",
            "The request does not fit the contract. Update the terminal.",
        ),
    )


def too_large(error: ErrorCode) -> Refused:
    """More bytes or rows than the contract allows."""
    return Refused(
        413,
        error,
        LocalText("一次发送的内容过大，请分批发送。", "Too much was sent at once. Send it in smaller parts."),
    )


def nothing_here(error: ErrorCode = Errors.PROVINCE_NOT_UNDERSTOOD) -> Refused:
    """There is no such path, or no such thing of this terminal."""
    return Refused(404, error, LocalText("没有找到。", "Nothing was found here."))
