// What an operator does here: make an enrolment code, publish items, turn fault switches.

import { h } from "./drawing.js";
import { local, say } from "./words.js";

const $ = (id) => document.getElementById(id);

/** Sends JSON text to the console; the answer, or {problem} when it was refused. */
async function post(path, text) {
  const answer = await fetch(`/console/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: text });
  const content = await answer.json();
  return answer.ok ? content : { problem: content.problem ?? local(content.message) };
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
  for (const name of ["enrolling", "batch", "help"]) $(`${name}-close`).addEventListener("click", () => $(name).close());
}
