// Commands to terminals: what was given, what became of it, and a form to give another.

import { h, replace } from "./drawing.js";
import { clock, local, say } from "./words.js";

const $ = (id) => document.getElementById(id);
const WITH_REASON = ["stop_service", "disable_item"];
const WITH_ITEM = ["disable_item", "enable_item"];
const COLUMNS = ["e_time", "e_terminal", "c_verb", "state", "e_reason"];

/** Where a command stands, in words: its result, or how far it has come. */
function standing(command, words, now) {
  if (command.outcome) return local(words.command_outcome[command.outcome]);
  if (command.handed_out_at) return say("c_handed_out", { time: clock(command.handed_out_at) });
  return say(command.deadline < now ? "c_nobody" : "c_waits");
}

/** The picture that answered a command, as large as its cell lets it be; a click opens the whole of it. */
function picture(command) {
  if (!command.pictured) return "";
  const where = `console/commands/${encodeURIComponent(command.command_id)}/picture`;
  return h("a", { href: where, target: "_blank", rel: "noopener" }, h("img", { class: "screen", src: where, alt: say("c_screen"), width: 108, height: 192 }));
}

/** Draws the commands into the dialog, newest first. */
export function drawCommands({ commands, terminals, time }, words) {
  const name = (id) => terminals.find((each) => each.terminal_id === id)?.name ?? id;
  $("commands-count").textContent = commands.length || "";
  replace($("commands-head"), COLUMNS.map((label) => h("th", { scope: "col" }, say(label))));
  replace($("commands-body"), commands.length ? commands.map((each) => h("tr", {},
    h("td", { class: "nowrap" }, clock(each.issued_at)),
    h("td", {}, h("span", { class: "main" }, name(each.terminal_id))),
    h("td", {}, h("span", { class: "main" }, local(words.command_verb[each.verb])), h("span", { class: "sub" }, each.arguments.item_code ?? "")),
    h("td", {}, h("span", { class: "main" }, standing(each, words, time)), h("span", { class: "sub" }, each.code)),
    h("td", {}, local(each.explanation) || local(each.arguments.reason) || "", picture(each)),
  )) : [h("tr", {}, h("td", { class: "empty", colspan: COLUMNS.length }, say("c_none")))]);
}

/** Opens the dialog for the terminals that there are now. */
export function openCommands({ terminals }, words) {
  const chosen = $("commanding-terminal").value;
  $("commanding-terminal").replaceChildren(...terminals.map((each) => h("option", { value: each.terminal_id }, each.name)));
  if (chosen) $("commanding-terminal").value = chosen;
  if (!$("commanding-verb").options.length) {
    $("commanding-verb").replaceChildren(...Object.entries(words.command_verb).map(([verb, text]) => h("option", { value: verb }, local(text))));
  }
  needs();
  $("commanding-outcome").textContent = "";
  $("commands").showModal();
}

function needs() {
  const verb = $("commanding-verb").value;
  for (const [id, verbs] of [["commanding-reason", WITH_REASON], ["commanding-item", WITH_ITEM]]) {
    $(id).required = verbs.includes(verb);
    $(id).closest("label").hidden = !verbs.includes(verb);
  }
}

/** Connects the form; `give` sends a command and `given` is called when one was taken. */
export function furnishCommands(give, given) {
  $("commands-close").addEventListener("click", () => $("commands").close());
  $("commanding-verb").addEventListener("change", needs);
  $("commanding").addEventListener("submit", async (event) => {
    event.preventDefault();
    const verb = $("commanding-verb").value;
    const reason = $("commanding-reason").value.trim();
    const named = WITH_ITEM.includes(verb) ? { item_code: $("commanding-item").value.trim() } : {};
    if (WITH_REASON.includes(verb)) named.reason = { zh: reason, en: reason };
    const answer = await give($("commanding-terminal").value, { verb, arguments: named });
    $("commanding-outcome").textContent = answer.problem ?? say("c_given");
    given();
  });
}
