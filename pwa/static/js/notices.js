// Which notices are new to this phone: marks that are kept here alone, for the reader whose phone it is.
//
// A list marks what has not been opened here; elsewhere the way to the list tells how many there are, also without a
// network. Without this script, or where nothing can be kept, there are no marks.

import { announce } from "./announce.js";
import { showBadge } from "./library/badge.js";
import { askInbox, inbox, look, newest } from "./library/inbox.js";
import { isSeen, marks, see, seeAll } from "./library/seen.js";

/** @typedef {import("./library/inbox.js").Inbox} Inbox */

/** @typedef {import("./library/seen.js").Marks} Marks */

begin().catch(() => undefined); // nothing may be kept: no marks

async function begin() {
  const kept = await inbox();
  // A page from the phone is drawn for nobody: there the phone knows whether a member reads.
  if (document.body.dataset.reader !== "member" && !kept.at) return;
  // Before anybody is asked, so that the page comes to rest at once; unless it is not known yet who reads.
  if (kept.at) attendRows(await marks());
  const told = (await askInbox().catch(() => undefined)) ?? kept;
  if (!told.at) return;
  const seen = await marks();
  if (kept.at) showMarks(seen);
  else attendRows(seen);
  showCount(told, seen);
  offerMarkingAll(told);
  document.querySelector("[data-notices-way]")?.removeAttribute("hidden");
  const registration = await navigator.serviceWorker?.getRegistration();
  if (document.querySelector("[data-inbox]")) await lookedAt(registration);
  await showBadge(registration);
}

/**
 * Whoever looks at the inbox needs no notifications beside it.
 * @param {ServiceWorkerRegistration | undefined} registration
 */
async function lookedAt(registration) {
  for (const each of (await registration?.getNotifications?.()) ?? []) each.close();
  await look();
}

/** @param {Marks} seen */
function showMarks(seen) {
  for (const row of rows()) mark(row, !isSeen(noticeOf(row), seen));
  document.documentElement.classList.add("marked");
}

/** @param {Marks} seen */
function attendRows(seen) {
  showMarks(seen);
  for (const row of rows()) {
    row.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a") && opens(row)) void open(row);
    });
  }
}

/** @param {Inbox} told */
function offerMarkingAll(told) {
  const tools = document.querySelector("[data-marks]");
  const all = tools?.querySelector("[data-mark-all]");
  if (!(tools instanceof HTMLElement) || !(all instanceof HTMLElement)) return;
  tools.hidden = false;
  all.addEventListener("click", () => {
    void seeAll(newest(told));
    for (const row of rows()) mark(row, false);
    announce(tools.dataset.done ?? "");
  });
}

/** @returns {HTMLElement[]} */
function rows() {
  return [...document.querySelectorAll("[data-notice]")].filter((each) => each instanceof HTMLElement);
}

/**
 * What is not on the phone is not opened without a network.
 * @param {HTMLElement} row
 */
function opens(row) {
  return navigator.onLine || !row.querySelector("[data-away]");
}

/** @param {HTMLElement} row */
async function open(row) {
  mark(row, false);
  await see(noticeOf(row).id);
}

/**
 * @param {HTMLElement} row
 * @param {boolean} isNew
 */
function mark(row, isNew) {
  row.querySelector("[data-new]")?.toggleAttribute("hidden", !isNew);
}

/** @param {HTMLElement} row */
function noticeOf(row) {
  return { id: row.dataset.notice ?? "", at: row.querySelector("time")?.dateTime ?? "" };
}

/**
 * On pages that lead to the list.
 * @param {Inbox} told
 * @param {Marks} seen
 */
function showCount({ items, hasMore }, seen) {
  const count = items.filter((one) => !isSeen(one, seen)).length;
  for (const place of document.querySelectorAll("[data-notices-count]")) {
    if (!(place instanceof HTMLElement)) continue;
    const words = hasMore && count === items.length ? `${count}+` : String(count);
    place.textContent = (place.dataset.noticesCount ?? "").replace("{count}", words);
    place.hidden = !count;
  }
}
