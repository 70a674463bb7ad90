// What a figure opens: the events behind it, newest first.

import { h } from "./drawing.js";
import { clock, say } from "./words.js";

const dialog = document.getElementById("opened");
const head = document.getElementById("opened-head");
const body = document.getElementById("opened-body");

/** Opens the events that `question` narrows to; `{refused: true}` opens the refused rows. */
export async function open(title, question, names) {
  const { refused, ...narrowing } = question;
  const answer = await fetch(`/console/${refused ? "refused" : "events"}?${new URLSearchParams(narrowing)}`);
  const content = await answer.json();
  const rows = refused ? content.refused : content.events;
  document.getElementById("opened-title").textContent = title;
  document.getElementById("opened-count").textContent = rows.length ? say("e_newest", { n: rows.length }) : "";
  const columns = refused
    ? ["e_time", "e_terminal", "e_stream", "e_code", "e_reason"]
    : ["e_time", "e_occurred", "e_stream", "e_terminal", "e_subject", "e_repeats", "e_content"];
  head.replaceChildren(...columns.map((column) => h("th", { scope: "col" }, say(column))));
  const few = rows.length <= 3;
  const drawn = rows.map((row) => h("tr", {}, (refused ? refusedCells(row, names) : eventCells(row, names, few)).map((cell) => h("td", {}, cell))));
  body.replaceChildren(...(drawn.length ? drawn : [h("tr", {}, h("td", { class: "empty", colspan: columns.length }, say("e_none")))]));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".scroll").scrollTop = 0;
}

function eventCells(row, names, unfolded) {
  const content = h("details", { open: unfolded }, h("summary", {}, say("e_show")), h("pre", {}, JSON.stringify(row.data, null, 2)));
  return [
    h("span", { class: "nowrap" }, clock(row.received_at)),
    h("span", { class: "nowrap" }, happened(row)),
    h("span", { class: "nowrap" }, names.stream(row.stream)),
    names.terminal(row.terminal_id),
    h("span", { class: "soft" }, row.subject),
    row.repeats ? String(row.repeats) : "",
    content,
  ];
}

/** When it really happened; never the time of a clock that nobody trusts. */
function happened(row) {
  if (!row.true_at) return say("e_unknown");
  return clock(row.true_at) + (row.known_by === "rebuilt" ? say("e_rebuilt") : "");
}

function refusedCells(row, names) {
  return [clock(row.received_at), names.terminal(row.terminal_id), names.stream(row.stream), row.code, row.reason];
}

document.getElementById("close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
