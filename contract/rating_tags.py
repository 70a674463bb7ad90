"""The tags of a rating: the national default set of evalDetail codes, with its words.

Sets are versioned centrally and never added to or removed from locally. The first figure of a code is the
level of the interfaces in use (5 = very satisfied), which is why it is kept apart from our own words for
levels (GB/T 39046-2020 A.8 numbers them the other way).
"""

from __future__ import annotations

from contract.sets import Coded, Satisfaction

TAG_SET = "national-2020"
MOST_TAGS = 8


class RatingTag(Coded):
    """One tag; the words are the nation's, not ours."""

    TAG_510 = "510", "一窗受理一次办结", "One window, done in one go"
    TAG_511 = "511", "可以先受理后补材料", "Taken first, papers later"
    TAG_512 = "512", "不用提交证明", "No certificates needed"
    TAG_513 = "513", "可以全程网上办理", "All of it online"
    TAG_514 = "514", "可以使用手机办理", "Can be done on a phone"
    TAG_515 = "515", "可以就近办理", "Can be done nearby"
    TAG_516 = "516", "无需材料直接办理", "No papers needed at all"
    TAG_517 = "517", "服务热情效率高", "Friendly and quick"
    TAG_406 = "406", "填写一张表单就可完成申报", "One form was enough"
    TAG_407 = "407", "在线提交材料窗口核验", "Papers sent online, checked at the window"
    TAG_408 = "408", "一张清单告知全部申报材料", "One list named all papers"
    TAG_409 = "409", "用告知承诺减免申报材料", "A declaration replaced papers"
    TAG_410 = "410", "可以在线预约办理", "Can be booked online"
    TAG_411 = "411", "跑大厅一次办完", "One visit to the hall was enough"
    TAG_412 = "412", "可以使用自助机办理", "Can be done at a machine"
    TAG_413 = "413", "服务态度较好", "Fairly friendly"
    TAG_307 = "307", "一次性告知需要补正的材料", "Told at once of all that was missing"
    TAG_308 = "308", "提供申报材料样本", "Samples of papers were given"
    TAG_309 = "309", "在承诺的时间内办结", "Done in the promised time"
    TAG_310 = "310", "办事指南指引准确", "The guide was accurate"
    TAG_311 = "311", "按办事指南要求的材料即可办理", "The papers in the guide were enough"
    TAG_312 = "312", "可以快递送达", "Delivered by courier"
    TAG_313 = "313", "跑动次数与承诺的一致", "As many visits as promised"
    TAG_314 = "314", "服务态度一般", "Manner was average"
    TAG_207 = "207", "没有提供材料样本", "No samples of papers"
    TAG_208 = "208", "没有提供材料清单", "No list of papers"
    TAG_209 = "209", "未在承诺时间内办结", "Not done in the promised time"
    TAG_210 = "210", "同样内容的证明材料被要求多次提交", "Asked for the same paper more than once"
    TAG_211 = "211", "承诺网办但无法在线办理", "Promised online, but not possible"
    TAG_212 = "212", "在线预约办理后到实体大厅重复取号排队", "Booked online, queued again in the hall"
    TAG_213 = "213", "窗口人员业务不熟练", "Staff did not know the matter well"
    TAG_214 = "214", "服务态度生硬", "Manner was stiff"
    TAG_108 = "108", "在办事指南之外增加新的审批条件", "New conditions beyond the guide"
    TAG_109 = "109", "需提供办事指南之外的申报材料", "Papers asked for beyond the guide"
    TAG_110 = "110", "无理由超过法定办理时间", "Past the legal time without a reason"
    TAG_111 = "111", "办事指南提供样本有错", "The guide's sample was wrong"
    TAG_112 = "112", "承诺在线收取申报材料实际无法收取", "Online papers promised, not possible"
    TAG_113 = "113", "多头跑窗口和部门", "Sent from window to window"
    TAG_114 = "114", "跑动次数与承诺的不一致", "More visits than promised"
    TAG_115 = "115", "服务态度差效率低", "Unfriendly and slow"


_OF = {
    Satisfaction.VERY_SATISFIED: range(510, 518),
    Satisfaction.SATISFIED: range(406, 414),
    Satisfaction.NEUTRAL: range(307, 315),
    Satisfaction.DISSATISFIED: range(207, 215),
    Satisfaction.VERY_DISSATISFIED: range(108, 116),
}


def tags_of(level: Satisfaction) -> tuple[str, ...]:
    """The codes offered for a level, in the order of the national set."""
    return tuple(str(code) for code in _OF[level])
