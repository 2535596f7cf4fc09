// Puts the inbox as it was last seen into its saved frame (offline_notices.html), as join.js does with documents.

import { dayAfter, moment, shown, today } from "./days.js";
import { fill } from "./join.js";

/** @typedef {import("./inbox.js").Notice} Notice */
/** @typedef {import("./join.js").Values} Values */

/** Where each notice can be read on the phone, by its id. @typedef {Map<string, { href: string, isWhole: boolean } | undefined>} Copies */

/**
 * @param {string} frame
 * @param {import("./inbox.js").Inbox} kept
 * @param {Copies} copies
 */
export function joinInbox(frame, { items, hasMore, at }, copies) {
  const days = daysOf(items).map((lines) => dayOf(lines, copies));
  return fill(frame, { saved: moment(at), days, "has-none": !items.length, "has-more": hasMore });
}

/**
 * @param {Notice[]} items
 * @returns {Notice[][]} in their order, those of one day together
 */
function daysOf(items) {
  /** @type {Map<string, Notice[]>} */
  const days = new Map();
  for (const one of items) {
    const day = today(Date.parse(one.at));
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days.values()];
}

/**
 * @param {Notice[]} lines
 * @param {Copies} copies
 * @returns {Values}
 */
function dayOf(lines, copies) {
  const day = today(Date.parse(lines[0]?.at ?? ""));
  const near = day === today() ? "today" : dayAfter(day) === today() ? "yesterday" : "earlier";
  return { day, date: shown(day), [`is-${near}`]: true, lines: lines.map((one) => lineOf(one, copies.get(one.id))) };
}

/**
 * @param {Notice} notice
 * @param {{ href: string, isWhole: boolean } | undefined} copy
 * @returns {Values}
 */
function lineOf({ id, kind, urgency, followed, at, words, title, more, href }, copy) {
  return {
    notice: id, words, title, more, at,
    time: moment(Date.parse(at)).split(",")[0] ?? "",
    href: copy?.href ?? href,
    [`is-${urgency}`]: kind === "document.publish",
    "is-followed": followed,
    "is-there": Boolean(href),
    "is-gone": !href,
    "is-away": Boolean(href && !copy),
    "is-partly": Boolean(copy && !copy.isWhole),
  };
}
