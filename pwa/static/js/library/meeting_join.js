// Puts a kept meeting into its saved frame (offline_meeting.html), as join.js does with documents.

import { moment, shown, today } from "./days.js";
import { fill } from "./join.js";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const LONG_TITLE = 90;
const KILOBYTE = 1_000;
const MEGABYTE = 1_000_000;

/** @typedef {import("./meeting_store.js").Meeting} Meeting */
/** @typedef {import("./join.js").Values} Values */

/**
 * @param {string} frame
 * @param {Meeting} meeting
 * @param {{ path: string, origin: string, savedAt: string, papers: string[] }} at `papers` are those on the phone
 */
export function joinMeeting(frame, meeting, at) {
  // Words of parts were cleaned by the server and are HTML already; what was typed by somebody is not.
  return fill(frame, valuesOf(meeting, at), (name, values) => (name === "html" ? String(values["html"]) : undefined));
}

/**
 * Time, weekday and day as in Vietnam.
 * @param {string} at
 */
export function momentOf(at) {
  const instant = Date.parse(at);
  const day = today(instant);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return { time: clock.format(instant), date: shown(day), weekday: WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()] ?? "" };
}

/**
 * @param {Meeting} meeting
 * @param {{ path: string, origin: string, savedAt: string, papers: string[] }} at
 * @returns {Values}
 */
function valuesOf(meeting, { path, origin, savedAt, papers }) {
  const { id, title, place, reason, unit, parts } = meeting;
  return {
    id, title, place, reason, path,
    ...timesOf(meeting),
    plain: title,
    long: title.length > LONG_TITLE ? " long" : "",
    saved: savedAt,
    address: `${origin}${path}`,
    unit: unit?.name ?? "",
    "unit-en": (unit?.name_en || unit?.name) ?? "",
    "is-cancelled": meeting.state === "cancelled",
    "has-parts": parts.length > 0,
    items: itemsOf(meeting, papers),
  };
}

/**
 * @param {Meeting} meeting
 * @returns {Values}
 */
function timesOf({ at, moved_at: moved, state }) {
  const { time, date, weekday } = momentOf(at);
  const isOver = today(Date.parse(at)) < today();
  return {
    time, date,
    [`is-${weekday}`]: true,
    "is-moved": moved !== null && state === "set" && !isOver,
    moved: moved === null ? "" : moment(Date.parse(moved)),
  };
}

/**
 * The agenda, and at its end what is read besides, if there is any.
 * @param {Meeting} meeting
 * @param {string[]} kept papers on the phone
 * @returns {Values[]}
 */
function itemsOf({ agenda, parts, papers }, kept) {
  const besides = [...parts, ...papers].some(({ item }) => !item) ? [{ id: "", words: "" }] : [];
  return [...agenda, ...besides].map(({ id, words }, index) => ({
    words,
    ordinal: String(index + 1),
    "is-item": Boolean(id),
    "is-besides": !id,
    parts: parts.filter(({ item }) => item === id).map(partOf),
    papers: papers.filter(({ item }) => item === id).map((paper) => paperOf(paper, kept)),
  }));
}

/**
 * @param {import("./meeting_store.js").ListedPart} part
 * @returns {Values}
 */
function partOf({ id, note, label, title, state, href, html, offline, amended, lost }) {
  const word = lost ? "lost" : state === "in-force" ? amended && "amended" : state;
  return {
    part: id, note, title, href, html,
    label: label.slice(0, 1).toUpperCase() + label.slice(1),
    "has-words": Boolean(html),
    "is-online": !offline,
    [`is-${word}`]: true,
  };
}

/**
 * @param {import("./meeting_store.js").Paper} paper
 * @param {string[]} kept
 * @returns {Values}
 */
function paperOf({ id, name, size }, kept) {
  const isSmall = size < MEGABYTE;
  return {
    paper: id,
    "paper-name": name,
    kilobytes: String(Math.ceil(size / KILOBYTE)),
    megabytes: (size / MEGABYTE).toFixed(1),
    "is-small": isSmall,
    "is-large": !isSmall,
    "is-kept": kept.includes(id),
    "is-away": !kept.includes(id),
  };
}
