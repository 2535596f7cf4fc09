// Comments beside a text: how many each part has, and the way to them from the part in hand.

import { VISITOR } from "./library/owner.js";
import { state } from "./library/store.js";
import { inHand } from "./quoting.js";

const QUOTE_CHARS = 600;
const PAUSE_MS = 300;

/** @type {Map<string, number>} */
const counted = new Map();
/** Words that were marked in a part, while they are. */
let marked = { part: "", words: "" };

/** @param {HTMLElement} fragment */
export function offerComments(fragment) {
  const page = fragment.closest("[data-document]");
  const panel = document.querySelector("[data-actions]");
  const button = panel?.querySelector("[data-comment-part]");
  if (!(page instanceof HTMLElement) || !(panel instanceof HTMLElement) || !(button instanceof HTMLElement)) return;
  void mayWrite(page).then((may) => {
    button.hidden = !may && page.matches("[data-saved]");
    button.addEventListener("click", () => open(page, panel, may));
  });
  panel.addEventListener("taken", () => {
    label(button, counted.get(panel.dataset.part ?? ""));
    lead(page, panel);
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  document.addEventListener("selectionchange", () => {
    clearTimeout(pause);
    pause = setTimeout(() => mark(fragment), PAUSE_MS);
  });
  if (document.body.dataset.reader === "member" && !page.matches("[data-saved]")) void count(page, fragment);
}

/**
 * Where feedback about the part in hand is written; only with a network, and for members.
 * @param {HTMLElement} page
 * @param {HTMLElement} panel
 */
function lead(page, panel) {
  const link = panel.querySelector("[data-feedback-part]");
  if (!(link instanceof HTMLAnchorElement)) return;
  link.hidden = document.body.dataset.reader !== "member" || page.matches("[data-saved]");
  const edition = /\/editions\/(\d+)$/.exec(page.dataset.link ?? "")?.[1] ?? "";
  const about = { document: page.dataset.slug ?? "", part: panel.dataset.part ?? "", edition };
  link.href = `/feedback/new?${new URLSearchParams(about)}`;
}

/**
 * Whether a member reads; a saved page is drawn for nobody, and belongs to whoever the library does.
 * @param {HTMLElement} page
 */
async function mayWrite(page) {
  if (!page.matches("[data-saved]")) return document.body.dataset.reader === "member";
  const { owner } = await state();
  return owner !== "" && owner !== VISITOR;
}

/** @param {HTMLElement} fragment */
function mark(fragment) {
  const selection = getSelection();
  const words = String(selection ?? "").replace(/\s+/g, " ").trim();
  if (!selection?.rangeCount || words.length < 2 || words.length > QUOTE_CHARS) return;
  const around = selection.getRangeAt(0).commonAncestorContainer;
  const part = (around instanceof Element ? around : around.parentElement)?.closest(".part");
  if (!(part instanceof HTMLElement) || !fragment.contains(part)) return;
  marked = { part: part.id, words };
  inHand(part);
}

/**
 * @param {HTMLElement} page
 * @param {HTMLElement} panel
 * @param {boolean} isMember
 */
function open(page, panel, isMember) {
  const part = panel.dataset.part ?? "";
  const quote = marked.part === part ? marked.words : "";
  const sheet = document.getElementById("comment-sheet");
  if (sheet && isMember && (page.matches("[data-saved]") || !navigator.onLine)) compose(sheet, page, part, quote);
  else location.assign(`${addressOf(page, part)}${quote ? `&quote=${encodeURIComponent(quote)}` : ""}`);
}

/**
 * Without a network the words are typed here, and sent when there is one.
 * @param {HTMLElement} sheet
 * @param {HTMLElement} page
 * @param {string} part
 * @param {string} quote
 */
function compose(sheet, page, part, quote) {
  const form = sheet.querySelector("form");
  if (!form) return;
  form.dataset.document = page.dataset.slug ?? "";
  form.dataset.part = part;
  const set = (/** @type {string} */ name, /** @type {string} */ value) => {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = value;
  };
  set("id", crypto.randomUUID());
  set("quote", quote);
  set("edition", /\/editions\/(\d+)$/.exec(page.dataset.link ?? "")?.[1] ?? "");
  const about = form.querySelector("[data-comment-about]");
  if (about) about.textContent = document.querySelector("[data-actions-quote]")?.textContent ?? "";
  form.querySelector("[data-comment-kept]")?.setAttribute("hidden", "");
  sheet.showPopover();
}

/**
 * @param {HTMLElement} page
 * @param {HTMLElement} fragment
 */
async function count(page, fragment) {
  try {
    const answer = await fetch(`/api/documents/${page.dataset.slug ?? ""}/comments/counts`);
    if (!answer.ok) return;
    const { total, parts } = await answer.json();
    for (const each of parts) counted.set(each.path, each.count);
    const all = document.querySelector("[data-comments]");
    if (all instanceof HTMLElement && total) label(all, total);
    for (const [path, number] of counted) beside(page, fragment, path, number);
  } catch {
    // No network: the text is read without.
  }
}

/**
 * @param {HTMLElement} page
 * @param {HTMLElement} fragment
 * @param {string} path
 * @param {number} number
 */
function beside(page, fragment, path, number) {
  const part = document.getElementById(path);
  if (!part || !fragment.contains(part)) return;
  const own = part.closest("[data-quote]");
  const link = document.createElement("a");
  link.className = "part-count";
  link.href = addressOf(page, path);
  link.dataset.count = String(number); // drawn by the stylesheet: the text stays the text
  const words = page.dataset.commentsOn ?? "";
  const name = own instanceof HTMLElement ? (own.dataset.quote ?? "") : "";
  link.setAttribute("aria-label", words.replace("{count}", String(number)).replace("{part}", name));
  part.prepend(link);
}

/**
 * @param {HTMLElement} entry
 * @param {number | undefined} number
 */
function label(entry, number) {
  const words = entry.querySelector("span");
  const { plain = "", counted: many = "" } = entry.dataset;
  if (words) words.textContent = number ? many.replace("{count}", String(number)) : plain;
}

/**
 * @param {HTMLElement} page
 * @param {string} part
 */
function addressOf(page, part) {
  return `/documents/${page.dataset.slug ?? ""}/comments?part=${encodeURIComponent(part)}`;
}
