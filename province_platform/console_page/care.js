// Looking after a case that somebody handed in and that is not here: who took it up, and what became of the citizen.

import { post } from "./desk.js";
import { h } from "./drawing.js";
import { say } from "./words.js";

const $ = (id) => document.getElementById(id);
let caseId = "";

/** Opens an undelivered case of the summary; `names` tell terminal and matter. */
export function openCare(each, names) {
  caseId = each.case_id;
  const facts = [
    ["c_owner", each.owner], ["c_deadline", each.deadline], ["c_receipt", each.receipt_number],
    ["c_matter", names.item(each.item_code)], ["e_terminal", names.terminal(each.terminal_id)], ["e_code", each.code],
    ["c_call_back", each.call_back ? say("c_call_back_left") : ""], ["c_taken_up", each.taken_up_by],
  ];
  $("caring-facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(([label, value]) => [h("dt", {}, say(label)), h("dd", {}, value)]));
  $("caring-take-up").hidden = each.state !== "open";
  $("caring-note").value = "";
  $("caring-outcome").textContent = "";
  if (!$("caring").open) $("caring").showModal();
}

async function act(event) {
  event.preventDefault();
  const order = { act: event.submitter.value, by: $("caring-by").value, note: $("caring-note").value };
  const done = await post(`undelivered/${caseId}`, JSON.stringify(order));
  $("caring-outcome").textContent = done.problem ?? "";
  if (!done.problem) $("caring").close();
}

/** Connects the form; call it once. */
export function furnishCare() {
  $("caring-form").addEventListener("submit", act);
  $("caring-close").addEventListener("click", () => $("caring").close());
}
