// What is blocked: proposed by one, approved by another, lifted by anybody. Nothing of a person is shown again.

import { h, replace } from "./drawing.js";

const find = (id) => document.querySelector(`#${id}`);
const said = find("said");
const KINDS = Object.fromEntries([...find("propose").elements.kind.options].map((each) => [each.value, each.textContent]));

async function post(url, body) {
  const reply = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const told = await reply.json();
  said.textContent = reply.ok ? "已记下。 · Done." : told.error ?? "没有办成。 · Not done.";
  await draw();
  return reply.ok;
}

function row(block) {
  const state = block.lifted_by ? "已解除 · lifted" : block.approved_by ? "生效中 · in force" : "待复核 · waits for approval";
  const decide = (act) => post(`/console/blocks/${encodeURIComponent(block.block_id)}`, { act, by: find("by").value });
  const button = (text, act) => h("button", { type: "button", click: () => decide(act) }, text);
  return h("li", {}, h("p", {}, `${block.block_id} · ${KINDS[block.kind]} ${block.subject} ${block.items.join(", ")} · ${state}`),
    h("p", {}, `${block.reason} · ${block.proposed_by} ${block.approved_by} ${block.lifted_by}`),
    ...(block.lifted_by ? [] : [...(block.approved_by ? [] : [button("复核通过 · Approve", "approve")]), button("解除 · Lift", "lift")]));
}

async function draw() {
  const found = await (await fetch("/console/blocks")).json();
  replace(find("blocks"), found.blocks.map(row));
}

find("propose").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { kind, number, valid_from, item_codes, subject, reason } = Object.fromEntries(new FormData(event.target));
  const wish = { kind, number, valid_from, subject, reason, item_codes: item_codes.split(/[ ,，]+/).filter(Boolean) };
  if (await post("/console/blocks", { wish, by: find("by").value })) event.target.reset();
});
await draw();
const news = new EventSource("/console/stream");
for (const kind of ["changed", "still_there"]) news.addEventListener(kind, draw);
