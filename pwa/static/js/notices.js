// Which notices are new to this phone: marks that are kept here alone, for the reader whose phone it is.
//
// A list marks what has not been opened here; elsewhere the way to the list tells how many there are. Without this
// script, or without the network, there are no marks.

import { announce } from "./announce.js";
import { OWNER } from "./library/owner.js";

const NOTICES = "/api/notices?limit=50";
const KEY = "sotay-notices-seen-";
const MOST = 1_000;

/** @typedef {{ id: string, at: string }} Notice */

/** What was marked: ids, and that all up to a moment were. @typedef {{ until: string, ids: string[] }} Marks */

begin().catch(() => undefined); // no network, or nothing may be kept: no marks

async function begin() {
  const answer = await fetch(NOTICES, { cache: "no-cache" });
  const owner = answer.headers.get(OWNER);
  if (!answer.ok || !owner) return;
  /** @type {{ items: Notice[], next: string | null }} */
  const told = await answer.json();
  const key = KEY + owner;
  forgetOthers(key);
  showCount(told.items, recall(key), Boolean(told.next));
  showMarks(key);
}

/** @param {string} key */
function showMarks(key) {
  const marks = recall(key);
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-notice]")]);
  const fresh = rows.filter((row) => !isSeen(noticeOf(row), marks));
  for (const row of fresh) {
    mark(row, true);
    row.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a")) see(key, row);
    });
  }
  const tools = document.querySelector("[data-marks]");
  const all = tools?.querySelector("[data-mark-all]");
  if (!(tools instanceof HTMLElement) || !(all instanceof HTMLElement)) return;
  tools.hidden = false;
  all.addEventListener("click", () => {
    keep(key, { until: new Date().toISOString(), ids: [] });
    for (const row of rows) mark(row, false);
    announce(tools.dataset.done ?? "");
  });
}

/**
 * @param {string} key
 * @param {HTMLElement} row
 */
function see(key, row) {
  const { until, ids } = recall(key);
  keep(key, { until, ids: [...ids, noticeOf(row).id].slice(-MOST) });
  mark(row, false);
}

/**
 * @param {HTMLElement} row
 * @param {boolean} isNew
 */
function mark(row, isNew) {
  row.querySelector("[data-new]")?.toggleAttribute("hidden", !isNew);
}

/**
 * @param {HTMLElement} row
 * @returns {Notice}
 */
function noticeOf(row) {
  return { id: row.dataset.notice ?? "", at: row.querySelector("time")?.dateTime ?? "" };
}

/**
 * On pages that lead to the list.
 * @param {Notice[]} notices
 * @param {Marks} marks
 * @param {boolean} hasMore
 */
function showCount(notices, marks, hasMore) {
  const count = notices.filter((one) => !isSeen(one, marks)).length;
  for (const place of document.querySelectorAll("[data-notices-count]")) {
    if (!(place instanceof HTMLElement)) continue;
    const words = hasMore && count === notices.length ? `${count}+` : String(count);
    place.textContent = (place.dataset.noticesCount ?? "").replace("{count}", words);
    place.hidden = !count;
  }
}

/**
 * @param {Notice} notice
 * @param {Marks} marks
 */
function isSeen({ id, at }, { until, ids }) {
  return ids.includes(id) || Date.parse(at) <= Date.parse(until);
}

// Keeping

/**
 * @param {string} key
 * @returns {Marks}
 */
function recall(key) {
  const none = { until: "1970-01-01T00:00:00Z", ids: [] };
  try {
    return { ...none, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return none;
  }
}

/**
 * @param {string} key
 * @param {Marks} marks
 */
function keep(key, marks) {
  localStorage.setItem(key, JSON.stringify(marks));
}

/** A phone that goes to somebody else begins anew. @param {string} key */
function forgetOthers(key) {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(KEY) && name !== key) localStorage.removeItem(name);
  }
}
