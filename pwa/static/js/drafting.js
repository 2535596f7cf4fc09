// Writing a draft: parts open in place, are saved while one writes, and the preview follows.

import { announce } from "./announce.js";

const PATIENCE_MS = 1500;
const DESK = matchMedia("(min-width: 64em)");
const WIDE = matchMedia("(min-width: 96em)");

/** @type {number} */
let waiting = 0;
/** Saving goes one after the other, so that each knows what the one before it left. */
let saving = Promise.resolve();
let typedSince = 0;

start();

function start() {
  document.addEventListener("click", (event) => void pressed(event));
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element && event.target.closest("form[data-part]");
    if (form instanceof HTMLFormElement) later(form);
  });
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.dataset.part) return;
    event.preventDefault();
    void save(event.target);
  });
  addEventListener("beforeunload", (event) => {
    if (typedSince) event.preventDefault();
  });
  for (const pane of document.querySelectorAll("details[data-pane]")) {
    if (pane instanceof HTMLDetailsElement) arrange(pane);
  }
}

/**
 * Open as it was left; at first as there is room.
 * @param {HTMLDetailsElement} pane
 */
function arrange(pane) {
  const name = `pane-${pane.dataset.pane ?? ""}`;
  const left = localStorage.getItem(name);
  const room = pane.dataset.pane === "source" ? WIDE : DESK;
  pane.open = left === null ? room.matches : DESK.matches && left === "open";
  pane.addEventListener("toggle", () => {
    if (DESK.matches) localStorage.setItem(name, pane.open ? "open" : "closed");
  });
}

/** @param {MouseEvent} event */
async function pressed(event) {
  const link = event.target instanceof Element && event.target.closest("a[data-open], a[data-close], a[data-show]");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return;
  const isShown = link.dataset.show !== undefined;
  if (isShown && !DESK.matches) return;
  event.preventDefault();
  const row = link.closest("li[data-path]");
  if (row instanceof HTMLElement) show(row.dataset.path ?? "");
  if (!isShown) await turnTo(link);
}

/**
 * Another part is opened, or none; what was written is saved first.
 * @param {HTMLAnchorElement} link
 */
async function turnTo(link) {
  const open = document.querySelector("form[data-part]");
  if (open instanceof HTMLFormElement && typedSince) await save(open);
  if (typedSince) return; // it could not be saved: its words stay where they are
  await swap(await fetched(link.href));
  const text = document.querySelector("form[data-part] textarea");
  if (text instanceof HTMLTextAreaElement) text.focus();
  else document.getElementById(link.hash.slice(1))?.querySelector("a")?.focus();
}

/** @param {HTMLFormElement} form */
function later(form) {
  typedSince ||= Date.now();
  clearTimeout(waiting);
  waiting = setTimeout(() => void save(form), PATIENCE_MS);
}

/** @param {HTMLFormElement} form */
function save(form) {
  clearTimeout(waiting);
  saving = saving.then(() => send(form)).catch(() => undefined);
  return saving;
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const since = typedSince;
  tell(form, form.dataset.saving ?? "");
  // Read by its bare name: a form's own fields hide its properties.
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  const answer = await fetch(form.getAttribute("action") ?? "", { method: "POST", body }).catch(() => null);
  if (!answer || (answer.status >= 500 && answer.status !== 503)) {
    tell(form, form.dataset.lost ?? "");
    return;
  }
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) {
    refused(drawn);
    return;
  }
  if (typedSince === since) typedSince = 0;
  follow(form, drawn);
  preview();
}

/**
 * What was saved: the rest of the page follows, but the field that is being written in stays as it is.
 * @param {HTMLFormElement} form
 * @param {Document} drawn
 */
function follow(form, drawn) {
  const now = drawn.querySelector("form[data-part]");
  const row = form.closest("li");
  const other = row && drawn.getElementById(row.id);
  const seen = form.querySelector("input[name=seen]");
  const newer = now?.querySelector("input[name=seen]");
  if (!row || !other || !(seen instanceof HTMLInputElement) || !(newer instanceof HTMLInputElement)) {
    void swap(drawn); // the part became another's, or fell into several
    return;
  }
  seen.value = newer.value;
  form.querySelector(".both")?.remove();
  tell(form, drawn.querySelector("[data-saved]")?.textContent ?? "");
  head(drawn);
  surround(row, [...drawn.querySelectorAll("[data-swap=parts] > li")]);
}

/**
 * The other rows as they are now. The row itself is not moved, or the field in it would lose the hand that writes.
 * @param {HTMLElement} row
 * @param {Element[]} rows
 */
function surround(row, rows) {
  for (const each of [...(row.parentElement?.children ?? [])]) if (each !== row) each.remove();
  const at = rows.findIndex((each) => each.id === row.id);
  row.before(...rows.slice(0, at));
  row.after(...rows.slice(at + 1));
}

/** @param {Document} drawn */
function refused(drawn) {
  void swap(drawn);
  const wrong = document.querySelector(".summary");
  if (wrong instanceof HTMLElement) {
    wrong.focus();
    announce(wrong.querySelector("h2")?.textContent ?? "");
  }
}

/**
 * @param {string} address
 * @returns {Promise<Document>}
 */
async function fetched(address) {
  const answer = await fetch(address);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** @param {Document} drawn */
async function swap(drawn) {
  const list = document.querySelector("[data-swap=parts]");
  const other = drawn.querySelector("[data-swap=parts]");
  const at = document.documentElement.scrollTop;
  if (list && other) list.replaceWith(other);
  head(drawn);
  document.documentElement.scrollTop = at;
  document.querySelector("form[data-part]")?.scrollIntoView({ block: "nearest" });
}

/**
 * The words above the work: when it was saved, what is wrong, how much is lacking.
 * @param {Document} drawn
 */
function head(drawn) {
  for (const what of ["[data-saved]", ".steps"]) {
    const here = document.querySelector(what);
    const there = drawn.querySelector(what);
    if (here && there) here.replaceWith(there);
  }
  document.querySelector("main > .summary")?.remove();
  document.querySelector("main > .done")?.remove();
  const wrong = drawn.querySelector("main > .summary");
  if (wrong) document.querySelector(".steps")?.before(wrong);
}

/** @param {string} path */
function show(path) {
  const frame = document.querySelector("[data-preview]");
  if (!(frame instanceof HTMLIFrameElement) || !path) return;
  frame.contentDocument?.getElementById(path)?.scrollIntoView({ block: "start" });
}

function preview() {
  const frame = document.querySelector("[data-preview]");
  if (!(frame instanceof HTMLIFrameElement)) return;
  const root = frame.contentDocument?.documentElement;
  const at = root?.scrollTop ?? 0;
  frame.addEventListener("load", () => frame.contentDocument?.documentElement.scrollTo(0, at), { once: true });
  frame.contentWindow?.location.reload();
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 */
function tell(form, words) {
  const status = form.querySelector("[data-status]");
  if (status) status.textContent = words;
}
