"""Slips of synthetic citizens, as the application makes them, in both languages."""

from __future__ import annotations

from drivers.receipt_printer.device import (
    Block,
    Heading,
    LargeNumber,
    Pair,
    Paragraph,
    QrCode,
    Rule,
    Slip,
    SmallPrint,
)

JOB_ID = "5b1f0c52-8a3e-4d0f-9f60-2f1c7f4f3a11"
QR_PAYLOAD = "https://zwfw.example.gov.cn/r/42017000386?k=7Qm2xV9c"

CHINESE: tuple[Block, ...] = (
    Heading("提交凭条"),
    Paragraph("居住证签注"),
    LargeNumber("凭条号", "42017000386"),
    Rule(),
    Pair("状态", "已提交"),
    Pair("申请人", "欧*"),
    Pair("提交时间", "2026年11月21日 10:10"),
    Pair("地点", "武汉市江汉区政务服务中心一楼大厅（24小时自助区）"),
    Pair("终端", "42017"),
    Rule(),
    Heading("接下来"),
    Paragraph("11月28日前，办理结果会用短信告诉您。"),
    Paragraph("到时没有收到，请拨打12345，说出上面的凭条号。"),
    QrCode(QR_PAYLOAD, "扫码查看办理进度"),
    Rule(),
    SmallPrint("办件编号 420103-20261121-000386-1。本凭条只证明已经提交，不是受理通知书。扫码可以核对真伪。"),
)

ENGLISH: tuple[Block, ...] = (
    Heading("Submission slip"),
    Paragraph("Residence permit endorsement"),
    LargeNumber("Slip number", "42017000386"),
    Rule(),
    Pair("State", "Submitted"),
    Pair("Applicant", "欧*"),
    Pair("Submitted", "21 Nov 2026, 10:10"),
    Pair("Place", "Jianghan Government Service Centre, ground floor (24-hour area)"),
    Pair("Terminal", "42017"),
    Rule(),
    Heading("What happens next"),
    Paragraph("We will text you the outcome by 28 November."),
    Paragraph("If you hear nothing by then, call 12345 and give the slip number above."),
    QrCode(QR_PAYLOAD, "Scan to see how it is going"),
    Rule(),
    SmallPrint(
        "Case number 420103-20261121-000386-1. This slip proves that you submitted, not that the authority "
        "has accepted. Scan the code to check that the slip is genuine."
    ),
)


def chinese_slip(*, job_id: str = JOB_ID, large_print: bool = False, copy: bool = False) -> Slip:
    return Slip(job_id, CHINESE, large_print=large_print, copy=copy)


def english_slip(*, job_id: str = JOB_ID, large_print: bool = False) -> Slip:
    return Slip(job_id, ENGLISH, large_print=large_print)
