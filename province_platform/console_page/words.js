// What the console says, in both languages. The words of closed sets come from the contract, by /console/words.

const ZH = {
  title: "店小二 · 省平台", subtitle: "参考平台 · 运行监看", china_time: "北京时间", skip: "跳到需要处理的事",
  telephone: "手机", window: "窗口", blocks: "停用名单", keys: "快捷键", close: "关闭", language: "English", theme_light: "浅色", theme_dark: "深色",
  live: "实时", lost: "连接中断，正在重连", last: "最后更新 {time}",
  exceptions: "需要处理", nothing_wrong: "现在没有需要处理的事。",
  places: "点位", schematic: "示意图，不代表地理位置和边界", no_terminal: "无终端",
  terminals: "终端", filter: "筛选终端", filter_hint: "筛选：名称、点位、设备  /", no_match: "没有符合的终端。",
  no_terminals: "还没有登记过的终端。",
  cases: "办件", no_cases: "还没有办件。", ratings: "服务评价", no_ratings: "还没有评价。",
  faults: "故障开关", faults_hint: "演练用，仅作用于终端侧",
  name: "名称", site: "点位", region: "地区", state: "状态", worst: "最差设备", queue: "待上报", heard: "最近联系",
  demo: "演示", never: "从未", items: "事项批次", items_more: "{n} 项", set_aside: "搁置 {n}",
  f_terminals: "终端", f_terminals_more: "{good} 正常 · {bad} 异常 · {off} 离线",
  f_cases: "办件", f_cases_more: "{n} 件离线提交", f_services: "办理环节", f_ratings: "评价", f_ratings_more: "{n} 条差评",
  f_reports: "上报", f_reports_more: "状态 {status} · 点位 {position} · 档案 {site}", f_others: "其他事件", f_others_more: "告警 {alarm} · 会话 {session} · 审计 {audit}",
  f_duplicates: "重复", f_duplicates_more: "内容不一致 {n}", f_refused: "拒收", f_refused_more: "已记录原因", f_gaps: "缺口", f_gaps_more: "序号未到",
  latency: "发生到入库 中位 {p50}", offline_tag: "离线提交",
  t_seconds: "{n} 秒", t_minutes: "{n} 分", t_hours: "{n} 小时", t_days: "{n} 天", ago: "{time}前", now: "刚刚",
  x_offline: "终端离线", x_offline_what: "{time}没有联系，已超过 {limit}", x_fault: "终端故障", x_partly: "部分不可用", x_warning: "预警",
  x_alarm: "告警未关闭", x_wipe: "清除不干净", x_wipe_what: "会话结束后内存里仍有个人信息", x_undelivered: "办件逾期未送达",
  c_owner: "责任单位", c_deadline: "期限", c_receipt: "凭条号", c_matter: "事项", c_call_back: "回电", c_call_back_left: "留有号码（在办件密封内容里）", c_taken_up: "接手", c_by: "窗口或单位（不写人名）", c_note: "怎么办的（了结时必填）", c_take_up: "接手", c_close: "了结",
  x_undelivered_by: "期限 {day}", x_differs: "对账不一致", x_differs_what: "{stream} 第 {first}–{last} 号：终端报 {stated} 条，平台有 {held} 条",
  x_poor: "差评待回访", x_gap: "事件缺口", x_gap_what: "{stream} 第 {first}–{last} 号未到", x_gap_lost: "{stream} 第 {first}–{last} 号未到，存储已更换",
  x_conflict: "同号事件内容不一致", x_conflict_what: "{n} 条，以先到的为准", x_refused: "拒收的事件", x_refused_what: "{n} 条，请看原因", x_set_aside: "终端有搁置的事件", x_set_aside_what: "{n} 条被搁置",
  lost_capabilities: "不可用：{list}",
  s_refuse: "拒绝连接", s_refuse_what: "不再监听，断开已有连接", s_slow_ms: "响应缓慢", s_slow_ms_what: "每次调用等 5 秒",
  s_error_500: "返回 500", s_error_500_what: "每次调用都答 HTML 错误页", s_drop_answer_after_commit: "入库后断开", s_drop_answer_after_commit_what: "下一批入库后不答复", s_face_service_down: "刷脸服务停", s_face_service_down_what: "比对一律答不可用",
  commands: "指令", c_verb: "指令", c_item: "事项编号", c_reason: "原因（给群众看）", c_give: "下达", c_given: "已下达。", c_none: "还没有下达过指令。", c_waits: "等终端来取", c_handed_out: "{time} 终端已取走", c_nobody: "过了期限，终端没来取", c_screen: "终端屏幕，不含个人信息",
  on: "开", off: "关", enrol: "登记新终端", make_code: "生成登记码", code_hint: "24小时内有效，只能用一次。", slip: "核验凭条", slip_code: "扫凭条上的二维码", slip_look: "核验", slip_number: "凭条号", slip_issued: "出具时间", case_number: "办件编号", hear_by: "答复期限", publish: "发布", publish_file: "一个批次，或一个事项（JSON 文件）", published: "已发布：{batch}", faults_on: "故障开关已打开：{list}",
  e_time: "收到时间", e_occurred: "发生时间", e_rebuilt: "（推算）", e_unknown: "不详", e_stream: "类别", e_terminal: "终端", e_subject: "主题", e_content: "内容", e_show: "展开", e_repeats: "重复", e_code: "代码", e_reason: "原因", e_none: "没有事件。", e_newest: "最近 {n} 条",
  k_filter: "筛选终端", k_exceptions: "需要处理的事", k_terminals: "终端", k_cases: "办件", k_ratings: "评价", k_theme: "浅色 / 深色", k_close: "关闭", k_move: "在列表中移动",
};

const EN = {
  title: "Dianxiaoer · Province platform", subtitle: "Reference platform · operations", china_time: "China time", skip: "Skip to what needs attention",
  telephone: "Telephone", window: "Window", blocks: "Block list", keys: "Keys", close: "Close", language: "中文", theme_light: "Light", theme_dark: "Dark",
  live: "Live", lost: "Connection lost, trying again", last: "Last update {time}",
  exceptions: "Needs attention", nothing_wrong: "Nothing needs attention now.",
  places: "Places", schematic: "A scheme, not a map", no_terminal: "no terminal",
  terminals: "Terminals", filter: "Filter terminals", filter_hint: "Filter: name, site, device  /", no_match: "No terminal fits.",
  no_terminals: "No terminal has enrolled yet.",
  cases: "Cases", no_cases: "No cases yet.", ratings: "Ratings", no_ratings: "No ratings yet.",
  faults: "Fault switches", faults_hint: "For drills only",
  name: "Name", site: "Site", region: "Region", state: "State", worst: "Worst device", queue: "Waiting", heard: "Last heard",
  demo: "demo", never: "never", items: "Item batch", items_more: "{n} items", set_aside: "{n} set aside",
  f_terminals: "Terminals", f_terminals_more: "{good} normal · {bad} not · {off} offline",
  f_cases: "Cases", f_cases_more: "{n} handed in offline", f_services: "Acts of handling", f_ratings: "Ratings", f_ratings_more: "{n} poor",
  f_reports: "Reports", f_reports_more: "status {status} · position {position} · site {site}", f_others: "Other events", f_others_more: "alarm {alarm} · session {session} · audit {audit}",
  f_duplicates: "Duplicates", f_duplicates_more: "{n} differ in content", f_refused: "Refused", f_refused_more: "see why", f_gaps: "Gaps", f_gaps_more: "not here yet",
  latency: "Median to stored {p50}", offline_tag: "offline",
  t_seconds: "{n} s", t_minutes: "{n} min", t_hours: "{n} h", t_days: "{n} d", ago: "{time} ago", now: "just now",
  x_offline: "Terminal offline", x_offline_what: "Silent for {time}, more than {limit}", x_fault: "Terminal fault", x_partly: "Partly unavailable", x_warning: "Warning",
  x_alarm: "Alarm open", x_wipe: "Wipe not clean", x_wipe_what: "Personal data left in memory after a session", x_undelivered: "Case not delivered in time",
  c_owner: "Owner", c_deadline: "By", c_receipt: "Slip", c_matter: "Matter", c_call_back: "Call back", c_call_back_left: "A number was left (sealed in the case)", c_taken_up: "Taken up by", c_by: "Window or office, no person's name", c_note: "What was done (needed to close)", c_take_up: "Take up", c_close: "Close",
  x_undelivered_by: "by {day}", x_differs: "Reconciliation differs", x_differs_what: "{stream} no. {first}–{last}: the terminal states {stated}, here are {held}",
  x_poor: "Poor rating to follow up", x_gap: "Events missing", x_gap_what: "{stream} no. {first}–{last} not here yet", x_gap_lost: "{stream} no. {first}–{last} missing; the store was replaced since",
  x_conflict: "Same id, other content", x_conflict_what: "{n}; the first one stands", x_refused: "Refused events", x_refused_what: "{n}; see the reasons", x_set_aside: "Events set aside on a terminal", x_set_aside_what: "{n} set aside",
  lost_capabilities: "Lost: {list}",
  s_refuse: "Refuse connections", s_refuse_what: "Stop listening, cut what stands", s_slow_ms: "Answer slowly", s_slow_ms_what: "Each call waits 5 seconds",
  s_error_500: "Answer 500", s_error_500_what: "A page of HTML for every call", s_drop_answer_after_commit: "Cut after commit", s_drop_answer_after_commit_what: "Store the next batch, never answer", s_face_service_down: "Faces down", s_face_service_down_what: "Every comparison: unavailable",
  commands: "Commands", c_verb: "Command", c_item: "Code of the matter", c_reason: "Reason (shown to people)", c_give: "Give", c_given: "Given.", c_none: "No command was given yet.", c_waits: "Waits for the terminal", c_handed_out: "Taken by the terminal at {time}", c_nobody: "Nobody took it before its deadline", c_screen: "Screen of the terminal, without the person",
  on: "On", off: "Off", enrol: "Enrol a terminal", make_code: "Make a code", code_hint: "Good for 24 hours and for one use.", slip: "Check a slip", slip_code: "Scan the slip's QR code", slip_look: "Check", slip_number: "Slip number", slip_issued: "Issued", case_number: "Case number", hear_by: "Answer by", publish: "Publish", publish_file: "A whole batch, or one item (a JSON file)", published: "Published: {batch}", faults_on: "Fault switches are on: {list}",
  e_time: "Received", e_occurred: "Happened", e_rebuilt: " (rebuilt)", e_unknown: "not known", e_stream: "Stream", e_terminal: "Terminal", e_subject: "Subject", e_content: "Content", e_show: "Show", e_repeats: "Repeats", e_code: "Code", e_reason: "Reason", e_none: "No events.", e_newest: "newest {n}",
  k_filter: "Filter terminals", k_exceptions: "What needs attention", k_terminals: "Terminals", k_cases: "Cases", k_ratings: "Ratings", k_theme: "Light / dark", k_close: "Close", k_move: "Move within a list",
};

const DEVICES = {
  id_card_reader: ["身份证阅读器", "ID-card reader"], qr_scanner: ["扫码器", "Code scanner"], camera: ["摄像头", "Camera"],
  receipt_printer: ["凭条打印机", "Receipt printer"], document_printer: ["A4打印机", "A4 printer"], social_security_card: ["社保卡读卡器", "Social-security card reader"],
  keypad: ["密码键盘", "Keypad"], speech: ["语音", "Speech"], cabinet: ["机柜", "Cabinet"], gnss: ["卫星定位", "Satellite receiver"], clock: ["时钟", "Clock"], province: ["省平台连接", "Province"], store: ["本机存储", "Store"],
};

export const language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";
const words = language === "en" ? EN : ZH;

/** The sentence `id` with its values put in. */
export function say(id, values = {}) {
  return words[id].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** The name of a device; its code when there is none. */
export function device(code) {
  const names = DEVICES[code];
  return names ? names[language === "en" ? 1 : 0] : code;
}

/** A text in both languages, as the contract has it. */
export function local(text) {
  return text ? text[language] : "";
}

/** A length of time in the largest unit that fits. */
export function span(seconds) {
  if (seconds < 60) return say("t_seconds", { n: seconds < 10 && seconds % 1 ? seconds.toFixed(1) : Math.round(seconds) });
  if (seconds < 3600) return say("t_minutes", { n: Math.floor(seconds / 60) });
  if (seconds < 86400) return say("t_hours", { n: Math.floor(seconds / 3600) });
  return say("t_days", { n: Math.floor(seconds / 86400) });
}

const TIME = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit" });

/** The time of day in China; with the day in front when it is not today's. */
export function clock(text, today = Date.now()) {
  const moment = new Date(text);
  const day = DAY.format(moment);
  return day === DAY.format(today) ? TIME.format(moment) : `${day} ${TIME.format(moment)}`;
}
