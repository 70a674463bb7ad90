"""The page behind the code of a slip, for a telephone: how far it is, in large words. Nothing of a person.

Whoever holds the paper may read it; there is no script, no picture and nothing to type. In a province it
stands behind the gate that lets the public in; the reference platform serves it beside its console.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from contract.answers import SlipStanding
from foundation.clock import in_china, parse_rfc3339
from province_platform.console_answers import Desk, Handler
from province_platform.refused import Refused
from province_platform.slips import take_up

_STYLE = """
html { color-scheme: light dark; font: 150%/1.5 system-ui, "Noto Sans CJK SC", sans-serif }
body { max-width: 32rem; margin: 0 auto; padding: 1rem; background: #FAF7F1; color: #16232C }
h1 { font-size: 1.3rem; line-height: 1.25 } .state { font-size: 1.5rem; font-weight: 700; margin: 1rem 0 }
dt { color: #4A5A64; margin-top: .6rem } dd { margin: 0; font-variant-numeric: tabular-nums }
a { color: #0A5466; display: inline-block; padding: .6rem 0 } p { margin: 1rem 0 }
@media (prefers-color-scheme: dark) {
  body { background: #101B21; color: #F3EFE6 } dt { color: #B4C0C6 } a { color: #86D3E2 } }
"""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "title": "您的事办到哪一步了",
        "waits": "机器已保存，还没送到省里。会自动送达，您不用再办。",
        "to_go_on": "还没有提交。请带证件和凭条，到窗口接着办。",
        "not_found": "这个码查不到。请再扫一次，或按凭条号打 12345。",
        "number": "凭条号",
        "place": "在哪里办的",
        "received": "收到时间",
        "hear_by": "最晚答复",
        "call": "有疑问，请打 12345，每天 24 小时都有人接。",
        "other": "English",
    },
    "en": {
        "title": "How far your matter is",
        "waits": "The terminal has saved it; it is on its way. You need not do it again.",
        "to_go_on": "It is not handed in yet. Bring your document and the slip to a window.",
        "not_found": "Nothing is found under this code. Scan it again, or call 12345 with the slip number.",
        "number": "Slip number",
        "place": "Done at",
        "received": "Received",
        "hear_by": "Answer by",
        "call": "Questions? Call 12345, day and night.",
        "other": "中文",
    },
}


def slip_page(found: SlipStanding | Refused, language: str) -> str:
    """The page in ``zh`` or ``en``."""
    words = _WORDS[language]
    other = "zh" if language == "en" else "en"
    body = _standing(found, words) if isinstance(found, SlipStanding) else ""
    state = escape(_state(found, words, language))
    return f"""<!DOCTYPE html>
<html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{words["title"]}</title><style>{_STYLE}</style>
<h1>{words["title"]}</h1>
<p class="state">{state}</p>
{body}<p>{words["call"]}</p>
<a href="?lang={other}" lang="{other}">{words["other"]}</a>
</html>
"""


def _state(found: SlipStanding | Refused, words: Mapping[str, str], language: str) -> str:
    if not isinstance(found, SlipStanding):
        return words["not_found"]
    if found.to_go_on:
        return words["to_go_on"]
    if not found.arrived:
        return words["waits"]
    return found.state.en.capitalize() if language == "en" else found.state.zh


def _standing(found: SlipStanding, words: Mapping[str, str]) -> str:
    number = found.receipt_number
    received = in_china(parse_rfc3339(found.received_at)).strftime("%Y-%m-%d") if found.received_at else ""
    facts = (
        ("number", f"{number[:3]} {number[3:7]} {number[7:]}"),
        ("place", found.terminal_name),
        ("received", received),
        ("hear_by", found.hear_by),
    )
    rows = "".join(f"<dt>{words[name]}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    return f"<dl>{rows}</dl>\n"


def _headers() -> dict[str, str]:
    """Nothing but the words and this style; nobody keeps it, and nobody learns whence one came."""
    style = b64encode(sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'; base-uri 'none'"
    return {
        "content-security-policy": policy,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
    }


async def _show(desk: Desk, request: Request) -> Response:
    now = desk.platform.clock.utc_now()
    code, wanted = str(request.path_params["code"]), request.query_params.get("lang")
    found = await desk.platform.database.read(lambda connection: take_up(connection, code, now))
    content = slip_page(found, "en" if wanted == "en" else "zh")
    status = 200 if isinstance(found, SlipStanding) else 404
    return Response(content, status, _headers(), media_type="text/html")


SLIP_PAGE_ROUTES: tuple[tuple[str, Handler, str], ...] = (("/slips/{code}", _show, "GET"),)
