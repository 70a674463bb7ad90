// The panel: one card for each device, made once and then kept up to date, so that a half-typed code stays.
const words = await (await fetch("/panel/words")).json();
const MOST_BUTTONS = 6; // more are a list
let language = localStorage.getItem("language") === "en" ? 1 : 0;
const cards = new Map();
let last = null;

const say = (section, key, filled = {}) => {
  const pair = words[section]?.[key];
  let text = pair ? pair[language] : key.replaceAll("_", " ");
  for (const [name, value] of Object.entries(filled)) text = text.replace(`{${name}}`, value);
  return text;
};
const sayOf = (section, device, key) => words[section]?.[`${device}.${key}`] ? say(section, `${device}.${key}`) : say(section, key);

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
};

async function order(body, what) {
  const shown = document.getElementById("answer");
  let problem;
  try {
    const answer = await fetch("/panel/orders", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    problem = (await answer.json()).problem;
  } catch { problem = say("panel", "disconnected"); }
  shown.classList.toggle("refused", Boolean(problem));
  shown.textContent = problem ? `✕ ${say("panel", "refused", { why: problem })}` : `✓ ${say("panel", "done", { what })}`;
}

function actionRow(device, doing) {
  const label = sayOf("action", device, doing.action);
  const told = (value) => order({ do: "act", device, action: doing.action, value }, `${label} ${value ? sayOf("value", device, value) : ""}`);
  if (!doing.choices?.length && !doing.text) return make("button", { onclick: () => told("") }, label);
  if (doing.choices?.length && doing.choices.length <= MOST_BUTTONS) {
    const buttons = doing.choices.map((value) =>
      make("button", { "data-sensor": doing.action, "data-value": value, onclick: () => told(value) }, sayOf("value", device, value)));
    const id = `${device}-${doing.action}`;
    return make("div", { class: "row choices", role: "group", "aria-labelledby": id },
      make("span", { class: "label", id }, label), make("div", { class: "set" }, ...buttons));
  }
  const id = `${device}-${doing.action}`;
  const field = doing.text
    ? make("input", { id, autocomplete: "off", placeholder: say("panel", "text") })
    : make("select", { id }, ...doing.choices.map((value) => make("option", { value }, sayOf("value", device, value))));
  const row = make("form", { class: "row" }, make("label", { for: id }, label), field, make("button", { "aria-label": `${label}: ${say("panel", "go")}` }, say("panel", "go")));
  row.addEventListener("submit", (event) => { event.preventDefault(); told(field.value); });
  return row;
}

function newCard(seen) {
  const { device } = seen;
  const name = say("device", device);
  const plug = make("button", { onclick: () => order({ do: cards.get(device).seen.plugged ? "unplug" : "plug_in", device }, `${plug.textContent} ${name}`) });
  const state = make("span", { class: "state" });
  const facts = make("dl", { class: "facts" });
  const lamps = make("ul", { class: "lamps", "aria-label": say("panel", "lights") });
  const fault = make("select", { id: `${device}-fault` }, ...seen.faults.map((value) => make("option", { value }, sayOf("fault", device, value))));
  const row = make("form", { class: "row" }, make("label", { for: `${device}-fault` }, say("panel", "make_fail")), fault, make("button", {}, say("panel", "fail")));
  row.addEventListener("submit", (event) => {
    event.preventDefault();
    order({ do: "fault", device, name: fault.value }, `${name} ${sayOf("fault", device, fault.value)}`);
  });
  const chips = make("div", { class: "chips" });
  const doings = seen.doings ?? [];
  const simple = doings.filter((doing) => !doing.choices?.length && !doing.text);
  const rest = doings.filter((doing) => doing.choices?.length || doing.text);
  const buttons = make("div", { class: "row" }, ...simple.map((doing) => actionRow(device, doing)));
  const card = make("article", { class: "device", "aria-label": name },
    make("header", {}, make("h3", {}, name), state, plug),
    make("p", { class: "address", title: seen.address }, seen.address),
    facts, lamps, ...rest.map((doing) => actionRow(device, doing)), ...(simple.length ? [buttons] : []),
    make("div", { class: "fail" }, row, chips));
  return { card, state, plug, facts, lamps, chips, seen, drawn: "" };
}

function update(entry, seen) {
  const drawn = JSON.stringify(seen);
  if (drawn === entry.drawn) return;
  Object.assign(entry, { seen, drawn });
  const { device } = seen;
  const wrong = seen.wrong.length > 0;
  entry.card.classList.toggle("out", !seen.plugged);
  entry.card.classList.toggle("wrong", seen.plugged && wrong);
  entry.state.textContent = !seen.plugged ? `✕ ${say("panel", "unplugged")}` : wrong ? `! ${say("panel", "faulty")}` : `● ${say("panel", "plugged")}`;
  entry.plug.textContent = say("panel", seen.plugged ? "unplug" : "plug_in");
  const facts = Object.entries(seen.facts);
  entry.facts.replaceChildren(...facts.filter(([key]) => !key.startsWith("light.") && !seen.doings.some((doing) => doing.choices?.length && doing.action === key)).map(([key, value]) =>
    make("div", {}, make("dt", {}, say("fact", key)), make("dd", {}, sayOf("value", device, value)))));
  for (const button of entry.card.querySelectorAll("[data-sensor]")) {
    const fact = seen.facts[button.dataset.sensor];
    if (fact !== undefined) button.setAttribute("aria-pressed", String(fact === button.dataset.value));
  }
  entry.facts.hidden = !entry.facts.children.length;
  entry.lamps.replaceChildren(...facts.filter(([key]) => key.startsWith("light.")).map(([key, value]) => {
    const lit = value === "steady" || value === "slow_flash";
    return make("li", { class: lit ? "lit" : "" }, say("value", key.slice(6)), make("b", {}, `${lit ? "☀" : "○"} ${say("value", `light.${value}`)}`));
  }));
  entry.lamps.hidden = !entry.lamps.children.length;
  entry.chips.replaceChildren(...(wrong ? [
    make("span", { class: "soft" }, say("panel", "wrong")), ...seen.wrong.map((fault) => make("span", {}, sayOf("fault", device, fault))),
    make("button", { class: "mend", onclick: () => order({ do: "cure", device }, `${say("panel", "cure")} ${say("device", device)}`) }, say("panel", "cure")),
  ] : []));
  entry.chips.hidden = !wrong;
}

function showPapers(kind, papers, none, one, link) {
  const place = document.getElementById(kind);
  document.getElementById(kind === "slips" ? "slip-count" : "page-count").textContent = papers.length || "";
  const signature = `${language}:${papers.length}`;
  if (place.dataset.shown === signature) return;
  place.dataset.shown = signature;
  const figures = papers.map((paper, index) => {
    const caption = make("figcaption", {}, say("panel", one, { n: index + 1 }));
    if (link) caption.append(" · ", make("a", { href: `/${kind}/${index + 1}.pdf`, target: "_blank", rel: "noopener" }, say("panel", "open_page")));
    const picture = make("img", { src: `/${kind}/${index + 1}.png`, alt: paper.text || paper.name || say("panel", one, { n: index + 1 }) });
    picture.addEventListener("error", () => picture.replaceWith(make("p", {}, say("panel", "no_picture"))));
    return make("figure", {}, picture, caption);
  });
  place.replaceChildren(...(figures.length ? figures.reverse() : [make("p", {}, say("panel", none))]));
}

function show(news) {
  last = news;
  const place = document.getElementById("devices");
  for (const seen of news.devices) {
    if (!cards.has(seen.device)) {
      cards.set(seen.device, newCard(seen));
      place.append(cards.get(seen.device).card);
    }
    update(cards.get(seen.device), seen);
  }
  showPapers("slips", news.slips ?? [], "no_slips", "slip", false);
  showPapers("pages", news.pages ?? [], "no_pages", "page", true);
}

function speak() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  document.title = `${say("panel", "title")} · 店小二`;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say("panel", element.dataset.word);
  document.getElementById("devices").replaceChildren();
  cards.clear();
  if (last) show(last);
}

function tellLink(up) {
  const link = document.getElementById("link");
  link.classList.toggle("lost", !up);
  link.textContent = `${up ? "●" : "✕"} ${say("panel", up ? "connected" : "disconnected")}`;
}

document.getElementById("language").addEventListener("click", () => {
  language = 1 - language;
  localStorage.setItem("language", language ? "en" : "zh");
  speak();
  tellLink(news.readyState === EventSource.OPEN);
});
speak();
const news = new EventSource("/panel/news");
news.addEventListener("message", (message) => show(JSON.parse(message.data)));
news.addEventListener("open", () => tellLink(true));
news.addEventListener("error", () => tellLink(false));
