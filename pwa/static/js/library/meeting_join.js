// Puts a kept meeting into its saved frame (offline_meeting.html), as join.js does with documents.

import { shown, today } from "./days.js";
import { fill } from "./join.js";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
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
  const moment = Date.parse(at);
  const day = today(moment);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return { time: clock.format(moment), date: shown(day), weekday: WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()] ?? "" };
}

/**
 * @param {Meeting} meeting
 * @param {{ path: string, origin: string, savedAt: string, papers: string[] }} at
 * @returns {Values}
 */
function valuesOf(meeting, { path, origin, savedAt, papers }) {
  const { time, date, weekday } = momentOf(meeting.at);
  const isOver = today(Date.parse(meeting.at)) < today();
  const besides = [...meeting.parts, ...meeting.papers].some(({ item }) => !item) ? [{ id: "", words: "" }] : [];
  const [moved, movedTime] = [meeting.moved_at, meeting.moved_at ? momentOf(meeting.moved_at) : null];
  return {
    id: meeting.id, title: meeting.title, place: meeting.place, reason: meeting.reason, path, time, date,
    saved: savedAt,
    address: `${origin}${path}`,
    unit: meeting.unit?.name ?? "",
    "unit-en": meeting.unit?.name_en || (meeting.unit?.name ?? ""),
    [`is-${weekday}`]: true,
    "is-cancelled": meeting.state === "cancelled",
    "is-moved": Boolean(moved) && meeting.state === "set" && !isOver,
    moved: movedTime ? `${movedTime.time}, ${movedTime.date}` : "",
    "has-parts": meeting.parts.length > 0,
    items: [...meeting.agenda, ...besides].map((item, index) => ({
      words: item.words,
      ordinal: String(index + 1),
      "is-item": Boolean(item.id),
      "is-besides": !item.id,
      parts: meeting.parts.filter((part) => part.item === item.id).map(partOf),
      papers: meeting.papers.filter((paper) => paper.item === item.id).map((paper) => paperOf(paper, papers)),
    })),
  };
}

/**
 * @param {import("./meeting_store.js").ListedPart} part
 * @returns {Values}
 */
function partOf({ id, note, label, title, state, href, html, offline, amended, lost }) {
  return {
    part: id, note, title, href, html,
    label: label.slice(0, 1).toUpperCase() + label.slice(1),
    "has-words": Boolean(html),
    "is-online": !offline,
    "is-lost": lost,
    "is-ended": !lost && state === "ended",
    "is-amended": !lost && state !== "ended" && amended,
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
