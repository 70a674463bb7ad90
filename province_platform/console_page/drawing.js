// Elements and marks. Text goes in as text, never as markup: names come from terminals.

/** An element with attributes (functions are listeners) and children (strings are text, null is nothing). */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Puts `nodes` in place of what is in `parent`, and keeps the focus on the node with the same data-key. */
export function replace(parent, nodes) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  parent.replaceChildren(...nodes);
  if (focused) [...parent.querySelectorAll("[data-key]")].find((node) => node.dataset.key === focused)?.focus();
}

// Every state has a shape of its own: colour never carries the meaning alone.
const MARKS = {
  normal: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z",
  warning: "M8 1.8 15 14H1L8 1.8Zm-.9 4.4.2 4h1.4l.2-4H7.1Zm.9 5a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z",
  partly_unavailable: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 1.6a4.4 4.4 0 0 0 0 8.8V3.6Z",
  fault: "M2.5 2.5h11v11h-11v-11Zm3.1 2L4.5 5.6 6.9 8l-2.4 2.4 1.1 1.1L8 9.1l2.4 2.4 1.1-1.1L9.1 8l2.4-2.4-1.1-1.1L8 6.9 5.6 4.5Z",
  offline: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 1.6a4.4 4.4 0 0 0-3.5 7.1l6.2-6.2A4.4 4.4 0 0 0 8 3.6Zm3.5 1.7-6.2 6.2a4.4 4.4 0 0 0 6.2-6.2Z",
  maintenance: "M6.5 2h3v4.5H14v3H9.5V14h-3V9.5H2v-3h4.5V2Z",
  planned_stop: "M3.5 2.5h3.2v11H3.5v-11Zm5.8 0h3.2v11H9.3v-11Z",
  unknown: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 1.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8Z",
  tick: "M6.4 12.6 1.8 8l1.5-1.5 3.1 3.1 6.3-6.3L14.2 4.8l-7.8 7.8Z",
  link: "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z",
};

/** The mark of a state, `size` pixels wide; with a name it is an image, without it is an ornament. */
export function mark(state, size = 16, name = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const attributes = { viewBox: "0 0 16 16", width: size, height: size, fill: "currentColor", class: state };
  const meaning = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
  for (const [key, value] of Object.entries({ ...attributes, ...meaning })) svg.setAttribute(key, value);
  path.setAttribute("d", MARKS[state] ?? MARKS.unknown);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
