// Puts a saved document into a saved frame. The frame holds {names} to fill in, and pieces between comments:
// <!--if name-->…<!--end name--> stays when there is something, <!--each name-->…<!--end name--> is repeated.

import { standingOn, dayAfter, shown, today } from "./days.js";
import { pieces } from "./numbers.js";

const PIECE = /<!--(if|each) ([\w-]+)-->([\s\S]*?)<!--end \2-->|\{([\w-]+)\}/g;
const SIGNS = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" });
const LONG_TITLE = 180;
/** What stands in running text and never in an attribute, so that numbers in it may be marked. */
const RUNNING = ["title", "heading", "label", "point", "words", "more"];
const NOTHING = { on: null, ordinal: null, slug: "", number: "", type: "" };
/** What is said in the accent's colour; document.html says the same. */
const GRAVE = ["not-in-force", "ended", "replaced", "abolished", "older-edition"];

/** @typedef {import("./store.js").Banner} Banner */

/** @typedef {{ [name: string]: string | boolean | Values[] }} Values */

/**
 * @param {string} frame
 * @param {import("./store.js").Saved} saved
 * @param {{ origin: string, path: string }} at
 */
export function join(frame, saved, at) {
  const values = valuesOf(saved, at);
  // The text was cleaned by the server and is HTML already; what was typed by somebody is not.
  return fill(frame, values, (name) => (name === "html" ? saved.html : undefined));
}

/**
 * Gives a frame the language's own look from its first moment.
 * @param {string} frame
 * @param {import("./store.js").Looks | undefined} looks
 */
export function dressed(frame, looks) {
  if (!looks) return frame;
  return frame
    .replace(/data-theme="\w*"/, () => `data-theme="${escaped(looks.theme)}"`)
    .replace(/data-text="\w*"/, () => `data-text="${escaped(looks.text)}"`);
}

/**
 * @param {string} frame
 * @param {Values} values
 * @param {(name: string, values: Values) => string | undefined} markup
 * @returns {string}
 */
export function fill(frame, values, markup = () => undefined) {
  return frame.replace(PIECE, (whole, kind, block, inner, name) => {
    if (name) return markup(name, values) ?? (name in values ? written(name, String(values[name])) : whole);
    const value = values[block];
    if (kind === "if") return value ? fill(inner, values, markup) : "";
    return Array.isArray(value) ? value.map((line) => fill(inner, { ...values, ...line }, markup)).join("") : "";
  });
}

/**
 * @param {string} name
 * @param {string} text
 */
function written(name, text) {
  if (!RUNNING.includes(name)) return escaped(text);
  const set = pieces(text).map((piece, at) => (at % 2 ? `<span class="unbroken">${escaped(piece)}</span>` : escaped(piece)));
  return set.join("");
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

/**
 * @param {import("./store.js").Saved} saved
 * @param {{ origin: string, path: string }} at
 * @returns {Values}
 */
function valuesOf(saved, { origin, path }) {
  const { number, type, title, issuer, issued, head, effective_from: from, effective_until: until } = saved;
  const standing = standingOn(today(), from, until);
  return {
    number, type, title, issuer, path,
    slug: saved.slug,
    long: title.length > LONG_TITLE ? " long" : "",
    place: head.place,
    issued: shown(issued),
    "has-place": Boolean(head.place && issued),
    "has-day": Boolean(!head.place && issued),
    urgency: head.urgency,
    from: shown(from),
    until: shown(until),
    [standing + (standing === "in-force" ? (until ? "-until" : from ? "-since" : "") : "")]: true,
    saved: shown(today(saved.savedAt)),
    link: `${origin}/documents/${saved.slug}/editions/${saved.edition}`,
    address: `${origin}/documents/${saved.slug}`,
    "has-contents": saved.contents.length > 0,
    contents: saved.contents.map((line) => ({ ...line, level: String(line.level) })),
    banners: bannersOn(today(), saved, standing).map(lineOf),
    ...pointsOf(saved),
  };
}

/**
 * @param {import("./store.js").Saved} saved
 * @returns {Values}
 */
function pointsOf({ digest }) {
  if (!digest) return {};
  return {
    "has-digest": true,
    "has-unit": Boolean(digest.unit),
    "has-no-unit": !digest.unit,
    unit: digest.unit?.name ?? "",
    "unit-en": digest.unit?.name_en || (digest.unit?.name ?? ""),
    approved: shown(digest.approved_on),
    points: digest.points.map(({ words, path, label }) => ({ point: words, path, part: label })),
  };
}

/**
 * What there is to know before reading on `day`, in the order of the server's page. What the clock tells by itself is
 * told by today's date; where a later text has come into force since, this one is an earlier text.
 * @param {string} day
 * @param {import("./store.js").Saved} saved
 * @param {"in-force" | "not-yet" | "ended"} standing
 * @returns {Banner[]}
 */
function bannersOn(day, { banners = [], effective_from: from, effective_until: until }, standing) {
  const next = banners.filter(({ kind }) => kind === "next-edition");
  const current = Math.max(0, ...next.filter(({ on }) => on && on <= day).map(({ ordinal }) => ordinal ?? 0));
  /** @type {Banner[]} */
  const own = [];
  if (current) own.push({ ...NOTHING, kind: "older-edition", ordinal: current });
  else if (standing === "not-yet") own.push({ ...NOTHING, kind: "not-in-force", on: from });
  else if (standing === "ended" && until) own.push({ ...NOTHING, kind: "ended", on: dayAfter(until) });
  return [...own, ...(current ? [] : next), ...banners.filter(({ slug }) => slug)];
}

/**
 * @param {Banner} banner
 * @returns {Record<string, string | boolean>}
 */
function lineOf({ kind, on, ordinal, slug, number, type }) {
  return {
    [`is-${kind}`]: true,
    calm: GRAVE.includes(kind) ? "" : " calm",
    on: shown(on),
    ordinal: String(ordinal ?? ""),
    other: slug,
    "other-number": number,
    "other-type": type,
  };
}
