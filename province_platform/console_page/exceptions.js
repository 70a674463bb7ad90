// What needs somebody, out of the summary: the worst first, then the newest.

import { device, say, span } from "./words.js";

const BAD = {
  fault: ["stop", "x_fault"], partly_unavailable: ["attention", "x_partly"], warning: ["attention", "x_warning"],
};
const NOTABLE = {
  wipe_not_clean: ["stop", "x_wipe"], poor_rating: ["attention", "x_poor"],
};

/** Rows of {key, level, title, what, terminal, when, open, care}; `open` is the question to /console/events, and
 * `care` is the undelivered case that is opened instead. */
export function exceptions(summary, streamName) {
  const rows = [];
  const names = new Map(summary.terminals.map((each) => [each.terminal_id, each.name]));
  const row = (level, key, title, what, terminal, when, open, care = null) =>
    rows.push({ level, key, title, what, terminal: names.get(terminal) ?? terminal ?? "", when, open, care });

  for (const each of summary.terminals) {
    const open = { terminal_id: each.terminal_id, stream: "status" };
    if (each.state === "offline") {
      const what = say("x_offline_what", { time: span(each.silent_s), limit: span(summary.offline_after_s) });
      row("stop", `offline ${each.terminal_id}`, say("x_offline"), what, each.terminal_id, each.last_heard_at, open);
    } else if (BAD[each.state]) {
      const [level, title] = BAD[each.state];
      const lost = each.status.capabilities_lost;
      const worst = each.status.worst_device ? device(each.status.worst_device) : "";
      const what = worst || (lost.length ? say("lost_capabilities", { list: lost.join("、") }) : "");
      row(level, `state ${each.terminal_id}`, say(title), what, each.terminal_id, each.status_at, open);
    }
    if (each.status?.queue.set_aside) {
      const what = say("x_set_aside_what", { n: each.status.queue.set_aside });
      row("attention", `aside ${each.terminal_id}`, say("x_set_aside"), what, each.terminal_id, each.status_at, open);
    }
  }
  for (const each of summary.alarms.filter((one) => one.code !== "RECO-001")) {
    const what = [each.code, each.device && device(each.device)].filter(Boolean).join(" · ");
    row("attention", `alarm ${each.alarm_id}`, say("x_alarm"), what, each.terminal_id, each.since, { terminal_id: each.terminal_id, stream: "alarm" });
  }
  for (const each of summary.undelivered) {
    const what = [each.owner, say("x_undelivered_by", { day: each.deadline }), each.taken_up_by].filter(Boolean).join(" · ");
    row(each.state === "open" ? "stop" : "attention", `undelivered ${each.case_id}`, say("x_undelivered"), what, each.terminal_id, each.opened_at, { subject: `case/${each.case_id}` }, each);
  }
  for (const each of summary.differences) {
    const what = say("x_differs_what", { stream: streamName(each.stream), first: each.first, last: each.last, held: each.held, stated: each.counted });
    row("stop", `differs ${each.alarm_id}`, say("x_differs"), what, each.terminal_id, each.received_at, { terminal_id: each.terminal_id, stream: each.stream });
  }
  for (const each of summary.notable.filter((one) => NOTABLE[one.notable])) {
    const [level, title] = NOTABLE[each.notable];
    const what = each.notable === "poor_rating" ? "" : say(`${title}_what`);
    row(level, `notable ${each.position}`, say(title), what, each.terminal_id, each.received_at, { subject: each.subject, notable: each.notable });
  }
  for (const each of summary.gaps) {
    const what = say(each.store_replaced ? "x_gap_lost" : "x_gap_what", { stream: streamName(each.stream), first: each.first, last: each.last });
    row("attention", `gap ${each.store_id} ${each.stream} ${each.first}`, say("x_gap"), what, each.terminal_id, each.since, { terminal_id: each.terminal_id, stream: each.stream });
  }
  if (summary.conflicts) row("attention", "conflicts", say("x_conflict"), say("x_conflict_what", { n: summary.conflicts }), "", null, { repeated: true });
  if (summary.refused) row("attention", "refused", say("x_refused"), say("x_refused_what", { n: summary.refused }), "", null, { refused: true });
  const weight = { stop: 0, attention: 1 };
  return rows.sort((one, other) => weight[one.level] - weight[other.level] || (other.when ?? "").localeCompare(one.when ?? ""));
}
