"""Closed sets of values. Each value has its settled word in Chinese and in English."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Coded(Enum):
    """A value of a closed set: ``value`` goes over the wire, ``zh`` and ``en`` are read by people."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    def read(self, language: str) -> str:
        """The word in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


class Stream(Coded):
    """The streams of events. Each has its own persisted sequence."""

    SITE = "site", "点位档案", "site record"
    POSITION = "position", "点位", "position"
    STATUS = "status", "运行状态", "running status"
    CASE = "case", "办件", "case"
    SERVICE = "service", "办理环节", "act of handling"
    RATING = "rating", "服务评价", "service rating"
    ALARM = "alarm", "告警", "alarm"
    SESSION = "session", "会话记录", "session record"
    AUDIT = "audit", "审计", "audit"
    COMMAND = "command", "指令", "command"


class CaseState(Coded):
    """State of a case. ``accepted`` stands only on the authority's word.

    受理 is a legal act with deadlines (行政许可法 art. 32).
    """

    SAVED_HERE = "saved_here", "已存在本机，尚未提交", "saved on this terminal, not yet submitted"
    SUBMITTED = "submitted", "已提交", "submitted"
    ACCEPTED = "accepted", "已受理", "accepted"
    SUPPLEMENT = "supplement", "待补正", "more material needed"
    COMPLETED = "completed", "已办结", "completed"
    REFUSED = "refused", "不予受理", "not accepted"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class Assurance(Coded):
    """How well the person is known, from least to most (use :func:`reaches` to compare)."""

    ANONYMOUS = "anonymous", "未核验", "anonymous"
    CARD_PRESENT = "card_present", "本机已读取身份证", "card read on this terminal"
    CARD_VERIFIED = "card_verified", "已在线核验身份", "verified by the province"
    KNOWN_TWICE = "known_twice", "已用两种方式核验", "verified in two ways: by a card and by a telephone"
    FACE_MATCHED = "face_matched", "已比对人脸", "face compared"


def reaches(held: Assurance, needed: Assurance) -> bool:
    """Whether ``held`` is at least ``needed``."""
    order = list(Assurance)
    return order.index(held) >= order.index(needed)


class ChallengeState(Coded):
    """What became of a code on the screen that is confirmed on the telephone."""

    WAITING = "waiting", "等待确认", "waiting"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    REFUSED = "refused", "已拒绝", "refused on the telephone"
    EXPIRED = "expired", "已过期", "expired or used"


class FaceOutcome(Coded):
    """What came of comparing a face. Only ``matched`` proves anything."""

    MATCHED = "matched", "比对一致", "matched"
    NOT_MATCHED = "not_matched", "比对不一致", "not matched"
    NOT_LIVE = "not_live", "没有确认是真人", "not seen to be a living person"
    UNAVAILABLE = "unavailable", "比对服务不可用", "the service cannot be used now"


class FaceLiveness(Coded):
    """What a camera can say of whether a person, and not a photograph, stood before it."""

    PASSED = "passed", "看到眨眼", "a blink was seen"
    NOT_SEEN = "not_seen", "没有看到眨眼", "no blink was seen"
    NOT_SUPPORTED = "not_supported", "摄像头看不出", "this camera cannot tell"


class FaceConsent(Coded):
    """What a person said when she was asked whether her face may be compared."""

    NOT_ASKED = "not_asked", "没有询问", "not asked"
    GIVEN = "given", "同意", "agreed"
    REFUSED = "refused", "不同意", "refused"


class Relation(Coded):
    """In which capacity the actor stands here for the subject."""

    SELF = "self", "本人", "in person"
    FAMILY = "family", "亲属", "family"
    NEIGHBOUR = "neighbour", "邻居", "neighbour"
    GUARDIAN = "guardian", "监护人", "guardian"
    HELPER = "helper", "帮办员", "official helper"
    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人", "legal representative"
    AGENT = "agent", "委托代理人", "agent"


class SubjectKind(Coded):
    """Whether the matter is that of a person or of an organisation."""

    PERSON = "person", "自然人", "natural person"
    ORGANISATION = "organisation", "组织", "organisation"


class ForWhom(Coded):
    """Whose matter an item can be."""

    PERSON = "person", "个人", "for a person"
    ORGANISATION = "organisation", "单位", "for an organisation"
    EITHER = "either", "个人或单位", "for a person or an organisation"


class OfflineRule(Coded):
    """Whether a matter may be used while the province cannot be reached."""

    NEVER = "never", "仅联网可办", "online only"
    DRAFT = "draft", "可离线填写", "may be filled in offline"
    SUBMIT = "submit", "可离线提交", "may be submitted offline"


class OncePer(Coded):
    """Whether a second application for the same thing makes sense."""

    NONE = "none", "不限", "no limit"
    PERSON = "person", "每人一次", "once for each person"


class ItemKind(Coded):
    """Whether an item ends in an answer at once or in a case that an authority handles."""

    QUERY = "query", "查询", "query"
    FORM = "form", "申报", "application"


class TerminalState(Coded):
    """运行状态. 离线 is set by the platform only: a terminal cannot say that it is silent."""

    NORMAL = "normal", "正常", "normal"
    WARNING = "warning", "预警", "warning"
    PARTLY_UNAVAILABLE = "partly_unavailable", "部分不可用", "partly unavailable"
    FAULT = "fault", "故障", "fault"
    MAINTENANCE = "maintenance", "维护", "maintenance"
    PLANNED_STOP = "planned_stop", "计划停机", "planned stop"
    OFFLINE = "offline", "离线", "offline"


class Satisfaction(Coded):
    """Five levels as words.

    Digits only in a profile: GB/T 39046-2020 A.8 and the interfaces in use are opposite.
    """

    VERY_SATISFIED = "very_satisfied", "非常满意", "very satisfied"
    SATISFIED = "satisfied", "满意", "satisfied"
    NEUTRAL = "neutral", "基本满意", "fairly satisfied"
    DISSATISFIED = "dissatisfied", "不满意", "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied", "非常不满意", "very dissatisfied"


class ClockTrust(Coded):
    """How far the wall clock of the terminal can be believed."""

    SYNCHRONISED = "synchronised", "已同步", "synchronised"
    OFFSET_KNOWN = "offset_known", "偏差已知", "offset known"
    UNKNOWN = "unknown", "未知", "unknown"


class ReferenceSystem(Coded):
    """Coordinate reference system; never converted silently."""

    CGCS2000 = "CGCS2000", "2000国家大地坐标系", "CGCS2000"
    WGS_84 = "WGS-84", "WGS-84坐标系", "WGS-84"
    GCJ_02 = "GCJ-02", "GCJ-02坐标系", "GCJ-02"
    BD_09 = "BD-09", "BD-09坐标系", "BD-09"


class CoordinateSource(Coded):
    """How the coordinates were found."""

    SURVEYED = "surveyed", "实地测量", "surveyed"
    GNSS = "gnss", "卫星定位", "satellite positioning"
    MAP = "map", "地图选取", "picked on a map"


class Drift(Coded):
    """Whether a terminal still stands where its site record says (by satellites, in WGS-84)."""

    NOT_MEASURED = "not_measured", "未测定", "not measured"
    NOT_COMPARABLE = "not_comparable", "坐标系不可比", "reference systems cannot be compared"
    WITHIN = "within", "在原位", "where it should be"
    MOVED = "moved", "已移位", "moved"


class SiteKind(Coded):
    """What kind of place it is."""

    SERVICE_CENTRE = "service_centre", "政务服务中心", "government service centre"
    COMMUNITY = "community", "社区（村）", "community or village"
    BANK = "bank", "银行服务厅", "bank hall"
    PARK = "park", "工业园区", "industrial park"
    BUILDING = "building", "商务楼宇", "office building"


class LifeCycle(Coded):
    """Where in its life a site is."""

    BEING_BUILT = "being_built", "在建", "being built"
    IN_USE = "in_use", "在用", "in use"
    SUSPENDED = "suspended", "停用", "suspended"
    MOVING = "moving", "迁移", "being moved"
    REMOVED = "removed", "撤除", "removed"


class Network(Coded):
    """The network that a site is on."""

    GOVERNMENT_EXTRANET = "government_extranet", "政务外网", "government extranet"
    INTERNET = "internet", "互联网", "Internet"
    PRIVATE_LINE = "private_line", "专线", "private line"


class ServiceKind(Coded):
    """One act of handling within a case."""

    QUERY = "query", "查询", "query"
    APPLICATION = "application", "申报", "application"
    CALL_BACK_REQUEST = "call_back_request", "预约回电", "call-back request"


class ServiceOutcome(Coded):
    """How one act of handling ended."""

    DONE = "done", "已完成", "done"
    HANDED_IN = "handed_in", "已交件", "handed in"
    FAILED = "failed", "未完成", "not completed"


class DeviceHealth(Coded):
    """State of one device in a status event; ``unknown`` is never counted as ok."""

    OK = "ok", "正常", "ok"
    LOW = "low", "耗材将尽", "consumable low"
    DEGRADED = "degraded", "性能下降", "degraded"
    UNAVAILABLE = "unavailable", "不可用", "unavailable"
    UNKNOWN = "unknown", "未知", "unknown"


class WayOut(Coded):
    """How a citizen's session ended."""

    DONE = "done", "办理完成", "done"
    CANCELLED = "cancelled", "本人结束", "ended by the person"
    IDLE = "idle", "超时结束", "left alone"
    FAULT = "fault", "故障结束", "fault"
    CRASH = "crash", "异常重启", "crash"


class WipedPart(Coded):
    """A place where something of a person can be, and that the end of her session clears."""

    MEMORY = "memory", "内存", "memory"
    SCREENS = "screens", "屏幕", "screens"
    CLIPBOARD = "clipboard", "剪贴板", "clipboard"
    WRITING = "writing", "输入法记录", "input method"
    CARD_READERS = "card_readers", "读卡器", "card readers"
    CAMERA = "camera", "摄像头画面", "camera frames"
    VOICE = "voice", "语音", "voice"
    SLIP_SPOOL = "slip_spool", "凭条打印队列", "spool of slips"
    DOCUMENT_SPOOL = "document_spool", "A4打印队列", "spool of documents"
    TEMPORARY_FILES = "temporary_files", "临时文件", "temporary files"
    ATTACHMENTS = "attachments", "未提交的材料", "papers that were not handed in"
    DRAFTS = "drafts", "草稿密钥", "key of the drafts"
    PREFERENCES = "preferences", "语言、音量和辅助设置", "language, volume and aids"
    PROVINCE_SESSION = "province_session", "省平台登录", "sign-in at the province"


class WipeOutcome(Coded):
    """What became of one part. ``unknown`` is never counted as done."""

    DONE = "done", "已清除", "cleared"
    FAILED = "failed", "未能清除", "not cleared"
    UNKNOWN = "unknown", "未能确认", "not confirmed"
    NOT_APPLICABLE = "not_applicable", "不涉及", "nothing to clear"


class Remedy(Coded):
    """What made sure of it that a session left nothing in memory, where its own wipe did not."""

    NONE = "none", "无需补救", "none needed"
    PROCESS_REPLACED = "process_replaced", "已更换程序进程", "the process was replaced"
    PROCESS_ENDED = "process_ended", "原进程已结束", "the process had ended"
    MACHINE_RESTARTED = "machine_restarted", "整机已重启", "the machine was restarted"
    OUT_OF_SERVICE = "out_of_service", "已停止服务", "the terminal serves nobody"


class Outcome(Coded):
    """The platform's answer to one event of a batch."""

    STORED = "stored", "已入库", "stored"
    DUPLICATE = "duplicate", "重复（已入库）", "already stored"
    REFUSED = "refused", "拒收", "refused"
    RETRY = "retry", "请重试", "try again"
    WAITS_FOR = "waits_for", "等待前序事件", "waits for another event"


class CommandVerb(Coded):
    """What the platform may ask of a terminal. Nothing else is ever carried out."""

    REPORT_STATUS = "report_status", "上报状态", "report the status"
    REFRESH_ITEMS = "refresh_items", "更新事项", "fetch the matters"
    STOP_SERVICE = "stop_service", "计划停机", "planned stop"
    RESUME_SERVICE = "resume_service", "恢复服务", "resume service"
    DISABLE_ITEM = "disable_item", "暂停事项", "suspend a matter"
    ENABLE_ITEM = "enable_item", "恢复事项", "resume a matter"
    TEST_PRINT = "test_print", "打印测试条", "print a test slip"
    RESEND_SET_ASIDE = "resend_set_aside", "重发搁置事件", "send set-aside events again"
    RENEW_CERTIFICATE = "renew_certificate", "证书续期", "renew the certificate"
    RESTART = "restart", "重启程序", "restart the program"
    SCREENSHOT = "screenshot", "查看屏幕（不含个人信息）", "look at the screen, without the person"


class CommandOutcome(Coded):
    """What came of a command. ``expired`` and ``refused`` say that nothing was done."""

    DONE = "done", "已执行", "done"
    REFUSED = "refused", "不予执行", "refused"
    FAILED = "failed", "未能执行", "failed"
    EXPIRED = "expired", "已过期限", "expired"


class Sensitivity(Coded):
    """How much a field says of a person (GB/T 45574-2025)."""

    OPEN = "open", "一般", "open"
    PERSONAL = "personal", "个人信息", "personal information"
    SENSITIVE = "sensitive", "敏感个人信息", "sensitive personal information"


class Finish(Coded):
    """What a terminal can do for a matter."""

    HERE = "finish_here", "现在就能办完", "can be finished here now"
    START = "start_here", "在这里开始", "can be started here"
    NOT_HERE = "not_here", "本机办不了", "cannot be done here"


class PlaceKind(Coded):
    """Where a matter can be done."""

    TERMINAL = "terminal", "自助终端", "self-service terminal"
    WINDOW = "window", "人工窗口", "staffed window"


class QueryOutcome(Coded):
    """What a query came to."""

    FOUND = "found", "已查到", "found"
    NOTHING = "nothing", "没有记录", "no record"
    REFUSED = "refused", "不能查询", "refused"
