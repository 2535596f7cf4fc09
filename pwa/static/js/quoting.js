// A part taken in hand: its quotation can be copied with its link, or shared.

import { announce } from "./announce.js";
import { offerToTell } from "./offering.js";

const CONTAINERS = ".part-phan, .part-chuong, .part-muc, .part-tieu-muc, .part-section, .part-annex, .part-attachment";

/**
 * @typedef {object} Taken
 * @property {HTMLElement} part
 * @property {string} quotation
 * @property {string} link
 */

/** @type {Taken | null} */
let taken = null;

/** Focus coming back from the panel does not open it again. */
let isReturning = false;

/**
 * @param {HTMLElement} fragment
 */
export function offerQuoting(fragment) {
  const panel = document.querySelector("[data-actions]");
  if (!(panel instanceof HTMLElement)) return;
  fragment.addEventListener("click", (event) => onTap(event, panel));
  fragment.addEventListener("keydown", (event) => onKey(event, fragment, panel));
  fragment.addEventListener("focusin", (event) => onFocus(event, panel));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && taken) release(panel, true);
  });
  press(panel, "[data-actions-close]", () => release(panel, true));
  press(panel, "[data-copy]", (button) => void copy(button, panel));
  if (typeof navigator.share === "function") {
    press(panel, "[data-share]", () => void share());
  }
  giveOneStop(fragment);
}

/**
 * Takes a part in hand as a tap does.
 * @param {HTMLElement} part
 */
export function inHand(part) {
  const panel = document.querySelector("[data-actions]");
  if (panel instanceof HTMLElement && taken?.part !== part) take(part, panel);
}

/**
 * @param {HTMLElement} panel
 * @param {string} selector
 * @param {(button: HTMLElement) => void} act
 */
function press(panel, selector, act) {
  const button = panel.querySelector(selector);
  if (!(button instanceof HTMLElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => act(button));
}

/**
 * @param {MouseEvent} event
 * @param {HTMLElement} panel
 */
function onTap(event, panel) {
  const at = event.target;
  if (!(at instanceof Element) || String(getSelection() ?? "")) return;
  const label = at.closest("a.label");
  if (!label && at.closest("a, button, .table, .crumbs")) return;
  const part = at.closest(".part");
  if (!(part instanceof HTMLElement)) return;
  if (label) event.preventDefault();
  if (part.matches(CONTAINERS) && !at.closest(".part-head")) return;
  if (taken?.part === part) release(panel, false);
  else take(part, panel);
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} fragment
 * @param {HTMLElement} panel
 */
function onKey(event, fragment, panel) {
  const at = event.target;
  if (!(at instanceof HTMLElement) || !at.matches("a.label, .part")) return;
  if (event.key === "Enter" && taken) {
    event.preventDefault();
    const first = panel.querySelector("[data-copy]");
    if (first instanceof HTMLElement) first.focus();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const all = stopsOf(fragment);
    const next = all[all.indexOf(at) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      at.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  }
}

/**
 * @param {FocusEvent} event
 * @param {HTMLElement} panel
 */
function onFocus(event, panel) {
  const at = event.target;
  if (isReturning || !(at instanceof HTMLElement) || !at.matches("a.label, .part") || !at.matches(":focus-visible")) return;
  const part = at.closest(".part");
  if (part instanceof HTMLElement) take(part, panel);
}

/**
 * One stop for the Tab key in the whole text, moved with the arrows: nobody walks through 300 numbers to the end.
 * @param {HTMLElement} fragment
 */
function giveOneStop(fragment) {
  const begin = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ act) => setTimeout(act, 200));
  begin(() => {
    stopsOf(fragment).forEach((stop, index) => {
      stop.tabIndex = index ? -1 : 0;
    });
  });
}

/**
 * @param {HTMLElement} fragment
 * @returns {HTMLElement[]}
 */
function stopsOf(fragment) {
  /** @type {HTMLElement[]} */
  const stops = [];
  for (const part of fragment.querySelectorAll(".part")) {
    const label = part.querySelector(":scope > :is(p, .part-head) > a.label");
    const stop = label ?? (part.matches(CONTAINERS) ? null : part);
    if (stop instanceof HTMLElement) stops.push(stop);
  }
  return stops;
}

/**
 * @param {HTMLElement} part
 * @param {HTMLElement} panel
 */
function take(part, panel) {
  taken?.part.classList.remove("taken");
  const page = part.closest("[data-document]");
  const own = part.closest("[data-quote]");
  const quotation = own instanceof HTMLElement ? (own.dataset.quote ?? "") : "";
  const base = page instanceof HTMLElement && page.dataset.link ? page.dataset.link : location.href.split("#")[0];
  taken = { part, quotation, link: `${base}#${part.id}` };
  part.classList.add("taken");
  say(panel, quotation);
  panel.dataset.part = part.id;
  panel.dispatchEvent(new CustomEvent("taken"));
  panel.hidden = false;
}

/**
 * @param {HTMLElement} panel
 * @param {boolean} isBack whether the keyboard goes back to the part
 */
function release(panel, isBack) {
  const part = taken?.part;
  part?.classList.remove("taken");
  taken = null;
  panel.hidden = true;
  if (isBack && part) {
    const label = part.querySelector(":scope > :is(p, .part-head) > a.label");
    const stop = label instanceof HTMLElement ? label : part;
    isReturning = true;
    stop.focus({ preventScroll: true });
    isReturning = false;
  }
}

/**
 * @param {HTMLElement} panel
 * @param {string} words
 */
function say(panel, words) {
  const place = panel.querySelector("[data-actions-quote]");
  if (place) place.textContent = words;
}

/**
 * @param {HTMLElement} button
 * @param {HTMLElement} panel
 */
async function copy(button, panel) {
  if (!taken) return;
  const isDone = await copyText(`${taken.quotation}\n${taken.link}`);
  const words = isDone ? `${button.dataset.copied ?? ""} ${taken.quotation}` : (button.dataset.failed ?? "");
  say(panel, words);
  announce(words);
  if (isDone) await offerToTell(panel);
}

async function share() {
  if (!taken) return;
  try {
    await navigator.share({ title: taken.quotation, text: taken.quotation, url: taken.link });
  } catch {
    // Closed without sharing: nothing to say.
  }
}

/**
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

/**
 * For browsers and plain addresses without a clipboard.
 * @param {string} text
 */
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  return isDone;
}
