"""Requests and answers of the operations that are not events."""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import day, day_or_empty, identifier, moment, named, rows, text, whole
from contract.items import LocalText
from contract.organisation import Acting, Organisation
from contract.payloads import CardProof, Site
from contract.sets import Assurance, CaseState, ChallengeState, Outcome, QueryOutcome, Sensitivity, Stream


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What every refusal carries: the code of the catalogue and a sentence that says what to do."""

    code: Annotated[str, text("错误代码", 8)]
    message: Annotated[LocalText, named("说明", "what it means and what to do now")]


class EventAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The platform's word on one event."""

    id: Annotated[str, text("事件编号", 64)]
    outcome: Annotated[Outcome, named("处理结果")]
    code: Annotated[str, text("错误代码", 8)] = ""
    reason: Annotated[str, text("原因", 200, "names a field, never a value")] = ""
    case_no: Annotated[str, text("办件编号", 50, "on the case event: stored or duplicate")] = ""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that the platform misses: the terminal sends what it still has and states it again."""

    store_id: Annotated[str, identifier("存储编号", "the epoch")]
    stream: Annotated[Stream, named("流")]
    first_sequence: Annotated[int, whole("起始序号", 1)]
    last_sequence: Annotated[int, whole("终止序号", 1)]


class BatchAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row for each event of the batch, in its order. Fewer rows confirm nothing."""

    answers: Annotated[list[EventAnswer], rows("逐条结果", 200)]
    time: Annotated[str, moment("平台时间")]
    wanted: Annotated[list[Wanted], rows("请补报", 50, "what the platform misses of this terminal")] = []


class AuditHead(msgspec.Struct, frozen=True, kw_only=True):
    """How far a terminal's audit chain was told, and the keyed digest of that entry."""

    chain_id: Annotated[str, identifier("审计链标识")]
    last_entry: Annotated[int, whole("终止条目", 1)]
    head: Annotated[str, text("链头", 128, "keyed digest of the last entry")]
    received_at: Annotated[str, moment("收到时间")]


class AuditAnchors(msgspec.Struct, frozen=True, kw_only=True):
    """The head of every chain that a terminal has told, the newest first; more than one says that an earlier
    chain was thrown away."""

    heads: Annotated[list[AuditHead], rows("链头", 200)]


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """The platform's authority; believed only when its fingerprint is that in the enrolment code."""

    certificate: Annotated[str, text("CA证书", 16_000, "PEM")]


class MachineFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine says of itself when it enrols."""

    model: Annotated[str, text("机型", 64)]
    serial_number: Annotated[str, text("出厂编号", 64)]
    application_version: Annotated[str, text("软件版本", 32)]


class EnrolmentRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Redeems a single-use code. The key was made on the device and never leaves it."""

    secret: Annotated[str, text("登记密钥", 64)]
    signing_request: Annotated[str, text("证书请求", 8_000, "PKCS #10 (RFC 2986), PEM")]
    machine: Annotated[MachineFacts, named("机器信息")]


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """What a terminal is from now on."""

    terminal_id: Annotated[str, text("终端编号", 32)]
    terminal_number: Annotated[str, text("凭条终端号", 5, pattern=r"^[0-9]{5}$")]
    terminal_name: Annotated[str, text("终端名称", 60)]
    certificate: Annotated[str, text("终端证书", 16_000, "PEM")]
    authority: Annotated[str, text("CA证书", 16_000, "PEM")]
    sealing_key: Annotated[str, text("密封公钥", 2_000, "JWK (RFC 7517)")]
    item_key: Annotated[str, text("事项验签公钥", 2_000, "JWK")]
    command_key: Annotated[
        str, text("指令验签公钥", 2_000, "JWK; empty: this terminal takes no commands")
    ] = ""
    site: Annotated[Site, named("点位档案")]
    heartbeat_s: Annotated[int, whole("心跳间隔（秒）", 1, 3600)] = 60


class RenewalRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Asks for the next certificate, over a connection with the one that is still good."""

    signing_request: Annotated[str, text("证书请求", 8_000, "PKCS #10 (RFC 2986), PEM")]


class PlatformTime(msgspec.Struct, frozen=True, kw_only=True):
    """The platform's clock and whether this terminal is known to it.

    The detached JWS by the item key over the exact bytes is in a header: with the caller's own ``nonce`` in
    them it proves the time also to a terminal whose clock is years off.
    """

    time: Annotated[str, moment("平台时间")]
    terminal_id: Annotated[str, text("终端编号", 32)]
    nonce: Annotated[str, text("一次性编号", 36, "that of the question; empty when it had none")] = ""
    drain_window_s: Annotated[
        int, whole("补报窗口（秒）", 0, 3600, "over which terminals spread what waited during an outage")
    ] = 0


class KeyShare(msgspec.Struct, frozen=True, kw_only=True):
    """What the province keeps of a terminal's key. Without the record on the terminal it opens nothing."""

    share: Annotated[str, text("密钥分量", 64, "32 bytes, base64 (RFC 4648, 4)")]

    def __repr__(self) -> str:
        return "KeyShare(…)"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A person in clear: only ever sealed, or inside the answer to what the person
    showed or confirmed on the telephone."""

    name: Annotated[str, text("姓名", 60)]
    number: Annotated[str, text("公民身份号码", 18)]
    birth_date: Annotated[str, day("出生日期")]
    address: Annotated[str, text("住址", 120)]

    def __repr__(self) -> str:
        return "Identity(…)"


class CardSignIn(msgspec.Struct, frozen=True, kw_only=True):
    """Sign-in by a card that answered this terminal's reader."""

    sealed: Annotated[str, text("密封身份", 8_000, "JWE of Identity to the province's key")]
    nonce: Annotated[str, identifier("一次性编号", "signed in the proof; refused when seen before")]
    proof: Annotated[CardProof, named("读卡证明")]


class CodeSignIn(msgspec.Struct, frozen=True, kw_only=True):
    """Sign-in by the code on a telephone: opaque, about a minute old at most, good for one use."""

    sealed: Annotated[str, text("密封二维码", 8_000, "JWE of the scanned bytes to the province's key")]
    nonce: Annotated[str, identifier("一次性编号")]


class SocialCardHolder(msgspec.Struct, frozen=True, kw_only=True):
    """What a social-security card says of its holder. Nothing of it is proved: it is compared and no more."""

    name: Annotated[str, text("姓名", 60)]
    number: Annotated[str, text("社会保障号码", 18, "the holder's identity number, or a foreigner's number")]
    card_number: Annotated[str, text("社会保障卡卡号", 20)]

    def __repr__(self) -> str:
        return "SocialCardHolder(…)"


class SocialCardQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Asks whether a social-security card is that of the person of the session."""

    sealed: Annotated[str, text("密封持卡人信息", 8_000, "JWE of SocialCardHolder to the province's key")]


class EarlierCase(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has applied for already, where that is done once (``Item.once_per``)."""

    item_code: Annotated[str, text("事项编号", 64)]
    case_no: Annotated[str, text("办件编号", 50)]
    receipt_number: Annotated[str, text("提交凭条号", 11)]
    place: Annotated[str, text("提交地点", 60, "name of the site")]
    submitted_on: Annotated[str, day("提交日期", "in China")]
    state: Annotated[CaseState, named("办件状态")]


class CitizenSession(msgspec.Struct, frozen=True, kw_only=True):
    """A citizen's session with the province."""

    session_id: Annotated[str, identifier("会话编号")]
    token: Annotated[str, text("会话令牌", 128)]
    subject_ref: Annotated[str, text("人员标识", 64)]
    assurance: Annotated[Assurance, named("核验等级")]
    expires_in_s: Annotated[int, whole("有效秒数", 1)]
    identity: Annotated[Identity | None, named("身份信息", "only in answer to a code or a challenge")] = None
    earlier: Annotated[
        list[EarlierCase], rows("已申请过的", 50, "of matters that are done once per person")
    ] = []
    acting: Annotated[
        Acting | None, named("代表单位", "only in answer to an electronic business licence")
    ] = None

    def __repr__(self) -> str:
        return f"CitizenSession(session_id={self.session_id!r}, …)"


class SignInChallenge(msgspec.Struct, frozen=True, kw_only=True):
    """A code that stands on a terminal's screen until a person has confirmed it on the telephone."""

    challenge_id: Annotated[str, identifier("确认编号", "for the terminal alone; not in the code")]
    code: Annotated[str, text("屏幕二维码", 200, "what the telephone scans; opaque, good for one use")]
    expires_in_s: Annotated[int, whole("有效秒数", 1, 600)]

    def __repr__(self) -> str:
        return f"SignInChallenge({self.challenge_id!r}, …)"


class ChallengeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a challenge. ``session`` is there in the one answer that says ``confirmed``."""

    state: Annotated[ChallengeState, named("确认结果")]
    session: Annotated[
        CitizenSession | None, named("群众会话", "with the identity, as in answer to a code")
    ] = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A query's own answers, sealed; the person is that of the citizen's session."""

    sealed: Annotated[str, text("密封查询条件", 8_000, "JWE of the answers; empty when there are none")] = ""


class ResultFact(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a query's result."""

    label: Annotated[LocalText, named("名称")]
    value: Annotated[str, text("值", 200)]
    sensitivity: Annotated[Sensitivity, named("敏感程度")] = Sensitivity.SENSITIVE
    worded: Annotated[
        LocalText | None, named("值的文字", "the value in both languages, where it has words; read before it")
    ] = None

    def said(self, language: str) -> str:
        """The value in ``language`` (``zh`` or ``en``), as far as it was given in it."""
        return self.value if self.worded is None else self.worded.read(language)

    def __repr__(self) -> str:
        return "ResultFact(…)"


class QueryResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the province knows. ``nothing`` and ``refused`` carry a sentence that says what to do."""

    outcome: Annotated[QueryOutcome, named("查询结果")]
    facts: Annotated[list[ResultFact], rows("结果", 40)] = []
    explanation: Annotated[LocalText | None, named("说明")] = None


class LicenceQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Asks the licence library (电子证照库) for one kind of licence of the signed-in person."""

    kind: Annotated[str, text("证照类型", 64)]
    item_code: Annotated[str, text("事项编号", 64, "what it is for")]


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence as a reference, instead of an upload."""

    reference: Annotated[str, text("证照标识", 64)]
    title: Annotated[LocalText, named("证照名称")]
    number: Annotated[str, text("证照号码（已脱敏）", 64)]
    issued_by: Annotated[LocalText, named("签发机关")]
    valid_until: Annotated[str, text("有效期至", 10)]


class LicenceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The licence, or None when there is none."""

    licence: Annotated[Licence | None, named("电子证照")] = None


class CaseAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Where a case stands, on the platform's word."""

    case_id: Annotated[str, identifier("办件标识")]
    case_no: Annotated[str, text("办件编号", 50)]
    state: Annotated[CaseState, named("办件状态")]
    item_code: Annotated[str, text("事项编号", 64)]
    received_at: Annotated[str, moment("收到时间")]
    hear_by: Annotated[str, day_or_empty("答复期限")] = ""
    receipt_number: Annotated[str, text("提交凭条号", 11)] = ""


class SlipScan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a scanner has read off a slip, or off the screen of a terminal that had no paper."""

    code: Annotated[str, text("凭条二维码", 500, "contract.slip_code")]


class SlipStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Where the case of a slip stands, for a window that scanned its code (``contract.slip_code``).

    Nothing of the person is in it: whoever asks has to see her, and her document.
    """

    receipt_number: Annotated[str, text("提交凭条号", 11)]
    terminal_id: Annotated[str, text("终端编号", 32, "which printed the slip")]
    terminal_name: Annotated[str, text("终端名称", 60)]
    issued_at: Annotated[str, moment("出具时间")]
    arrived: Annotated[bool, named("已到达", "false: a terminal has saved it and will send it")]
    explanation: Annotated[LocalText, named("说明")]
    case_no: Annotated[str, text("办件编号", 50)] = ""
    state: Annotated[CaseState, named("办件状态")] = CaseState.SAVED_HERE
    item_code: Annotated[str, text("事项编号", 64)] = ""
    received_at: Annotated[str, text("收到时间", 24, "empty while it has not arrived")] = ""
    hear_by: Annotated[str, day_or_empty("答复期限")] = ""
    to_go_on: Annotated[bool, named("待窗口接办", "it was not handed in: a window goes on with it")] = False


class CaseList(msgspec.Struct, frozen=True, kw_only=True):
    """The cases of the signed-in person."""

    cases: Annotated[list[CaseAnswer], rows("办件", 200)]


class Nothing(msgspec.Struct, frozen=True):
    """An empty body."""


class SealedCase(msgspec.Struct, frozen=True, kw_only=True):
    """What is inside ``Case.sealed``: the person, the answers, the number to call back."""

    person: Annotated[Identity | None, named("申请人")]
    helper: Annotated[Identity | None, named("帮办人", "who stood here for the person")] = None
    organisation: Annotated[
        Organisation | None, named("申请单位", "then the person is who acts for it here")
    ] = None
    answers: Annotated[dict[str, str | list[str]], named("填报内容")]
    call_back_number: Annotated[str, text("回电号码", 20)] = ""

    def __repr__(self) -> str:
        return "SealedCase(…)"
