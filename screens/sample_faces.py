"""Examples of the pages about a person's face; see screens/samples.py."""

from __future__ import annotations

from dataclasses import replace

from kiosk_app.terminal.consent_views import FaceConsentView
from kiosk_app.terminal.face_views import FaceView
from kiosk_app.terminal.views import SignInView
from screens.sample_pages import Say, sign_in


def _matter(say: Say) -> str:
    return say("养老待遇资格认证", "Pension confirmation")


def consent(say: Say) -> FaceConsentView:
    """Return the question whether a face may be compared."""
    return FaceConsentView(
        matter=_matter(say),
        lines=(
            say(
                "拍一张您的脸，只和省里登记的照片比一次，看是不是您本人。",
                "One picture of your face, compared once with the register's photo, to see that it is you.",
            ),
            say(
                "照片加密送出，比完就删。本机不存，不作别的用。",
                "It is sent sealed and deleted after that. Nothing is kept here, or used otherwise.",
            ),
            say(
                "不刷脸也一样办：用手机或身份证再核对一次，或到窗口。",
                "Without it all is the same: confirm by phone or ID card, or go to a window.",
            ),
        ),
        whole=(
            say(
                "一、谁在用。湖北省人力资源和社会保障部门。联系电话12345。",
                "1. Who. The Hubei human-resources and social-security authority. Call 12345.",
            ),
            say(
                "二、可以随时改主意。点“换一种方式”就停，摄像头随即关上。",
                "2. You may change your mind. Press “another way”, and the camera is closed.",
            ),
        ),
        version="2026-11",
        whole_shown=False,
    )


def consent_of_a_child(say: Say) -> FaceConsentView:
    """Return the same question for somebody under 14."""
    return replace(
        consent(say),
        guardian=say(
            "未满14周岁：点同意后，请监护人先核对身份。",
            "Under 14: after you agree, a guardian signs in first.",
        ),
    )


def looking(say: Say) -> FaceView:
    """Return the open camera with its advice."""
    return FaceView(
        matter=_matter(say),
        advice=say("请走近一点。", "Come a little closer."),
        lamp=say("摄像头开着，灯亮着。", "The camera is on; its lamp is lit."),
    )


def comparing(say: Say) -> FaceView:
    """Return the wait for the province."""
    return FaceView(
        matter=_matter(say),
        advice=say("正在请省里比对，请等一等。", "The province is comparing. One moment."),
        lamp="",
        working=True,
    )


def not_matched(say: Say) -> FaceView:
    """Return a try that did not match."""
    return FaceView(
        matter=_matter(say),
        advice=say(
            "这次没有对上。可以再试，或换一种方式。",
            "It did not match this time. Try again, or use another way.",
        ),
        lamp="",
        is_problem=True,
        can_retry=True,
    )


def guardian_signs_in(say: Say) -> SignInView:
    """Return the sign-in by which a guardian agrees for a child."""
    return replace(
        sign_in(say, problem=False),
        advice=say(
            "请监护人放身份证，或用自己的手机核对。",
            "Guardian: lay your own ID card down, or use your own phone.",
        ),
        asked="guardian",
        window_offered=True,
    )
