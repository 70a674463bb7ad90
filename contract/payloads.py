"""The payload of each stream. In clear stands only what routing, counting and the data standard need."""

from __future__ import annotations

from typing import Annotated

import msgspec

from contract.fields import (
    REGION_PATTERN,
    day,
    day_or_empty,
    identifier,
    moment,
    named,
    real,
    rows,
    text,
    whole,
)
from contract.items import LocalText
from contract.places import MOST_MATTERS, MatterReport
from contract.sets import (
    Assurance,
    CaseState,
    CommandOutcome,
    CoordinateSource,
    DeviceHealth,
    Drift,
    ItemKind,
    LifeCycle,
    Network,
    ReferenceSystem,
    Relation,
    Satisfaction,
    ServiceKind,
    ServiceOutcome,
    SiteKind,
    Stream,
    SubjectKind,
    TerminalState,
)

LARGEST_PICTURE = 180_000
"""Characters of a picture in a result: an event has 256 KiB at the most."""


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """Unknown fields are ignored: a newer terminal may say more than an older platform knows."""


class Site(Payload, frozen=True, kw_only=True):
    """点位档案: the place, apart from the machine that stands there (stream ``site``)."""

    site_id: Annotated[str, text("点位编号", 32)]
    name: Annotated[str, text("点位名称", 60)]
    kind: Annotated[SiteKind, named("点位类型")]
    organisation: Annotated[str, text("主管单位", 60)]
    organisation_code: Annotated[
        str, text("主管单位统一社会信用代码", 18, "GB 32100-2015; empty when unknown")
    ] = ""
    region_code: Annotated[
        str, text("行政区划", 12, "GB/T 2260 padded to 12 figures", pattern=REGION_PATTERN)
    ]
    address: Annotated[str, text("地址", 120)]
    network: Annotated[Network, named("接入网络")]
    opening_hours: Annotated[str, text("开放时间", 60)] = "00:00-24:00"
    keeper: Annotated[str, text("看护单位", 60, "an office, never a person's name")] = ""
    keeper_telephone: Annotated[str, text("看护电话", 20)] = ""
    staffed_window: Annotated[str, text("最近人工窗口", 80)] = ""
    staffed_window_hours: Annotated[str, text("人工窗口时间", 60)] = ""
    life_cycle: Annotated[LifeCycle, named("点位状态")] = LifeCycle.IN_USE


class Position(Payload, frozen=True, kw_only=True):
    """点位: where the terminal stands (stream ``position``)."""

    terminal_id: Annotated[str, text("终端编号", 32)]
    site_id: Annotated[str, text("点位编号", 32)]
    longitude: Annotated[float, real("经度", -180, 180, "degrees, 7 decimals")]
    latitude: Annotated[float, real("纬度", -90, 90, "degrees, 7 decimals")]
    crs: Annotated[ReferenceSystem, named("坐标系", "never converted silently")]
    coordinate_source: Annotated[CoordinateSource, named("坐标来源")]
    accuracy_m: Annotated[float | None, named("精度（米）")] = None
    measured_at: Annotated[str, moment("测定时间")]
    spot: Annotated[str, text("具体位置", 60, "where within the site, such as 一楼东侧24小时自助区")] = ""


class DeviceReport(Payload, frozen=True, kw_only=True):
    """One device within a status event."""

    device: Annotated[str, text("设备", 32, "class of device, such as id_card_reader")]
    health: Annotated[DeviceHealth, named("设备状态")]
    error: Annotated[str, text("错误代码", 8, "AREA-NNN; empty when none")] = ""
    details: Annotated[
        dict[Annotated[str, text("名称", 32)], Annotated[str, text("值", 120)]],
        named("细项", "such as paper: low"),
    ] = {}
    simulated: Annotated[bool, named("演示设备")] = False


class WaitingCase(Payload, frozen=True, kw_only=True):
    """A case that was handed in and that the platform does not have: enough to look after it."""

    case_id: Annotated[str, identifier("办件标识")]
    receipt_number: Annotated[str, text("提交凭条号", 11, pattern=r"^[0-9]{11}$")]
    item_code: Annotated[str, text("事项编号", 64)]
    site_id: Annotated[str, text("点位编号", 32, "where it was handed in")]
    deadline: Annotated[str, day_or_empty("送达期限")] = ""
    hear_by: Annotated[str, day_or_empty("答复期限")] = ""
    call_back: Annotated[bool, named("留有回电号码", "the number itself is sealed in the case")] = False
    set_aside: Annotated[bool, named("已搁置", "refused by the platform: it is not sent by itself")] = False
    code: Annotated[str, text("错误代码", 8, "the last one about it; empty when none")] = ""


class QueueReport(Payload, frozen=True, kw_only=True):
    """How much waits on the terminal."""

    depth: Annotated[int, whole("待上报数")] = 0
    oldest_s: Annotated[int, whole("最久等待（秒）")] = 0
    set_aside: Annotated[int, whole("搁置数")] = 0
    cases_waiting: Annotated[int, whole("未送达办件数", 0, None, "set aside or waiting")] = 0
    earliest_deadline: Annotated[str, day_or_empty("最早送达期限")] = ""
    cases: Annotated[list[WaitingCase], rows("未送达办件", 20, "those due first")] = []


class MachineReport(Payload, frozen=True, kw_only=True):
    """How the machine itself is. What it does not say is absent, and never 0."""

    memory_total_mb: Annotated[int | None, named("内存总量（MB）")] = None
    memory_available_mb: Annotated[int | None, named("可用内存（MB）")] = None
    load_1m: Annotated[float | None, named("1分钟负载")] = None
    processors: Annotated[int | None, named("处理器数")] = None
    temperature_c: Annotated[float | None, named("温度（℃）", "of the hottest zone")] = None
    disk_total_mb: Annotated[int | None, named("磁盘总量（MB）")] = None


class BackEndReport(Payload, frozen=True, kw_only=True):
    """Whether a service of the province answers; one that was never called is not listed."""

    name: Annotated[str, text("服务", 32, "name of the operation, such as query")]
    reachable: Annotated[bool, named("能否连上")]
    since: Annotated[str, moment("起始时间")]
    error: Annotated[str, text("错误代码", 8, "why not; empty when it answers")] = ""


class JobReport(Payload, frozen=True, kw_only=True):
    """Periodic work: when it ended last."""

    name: Annotated[str, text("任务", 32)]
    age_s: Annotated[int | None, named("距上次完成（秒）", "absent when it has not ended once")] = None
    ok: Annotated[bool, named("上次是否成功")] = True


class DriftReport(Payload, frozen=True, kw_only=True):
    """How far the terminal is, by satellites, from where it was measured to stand."""

    state: Annotated[Drift, named("位移判断")]
    distance_m: Annotated[int | None, named("距离（米）", "absent when it is not known")] = None


class Period(Payload, frozen=True, kw_only=True):
    """The range of superseded status events for which one stands."""

    first_sequence: Annotated[int, whole("起始序号", 1)]
    last_sequence: Annotated[int, whole("终止序号", 1)]


class Status(Payload, frozen=True, kw_only=True):
    """运行状态 (stream ``status``)."""

    terminal_id: Annotated[str, text("终端编号", 32)]
    state: Annotated[TerminalState, named("运行状态")]
    worst_device: Annotated[str, text("最差设备", 32)] = ""
    capabilities_lost: Annotated[list[Annotated[str, text("能力", 32)]], rows("丧失能力", 32)] = []
    devices: Annotated[list[DeviceReport], rows("设备", 32)] = []
    queue: Annotated[QueueReport, named("上报队列")] = QueueReport()
    application_version: Annotated[str, text("软件版本", 32)] = ""
    item_batch: Annotated[str, text("事项批次", 64)] = ""
    uptime_s: Annotated[int, whole("运行时长（秒）")] = 0
    disk_free_mb: Annotated[int, whole("磁盘余量（MB）")] = 0
    counters: Annotated[
        dict[Annotated[str, text("名称", 64)], int], named("计数", "wear and faults, by name")
    ] = {}
    demonstration: Annotated[bool, named("演示")] = False
    machine: Annotated[MachineReport, named("机器")] = MachineReport()
    back_ends: Annotated[list[BackEndReport], rows("省平台服务", 32)] = []
    jobs: Annotated[list[JobReport], rows("定时任务", 32)] = []
    clock_offset_s: Annotated[
        float | None, named("时钟偏差（秒）", "platform's time less the wall clock; absent when not known")
    ] = None
    drift: Annotated[DriftReport | None, named("位移")] = None
    matters: Annotated[
        list[MatterReport], rows("事项可办情况", MOST_MATTERS, "with a line to the province")
    ] = []
    period: Annotated[Period | None, named("合并区间", "set when it stands for superseded events")] = None


class CardProof(Payload, frozen=True, kw_only=True):
    """That a card answered this terminal's reader: what offline hand-ins carry instead of a session."""

    sam_number: Annotated[str, text("安全模块号", 64)]
    read_at: Annotated[str, moment("读卡时间")]
    signature: Annotated[str, text("终端签名", 1024, "detached JWS by the terminal, see contract.signing")]


class Actor(Payload, frozen=True, kw_only=True):
    """Who stands here, and how that was proved. A person is ``subject_ref``, never in clear."""

    assurance: Annotated[Assurance, named("核验等级")]
    subject_ref: Annotated[
        str, text("人员标识", 64, "HMAC under the province's key; empty when not yet known")
    ] = ""
    province_session: Annotated[str, text("省平台会话", 36)] = ""
    proof: Annotated[CardProof | None, named("读卡证明")] = None


class Subject(Payload, frozen=True, kw_only=True):
    """Whose matter it is."""

    kind: Annotated[SubjectKind, named("对象类型")]
    subject_ref: Annotated[str, text("对象标识", 64)] = ""


class Attachment(Payload, frozen=True, kw_only=True):
    """A file of the case, by the digest of its sealed bytes."""

    digest: Annotated[
        str, text("密文摘要", 71, "sha-256 of the sealed bytes", pattern=r"^sha256:[0-9a-f]{64}$")
    ]
    media_type: Annotated[str, text("类型", 64)]
    size: Annotated[int, whole("字节数", 1)]
    name: Annotated[str, text("材料名称", 60, "of the material, never of the file")]


class Case(Payload, frozen=True, kw_only=True):
    """办件 (stream ``case``): the submission itself; its answer carries the case number.

    A query is a case too.
    """

    case_id: Annotated[str, identifier("办件标识", "made on the terminal; the idempotency key")]
    receipt_number: Annotated[
        str, text("提交凭条号", 11, "5 of the terminal, 6 running", pattern=r"^[0-9]{11}$")
    ]
    terminal_id: Annotated[str, text("终端编号", 32)]
    site_id: Annotated[str, text("点位编号", 32)]
    region_code: Annotated[str, text("行政区划", 12, pattern=REGION_PATTERN)]
    item_code: Annotated[str, text("事项编号", 64)]
    item_version: Annotated[int, whole("事项版本", 1)]
    item_batch: Annotated[str, text("事项批次", 64)]
    task_code: Annotated[str, text("实施编码", 50, "31 characters in use; GB/T 39554.1")]
    handle_code: Annotated[str, text("业务办理项编码", 50, "33 characters in use")] = ""
    kind: Annotated[ItemKind, named("办件方式")]
    channel: Annotated[str, text("申报来源", 32, "always self_service_terminal")] = "self_service_terminal"
    state: Annotated[CaseState, named("办件状态")]
    actor: Annotated[Actor, named("办理人")]
    subject: Annotated[Subject, named("申请对象")]
    relation: Annotated[Relation, named("代办关系")] = Relation.SELF
    relation_proof: Annotated[
        str, text("代办证明", 128, "id of the delegation, see contract.delegation; empty in person")
    ] = ""
    submitted_at: Annotated[str, moment("提交时间")]
    offline: Annotated[bool, named("离线提交")] = False
    hear_by: Annotated[str, day_or_empty("答复期限", "the day by which the citizen hears")] = ""
    deadline: Annotated[str, day_or_empty("送达期限", "not delivered by then: case.undelivered")] = ""
    call_back: Annotated[bool, named("留有回电号码", "the number itself is sealed")] = False
    notice_version: Annotated[str, text("告知书版本", 32)]
    attachments: Annotated[list[Attachment], rows("材料", 32)] = []
    sealed: Annotated[str, text("密封内容", 200_000, "JWE compact (RFC 7516) to the province's key")] = ""


class UndeliveredCase(Payload, frozen=True, kw_only=True):
    """A case that was not delivered by its date (type ``case.undelivered``): somebody now owns it."""

    case_id: Annotated[str, identifier("办件标识")]
    owner: Annotated[str, text("责任单位", 60)]
    deadline: Annotated[str, day("处理期限")]
    reason: Annotated[str, text("原因", 120)]


class Service(Payload, frozen=True, kw_only=True):
    """One act of handling within a case (stream ``service``); a rating attaches to (case_id, service_no)."""

    service_id: Annotated[str, identifier("办理环节标识")]
    case_id: Annotated[str, identifier("办件标识")]
    service_no: Annotated[int, whole("服务次数", 1, 99)]
    kind: Annotated[ServiceKind, named("环节")]
    outcome: Annotated[ServiceOutcome, named("结果")]
    started_at: Annotated[str, moment("开始时间")]
    ended_at: Annotated[str, moment("结束时间")]
    error: Annotated[str, text("错误代码", 8)] = ""


class Rating(Payload, frozen=True, kw_only=True):
    """服务评价 (stream ``rating``). Only ever what a person chose; skipping sends nothing."""

    rating_id: Annotated[str, identifier("评价标识")]
    case_id: Annotated[str, identifier("办件标识")]
    service_id: Annotated[str, identifier("办理环节标识")]
    service_no: Annotated[int, whole("服务次数", 1, 99)]
    level: Annotated[Satisfaction, named("满意度")]
    tags: Annotated[
        list[Annotated[str, text("标签代码", 8)]],
        rows("评价标签", 8, "codes of the national set (evalDetail): contract/rating_tags.py"),
    ] = []
    tag_set: Annotated[str, text("标签版本", 32)] = "national-2020"
    assess_number: Annotated[int, whole("评价次数", 1, 2)] = 1
    channel: Annotated[str, text("评价渠道", 32, "always self_service_terminal")] = "self_service_terminal"
    rated_at: Annotated[str, moment("评价时间")]


class Alarm(Payload, frozen=True, kw_only=True):
    """告警 (stream ``alarm``): opens and closes under one id."""

    alarm_id: Annotated[str, identifier("告警标识")]
    terminal_id: Annotated[str, text("终端编号", 32)]
    code: Annotated[str, text("错误代码", 8)]
    open: Annotated[bool, named("是否开启")]
    device: Annotated[str, text("设备", 32)] = ""
    since: Annotated[str, moment("起始时间")]
    details: Annotated[
        dict[Annotated[str, text("名称", 32)], Annotated[str, text("值", 120)]],
        named("细项", "such as step_s: -7200"),
    ] = {}


class AuditSegment(Payload, frozen=True, kw_only=True):
    """审计 (stream ``audit``): the head of the keyed chain, anchored off the box."""

    chain_id: Annotated[str, identifier("审计链标识")]
    first_entry: Annotated[int, whole("起始条目", 1)]
    last_entry: Annotated[int, whole("终止条目", 1)]
    head: Annotated[str, text("链头", 128, "keyed digest of the last entry")]


class CommandResult(Payload, frozen=True, kw_only=True):
    """What came of a command of the platform (type ``command.result``); one for each command."""

    command_id: Annotated[str, identifier("指令编号")]
    terminal_id: Annotated[str, text("终端编号", 32)]
    outcome: Annotated[CommandOutcome, named("执行结果")]
    code: Annotated[str, text("错误代码", 8, "AREA-NNN; empty when it was done")] = ""
    explanation: Annotated[LocalText | None, named("说明", "what was done, or why not")] = None
    picture: Annotated[
        str, text("屏幕图像", LARGEST_PICTURE, "JPEG in Base64, drawn without the person; else empty")
    ] = ""


class Reconciliation(Payload, frozen=True, kw_only=True):
    """对账单 (type ``audit.reconciliation``): what the terminal holds as delivered in a stretch of a stream.

    The epoch is the ``storeid`` of the envelope. Everything in the stretch is settled: delivered, set aside,
    or superseded by a later event that names its range. It travels in the stream ``audit``, because it is a
    record about records: it needs no sequence of its own, and the next statement about ``audit`` covers it.
    """

    terminal_id: Annotated[str, text("终端编号", 32)]
    stream: Annotated[Stream, named("所对的流")]
    first_sequence: Annotated[int, whole("起始序号", 1)]
    last_sequence: Annotated[int, whole("终止序号", 1)]
    count: Annotated[int, whole("已送达条数")]
    digest: Annotated[
        str,
        text("摘要", 71, "see contract.reconciliation.stretch_digest", pattern=r"^sha256:[0-9a-f]{64}$"),
    ]
    set_aside: Annotated[
        list[Annotated[int, whole("序号", 1)]],
        rows("搁置的序号", 2000, "refused by the platform; still on the terminal"),
    ] = []
    cut_at: Annotated[str, moment("截止时间")]
