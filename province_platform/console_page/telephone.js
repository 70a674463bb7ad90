// The telephone of a reference citizen: which codes stand on screens, and yes or no to one of them; and the code of
// the business licence that she holds.

import { h, replace } from "./drawing.js";

const find = (id) => document.querySelector(`#${id}`);
const said = find("said");

async function answer(url, body) {
  const reply = await fetch(url, body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return reply.ok ? reply.json() : null;
}

async function decide(challenge, confirmed) {
  const body = { person_id: find("person").value, firm_id: find("firm").value, confirmed };
  const taken = await answer(`/console/challenges/${encodeURIComponent(challenge.challenge_id)}`, body);
  said.textContent = !taken
    ? "码已过期，请在终端上看新的码。 · This code has expired; look at the terminal for a new one."
    : confirmed ? "已确认。 · Confirmed." : "已拒绝。 · Refused.";
  await draw();
}

function row(challenge) {
  const button = (text, confirmed) => h("button", { type: "button", click: () => decide(challenge, confirmed) }, text);
  return h("li", {}, h("p", {}, `${challenge.place} · ${challenge.terminal_name}`),
    ...(challenge.purpose ? [h("p", {}, `${challenge.purpose.zh} · ${challenge.purpose.en}`)] : []),
    button("确认登录 · Confirm", true), button("不是我 · Not me", false));
}

async function draw() {
  const found = await answer("/console/challenges");
  const rows = (found?.challenges ?? []).map(row);
  replace(find("challenges"), rows);
  find("none").hidden = rows.length > 0;
}

// For herself, or for a firm that she acts for: what the register says to a mandate is for the sign-in to find out.
function drawFirms() {
  const person = find("person").value;
  const hers = firms.filter((firm) => firm.representatives.some((each) => each.person_id === person));
  replace(find("firm"), [h("option", { value: "" }, "本人 · Myself"),
    ...hers.map((firm) => h("option", { value: firm.firm_id }, firm.organisation.name))]);
  drawLicence();
}

function drawLicence() {
  find("licence").disabled = find("firm").value === "";
  find("licence-code").textContent = "";
}

async function showLicence() {
  const body = { person_id: find("person").value, firm_id: find("firm").value, issuer: "DXBL1" };
  const made = await answer("/console/codes", body);
  find("licence-code").textContent = made ? made.code : "现在出不了码。 · No code now.";
}

const firms = (await answer("/console/firms"))?.firms ?? [];
find("person").addEventListener("change", drawFirms);
find("firm").addEventListener("change", drawLicence);
find("licence").addEventListener("click", showLicence);
const people = (await answer("/console/people"))?.people ?? [];
replace(find("person"), people.map((each) => h("option", { value: each.person_id }, each.identity.name)));
drawFirms();
await draw();
const news = new EventSource("/console/stream");
for (const kind of ["changed", "still_there", "stored"]) news.addEventListener(kind, draw);
