// A document being read: where one is, what was arrived at, and what may be done with a part.

import { announce } from "./announce.js";
import { offerComments } from "./part_comments.js";
import { bringUp, followPlace, pathOf } from "./place.js";
import { copyText, offerQuoting } from "./quoting.js";

const CRUMB_CHARS = 48;

/** Begins when the text is there: at once on a page from the server, later when the phone fills in a saved one. */
export function readDocument() {
  const fragment = document.querySelector("[data-fragment]");
  if (!(fragment instanceof HTMLElement) || !fragment.childElementCount) return;
  arrive(fragment);
  addEventListener("hashchange", () => arrive(fragment));
  followPlace(fragment);
  offerQuoting(fragment);
  offerComments(fragment);
  offerTools();
}

/**
 * @param {HTMLElement} fragment
 */
function arrive(fragment) {
  fragment.querySelector(".crumbs")?.remove();
  const part = document.getElementById(pathOf(location.hash));
  if (!(part instanceof HTMLElement) || !fragment.contains(part)) return;
  const page = fragment.closest("[data-document]");
  const crumbs = crumbsTo(part);
  if (crumbs.length && !isInContents(part.id)) part.prepend(drawn(crumbs));
  bringUp(part);
  const own = part.closest("[data-quote]");
  const words = own instanceof HTMLElement ? own.dataset.quote : undefined;
  if (page instanceof HTMLElement && words) announce(words);
}

/**
 * @param {string} path
 */
function isInContents(path) {
  const link = document.querySelector(`#contents a[href="#${CSS.escape(path)}"]`);
  return Boolean(link?.closest(".level-1"));
}

/**
 * The parts around one, outermost first.
 * @param {HTMLElement} part
 * @returns {HTMLElement[]}
 */
function crumbsTo(part) {
  /** @type {HTMLElement[]} */
  const found = [];
  let around = part.parentElement?.closest(".part");
  while (around instanceof HTMLElement) {
    found.unshift(around);
    around = around.parentElement?.closest(".part");
  }
  return found;
}

/**
 * @param {HTMLElement[]} parts
 */
function drawn(parts) {
  const list = document.createElement("ol");
  list.className = "crumbs";
  for (const part of parts) {
    const link = document.createElement("a");
    link.href = `#${part.id}`;
    link.textContent = shortName(part);
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  return list;
}

/**
 * @param {HTMLElement} part
 */
function shortName(part) {
  const label = part.querySelector(":scope > :is(p, .part-head) > a.label")?.textContent ?? "";
  const heading = part.querySelector(":scope > .part-head > .heading")?.textContent ?? "";
  const words = `${label} ${heading}`.trim();
  return words.length > CRUMB_CHARS ? `${words.slice(0, CRUMB_CHARS).trimEnd()}…` : words;
}

function offerTools() {
  const page = document.querySelector("[data-document]");
  const copy = document.querySelector("[data-copy-link]");
  if (copy instanceof HTMLElement && page instanceof HTMLElement) {
    copy.hidden = false;
    copy.addEventListener("click", () => void copyDocument(page, copy));
  }
  for (const hint of document.querySelectorAll("[data-part-hint]")) hint.removeAttribute("hidden");
}

/**
 * @param {HTMLElement} page
 * @param {HTMLElement} button
 */
async function copyDocument(page, button) {
  const link = page.dataset.address ?? location.href.split("#")[0] ?? "";
  const isDone = await copyText(`${page.dataset.quote ?? ""}\n${link}`);
  const words = isDone ? `${button.dataset.copied ?? ""} ${page.dataset.quote ?? ""}` : (button.dataset.failed ?? "");
  announce(words);
  const label = button.querySelector("span");
  if (label) label.textContent = isDone ? (button.dataset.done ?? "") : label.textContent;
}
