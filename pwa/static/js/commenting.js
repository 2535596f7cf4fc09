// Writing a comment: what was typed is kept on the phone until the server has it.

import { announce } from "./announce.js";
import { send, sendUnsent } from "./library/outbox.js";
import { drop, dropAll, keep, unsent } from "./library/unsent.js";

/** What every page does: sends what waits, and says that something does. */
export function attendOutbox() {
  if (!("indexedDB" in globalThis)) return;
  for (const form of document.querySelectorAll("form[data-comment]")) {
    if (form instanceof HTMLFormElement) form.addEventListener("submit", (event) => void onSubmit(event, form));
  }
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => void dropAll().catch(() => undefined));
  }
  addEventListener("online", () => void sendUnsent());
  addEventListener("outbox", () => void show(true));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void sendUnsent();
  });
  void show(false);
  void sendUnsent();
}

/**
 * @param {SubmitEvent} event
 * @param {HTMLFormElement} form
 */
async function onSubmit(event, form) {
  event.preventDefault();
  const comment = read(form);
  try {
    await keep(comment);
  } catch {
    if (navigator.onLine && !isSheet(form)) form.submit();
    else say(form, form.dataset.lost ?? "");
    return;
  }
  const { outcome, why } = navigator.onLine ? await send(comment) : { outcome: "later", why: "" };
  if (outcome === "later") {
    kept(form);
    return;
  }
  if (["sent", "refused", "wait"].includes(outcome)) await drop(comment.id); // the form still has the words
  if (!isSheet(form)) form.submit(); // the same again changes nothing, and the server says how it stands
  else if (why) say(form, why);
  else location.assign(pageOf(comment));
}

/** @param {HTMLFormElement} form */
function kept(form) {
  form.reset();
  const id = form.elements.namedItem("id");
  if (id instanceof HTMLInputElement) id.value = crypto.randomUUID();
  say(form, form.dataset.kept ?? "");
  void show(false);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 */
function say(form, words) {
  const line = form.querySelector("[data-comment-kept]");
  if (!(line instanceof HTMLElement)) return;
  line.textContent = words;
  line.hidden = false;
  announce(words);
}

/**
 * @param {HTMLFormElement} form
 * @returns {import("./library/unsent.js").Unsent}
 */
function read(form) {
  const typed = new FormData(form);
  const { document: slug = "", news = "", part = "" } = form.dataset;
  return {
    id: String(typed.get("id") || crypto.randomUUID()),
    body: {
      words: String(typed.get("words") ?? ""),
      document: slug,
      news,
      part,
      edition: slug ? Number(typed.get("edition")) || 0 : 0,
      quote: String(typed.get("quote") ?? ""),
      parent: typed.get("parent") ? String(typed.get("parent")) : null,
      named: typed.get("named") === "yes",
    },
  };
}

/** @param {HTMLFormElement} form */
function isSheet(form) {
  return form.closest("[popover]") !== null;
}

/** @param {import("./library/unsent.js").Unsent} comment */
function pageOf({ id, body }) {
  return `/documents/${body.document}/comments?part=${encodeURIComponent(body.part ?? "")}#c-${id}`;
}

/**
 * Says on every page that something waits, and lists it on the page of one's own comments.
 * @param {boolean} isNews whether something was just sent or refused
 */
async function show(isNews) {
  const waiting = await unsent().catch(() => []);
  const line = document.querySelector("[data-unsent-line]");
  line?.toggleAttribute("hidden", waiting.length === 0);
  if (isNews && line instanceof HTMLElement && waiting.every(({ why }) => !why)) announce(line.dataset.sent ?? "");
  const section = document.querySelector("[data-outbox]");
  if (section instanceof HTMLElement) list(section, waiting);
}

/**
 * @param {HTMLElement} section
 * @param {import("./library/unsent.js").Kept[]} waiting
 */
function list(section, waiting) {
  const template = section.querySelector("template");
  section.hidden = waiting.length === 0;
  if (template) section.querySelector("ol")?.replaceChildren(...waiting.map((each) => drawn(template, each)));
}

/**
 * @param {HTMLTemplateElement} template
 * @param {import("./library/unsent.js").Kept} comment
 */
function drawn(template, { id, body, why }) {
  const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const piece = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (row.querySelector(selector));
  piece("[data-words]").textContent = body.words;
  piece("[data-waiting]").hidden = Boolean(why);
  piece("[data-refused]").hidden = !why;
  piece("[data-why]").textContent = why ?? "";
  const again = piece("[data-again]");
  again.hidden = !why;
  again.addEventListener("click", () => void keep({ id, body }).then(sendUnsent).then(() => show(false)));
  piece("[data-discard]").addEventListener("click", () => void drop(id).then(() => show(false)));
  return row;
}
