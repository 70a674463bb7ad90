// The window: opens a form that could not be finished at a terminal, for the person whose card lies on the reader.

import { h, replace } from "./drawing.js";

const find = (id) => document.querySelector(`#${id}`);
const both = (text) => (text ? `${text.zh} · ${text.en}` : "");

async function answer(url, body) {
  const reply = await fetch(url, body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return { done: reply.ok, content: await reply.json() };
}

function show(opened) {
  const answers = Object.entries(opened?.form.answers ?? {});
  const facts = opened ? [
    ["凭条号 · Slip", opened.receipt_number],
    ["申请人 · Person", opened.form.person?.name ?? "—"],
    ...answers.map(([field, value]) => [both(opened.labels[field]) || field, [value].flat().join("、")]),
    ["从这里接着问 · Go on with", both(opened.next_question) || opened.step || "全部答完，核对后提交 · All was answered: check and submit"],
  ] : [];
  find("title").textContent = opened ? both(opened.title) || opened.item_code : "";
  replace(find("facts"), facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

async function open(event) {
  event.preventDefault();
  const wish = { code: find("code").value, by: find("by").value, person_id: find("person").value };
  const { done, content } = await answer("/console/handovers", wish);
  find("said").textContent = done ? "已打开，只能打开这一次。 · Opened, for this once." : both(content.message) || content.problem;
  show(done ? content : null);
}

find("opening").addEventListener("submit", open);
const { content } = await answer("/console/people");
replace(find("person"), [h("option", { value: "" }, "没有证件 · No card"), ...content.people.map((each) => h("option", { value: each.person_id }, each.identity.name))]);
