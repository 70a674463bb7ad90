// The console: asks for the summary, draws it, and asks again whenever the platform says that something came.

import { furnishCare, openCare } from "./care.js";
import { drawCommands, furnishCommands, openCommands } from "./commands.js";
import { furnish, giveCommand, showItems, turnSwitch } from "./desk.js";
import { h, mark, replace } from "./drawing.js";
import { exceptions } from "./exceptions.js";
import { open } from "./opened.js";
import { clock, device, language, local, say, span } from "./words.js";

const STATES = ["fault", "offline", "partly_unavailable", "warning", "unknown", "maintenance", "planned_stop", "normal"];
// Column and row of each region: who lies beside whom, not where.
const MAP = {
  4203: [1, 1], 4206: [2, 1], 4213: [3, 1], 4209: [4, 1], 4211: [5, 1],
  429021: [1, 2], 4208: [2, 2], 429006: [3, 2], 4201: [4, 2], 4207: [5, 2],
  4228: [1, 3], 4205: [2, 3], 429005: [3, 3], 429004: [4, 3], 4202: [5, 3],
  4210: [3, 4], 4212: [4, 4],
};
const SWITCHES = { refuse: true, slow_ms: 5000, error_500: true, drop_answer_after_commit: 1, face_service_down: true };
const $ = (id) => document.getElementById(id);
const view = { summary: null, words: null, region: "", filter: "", sort: "severity", down: false, seen: null, at: 0, live: false };

const names = {
  stream: (code) => local(view.words.stream[code]) || code,
  state: (code) => local(view.words.terminal_state[code] ?? view.words.unknown),
  terminal: (id) => view.summary.terminals.find((each) => each.terminal_id === id)?.name ?? id,
  item: (code) => local(view.summary.batch?.items.find((item) => item.code === code)?.title) || code,
  region: (code) => local(view.words.regions[code]) || "",
};

function draw() {
  const fresh = newKeys();
  drawFigures();
  drawExceptions();
  drawMap();
  drawTerminals();
  drawCases(fresh);
  drawRatings(fresh);
  drawSwitches();
  drawCommands(view.summary, view.words);
  drawLink();
}

function newKeys() {
  const keys = [...view.summary.cases.map((each) => each.case_id), ...view.summary.ratings.map((each) => each.rating_id)];
  const fresh = new Set(view.seen ? keys.filter((key) => !view.seen.has(key)) : []);
  view.seen = new Set(keys);
  return fresh;
}

function drawFigures() {
  const { counts, terminals, cases, ratings, duplicates, conflicts, refused, gaps, batch } = view.summary;
  const off = terminals.filter((each) => each.state === "offline").length;
  const good = terminals.filter((each) => each.state === "normal").length;
  const poor = ratings.filter((each) => each.level.endsWith("dissatisfied")).length;
  const missing = gaps.reduce((sum, gap) => sum + gap.last - gap.first + 1, 0);
  const figures = [
    ["f_terminals", terminals.length, say("f_terminals_more", { good, bad: terminals.length - good - off, off }), { stream: "status" }, off > 0],
    ["f_cases", counts.case, say("f_cases_more", { n: cases.filter((each) => each.offline).length }), { stream: "case" }],
    ["f_ratings", counts.rating, say("f_ratings_more", { n: poor }), { stream: "rating" }],
    ["f_reports", counts.status + counts.position + counts.site, say("f_reports_more", counts), { stream: "status,position,site" }],
    ["f_others", counts.alarm + counts.session + counts.audit, say("f_others_more", counts), { stream: "alarm,session,audit" }],
    ["f_duplicates", duplicates, say("f_duplicates_more", { n: conflicts }), { repeated: true }, conflicts > 0],
    ["f_refused", refused, say("f_refused_more"), { refused: true }, refused > 0],
    ["f_gaps", missing, say("f_gaps_more"), toExceptions, missing > 0],
    ["items", batch ? batch.items.length : 0, batch ? batch.batch_id : "", () => showItems(batch)],
  ];
  replace($("figures"), figures.map(([label, value, more, question, attention]) => h("li", {}, h(
    "button",
    { type: "button", "data-key": label, class: attention ? "attention" : "", title: more, click: typeof question === "function" ? question : () => open(say(label), question, names) },
    h("span", { class: "label" }, say(label)), h("span", { class: "value" }, String(value)), h("span", { class: "more" }, more),
  ))));
}

function toExceptions() {
  ($("exceptions-list").querySelector('[data-key^="gap "]') ?? $("exceptions")).focus();
}

function drawExceptions() {
  const rows = exceptions(view.summary, names.stream);
  $("exceptions-count").textContent = rows.length || "";
  replace($("exceptions-list"), rows.length ? rows.map((row) => h("li", {}, h(
    "button", { type: "button", class: row.level, "data-key": row.key, click: () => (row.care ? openCare(row.care, names) : open(row.title, row.open, names)) },
    mark(row.level === "stop" ? "fault" : "warning"), h("b", {}, row.title), h("span", { class: "when" }, row.when ? clock(row.when) : ""),
    h("span", { class: "what" }, [row.terminal, row.what].filter(Boolean).join(" · ")),
  ))) : [h("li", { class: "empty" }, mark("tick", 28), say("nothing_wrong"))]);
}

function worst(terminals) {
  return [...terminals].sort((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state))[0];
}

function drawMap() {
  const tiles = Object.entries(MAP).map(([region, [column, row]]) => {
    const here = view.summary.terminals.filter((each) => each.region === region);
    const bad = here.length ? worst(here) : null;
    const trouble = bad && bad.state !== "normal" ? `${names.state(bad.state)}${bad.status?.worst_device ? ` · ${device(bad.status.worst_device)}` : ""}` : "";
    const pressed = view.region === region;
    const tile = h("li", {}, h(
      "button",
      { type: "button", class: here.length ? "" : "none", title: trouble, "data-key": region, "aria-pressed": String(pressed), click: () => choose(pressed ? "" : region) },
      h("span", { class: "name" }, h("b", {}, names.region(region)), h("span", { class: "soft" }, here.length ? String(here.length) : "")),
      h("span", { class: "dots" }, here.slice(0, 24).map((each) => mark(each.state, 15, `${each.name} ${names.state(each.state)}`))),
      h("span", { class: `worst ${bad && trouble ? bad.state : ""}` }, here.length ? trouble || bad.site?.name : say("no_terminal")),
    ));
    tile.style.gridArea = `${row} / ${column}`;
    return tile;
  });
  const legend = [...STATES].reverse().map((state) => h("li", {}, mark(state, 12), names.state(state)));
  replace($("map"), [...tiles, h("li", { class: "legend" }, h("ul", {}, legend))]);
}

function choose(region) {
  view.region = region;
  draw();
}

const COLUMNS = {
  state: ["state", (each) => STATES.indexOf(each.state)],
  name: ["name", (each) => each.name],
  site: ["site", (each) => `${each.region} ${each.site?.name}`],
  worst: ["worst", (each) => each.status?.worst_device || "~"],
  queue: ["queue", (each) => -(each.status?.queue.depth ?? 0)],
  heard: ["heard", (each) => each.silent_s],
};

function drawTerminals() {
  const wanted = view.filter.trim().toLowerCase();
  const text = (each) => [each.name, each.terminal_id, each.terminal_number, each.site?.name, each.site?.address, names.region(each.region), names.state(each.state), device(each.status?.worst_device ?? "")].join(" ").toLowerCase();
  const rows = view.summary.terminals.filter((each) => (!view.region || each.region === view.region) && (!wanted || text(each).includes(wanted)));
  const key = (COLUMNS[view.sort] ?? COLUMNS.state)[1];
  rows.sort((one, other) => (key(one) > key(other) ? 1 : key(one) < key(other) ? -1 : one.terminal_id.localeCompare(other.terminal_id)));
  if (view.down) rows.reverse();
  $("terminals-count").textContent = rows.length === view.summary.terminals.length ? rows.length : `${rows.length} / ${view.summary.terminals.length}`;
  replace($("terminals-head"), Object.entries(COLUMNS).map(([id, [label]]) => h(
    "th",
    { scope: "col", class: id === "queue" ? "number" : "", "aria-sort": view.sort === id || (view.sort === "severity" && id === "state") ? (view.down ? "descending" : "ascending") : null },
    h("button", { type: "button", "data-key": `sort ${id}`, click: () => sort(id) }, say(label)),
  )));
  replace($("terminals-body"), rows.length ? rows.map(terminalRow) : [h("tr", {}, h("td", { class: "empty", colspan: 6 }, say(view.summary.terminals.length ? "no_match" : "no_terminals")))]);
}

function sort(id) {
  view.down = view.sort === id ? !view.down : false;
  view.sort = id;
  draw();
}

function terminalRow(each) {
  const { status, site } = each;
  const show = () => open(each.name, { terminal_id: each.terminal_id }, names);
  return h("tr", {},
    h("td", {}, h("span", { class: `state ${each.state}` }, mark(each.state), names.state(each.state))),
    h("td", {}, h("span", { class: "main", title: each.name }, h("button", { type: "button", class: "open", "data-key": `terminal ${each.terminal_id}`, click: show }, each.name), " ", status?.demonstration ? h("span", { class: "tag demo" }, say("demo")) : null), h("span", { class: "sub", title: status?.item_batch }, [each.terminal_id, status?.application_version].filter(Boolean).join(" · "))),
    h("td", {}, h("span", { class: "main", title: whereabouts(each) }, site?.name ?? ""), h("span", { class: "sub" }, [names.region(each.region), each.position?.spot || local(view.words.site_kind[site?.kind])].filter(Boolean).join(" · "))),
    h("td", {}, h("span", { class: "main" }, status?.worst_device ? device(status.worst_device) : "—"), deviceError(status)),
    h("td", { class: "number" }, status ? String(status.queue.depth) : "—", status?.queue.set_aside ? h("span", { class: "sub" }, say("set_aside", { n: status.queue.set_aside })) : null),
    h("td", { class: "nowrap" }, each.last_heard_at ? ago(each.silent_s) : say("never")),
  );
}

function whereabouts({ site, position }) {
  const coordinates = position ? `${position.longitude.toFixed(7)}, ${position.latitude.toFixed(7)} (${position.crs})` : "";
  return [site?.address, coordinates].filter(Boolean).join("\n");
}

function deviceError(status) {
  const report = status?.devices.find((each) => each.device === status.worst_device);
  return report ? h("span", { class: "sub" }, [local(view.words.device_health[report.health]), report.error].filter(Boolean).join(" · ")) : null;
}

function ago(seconds) {
  return seconds < 5 ? say("now") : say("ago", { time: span(seconds) });
}

function seconds(row) {
  return Math.max(0, (Date.parse(row.received_at) - Date.parse(row.occurred_at)) / 1000);
}

function drawCases(fresh) {
  const { cases } = view.summary;
  const took = cases.filter((each) => !each.offline).map(seconds).sort((one, other) => one - other);
  $("latency").textContent = took.length ? say("latency", { p50: span(took[Math.floor(took.length / 2)]) }) : "";
  replace($("cases-list"), cases.length ? cases.map((each) => h("li", { class: fresh.has(each.case_id) ? "fresh" : "" }, h(
    "button", { type: "button", "data-key": each.case_id, click: () => open(names.item(each.item_code), { subject: `case/${each.case_id}` }, names) },
    h("b", {}, names.item(each.item_code), " ", each.offline ? h("span", { class: "tag" }, say("offline_tag")) : null), h("span", { class: "when" }, clock(each.received_at)),
    h("span", { class: "from" }, `${names.terminal(each.terminal_id)} · ${local(view.words.case_state[each.state])}`), h("span", { class: "took" }, each.offline ? "" : span(seconds(each))),
    h("span", { class: "no" }, each.case_no),
  ))) : [h("li", { class: "empty" }, say("no_cases"))]);
}

function drawRatings(fresh) {
  const { ratings } = view.summary;
  const levels = Object.entries(view.words.satisfaction);
  $("ratings-hint").textContent = ratings.length || "";
  replace($("levels"), ratings.length ? levels.map(([code, words]) => {
    const number = ratings.filter((each) => each.level === code).length;
    const bar = h("i");
    bar.style.width = `${(100 * number) / ratings.length}%`;
    return h("li", {}, h("span", {}, local(words)), h("span", { class: "bar" }, bar), h("span", { class: "number" }, String(number)));
  }) : []);
  replace($("ratings-list"), ratings.length ? ratings.map((each) => h("li", { class: fresh.has(each.rating_id) ? "fresh" : "" }, h(
    "button", { type: "button", "data-key": each.rating_id, click: () => open(say("ratings"), { subject: `case/${each.case_id}` }, names) },
    h("b", {}, local(view.words.satisfaction[each.level])), h("span", { class: "when" }, clock(each.received_at)),
    h("span", { class: "from" }, `${names.item(each.item_code)} · ${names.terminal(each.terminal_id)}`), h("span", { class: "took" }, each.tags.map((code) => local(view.words.rating_tag[code]) || code).join(" · ")),
  ))) : [h("li", { class: "empty" }, say("no_ratings"))]);
}

function drawSwitches() {
  const { faults } = view.summary;
  const on = Object.keys(SWITCHES).filter((name) => faults[name]);
  $("faults-on").hidden = on.length === 0;
  $("faults-on").textContent = say("faults_on", { list: on.map((name) => say(`s_${name}`)).join(" · ") });
  replace($("switches"), Object.entries(SWITCHES).map(([name, value]) => h("li", {},
    h("span", {}, say(`s_${name}`)), h("small", {}, say(`s_${name}_what`)),
    h("button", { type: "button", role: "switch", "data-key": name, "aria-checked": String(Boolean(faults[name])), "aria-label": say(`s_${name}`), click: () => turn(name, faults[name] ? (typeof value === "number" ? 0 : false) : value) }, say(faults[name] ? "on" : "off")),
  )));
}

async function turn(name, value) {
  await turnSwitch(name, value);
  await refresh();
}

function drawLink() {
  const link = $("link");
  link.className = view.live ? "link" : "link lost";
  const text = view.live ? `${say("live")} · ${say("last", { time: clock(view.summary.time) })}` : say("lost");
  if (link.textContent !== text) link.replaceChildren(mark("link", 14), text);
  $("clock").textContent = clock(new Date().toISOString()).slice(-8, -3);
}

let asking = false;
let again = false;

/** Asks once at a time; who comes meanwhile is served by one more question afterwards. */
async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    do {
      again = false;
      view.summary = await (await fetch("/console/summary")).json();
      draw();
    } while (again);
  } catch { /* the stream says that the connection is lost, and when it is back */ } finally { asking = false; }
}

function watch() {
  const stream = new EventSource("/console/stream");
  for (const kind of ["stored", "changed", "still_there"]) stream.addEventListener(kind, () => refresh());
  stream.onopen = () => { view.live = true; refresh(); };
  stream.onerror = () => { view.live = false; if (view.summary) drawLink(); };
}

const KEYS = { "/": "k_filter", 1: "k_exceptions", 2: "k_terminals", 3: "k_cases", 4: "k_ratings", "↑ ↓": "k_move", t: "k_theme", Esc: "k_close" };

function theme(value) {
  document.documentElement.dataset.theme = value;
  localStorage.setItem("theme", value);
  $("theme").textContent = say(value === "dark" ? "theme_light" : "theme_dark");
}

function otherTheme() {
  theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
}

function step(down) {
  const list = document.activeElement.closest("ol, ul, tbody");
  if (!list) return false;
  const buttons = [...list.querySelectorAll("button")];
  buttons[buttons.indexOf(document.activeElement) + (down ? 1 : -1)]?.focus();
  return true;
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, dialog")) return;
  const first = (id) => ($(id).querySelector("button:not(th button)") ?? $(id)).focus();
  const doing = {
    "/": () => $("filter").focus(), "?": showKeys, t: otherTheme,
    1: () => first("exceptions-list"), 2: () => first("terminals-body"), 3: () => first("cases-list"), 4: () => first("ratings-list"),
    ArrowDown: () => step(true), ArrowUp: () => step(false),
  }[event.key];
  if (doing && doing() !== false) event.preventDefault();
}

function showKeys() {
  $("help-list").replaceChildren(...Object.entries(KEYS).flatMap(([key, meaning]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, say(meaning))]));
  $("help").showModal();
}

async function start() {
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  const chosen = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem("theme");
  theme(chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  $("language").textContent = say("language");
  $("filter").placeholder = say("filter_hint");
  $("language").addEventListener("click", () => { location.search = language === "en" ? "" : "?lang=en"; });
  $("theme").addEventListener("click", otherTheme);
  $("keys").addEventListener("click", showKeys);
  furnish();
  furnishCare();
  furnishCommands(giveCommand, refresh);
  $("commands-open").addEventListener("click", () => view.summary && openCommands(view.summary, view.words));
  $("filter").addEventListener("input", (event) => { view.filter = event.target.value; draw(); });
  document.addEventListener("keydown", pressed);
  view.words = await (await fetch("/console/words")).json();
  watch();
}

start();
