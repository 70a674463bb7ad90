// The telephone of a reference citizen: which codes stand on screens, and yes or no to one of them.

import { h, replace } from "./drawing.js";

const find = (id) => document.querySelector(`#${id}`);
const said = find("said");

async function answer(url, body) {
  const reply = await fetch(url, body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return reply.ok ? reply.json() : null;
}

async function decide(challenge, confirmed) {
  const body = { person_id: find("person").value, confirmed };
  const taken = await answer(`/console/challenges/${encodeURIComponent(challenge.challenge_id)}`, body);
  said.textContent = !taken
    ? "码已过期，请在终端上看新的码。 · This code has expired; look at the terminal for a new one."
    : confirmed ? "已确认。 · Confirmed." : "已拒绝。 · Refused.";
  await draw();
}

function row(challenge) {
  const button = (text, confirmed) => h("button", { type: "button", click: () => decide(challenge, confirmed) }, text);
  return h("li", {}, h("p", {}, `${challenge.place} · ${challenge.terminal_name}`),
    button("确认登录 · Confirm", true), button("不是我 · Not me", false));
}

async function draw() {
  const found = await answer("/console/challenges");
  const rows = (found?.challenges ?? []).map(row);
  replace(find("challenges"), rows);
  find("none").hidden = rows.length > 0;
}

const people = (await answer("/console/people"))?.people ?? [];
replace(find("person"), people.map((each) => h("option", { value: each.person_id }, each.identity.name)));
await draw();
const news = new EventSource("/console/stream");
for (const kind of ["changed", "still_there", "stored"]) news.addEventListener(kind, draw);
