"""The one table of calls, from which OpenAPI, routes, client and the data dictionary are made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from contract import answers
from contract.block_list import BlockList
from contract.clips import ClipSheet
from contract.commands import LONGEST_WAIT_S, CommandList
from contract.delegation import Delegation, DelegationRequest, HelpAsked
from contract.faces import FaceAnswer, FaceComparison
from contract.items import ItemBatch
from contract.news import NewsSheet
from contract.places import NearbyPlaces
from contract.theme import ThemePack

SESSION_HEADER = "dianxiaoer-session"
"""Carries the token of the citizen's session; in a sign-in, that of the session beside which it is made."""
NONCE_HEADER = "dianxiaoer-nonce"
"""Carries a number used once (UUID4) of a question whose signed answer has to be new."""
SIGNATURE_HEADER = "dianxiaoer-signature"
"""Carries the detached JWS over the exact bytes of the answer's body."""
LONGEST_CHALLENGE_WAIT_S = 5
"""How long an answer about a challenge is held back at most: who waits may choose another way."""


class Caller(Enum):
    """Who may call."""

    ANYONE = "anyone"
    """No certificate: only what must work before there is one."""
    TERMINAL = "terminal"
    """A terminal by its client certificate (mutual TLS)."""
    CITIZEN = "citizen"
    """A terminal by its certificate, with the token of a citizen's session."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call. ``path`` may hold ``{names}``; ``request`` is None for GET and DELETE.

    ``query`` names whole numbers that may follow the path (``?wait_s=25``), each with the most it may be.
    """

    name: str
    method: str
    path: str
    zh: str
    meaning: str
    caller: Caller
    request: Any
    answer: Any
    timeout_s: float
    query: tuple[tuple[str, int], ...] = ()


AUTHORITY = Operation(
    "authority", "GET", "/v1/authority", "取平台CA证书",
    "The platform's authority; checked against the fingerprint in the enrolment code.",
    Caller.ANYONE, None, answers.Authority, 10.0,
)  # fmt: skip
ENROL = Operation(
    "enrol", "POST", "/v1/enrolments", "终端登记",
    "Redeems a single-use enrolment code for a certificate and everything a terminal needs to know.",
    Caller.ANYONE, answers.EnrolmentRequest, answers.Enrolment, 20.0,
)  # fmt: skip
RENEW = Operation(
    "renew", "POST", "/v1/renewals", "证书续期",
    "The next certificate of a terminal whose present one is good; that one stays good until its own end.",
    Caller.TERMINAL, answers.RenewalRequest, answers.Enrolment, 20.0,
)  # fmt: skip
TIME = Operation(
    "time", "GET", "/v1/time", "平台时间与可达性",
    "The platform's clock, signed; also how a terminal finds out that the platform can be reached.",
    Caller.TERMINAL, None, answers.PlatformTime, 5.0,
)  # fmt: skip
ITEMS = Operation(
    "items", "GET", "/v1/items", "事项批次",
    "The current batch as its exact signed bytes; the signature is in a header. Honours If-None-Match (304).",
    Caller.TERMINAL, None, ItemBatch, 20.0,
)  # fmt: skip
THEME = Operation(
    "theme", "GET", "/v1/theme", "主题包",
    "The theme pack in force as its exact signed bytes; the signature is in a header. Honours If-None-Match.",
    Caller.TERMINAL, None, ThemePack, 20.0,
)  # fmt: skip
NEWS = Operation(
    "news", "GET", "/v1/news", "待机资讯",
    "The news sheet in force as its exact signed bytes; the signature is in a header. Honours If-None-Match.",
    Caller.TERMINAL, None, NewsSheet, 10.0,
)  # fmt: skip
BLOCK_LIST = Operation(
    "block_list", "GET", "/v1/block-list", "停用名单",
    "What is blocked, under the key of this terminal alone, which it sends sealed in a header; exact signed "
    "bytes, the signature is in a header. Honours If-None-Match.",
    Caller.TERMINAL, None, BlockList, 20.0,
)  # fmt: skip
CLIPS = Operation(
    "clips", "GET", "/v1/clips", "手语单",
    "The clips of signing in force as exact signed bytes; the signature in a header. Honours If-None-Match.",
    Caller.TERMINAL, None, ClipSheet, 20.0,
)  # fmt: skip
EVENTS = Operation(
    "events", "POST", "/v1/events", "事件上报",
    "A CloudEvents batch of any streams; answered row by row after the rows are durable.",
    Caller.TERMINAL, list, answers.BatchAnswer, 15.0,
)  # fmt: skip
COMMANDS = Operation(
    "commands", "GET", "/v1/commands", "领取指令",
    "Long poll: commands for this terminal without a result, from the position `after` on; with none waits.",
    Caller.TERMINAL, None, CommandList, LONGEST_WAIT_S + 10.0,
    (("wait_s", LONGEST_WAIT_S), ("after", 2**53)),
)  # fmt: skip
SIGN_IN_CARD = Operation(
    "sign_in_card", "POST", "/v1/sign-in/card", "身份证登录",
    "A citizen's session for a card that answered the terminal's reader.",
    Caller.TERMINAL, answers.CardSignIn, answers.CitizenSession, 8.0,
)  # fmt: skip
SIGN_IN_CODE = Operation(
    "sign_in_code", "POST", "/v1/sign-in/code", "扫码登录",
    "A citizen's session for the dynamic code on a telephone; each code is good for one use.",
    Caller.TERMINAL, answers.CodeSignIn, answers.CitizenSession, 8.0,
)  # fmt: skip
SIGN_IN_CHALLENGE = Operation(
    "sign_in_challenge", "POST", "/v1/sign-in/challenges", "手机确认：取码",
    "A code for the screen, which a person confirms on the telephone; each is good for one sign-in.",
    Caller.TERMINAL, HelpAsked, answers.SignInChallenge, 8.0,
)  # fmt: skip
SIGN_IN_CONFIRMED = Operation(
    "sign_in_confirmed", "POST", "/v1/sign-in/challenges/{challenge_id}", "手机确认：取结果",
    "What the person did with it; with nothing done yet waits. The session of a confirmed one is given once, "
    "to the terminal that showed it.",
    Caller.TERMINAL, answers.Nothing, answers.ChallengeAnswer, LONGEST_CHALLENGE_WAIT_S + 8.0,
    (("wait_s", LONGEST_CHALLENGE_WAIT_S),),
)  # fmt: skip
DELEGATE = Operation(
    "delegate", "POST", "/v1/delegations", "帮办登记",
    "In a helper's session: another person, who has signed in at the same terminal, has agreed to be helped. "
    "Refused unless the province's record knows the relation. Ending either session ends both.",
    Caller.CITIZEN, DelegationRequest, Delegation, 8.0,
)  # fmt: skip
SOCIAL_CARD = Operation(
    "social_card", "POST", "/v1/session/social-card", "社保卡比对",
    "Whether a social-security card, which proves nothing by itself, is that of the person of the session; "
    "the session of another one ends by it.",
    Caller.CITIZEN, answers.SocialCardQuestion, answers.Nothing, 8.0,
)  # fmt: skip
FACE_COMPARE = Operation(
    "face_compare", "POST", "/v1/face-comparisons", "刷脸比对",
    "Compares one picture, sealed, with the register; at most three times in a session, and only by consent. "
    "The picture is kept by nobody.",
    Caller.CITIZEN, FaceComparison, FaceAnswer, 10.0,
)  # fmt: skip
SIGN_OUT = Operation(
    "sign_out", "DELETE", "/v1/session", "退出登录",
    "Ends the citizen's session; ending one that has ended is no error.",
    Caller.CITIZEN, None, answers.Nothing, 5.0,
)  # fmt: skip
QUERY = Operation(
    "query", "POST", "/v1/queries/{item_code}", "查询",
    "Answers a query item for the signed-in person.",
    Caller.CITIZEN, answers.Question, answers.QueryResult, 10.0,
)  # fmt: skip
LICENCE = Operation(
    "licence", "POST", "/v1/licences", "调用电子证照",
    "One licence of the signed-in person, instead of an upload.",
    Caller.CITIZEN, answers.LicenceQuestion, answers.LicenceAnswer, 8.0,
)  # fmt: skip
CASES = Operation(
    "cases", "GET", "/v1/cases", "我的办件",
    "The cases of the signed-in person, newest first.",
    Caller.CITIZEN, None, answers.CaseList, 8.0,
)  # fmt: skip
CASE = Operation(
    "case", "GET", "/v1/cases/{case_id}", "办件状态",
    "Where a case of this terminal stands. Nothing of the person is in the answer.",
    Caller.TERMINAL, None, answers.CaseAnswer, 8.0,
)  # fmt: skip
AUDIT_ANCHOR = Operation(
    "audit_anchor", "GET", "/v1/audit/anchor", "审计锚点",
    "How far this terminal's audit trail was told: what its own copy is verified against.",
    Caller.TERMINAL, None, answers.AuditAnchors, 8.0,
)  # fmt: skip

UPLOAD_TERMS = Operation(
    "upload_terms", "OPTIONS", "/v1/attachments", "材料上传：服务端能力",
    "What the platform offers of tus 1.0.0: extensions, checksums, the longest upload.",
    Caller.TERMINAL, None, answers.Nothing, 5.0,
)  # fmt: skip
UPLOAD_CREATE = Operation(
    "upload_create", "POST", "/v1/attachments", "材料上传：创建",
    "Begins the upload of a sealed file of a case; creating one that exists answers with the same place.",
    Caller.TERMINAL, None, answers.Nothing, 10.0,
)  # fmt: skip
UPLOAD_OFFSET = Operation(
    "upload_offset", "HEAD", "/v1/attachments/{attachment_id}", "材料上传：已收到多少",
    "How many bytes are durable; a finished upload has the digest in a header.",
    Caller.TERMINAL, None, answers.Nothing, 10.0,
)  # fmt: skip
UPLOAD_APPEND = Operation(
    "upload_append", "PATCH", "/v1/attachments/{attachment_id}", "材料上传：续传",
    "The next bytes, answered when they are durable. The answer to the last ones has the file's digest.",
    Caller.TERMINAL, bytes, answers.Nothing, 20.0,
)  # fmt: skip
UPLOAD_END = Operation(
    "upload_end", "DELETE", "/v1/attachments/{attachment_id}", "材料上传：撤销",
    "Gives an upload up; one that a case has named stays.",
    Caller.TERMINAL, None, answers.Nothing, 10.0,
)  # fmt: skip

UPLOADS = (UPLOAD_TERMS, UPLOAD_CREATE, UPLOAD_OFFSET, UPLOAD_APPEND, UPLOAD_END)
"""What follows the tus protocol: its facts travel in headers, and what is written is bytes and no JSON."""
SLIP = Operation(
    "slip", "POST", "/v1/slips", "凭条核验",
    "Where the case of a slip stands, by its code, also when the case has not come yet. For a window with a "
    "certificate of its own; the console answers the same. Nothing of the person is in the answer.",
    Caller.TERMINAL, answers.SlipScan, answers.SlipStanding, 8.0,
)  # fmt: skip
PLACES = Operation(
    "places", "GET", "/v1/places", "就近可办点位",
    "Terminals and staffed windows around this terminal, the nearest first, with what each can do as far as "
    "is known; one that has been silent for long is there with its age, and never as working.",
    Caller.TERMINAL, None, NearbyPlaces, 10.0,
)  # fmt: skip
KEY_SHARE_MAKE = Operation(
    "key_share_make", "POST", "/v1/key-shares/{place}", "新建密钥分量",
    "A new share of this terminal's key in one of its places, instead of the one that was there.",
    Caller.TERMINAL, answers.Nothing, answers.KeyShare, 8.0,
)  # fmt: skip
KEY_SHARE_RELEASE = Operation(
    "key_share_release", "GET", "/v1/key-shares/{place}", "取密钥分量",
    "Releases the share to the terminal whose it is, and to no other; refused when it was destroyed.",
    Caller.TERMINAL, None, answers.KeyShare, 8.0,
)  # fmt: skip
KEY_SHARE_DESTROY = Operation(
    "key_share_destroy", "DELETE", "/v1/key-shares/{place}", "销毁密钥分量",
    "Destroys the share for ever; destroying one that is not there is no error.",
    Caller.TERMINAL, None, answers.Nothing, 8.0,
)  # fmt: skip

OPERATIONS = (
    AUTHORITY, ENROL, RENEW, TIME, ITEMS, THEME, NEWS, CLIPS, BLOCK_LIST, EVENTS, COMMANDS, SIGN_IN_CARD,
    SIGN_IN_CODE, SIGN_IN_CHALLENGE, SIGN_IN_CONFIRMED, SOCIAL_CARD, FACE_COMPARE, DELEGATE, SIGN_OUT, QUERY,
    LICENCE, CASES, CASE, AUDIT_ANCHOR, SLIP, PLACES, *UPLOADS, KEY_SHARE_MAKE, KEY_SHARE_RELEASE,
    KEY_SHARE_DESTROY,
)  # fmt: skip
