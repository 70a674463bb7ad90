// What an operator does here: make an enrolment code, check a slip, publish items, turn fault switches.

import { h } from "./drawing.js";
import { local, say } from "./words.js";

const $ = (id) => document.getElementById(id);

/** Sends JSON text to the console; the answer, or {problem} when it was refused. */
export async function post(path, text) {
  const answer = await fetch(`/console/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: text });
  const content = await answer.json();
  return answer.ok ? content : { problem: content.problem ?? local(content.message) };
}

/** Gives a terminal a command. */
export function giveCommand(terminal, wish) {
  return post(`terminals/${encodeURIComponent(terminal)}/commands`, JSON.stringify(wish));
}

export function turnSwitch(name, value) {
  return post("faults", JSON.stringify({ [name]: value }));
}

/** Opens the form for an enrolment code. */
export async function enrol() {
  const { sites } = await (await fetch("/console/sites")).json();
  $("enrolling-site").replaceChildren(...sites.map((site) => h("option", { value: site.site_id }, site.name)));
  $("enrolling-code").textContent = "";
  $("enrolling").showModal();
  $("enrolling-name").focus();
}

async function makeCode(event) {
  event.preventDefault();
  const wish = { site_id: $("enrolling-site").value, name: $("enrolling-name").value };
  const made = await post("enrolment-codes", JSON.stringify(wish));
  $("enrolling-code").textContent = made.code ?? made.problem;
}

/** Opens the field into which a window scans the code of a slip. */
function askForSlip() {
  $("taking-up-code").value = "";
  $("taking-up-outcome").textContent = "";
  $("taking-up-facts").replaceChildren();
  $("taking-up").showModal();
  $("taking-up-code").focus();
}

async function takeUp(event) {
  event.preventDefault();
  const found = await post("slips", JSON.stringify({ code: $("taking-up-code").value }));
  $("taking-up-code").select();
  $("taking-up-outcome").textContent = found.problem ?? local(found.explanation);
  if (found.problem) return $("taking-up-facts").replaceChildren();
  const words = await (await fetch("/console/words")).json();
  const facts = [
    [say("slip_number"), found.receipt_number], [say("state"), local(words.case_state[found.state])],
    [say("case_number"), found.case_no], [say("items"), found.item_code], [say("hear_by"), found.hear_by],
    [say("name"), `${found.terminal_name} ${found.terminal_id}`], [say("slip_issued"), found.issued_at],
  ];
  return $("taking-up-facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** Opens the batch that terminals are served now. */
export function showItems(batch) {
  $("batch-id").textContent = batch?.batch_id ?? "";
  const items = batch?.items ?? [];
  $("batch-list").replaceChildren(...items.flatMap((item) => [h("dt", {}, local(item.title)), h("dd", { class: "soft" }, item.code)]));
  $("publishing-outcome").textContent = "";
  if (!$("batch").open) $("batch").showModal();
}

async function publish(event) {
  event.preventDefault();
  const published = await post("items", await $("publishing-file").files[0].text());
  $("publishing-outcome").textContent = published.batch_id ? say("published", { batch: published.batch_id }) : published.problem;
}

/** Connects the forms; call it once. */
export function furnish() {
  $("enrol").addEventListener("click", enrol);
  $("enrolling-form").addEventListener("submit", makeCode);
  $("publishing").addEventListener("submit", publish);
  $("slip").addEventListener("click", askForSlip);
  $("taking-up-form").addEventListener("submit", takeUp);
  for (const name of ["enrolling", "taking-up", "batch", "help"]) $(`${name}-close`).addEventListener("click", () => $(name).close());
}
